"""What was typed of a person, a seat or an absence, and why it was not taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import FormData

from flows.actions.people.seats import NewSeat
from rules.people.held.persons import NewPerson, WrongPerson
from rules.people.held.seats_taken import WrongSeat
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, Refusal
from web.forms.fields import parse_day, text_of, word_of

#: The fields of the forms by those of ``NewPerson`` and ``NewSeat``.
FIELDS = {
    "name": "ten", "email": "thu-dien-tu", "phone": "dien-thoai",
    "role": "vai-tro", "body": "co-quan", "valid_from": "tu-ngay", "valid_to": "den-ngay",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypedHere:
    """A refused form: ``place`` says which, ``column`` the one field that is wrong if it is one."""

    problem: str = ""
    place: str = ""
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def of(self, place: str, name: str, known: str = "") -> str:
        """What was typed into the field ``name`` of that form, else what is ``known``."""
        return self.values.get(name, known) if self.place == place else known

    def wrong(self, place: str, name: str) -> str:
        """Why that field was not taken."""
        return self.problem if (self.place, self.column) == (place, name) else ""


NOTHING_TYPED = TypedHere()


def typed_in_form(form: FormData, place: str, error: Refusal) -> TypedHere:
    """What a form says again that was refused."""
    values = {name: text_of(form, name) for name in form}
    wrong = FIELDS.get(error.column, "") if isinstance(error, WrongPerson | WrongSeat) else ""
    return TypedHere(str(error), place, wrong, values)


def person_of(form: FormData) -> NewPerson:
    """A person as typed."""
    return NewPerson(text_of(form, "ten"), text_of(form, "thu-dien-tu"), text_of(form, "dien-thoai"))


def seat_of(form: FormData) -> NewSeat:
    """A seat as typed. Raises NotAllowed, WrongDate."""
    role = word_of(SeatRole, text_of(form, "vai-tro"))
    if role is None:
        raise WrongSeat("role", "Chưa chọn vai trò của vị trí.")
    first = needed_day(form, "tu-ngay", "Hãy ghi ngày đầu của vị trí.")
    return NewSeat(role, text_of(form, "co-quan") or None, first, parse_day(text_of(form, "den-ngay")))


def needed_day(form: FormData, name: str, missing: str) -> date:
    """The day in a field. Raises NotAllowed with the words ``missing``, WrongDate."""
    day = parse_day(text_of(form, name))
    if day is None:
        raise NotAllowed(missing)
    return day
