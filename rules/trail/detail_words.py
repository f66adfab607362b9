"""What a row of the trail tells beside its deeds, in words: who, where, on which days, why."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose, SignInWay

#: Digests, for whoever compares two rows.
_UNSAID = frozenset({"settings", "digest"})
_DONE = {
    "added": "thêm mới",
    "changed": "sửa thông tin",
    "deactivated": "ngừng sử dụng",
    "reactivated": "cho sử dụng lại",
    "taken": "nhận vị trí",
    "told": "ghi vắng mặt",
    "ended": "ghi ngày cuối",
    "cancelled": "hủy",
}
_WHY = {
    "password": "địa chỉ thư hoặc mật khẩu không đúng",
    "oidc": "tài khoản của tỉnh chưa gắn với ai",
    "link": "xin liên kết ở trang đăng nhập",
}
_WHICH = {
    "password": "mật khẩu",
    "code": "mã xác thực không đúng",
    "recovery code": "mã dự phòng",
    "device": "tin cậy một thiết bị",
    "totp": "bật xác thực hai bước",
    "totp removed": "bỏ xác thực hai bước",
}


def detail_words(data: Mapping[str, Any]) -> tuple[str, ...]:
    """One short phrase a detail, in this order; what is not known stands as it is."""
    said = [say(data[name]) for name, say in _SAY.items() if name in data]
    rest = [f"{name}: {value}" for name, value in sorted(data.items()) if name not in {*_SAY, *_UNSAID}]
    return tuple(words for words in (*said, *rest) if words)


def _of(words: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda value: words.get(value, f"{value}") if isinstance(value, str) else f"{value}"


def _numbered(label: str) -> Callable[[Any], str]:
    return lambda value: "" if value is None else f"{label} {value}"


def _counted(noun: str) -> Callable[[Any], str]:
    return lambda value: f"{value} {noun}" if value else ""


def _day(label: str) -> Callable[[Any], str]:
    def said(value: Any) -> str:
        try:
            return f"{label} {date.fromisoformat(value):%d/%m/%Y}"
        except (TypeError, ValueError):
            return "" if value is None else f"{label} {value}"

    return said


def _asked(value: Any) -> str:
    """By which filter a file was taken."""
    if not isinstance(value, Mapping):
        return f"{value}"
    return "bộ lọc: " + ", ".join(f"{name} {one}" for name, one in value.items()) if value else "không lọc"


def _changed(value: Any) -> str:
    names = value if isinstance(value, list) else [value]
    return "mục thay đổi: " + ", ".join(map(str, names)) if names else ""


_SAY: Mapping[str, Callable[[Any], str]] = {
    "done": _of(_DONE),
    "role": _of({one.value: one.label for one in SeatRole}),
    "body": _numbered("cơ quan"),
    "person": _numbered("người sử dụng số"),
    "deputy": _numbered("người được ủy quyền số"),
    "seat": _numbered("vị trí số"),
    "from": _day("từ ngày"),
    "to": _day("đến hết ngày"),
    "at": _numbered("thời điểm"),
    "what": _of(_WHICH),
    "why": _of(_WHY),
    "way": _of({one.value: one.label.lower() for one in SignInWay}),
    "second": lambda value: "đã nhập mã xác thực" if value is True else "",
    "purpose": _of({one.value: one.label.lower() for one in LinkPurpose}),
    "ended": _counted("phiên khác kết thúc"),
    "count": _counted("phiên"),
    "names": _counted("tên"),
    "changed": _changed,
    "asked": _asked,
}
