"""What a row of the trail tells besides who, what and on what, as an official reads it.

A row keeps words of the program and ids; what another release wrote, or a value that is none of ours, stands
as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue

from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose, SignInWay
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Labelled

_DONE = {
    "added": "thêm mới", "changed": "sửa thông tin", "deactivated": "cho ngừng sử dụng",
    "reactivated": "cho sử dụng lại", "taken": "nhận vị trí", "ended": "kết thúc",
    "told": "ghi vắng mặt", "cancelled": "hủy",
}  # fmt: skip
_BY_WHAT = {
    "password": "mật khẩu", "recovery code": "mã dự phòng", "totp": "mã xác thực",
    "totp removed": "bỏ mã xác thực", "code": "mã xác thực", "device": "máy tin cậy",
    "link": "liên kết dùng một lần", "oidc": "tài khoản của tỉnh",
}  # fmt: skip
_WHY = {
    "password": "địa chỉ thư hoặc mật khẩu không đúng", "oidc": "tài khoản của tỉnh chưa gắn với ai",
    "link": "xin liên kết ở trang đăng nhập",
}  # fmt: skip
_FIELDS = {"name": "họ tên", "email": "thư điện tử", "phone": "điện thoại"}
_ASKED = {
    "what": "loại", "person": "người", "body": "cơ quan", "noun": "đối tượng", "key": "số",
    "first": "từ ngày", "last": "đến ngày",
}  # fmt: skip
_DIGITS = 12  # of a digest


@dataclass(frozen=True, slots=True)
class Names:
    """Names by the ids that a row keeps; an id without one stands as it is."""

    persons: Mapping[int, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


def told_words(data: Mapping[str, JsonValue], names: Names) -> str:
    """Everything that ``data`` tells, in Vietnamese; "" if that is nothing."""
    said = [_said(key, value, names) for key, value in data.items()]
    return "; ".join(part for part in said if part)


def _said(key: str, value: JsonValue, names: Names) -> str:
    if key in _SAYING:
        return _SAYING[key](value, names)
    return "" if value in (None, "") else f"{key}: {value}"


def _word(known: Mapping[str, str], label: str) -> Callable[[JsonValue, Names], str]:
    return lambda value, _: f"{label}{_known(known, value)}"


def _known(words: Mapping[str, str], value: object) -> str:
    """A word in Vietnamese; one of another release stands as it is."""
    said = str(value)
    return words.get(said, said)


def _labelled(words: type[Labelled], label: str) -> Callable[[JsonValue, Names], str]:
    return _word({one.value: one.label for one in words}, label)


def _person(label: str) -> Callable[[JsonValue, Names], str]:
    def said(value: JsonValue, names: Names) -> str:
        known = names.persons.get(value) if isinstance(value, int) else None
        return f"{label}: {known or f'người sử dụng số {value}'}"

    return said


def _body(value: JsonValue, names: Names) -> str:
    return f"cơ quan: {_known(names.bodies, value)}" if value else ""


def _day(label: str) -> Callable[[JsonValue, Names], str]:
    def said(value: JsonValue, _: Names) -> str:
        if not value:
            return ""
        try:
            return f"{label} {date.fromisoformat(str(value)):%d/%m/%Y}"
        except ValueError:
            return f"{label} {value}"

    return said


def _changed(value: JsonValue, _: Names) -> str:
    """Settings by the names of their variables."""
    names = [f"DONDOC_{str(one).upper()}" for one in value] if isinstance(value, list) else []
    return f"đổi: {', '.join(names)}" if names else "ghi lần đầu"


def _fields(value: JsonValue, _: Names) -> str:
    return ", ".join(_known(_FIELDS, one) for one in value) if isinstance(value, list) else ""


def _asked(value: JsonValue, names: Names) -> str:
    if not isinstance(value, dict):
        return f"bộ lọc: {value}"
    found = [f"{_known(_ASKED, name)} «{_filtered(name, one, names)}»" for name, one in value.items()]
    return f"bộ lọc: {', '.join(found)}" if found else "tất cả"


def _filtered(name: str, value: JsonValue, names: Names) -> str:
    said = str(value)
    if name == "person" and said.isdigit():
        return names.persons.get(int(said), said)
    if name == "body":
        return _known(names.bodies, said)
    words: type[Labelled] | None = {"what": TrailWhat, "noun": TrailNoun}.get(name)
    return next((one.label for one in words or () if one.value == said), said)


_SAYING: Mapping[str, Callable[[JsonValue, Names], str]] = {
    "done": _word(_DONE, ""),
    "fields": _fields,
    "person": _person("người"),
    "deputy": _person("được ủy quyền"),
    "role": _labelled(SeatRole, "vai trò: "),
    "body": _body,
    "seat": lambda value, _: f"chỉ vị trí số {value}" if value else "",
    "from": _day("từ ngày"),
    "to": _day("đến hết ngày"),
    "count": lambda value, _: f"số phiên đăng nhập: {value}",
    "ended": lambda value, _: f"chấm dứt {value} phiên đăng nhập" if value else "",
    "password_removed": lambda value, _: "xóa mật khẩu" if value else "",
    "names": lambda value, _: f"xóa tên trong {value} dòng",
    "way": _labelled(SignInWay, "bằng: "),
    "second": lambda value, _: "có mã xác thực" if value else "",
    "purpose": _labelled(LinkPurpose, ""),
    "what": _word(_BY_WHAT, ""),
    "why": _word(_WHY, ""),
    "digest": lambda value, _: f"mã tệp {str(value)[:_DIGITS]}",
    "changed": _changed,
    "asked": _asked,
    "at": lambda value, _: f"trạng thái lúc {value}",
}
