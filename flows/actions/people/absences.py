"""Somebody is absent and another stands in; it may end early, and is cancelled before it began."""

from datetime import date

from pydantic import JsonValue
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.absence import move_absence
from flows.actions.doors.person import ask_who_tells
from flows.actions.people.person_contacts import keep_contacts
from flows.actions.people.persons import PEOPLE
from flows.actions.trail.note import Noted, note
from models.database.columns import MOST_ID
from models.db import one_at_a_time, unit_of_work
from models.people.access.viewers import viewer_of
from models.people.held.deputies import deputies_of
from models.people.held.taken_seats import known_person, stand_ins_of
from models.tables.people import Absence
from rules.people.held.days import Days
from rules.people.held.stand_ins import NewAbsence as NewAbsence
from rules.people.held.stand_ins import check_absence, check_beside, ended_on, kept_note
from rules.refusal import NotAllowed, NotFound
from rules.trail.words import TrailWhat


def say_absent(engine: Engine, new: NewAbsence, act: Act) -> int:
    """Record who is absent and who stands in; returns its id. Raises Refusal; then nothing has changed."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        ask_who_tells(session, act, (new.person_id,))
        _check_offered(session, new, act)
        person, deputy = (known_person(session, one) for one in (new.person_id, new.deputy_id))
        check_absence(new, person, deputy, act.today)
        check_beside(new, stand_ins_of(session, (person.id, deputy.id)))
        row = Absence(
            person_id=person.id, deputy_id=deputy.id, seat_id=new.seat_id,
            first_on=new.first_on, last_on=new.last_on, note=kept_note(new.note),
        )  # fmt: skip
        session.add(row)
        session.flush()
        assert row.id is not None
        _note(session, row, "told", act)
        keep_contacts(session, new.person_id)
        return row.id


def end_absence(engine: Engine, absence_id: int, last_day: date, act: Act) -> None:
    """Let ``last_day`` be its last; before its first day: it is cancelled. Again: nothing changes.

    Raises Refusal: it does not become longer, and what was done in it stays done.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        row = _theirs(session, absence_id, act)
        if row.cancelled:
            raise NotAllowed(f"Lần vắng mặt số {absence_id} đã được hủy.")
        days = Days(row.first_on, row.last_on)
        left = ended_on(days, last_day, act.today)
        if left != days:
            move_absence(session, row, left, act)
            _note(session, row, "cancelled" if left is None else "ended", act)


def _check_offered(session: Session, new: NewAbsence, act: Act) -> None:
    """Who tells of the own absence chooses among those whom she may know; of others nothing is told.

    Raises NotAllowed, with one sentence for whoever else it is and for nobody at all.
    """
    if act.doer is None or new.deputy_id == new.person_id:
        return
    viewer = viewer_of(session, act.doer.person, act.today)
    if viewer.is_admin:
        return
    if new.deputy_id not in deputies_of(session, new.person_id, viewer.committee, act.today).ids:
        raise NotAllowed(
            "Người được ủy quyền phải là người đang giữ vị trí ở cơ quan của bạn hoặc của Ban Chỉ đạo; hãy "
            "chọn lại trong danh sách, hoặc nhờ quản trị hệ thống ghi."
        )


def _theirs(session: Session, absence_id: int, act: Act) -> Absence:
    """The absence; for whom it is not, it is not there (``docs/access.md``). Raises NotFound."""
    row = session.get(Absence, absence_id) if 0 < absence_id <= MOST_ID else None
    missing = NotFound(f"Không có lần vắng mặt số {absence_id}.")
    if row is None:
        raise missing
    try:
        ask_who_tells(session, act, (row.person_id, row.deputy_id))
    except NotAllowed:
        raise missing from None
    return row


def _note(session: Session, row: Absence, done: str, act: Act) -> None:
    told: dict[str, JsonValue] = {
        "done": done,
        "person": row.person_id,
        "deputy": row.deputy_id,
        "seat": row.seat_id,
    }
    days: dict[str, JsonValue] = {"from": row.first_on.isoformat(), "to": row.last_on.isoformat()}
    note(session, Noted(TrailWhat.ABSENCE, "absence", row.id or 0, data={**told, **days}), act)
