"""The office in which persons act in any order: who sits there on the first day, and what lies there."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.documents.issue import publish
from flows.actions.escalation.escalate import CaseForm, answer_case, raise_case
from flows.actions.installation.instant import advance
from flows.actions.people.persons import NewPerson, add_person
from flows.actions.people.seats import NewSeat, seat_person
from flows.actions.tasks.cooperate import release
from flows.actions.tasks.evidence.files import NewFile
from flows.actions.tasks.name_officer import NamedOfficer, name_officer
from flows.actions.tasks.report import Report, report
from models.db import open_database, unit_of_work
from models.tables.agencies import Contact
from models.tables.sign_in import Credential
from models.tables.tasks import UrgingPaper
from rules.draft import Draft, DraftDirective, Span
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Actor, Answer
from tests.cast import (
    CHAIR,
    FINANCE,
    PLANNING,
    PROVINCE,
    RULE,
    SECRETARIAT,
    SHARED,
    TRADE,
    UNREACHABLE,
    act,
    at,
    by,
    conclusion,
    directive,
    move_in,
)
from tests.machine.presses import GATE

FARMING, MEMBER = "snn", "tv-stc"
FIRST_DAY = at("2022-08-15", "08:00")
SINCE = date(2022, 8, 1)
#: By their ids from 1 on; the last has no seat yet.
CAST: tuple[tuple[str, SeatRole | None, str | None], ...] = (
    ("Quang", SeatRole.ADMIN, None),
    ("Hoa", SeatRole.SECRETARY, SECRETARIAT),
    ("Sáu", SeatRole.CHAIR, CHAIR),
    ("Ngọc", SeatRole.HEAD, PLANNING),
    ("Tám", SeatRole.HEAD, PROVINCE),
    ("Lợi", SeatRole.HEAD, FINANCE),
    ("Mai", SeatRole.OFFICER, FINANCE),
    ("Nam", SeatRole.CLERK, TRADE),
    ("Út", SeatRole.HEAD, FARMING),
    ("Thu", SeatRole.MEMBER, MEMBER),
    ("Ba", SeatRole.CLERK, UNREACHABLE),
    ("Năm", None, None),
)
ADMIN, SECRETARY, LEADER, STANDING, UPPER, HEAD, OFFICER, CLERK, OTHER, COMMITTEE, ALONE, NOBODY = range(
    1, 13
)
#: Where persons may sit down later.
PLACES = tuple({(role, body): None for _, role, body in CAST if role is not None}) + (
    (SeatRole.HEAD, TRADE), (SeatRole.OFFICER, TRADE), (SeatRole.OFFICER, PLANNING),
    (SeatRole.OFFICER, PROVINCE), (SeatRole.CLERK, FINANCE), (SeatRole.DEPUTY_CHAIR, CHAIR),
)  # fmt: skip


def fill(engine: Engine) -> None:
    """Fill a database that has the register, up to the first morning. Nothing has been delivered yet."""
    advance(engine, FIRST_DAY)
    _seat(engine)
    _issue(engine)
    office = act(Actor.SECRETARIAT, FIRST_DAY)
    lead = act(Actor.LEAD, FIRST_DAY, FINANCE)
    name_officer(engine, 1, FINANCE, NamedOfficer(OFFICER, note="Nội bộ của Sở."), lead)
    report(engine, 1, Report("Đang làm.", 10, files=[NewFile("bao-cao.pdf", b"%PDF-1.4\n")]), lead)
    release(engine, 3, UNREACHABLE, "Đã đủ.", office)
    raise_case(engine, 2, _case("Quyền của chợ"), act(Actor.LEAD, FIRST_DAY, TRADE))
    upward = raise_case(engine, 4, _case("Quyền của biển"), act(Actor.LEAD, FIRST_DAY, UNREACHABLE))
    for body in (PLANNING, CHAIR):
        leader = act(Actor.LEADER, FIRST_DAY, body, capacity="Lãnh đạo")
        answer_case(engine, upward, Answer.PASS_UP, "Trình cấp trên.", leader)
    with unit_of_work(engine) as session:  # where only persons read
        session.execute(sa.update(Contact).where(Contact.agency_id == TRADE).values(active=False))
        out = {"number": "5/UBND", "signed_by": "Chánh Văn phòng", "issued_on": FIRST_DAY.date()}
        for key, body, more in ((1, FINANCE, out), (2, FINANCE, {}), (3, TRADE, out)):
            session.add(UrgingPaper(agency_id=body, prepared_on=date(2022, 8, 7 + key), **more))


def fill_file(path: Path) -> Path:
    """The same for a migrated SQLite file without a register, to be copied."""
    engine = move_in(open_database(f"sqlite:///{path}"))
    fill(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _case(missing: str) -> CaseForm:
    return CaseForm.model_validate(GATE | {"missing_authority": missing})


def _seat(engine: Engine) -> None:
    office = act(Actor.SECRETARIAT, FIRST_DAY)
    for number, (name, role, body) in enumerate(CAST, 1):
        person = add_person(engine, NewPerson(name, f"n{number}@nguoi.example"), office)
        assert person == number
        if role is not None:
            seat_person(engine, person, NewSeat(role, body, SINCE), office)
    with unit_of_work(engine) as session:
        session.add(Credential(person_id=ADMIN))  # from now on nobody comes in without an account


def _issue(engine: Engine) -> None:
    office = act(Actor.SECRETARIAT, FIRST_DAY)
    market = directive(
        "Mở rộng tiêu thụ nông sản của hợp tác xã.",
        FARMING,
        cooperate=[FINANCE, UNREACHABLE],
        due=by(date(2022, 8, 26)),
        report_to=[TRADE],
    )
    trade = directive("Rà soát hợp tác xã yếu kém.", TRADE)
    water = directive("Hỗ trợ thủy sản ven biển.", UNREACHABLE, due=by(date(2022, 9, 30)))
    publish(engine, _paper(SHARED, trade, market, water, RULE), office)
    credit = directive("Cân đối vốn vay ưu đãi.", TRADE, due=by(date(2022, 9, 9)), report_to=[PROVINCE])
    visit = directive("Kiểm tra địa bàn được phân công.", MEMBER)
    publish(engine, _paper(credit, visit, number="266/TB-UBND"), office)


def _paper(*directives: DraftDirective, **more: Any) -> Draft:
    """A conclusion in which each sentence stands at its own place."""
    placed, start = [], 0
    for one in directives:
        placed.append(replace(one, span=Span(start, start + len(one.text))))
        start += len(one.text) + 1
    return conclusion(*placed, **more)
