"""``zalooa://<oa_id>/<user_id>``: a consultation message (CS) of an Official Account.

Source: Zalo's OA API v3.0 as its SDKs and users tell it. Not yet proven against a real Official Account.
"""

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future

import httpx2

from config.settings import Settings, get_settings
from notifications.channels.frame.base import OfficeChannel, plugin_of
from notifications.channels.frame.http_post import http_post, kept_client, not_connected
from notifications.channels.frame.wording import fit, shorten
from notifications.channels.zalo import zalo_answers as says
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import OutcomeClass

CS_PATH = "/v3.0/oa/message/cs"
ACCOUNT_PATH = "/v2.0/oa/getoa"  # the account itself: asks for nothing but the token
_WHOLE = 4  # time-outs that a whole answer may take
TEXT_LIMIT = 200  # characters of Zalo's own message that an outcome keeps
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


@plugin_of("zalooa")
class ZaloOA(OfficeChannel):
    """A text message to followers of an Official Account. The access token comes from settings."""

    service_name = "Zalo OA"
    title_maxlen = 0  # Apprise puts a title on top of the body
    body_maxlen = 2000  # characters, NFC; Zalo rejects a longer text (-210)

    def checked(self, target: str) -> str:
        """The id itself; TypeError unless it is letters, digits, "-" or "_" (1 to 64)."""
        if not _ID.fullmatch(target):
            raise TypeError("Not a Zalo id.")
        return target

    def deliver(self, target: str, parcel: Parcel) -> Outcome:
        """One CS message. SENT only with Zalo's message_id."""
        settings = get_settings()
        if settings.zalo_access_token is None:
            return says.without_token()
        token = settings.zalo_access_token.get_secret_value()
        text = fit(parcel.letter.short or parcel.letter.text, self.body_maxlen)
        answer = http_post(
            settings.zalo_api.rstrip("/") + CS_PATH,
            {"recipient": {"user_id": target}, "message": {"text": text}},
            headers={"access_token": token},
            timeout=settings.zalo_timeout,
            whom="Zalo",
        )
        return answer if isinstance(answer, Outcome) else _read(answer, token)


def account_problem(settings: Settings) -> str:
    """Why Zalo would not let us send, by asking for our own account; empty if it would. Sends nothing."""
    if settings.zalo_access_token is None:
        return says.without_token().text
    token = settings.zalo_access_token.get_secret_value()
    address = settings.zalo_api.rstrip("/") + ACCOUNT_PATH

    def ask() -> httpx2.Response:
        return kept_client().get(address, headers={"access_token": token}, timeout=settings.zalo_timeout)

    try:
        answer = _within(_WHOLE * settings.zalo_timeout, ask)
    except Exception as error:  # a proxy or certificates that are none, too
        return not_connected(error, "Zalo").text
    envelope = _envelope(answer)
    if (code := _number(envelope.get("error"))) is None:
        return f"Máy chủ không trả lời như Zalo (HTTP {answer.status_code})"
    said = shorten(str(envelope.get("message", "")).replace(token, "..."), TEXT_LIMIT)
    return says.refused("oa", code, said).text if code else ""


def _within(seconds: float, ask: Callable[[], httpx2.Response]) -> httpx2.Response:
    """What ``ask`` gives or raises; TimeoutError if it is late: httpx waits anew for each piece."""
    told: Future[httpx2.Response] = Future()

    def answer() -> None:
        try:
            told.set_result(ask())
        except Exception as error:  # it is raised where somebody waits
            told.set_exception(error)

    threading.Thread(target=answer, daemon=True).start()  # what is given up holds nobody at the end
    return told.result(seconds)


def _read(answer: httpx2.Response, token: str) -> Outcome:
    """Zalo says no with HTTP 200 and ``error``: the envelope counts first, the status where there is none.

    A code that nobody knows says less than a status that refuses.
    """
    status, envelope = answer.status_code, _envelope(answer)
    code = _number(envelope.get("error"))
    if status >= 500 or code is None or (status >= 300 and not says.known("oa", code)):
        return says.without_envelope(status)
    said = shorten(str(envelope.get("message", "")).replace(token, "..."), TEXT_LIMIT)
    if code != 0:
        return says.refused("oa", code, said)
    data = envelope.get("data")
    message_id = data.get("message_id") if isinstance(data, dict) else None
    if not message_id:
        return says.without_id()
    return Outcome(OutcomeClass.SENT, "0", said, str(message_id))


def _envelope(answer: httpx2.Response) -> dict[str, object]:
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
