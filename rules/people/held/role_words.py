"""The role of a seat by what somebody typed: its word, its name, or one of its other names."""

from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed
from rules.text.folding import fold
from rules.text.typed import quoted

_ALSO = {
    SeatRole.CLERK: ("van thu co quan",),
    SeatRole.OFFICER: ("can bo", "cong chuc"),
    SeatRole.HEAD: ("lanh dao co quan", "lanh dao don vi"),
    SeatRole.SECRETARY: ("thu ky", "ban thu ky"),
    SeatRole.CHAIR: ("truong ban",),
    SeatRole.DEPUTY_CHAIR: ("pho truong ban",),
    SeatRole.MEMBER: ("thanh vien", "uy vien"),
    SeatRole.ADMIN: ("quan tri", "quan tri vien"),
}
_ROLES = {
    name: role for role in SeatRole for name in (role.value, fold(role.value), fold(role.label), *_ALSO[role])
}
ROLES_SAID = ", ".join(role.label for role in SeatRole)


def role_typed(typed: str) -> SeatRole:
    """The role that ``typed`` means, with or without its marks. Raises NotAllowed, which lists them."""
    said = " ".join(typed.split())
    for name in (said, fold(said[:100])):
        if name in _ROLES:
            return _ROLES[name]
    raise NotAllowed(f"Không có vai trò «{quoted(typed)}»; các vai trò: {ROLES_SAID}.")
