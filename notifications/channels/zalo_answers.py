"""What Zalo's error codes mean for the letter. Table and confidence: ``docs/channels.md``.

Keyed by (API family, code), because one number means different things per family.
"""

from rules.vocabulary import OutcomeClass

_AGAIN, _NEVER = OutcomeClass.TRY_AGAIN, OutcomeClass.NEVER

_TOKEN = "Cần gia hạn mã truy cập Zalo OA"
_SLOW = "Zalo đang giới hạn tốc độ gửi"
_BUSY = "Zalo tạm thời chưa gửi được"
_QUOTA = "Đã hết hạn mức gửi của Zalo OA"
_NIGHT = "Zalo không nhận tin vào giờ này"
_WINDOW = "Người nhận không còn trong thời hạn Zalo cho phép gửi"
_RECIPIENT = "Người nhận không nhận tin của Zalo OA"
_CONTENT = "Zalo không chấp nhận nội dung hoặc tham số của tin"
_SET_UP = "Cần kiểm tra cấu hình Zalo OA"

#: class, then the words put before Zalo's own message. Token, quota, night and set-up are no fault of the
#: address, hence again; window, recipient and content will not change by themselves, hence never.
_GROUPS: tuple[tuple[OutcomeClass, str, tuple[int, ...]], ...] = (
    (_AGAIN, _TOKEN, (-216, -220, -124, -401, 401)),
    (_AGAIN, _SLOW, (-32,)),
    (_AGAIN, _BUSY, (-200, -100)),
    (_AGAIN, _QUOTA, (-211, -218, -311, -144, -147, -1441, -1471, -1472)),
    (_AGAIN, _NIGHT, (-133, -234)),
    (_NEVER, _WINDOW, (-230, -232, -305)),
    (_NEVER, _RECIPIENT, (-213, -217, -227, -244)),
    (_NEVER, _CONTENT, (-201, -210, -233, -248, -214, -238, -241, -249)),
    (
        _AGAIN,
        _SET_UP,
        (-204, -205, -209, -212, -219, -221, -223, -224, -235, -237, -240, -242, -320, -321, -403),
    ),
)

MEANINGS: dict[tuple[str, int], tuple[OutcomeClass, str]] = {
    ("oa", code): (kind, words) for kind, words, codes in _GROUPS for code in codes
}


def dead_address(code: int) -> bool:
    """Whether this person will never take our messages."""
    return MEANINGS.get(("oa", code), (None, ""))[1] == _RECIPIENT


def meaning(family: str, code: int) -> tuple[OutcomeClass, str]:
    """Class and words for an error code.

    An unknown code is NEVER: Zalo answered that it did not send, we cannot tell whether waiting
    helps, and giving up here hands the letter to the next channel now instead of after a day of
    tries. Its message is kept for whoever extends the table.
    """
    return MEANINGS.get((family, code), (_NEVER, "Zalo báo lỗi chưa rõ"))
