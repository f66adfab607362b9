"""A list of people is entered, all of it or nothing; what is there already stays as it is.

A person is known by the e-mail address: another name or telephone in the list is taken over, a seat that is
held already is not taken again, and nobody who is missing in the list is touched. The second run of the same
list therefore changes nothing. Looking at it does the same work and keeps nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_keeps
from flows.actions.people.invite import mail_invitation
from flows.actions.people.persons import PEOPLE, alter_person, enter_person
from flows.actions.people.seats import take_seat
from models.db import one_at_a_time, unit_of_work
from models.people.held.taken_seats import known_person
from models.people.register import load_registry
from models.tables.people import Person
from rules.people.held.people_lines import Column, LineFault, PersonLine, SheetLine, people_lines
from rules.people.held.persons import NewPerson, WrongPerson
from rules.people.held.seats_taken import NewSeat, TakenSeat, WrongSeat
from rules.refusal import NotAllowed, Refusal

MOST_FAULTS = 50  # that are told; the rest is counted


class WrongLines(NotAllowed):
    """Lines that cannot be taken; then none of the list was."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        told = [str(fault) for fault in self.faults[:MOST_FAULTS]]
        if more := len(self.faults) - len(told):
            told.append(f"... và {more} chỗ nữa.")
        super().__init__("\n".join(("danh sách có chỗ sai, chưa nhập dòng nào:", *told)))


@dataclass(frozen=True, slots=True)
class LineDone:
    """What became of a line: the person, whether new or changed, and the seat that was taken."""

    line: int
    person: NewPerson
    added: bool = False
    changed: bool = False
    seat: NewSeat | None = None
    invited: bool = False

    @property
    def nothing(self) -> bool:
        """Whether all of it was there already."""
        return not (self.added or self.changed or self.seat)


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """What became of a list, and which of its headings nobody reads."""

    lines: tuple[LineDone, ...]
    unread: tuple[str, ...]


class _LookedAt(Exception):
    """Ends the transaction of a look: nothing of it is kept."""


def import_people(
    engine: Engine, sheet: Iterable[SheetLine], act: Act, inviting: bool = False
) -> PeopleReport:
    """Enter a list. Raises WrongLines with all that is wrong, another Refusal; then nothing has changed.

    ``inviting``: whoever is new, and sits somewhere today, gets an invitation by letter.
    """
    with unit_of_work(engine) as session:
        return _entered(session, sheet, act, inviting)


def look_at_people(
    engine: Engine, sheet: Iterable[SheetLine], act: Act, inviting: bool = False
) -> PeopleReport:
    """What ``import_people`` would do; nothing is kept. Raises as it does."""
    found: list[PeopleReport] = []
    try:
        with unit_of_work(engine) as session:
            found.append(_entered(session, sheet, act, inviting))
            raise _LookedAt
    except _LookedAt:
        return found[0]


def _entered(session: Session, sheet: Iterable[SheetLine], act: Act, inviting: bool) -> PeopleReport:
    one_at_a_time(session, PEOPLE)
    ask_who_keeps(session, act)
    read = people_lines(sheet, load_registry(session), act.today)
    done, faults = [], list(read.faults)
    for line in read.lines:
        try:
            done.append(_line_entered(session, line, act, inviting))
        except Refusal as refusal:
            faults.append(_fault(line, refusal))
    if faults:
        raise WrongLines(faults)
    return PeopleReport(tuple(done), read.unread)


def _line_entered(session: Session, line: PersonLine, act: Act, inviting: bool) -> LineDone:
    person_id, done = _person(session, line, act)
    if line.seat is not None and not _holds(line, known_person(session, person_id).seats):
        take_seat(session, person_id, line.seat, act)
        done = replace(done, seat=line.seat)
    if inviting and done.added and done.seat is not None and done.seat.days.has(act.today):
        mail_invitation(session, person_id, act)
        done = replace(done, invited=True)
    return done


def _person(session: Session, line: PersonLine, act: Act) -> tuple[int, LineDone]:
    """The person of a line, entered or as the line says; without a telephone in it the known one stays."""
    done = LineDone(line.line, line.person)
    row = session.scalar(sa.select(Person).where(Person.email_key == line.key))
    if row is None or row.id is None:
        return enter_person(session, line.person, act), replace(done, added=True)
    if not row.active:
        raise WrongPerson("name", f"{row.name} đã ngừng sử dụng hệ thống.")
    asked = replace(line.person, email=row.email, phone=line.person.phone or row.phone)
    changed = (asked.name, asked.phone) != (row.name, row.phone)
    if changed:
        alter_person(session, row.id, asked, act)
    return row.id, replace(done, changed=changed)


def _holds(line: PersonLine, seats: Iterable[TakenSeat]) -> bool:
    """Whether the seat of the line is held as it says; without a first day, whichever runs today."""
    new = line.seat
    return new is not None and any(
        (seat.role, seat.body) == (new.role, new.body)
        and (seat.days.first == new.valid_from if line.first_said else seat.days.has(new.valid_from))
        and new.valid_to in (None, seat.days.last)
        for seat in seats
    )


def _fault(line: PersonLine, refusal: Refusal) -> LineFault:
    column = refusal.column if isinstance(refusal, WrongPerson | WrongSeat) else ""
    return LineFault(line.line, Column(column).label if column else "", str(refusal))
