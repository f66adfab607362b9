"""What Zalo's error codes mean for the letter, its reader and the channel. Table: ``docs/channels.md``.

Keyed by (API family, code), because one number means different things per family.
"""

from dataclasses import dataclass

from notifications.outbox.parcel import Outcome, Trouble
from rules.letter_words import OutcomeClass

_AGAIN, _NEVER = OutcomeClass.TRY_AGAIN, OutcomeClass.NEVER
_UNKNOWN = OutcomeClass.UNKNOWN


@dataclass(frozen=True, slots=True)
class ZaloVerdict:
    """What becomes of a letter, its address and its channel."""

    kind: OutcomeClass
    trouble: Trouble | None = None
    dead_address: bool = False

    def outcome(self, code: str, text: str) -> Outcome:
        """The same, of one attempt."""
        return Outcome(self.kind, code, text, dead_address=self.dead_address, trouble=self.trouble)


_CHANNEL = ZaloVerdict(_AGAIN, Trouble.CHANNEL)  # token, rate, quota, night and set-up meet every letter
_SUSPECT = ZaloVerdict(_AGAIN, Trouble.SUSPECTED)
_HOUR = ZaloVerdict(_AGAIN)
#: Window and dormancy end when the person comes back, so they say nothing of the address; but waiting
#: here does not bring the letter to the reader, so the next channel goes now.
_ELSEWHERE = ZaloVerdict(_NEVER)
_GONE = ZaloVerdict(_NEVER, dead_address=True)
_IN_DOUBT = ZaloVerdict(_UNKNOWN, Trouble.SUSPECTED)

_TOKEN = "Cần gia hạn mã truy cập Zalo OA"

#: ZaloVerdict, the words put before Zalo's own message, codes.
_GROUPS: tuple[tuple[ZaloVerdict, str, tuple[int, ...]], ...] = (
    (_CHANNEL, _TOKEN, (-216, -220, -124, -401, 401)),
    (_CHANNEL, "Zalo đang giới hạn tốc độ gửi", (-32,)),
    (_SUSPECT, "Zalo tạm thời chưa gửi được", (-200, -100)),
    (_CHANNEL, "Đã hết hạn mức gửi của Zalo OA", (-211, -144, -147, -1441, -1471, -1472)),
    (_HOUR, "Đã hết hạn mức gửi tới người nhận này", (-218, -311)),
    (_CHANNEL, "Zalo không nhận tin vào giờ này", (-133, -234)),
    (_ELSEWHERE, "Người nhận không còn trong thời hạn Zalo cho phép gửi", (-230, -232, -305)),
    (_ELSEWHERE, "Tài khoản Zalo của người nhận bị khoá hoặc lâu không hoạt động", (-227,)),
    (_GONE, "Người nhận không nhận tin của Zalo OA", (-213, -217, -244)),
    (
        _ELSEWHERE,
        "Zalo không chấp nhận nội dung hoặc tham số của tin",
        (-201, -210, -233, -248, -214, -238, -241, -249),
    ),
    (
        _CHANNEL,
        "Cần kiểm tra cấu hình Zalo OA",
        (-204, -205, -209, -212, -219, -221, -223, -224, -235, -237, -240, -242, -320, -321, -403),
    ),
)

MEANINGS: dict[tuple[str, int], tuple[ZaloVerdict, str]] = {
    ("oa", code): (verdict, words) for verdict, words, codes in _GROUPS for code in codes
}


def known(family: str, code: int) -> bool:
    """Whether the table has this code."""
    return (family, code) in MEANINGS


def refused(family: str, code: int, said: str) -> Outcome:
    """Zalo answered with an error code, and ``said`` this about it.

    Of an unknown code we know only that nothing was sent. It is as likely the account's as this
    person's, so two in a row tell; meanwhile the letter is tried again within its term.
    """
    verdict, words = MEANINGS.get((family, code), (_SUSPECT, "Zalo báo lỗi chưa rõ"))
    return verdict.outcome(str(code), f"{words}: {said}" if said else words)


def without_envelope(status: int) -> Outcome:
    """No envelope, so not the API's own answer: a gateway, a proxy, or a wrong ``zalo_api``."""
    verdict, text = _CHANNEL, f"Cần kiểm tra cấu hình địa chỉ máy chủ Zalo (HTTP {status})"
    if status >= 500:
        verdict, text = _IN_DOUBT, f"Máy chủ Zalo báo lỗi {status}, chưa rõ tin đã gửi hay chưa"
    elif status < 300:
        verdict, text = _IN_DOUBT, "Zalo trả lời không đúng định dạng"
    elif status == 401:
        text = _TOKEN
    elif status in (408, 425, 429):
        text = "Zalo tạm thời chưa nhận tin"
    elif status in (400, 413, 422):  # these may have looked at the message
        verdict, text = _SUSPECT, f"Zalo không nhận yêu cầu gửi (HTTP {status})"
    return verdict.outcome(str(status), text)


def without_token() -> Outcome:
    """Letters to Zalo, and nothing to send them with."""
    return _CHANNEL.outcome("config", "Chưa cấu hình mã truy cập Zalo OA (DONDOC_ZALO_ACCESS_TOKEN)")


def without_id() -> Outcome:
    """Success, but no message that Zalo could be asked about."""
    return _IN_DOUBT.outcome("0", "Zalo trả lời thành công nhưng không có mã tin nhắn")
