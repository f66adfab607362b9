"""The roles in which a person sits at a body, and at which body each can be held.

Source: the offices of Decree 30/2020/NĐ-CP (văn thư) and of a steering committee's working rules.
"""

from enum import Enum

from rules.people.bodies import COLLECTIVE, MEMBER
from rules.people.seats import CommitteeBodies
from rules.vocabulary import Labelled


class SeatRole(Labelled):
    """As what a person sits there."""

    CLERK = "clerk", "Văn thư"
    OFFICER = "officer", "Chuyên viên"
    HEAD = "head", "Lãnh đạo"
    SECRETARY = "secretary", "Thư ký Ban Chỉ đạo"
    CHAIR = "chair", "Trưởng Ban Chỉ đạo"
    DEPUTY_CHAIR = "deputy_chair", "Phó Trưởng Ban Chỉ đạo"
    MEMBER = "member", "Thành viên Ban Chỉ đạo"
    ADMIN = "admin", "Quản trị hệ thống"


class Place(Enum):
    """Where a role is held."""

    BODY = "một cơ quan, đơn vị"
    SECRETARIAT = "cơ quan của Ban Thư ký"
    CHAIR = "mục Trưởng Ban Chỉ đạo của sổ cơ quan"
    MEMBERSHIP = "một thành viên Ban Chỉ đạo trong sổ cơ quan"
    INSTALLATION = "hệ thống"


PLACES = {
    SeatRole.CLERK: Place.BODY,
    SeatRole.OFFICER: Place.BODY,
    SeatRole.HEAD: Place.BODY,
    SeatRole.SECRETARY: Place.SECRETARIAT,
    SeatRole.CHAIR: Place.CHAIR,
    SeatRole.DEPUTY_CHAIR: Place.CHAIR,
    SeatRole.MEMBER: Place.MEMBERSHIP,
    SeatRole.ADMIN: Place.INSTALLATION,
}


def place_named(role: SeatRole, body_name: str | None) -> str:
    """The name of the seat's body, or "" where the role says it already: the chair's seat is at the chair."""
    return "" if PLACES[role] is Place.CHAIR else body_name or ""


def why_not_there(role: SeatRole, body: str | None, kind: str, committee: CommitteeBodies) -> str:
    """Why ``role`` cannot be held at ``body`` of that kind, in Vietnamese; "" if it can."""
    if body is None:
        return "" if PLACES[role] is Place.INSTALLATION else f"Vị trí «{role.label}» phải thuộc một cơ quan."
    fits = {
        Place.BODY: kind not in (COLLECTIVE, MEMBER),
        Place.SECRETARIAT: body == committee.secretariat,
        Place.CHAIR: body == committee.chair,
        Place.MEMBERSHIP: kind == MEMBER,
        Place.INSTALLATION: False,
    }[PLACES[role]]
    if fits:
        return ""
    if PLACES[role] is Place.INSTALLATION:
        return f"Vị trí «{role.label}» không thuộc cơ quan nào."
    return f"Vị trí «{role.label}» chỉ có ở {PLACES[role].value}."
