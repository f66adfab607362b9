"""Who sits before a task's page: the role that was chosen and, for a role of a body, which body it is.

Until people sign in this is what they say of themselves; then a page offers the seats that they hold. Whoever
says something else is refused (``web/visitors``, ``rules/people``), and everything typed stays in its form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import FormData

from config.act import Act
from rules.people.bodies import LONGEST_ID
from rules.people.seats import NEED_BODY
from rules.refusal import NotAllowed
from rules.text.incoming import cleaned
from rules.vocabulary import Actor
from web.forms.fields import text_of
from web.kit.desk import Desk
from web.kit.words import ROLE_LABELS, ROLES, SEAT_LABELS
from web.visitors.visitor import Visitor

#: As they stand in an address and in every form.
ROLE, BODY = "vai", "co-quan"
_MOST_PARTNERS = 5  # as links of their own; of more, one is chosen in the form


@dataclass(frozen=True, slots=True)
class Sitting:
    """A key of ROLES (anything else: nobody yet) and the id of the body, "" where none was chosen."""

    role: str
    body: str = ""

    @property
    def actor(self) -> Actor:
        """Raises NotAllowed when no role was chosen."""
        if self.role not in ROLES:
            raise NotAllowed("Chưa chọn tư cách thao tác.")
        return ROLES[self.role]

    @property
    def address(self) -> str:
        """The same as the query of an address."""
        return urlencode({ROLE: self.role, **({BODY: self.body} if self.body else {})})


OFFICE = Sitting("van-phong")
ABOVE = Sitting("lanh-dao")
NOWHERE = Sitting("")
_OFFICE_NAME = "Văn phòng Ban Chỉ đạo"


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """One who may sit there: how the page calls them, and whether it is they.

    ``instead_of`` is the absent person whose seat it is, by name.
    """

    sitting: Sitting
    name: str
    part: str  # what that body is to the task; "" behind the name of no body
    chosen: bool
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """Who may sit before the page of one task, and who does.

    ``open_bodies`` are those among which the form asks, where the role needs a body and none was chosen
    that fits; by id, with their names. ``now`` is NOWHERE for one who may look and do nothing.
    """

    now: Sitting
    choices: Sequence[SeatOffered]
    open_bodies: Mapping[str, str]


def sitting_asked(query: Mapping[str, str]) -> Sitting:
    """As an address says."""
    return Sitting(query.get(ROLE, ""), cleaned(query.get(BODY, "")).strip()[:LONGEST_ID])


def sitting_posted(form: FormData) -> Sitting:
    """As a form says."""
    return Sitting(text_of(form, ROLE), text_of(form, BODY)[:LONGEST_ID])


def act_of(desk: Desk, sitting: Sitting, capacity: str = "") -> Act:
    """What whoever sits there does. Raises NotAllowed when no role was chosen."""
    return desk.act(sitting.actor, sitting.body or None, capacity)


def seats_of(asked: Sitting, lead: tuple[str, str], partners: Mapping[str, str]) -> Seats:
    """The seats of a task by its ``lead`` (id and name) and the names of its ``partners`` by their ids.

    Where only one body can have the role, and none was named, it is that one. ``asked`` has a known role.
    """
    may = {"chu-tri": dict([lead]), "phoi-hop": dict(partners)}.get(asked.role, {})
    body = asked.body if asked.body in may else ""
    if not asked.body and len(may) == 1:
        body = next(iter(may))
    now = Sitting(asked.role, body)
    needs = ROLES[asked.role] in NEED_BODY and not body
    return Seats(now, _choices(now, lead, partners), may if needs else {})


def seats_held(asked: Sitting, lead: tuple[str, str], partners: Mapping[str, str], visitor: Visitor) -> Seats:
    """The seats of a task that ``visitor`` holds; the one that was ``asked`` for, else the first."""
    every = [(Sitting("chu-tri", lead[0]), lead[1])]
    every += [(Sitting("phoi-hop", body), name) for body, name in partners.items()]
    every += [(OFFICE, _OFFICE_NAME), (ABOVE, ROLE_LABELS[ABOVE.role])]
    seats = [(one, name, visitor.viewer.seat_for(one.actor, one.body or None)) for one, name in every]
    held = [(one, name, seat) for one, name, seat in seats if seat is not None]
    fitting = (one for one, _, _ in held if one.role == asked.role and asked.body in ("", one.body))
    now = next(fitting, held[0][0] if held else NOWHERE)
    offered = [
        SeatOffered(one, name, _part(one), one == now, visitor.stands_in_for(seat))
        for one, name, seat in held
    ]
    return Seats(now, offered, {})


def _part(sitting: Sitting) -> str:
    return SEAT_LABELS[sitting.role] if sitting.body else ""


def _choices(now: Sitting, lead: tuple[str, str], partners: Mapping[str, str]) -> list[SeatOffered]:
    listed = partners if len(partners) <= _MOST_PARTNERS else {}
    if now.role == "phoi-hop" and now.body:
        listed = {**listed, now.body: partners[now.body]}
    found = [(Sitting("chu-tri", lead[0]), lead[1])]
    found += [(Sitting("phoi-hop", body), name) for body, name in listed.items()]
    if len(partners) > len(listed):
        found.append((Sitting("phoi-hop"), f"Cơ quan phối hợp ({len(partners)})"))
    found.append((OFFICE, _OFFICE_NAME))
    return [SeatOffered(sitting, name, _part(sitting), sitting == now) for sitting, name in found]
