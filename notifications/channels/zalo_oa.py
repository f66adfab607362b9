"""``zalooa://<oa_id>/<user_id>``: a consultation message (CS) of an Official Account.

Source: Zalo's OA API v3.0 as its SDKs and users tell it. Not yet proven against a real Official Account.
"""

import re
import threading
from typing import Any

import httpx2

from config.settings import get_settings
from notifications.channels.addresses import masked
from notifications.channels.base import OfficeChannel
from notifications.channels.wording import fit, shorten
from notifications.channels.zalo_answers import dead_address, meaning
from notifications.parcel import Outcome, Parcel
from rules.vocabulary import OutcomeClass

CS_PATH = "/v3.0/oa/message/cs"
TEXT_LIMIT = 200  # characters of Zalo's own message that an outcome keeps
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")

# Nothing of the request was written yet when one of these comes up.
_UNSENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)

_lock = threading.Lock()
_client: httpx2.Client | None = None


class ZaloOA(OfficeChannel):
    """A text message to followers of an Official Account. The access token comes from settings."""

    service_name = "Zalo OA"
    secure_protocol = "zalooa"
    title_maxlen = 0  # Apprise puts a title on top of the body
    body_maxlen = 2000  # characters, NFC; Zalo rejects a longer text (-210)
    templates = ("{schema}://{oa_id}/{targets}",)
    template_tokens = dict(
        OfficeChannel.template_tokens,
        oa_id={"name": "OA id", "type": "string", "required": True},
        targets={"name": "User ids", "type": "list:string", "required": True},
    )

    def __init__(self, oa_id: str = "", targets: list[str] | None = None, **kwargs: Any) -> None:
        """Raises TypeError unless all ids are letters, digits, "-" or "_" (1 to 64)."""
        super().__init__(targets=targets, **kwargs)
        self.oa_id = self.checked(oa_id)
        if self.user:
            raise TypeError("An address holds no user name and no token.")

    def checked(self, target: str) -> str:
        """The id itself; TypeError if it is none."""
        if not _ID.fullmatch(target):
            raise TypeError("Not a Zalo id.")
        return target

    def deliver(self, target: str, parcel: Parcel) -> Outcome:
        """One CS message. SENT only with Zalo's message_id."""
        settings = get_settings()
        if settings.zalo_access_token is None:
            return Outcome(OutcomeClass.TRY_AGAIN, "config", "Chưa cấu hình mã truy cập Zalo OA")
        token = settings.zalo_access_token.get_secret_value()
        text = fit(parcel.letter.short or parcel.letter.text, self.body_maxlen)
        try:
            answer = client().post(
                settings.zalo_api.rstrip("/") + CS_PATH,
                headers={"access_token": token},
                json={"recipient": {"user_id": target}, "message": {"text": text}},
                timeout=settings.zalo_timeout,
            )
        except _UNSENT as error:
            text = f"Không kết nối được Zalo ({type(error).__name__})"
            return Outcome(OutcomeClass.TRY_AGAIN, "connect", text)
        except httpx2.HTTPError as error:  # time-out or reset once the request was on its way
            text = f"Mất kết nối khi chờ Zalo trả lời ({type(error).__name__})"
            return Outcome(OutcomeClass.UNKNOWN, "lost", text)
        return _read(answer, token)

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """The address again; with ``privacy`` in the veiled form."""
        if privacy:
            return masked(self.secure_protocol, self.targets, host=self.oa_id)
        return "/".join([f"{self.secure_protocol}://{self.oa_id}", *self.targets])

    @staticmethod
    def parse_url(url: str, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Apprise's arguments for ``__init__``, or None when it is no URL."""
        found: dict[str, Any] | None = OfficeChannel.parse_url(url, verify_host=False)
        if found:
            found["oa_id"] = OfficeChannel.unquote(found["host"])
            found["targets"] = OfficeChannel.split_path(found["fullpath"])
        return found


def client() -> httpx2.Client:
    """The client of this process: one TLS handshake serves many messages (28 times faster)."""
    global _client
    with _lock:
        if _client is None:
            _client = httpx2.Client()
        return _client


def close_client() -> None:
    """Drop the connections: at the end of a delivery pass, and between tests."""
    global _client
    with _lock:
        old, _client = _client, None
    if old is not None:
        old.close()


def _read(answer: httpx2.Response, token: str) -> Outcome:
    """Zalo says no with HTTP 200 and ``error``: the envelope counts first, the status where there is none."""
    if answer.status_code >= 500:
        text = f"Máy chủ Zalo báo lỗi {answer.status_code}, chưa rõ tin đã gửi hay chưa"
        return Outcome(OutcomeClass.UNKNOWN, str(answer.status_code), text)
    envelope = _envelope(answer)
    code = _number(envelope.get("error"))
    if code is None:
        return _without_envelope(answer.status_code)
    said = shorten(str(envelope.get("message", "")).replace(token, "..."), TEXT_LIMIT)
    if code != 0:
        kind, words = meaning("oa", code)
        text = f"{words}: {said}" if said else words
        return Outcome(kind, str(code), text, dead_address=dead_address(code))
    data = envelope.get("data")
    message_id = data.get("message_id") if isinstance(data, dict) else None
    if not message_id:
        return Outcome(OutcomeClass.UNKNOWN, "0", "Zalo trả lời thành công nhưng không có mã tin nhắn")
    return Outcome(OutcomeClass.SENT, "0", said, str(message_id))


def _envelope(answer: httpx2.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: object) -> int | None:
    """Zalo's code as a number; it is a string in some replies."""
    try:
        return int(str(value))
    except ValueError:
        return None


def _without_envelope(status: int) -> Outcome:
    """No envelope, so not the API's own answer: a gateway, a proxy, or a wrong ``zalo_api``."""
    code = str(status)
    if status < 300:
        return Outcome(OutcomeClass.UNKNOWN, code, "Zalo trả lời không đúng định dạng")
    if status == 401:
        return Outcome(OutcomeClass.TRY_AGAIN, code, meaning("oa", 401)[1])
    if status in (408, 425, 429):
        return Outcome(OutcomeClass.TRY_AGAIN, code, "Zalo tạm thời chưa nhận tin")
    text = f"Cần kiểm tra cấu hình địa chỉ máy chủ Zalo (HTTP {status})"
    return Outcome(OutcomeClass.TRY_AGAIN, code, text)
