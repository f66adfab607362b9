"""Why a one-time link opens nothing: told to whoever holds it, and of whom it was to nobody."""

from datetime import datetime

from sqlmodel import Session

from models.sign_in.person_links import LinkRow, link_of_token
from rules.refusal import NotAllowed

_MOST_SIGNS = 100  # of a token; ours has 43
_ASK = "Hãy xin liên kết mới ở trang đăng nhập, hoặc hỏi người quản trị hệ thống của cơ quan bạn."
_UNKNOWN = f"Liên kết này không đúng: có thể đã bị cắt bớt hoặc sửa đổi khi sao chép. {_ASK}"
_USED = f"Liên kết này đã được dùng; mỗi liên kết chỉ dùng được một lần. {_ASK}"
_REVOKED = f"Liên kết này đã bị thu hồi. {_ASK}"
_OVER = f"Liên kết này đã hết thời hạn sử dụng. {_ASK}"


class DeadLink(NotAllowed):
    """A link that opens nothing."""


def opening(session: Session, token: str, now: datetime) -> LinkRow:
    """The link of a token, if it opens something now. Raises DeadLink."""
    found = link_of_token(session, token) if 0 < len(token) <= _MOST_SIGNS and token.isascii() else None
    if found is None:
        raise DeadLink(_UNKNOWN)
    if found.used_at is not None:
        raise used_up()
    if found.revoked_at is not None or not found.active:
        raise DeadLink(_REVOKED)
    if found.expires_at <= now:
        raise DeadLink(_OVER)
    return found


def used_up() -> DeadLink:
    """The refusal of a link that somebody, perhaps at this moment, has used."""
    return DeadLink(_USED)
