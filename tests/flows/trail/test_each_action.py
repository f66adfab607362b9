"""What each action on people, sign-ins and the installation leaves in the trail, all or nothing.

What is done to tasks, papers and meetings: ``tests/web/test_one_row_of_the_trail.py``.
"""

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from flows.actions.installation.clock_leap import live_by_the_clock
from flows.actions.installation.instant import advance
from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.actions.people.import_people import import_people, look_at_people
from flows.actions.people.import_register import import_register
from flows.actions.people.invite import invite
from flows.actions.people.links import add_admin, link_for
from flows.actions.people.persons import NewPerson, add_person, change_person, deactivate, reactivate
from flows.actions.people.seats import NewSeat, end_seat, seat_person
from flows.actions.people.taken_away import sign_out, sign_out_everybody
from flows.actions.sign_in.come_in import come_in_by_password
from flows.actions.sign_in.links import ask_for_link
from flows.actions.sign_in.passwords import set_password, try_password
from flows.actions.sign_in.second_factor import begin_totp, confirm_totp, remove_totp, trust_device
from flows.actions.sign_in.sign_ins import end_all, end_one, open_sign_in
from flows.actions.trail.black_out import black_out
from flows.actions.trail.export import export_trail
from flows.actions.trail.keep import keep_trail, note_backup
from models import db
from models.trail.listing import TrailFilter
from models.trail.rows import TrailRow
from rules.people.held.people_lines import SheetLine
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import SignInWay
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor
from tests.cast import TRADE, act, at, dump, move_in, office, register, settings
from tests.flows.people.staff import NOW, day, ours, sits, somebody
from tests.flows.sign_in.people import HOA, HOAS, SEEN

W = TrailWhat
HOAS_ID, MINH = 1, 2
LATER = NOW + timedelta(hours=1)
SHEET = [
    SheetLine(1, ("Họ tên", "Thư điện tử", "Cơ quan", "Vai trò")),
    SheetLine(2, ("Lê Lan", "lan@so.example", TRADE, "văn thư")),
]


@pytest.fixture
def staffed(sqlite_engine: Engine) -> Engine:
    """Hoa, who has an account and signs in, and Minh; one is absent, one keeps people."""
    engine = move_in(sqlite_engine)
    for name in ("Hoa", "Minh"):
        somebody(engine, name)
    change_person(engine, HOAS_ID, NewPerson("Hoa", HOA), ours())
    sits(engine, MINH, role=SeatRole.ADMIN, body=None)
    say_absent(engine, NewAbsence(HOAS_ID, MINH, day(20), day(25)), ours())
    set_password(engine, HOAS_ID, HOAS, NOW)
    open_sign_in(engine, HOAS_ID, SignInWay.PASSWORD, SEEN, NOW)
    return engine


def _totp(engine: Engine) -> None:
    """A second factor that counts."""
    secret = begin_totp(engine, HOAS_ID, NOW).secret
    confirm_totp(engine, HOAS_ID, pyotp.TOTP(secret).at(NOW), NOW)


def _nothing(_engine: Engine) -> None:
    """Nothing has to be there before."""


Doing = tuple[Callable[[Engine], object], list[TrailWhat]]
#: By action: what is done, and which rows it leaves, in their order.
ACTIONS: dict[str, Doing] = {
    "add_person": (lambda e: add_person(e, NewPerson("Lê Lan"), ours()), [W.PERSON]),
    "change_person": (lambda e: change_person(e, HOAS_ID, NewPerson("Hoa B"), ours()), [W.PERSON]),
    "deactivate": (lambda e: deactivate(e, HOAS_ID, ours()), [W.PERSON]),
    "seat_person": (
        lambda e: seat_person(e, HOAS_ID, NewSeat(SeatRole.HEAD, TRADE, day(16)), ours()), [W.SEAT]),
    "end_seat": (lambda e: end_seat(e, 1, day(25), ours()), [W.SEAT]),
    "say_absent": (
        lambda e: say_absent(e, NewAbsence(HOAS_ID, MINH, day(16), day(17)), ours()), [W.ABSENCE]),
    "end_absence": (lambda e: end_absence(e, 1, day(22), ours()), [W.ABSENCE]),
    "invite": (lambda e: invite(e, HOAS_ID, ours()), [W.LINK_MADE]),
    "link_for": (lambda e: link_for(e, HOAS_ID, ours()), [W.LINK_MADE]),
    "add_admin": (lambda e: add_admin(e, NewPerson("Lê Lan"), ours()), [W.PERSON, W.SEAT, W.LINK_MADE]),
    "import_people": (lambda e: import_people(e, SHEET, ours(), True), [W.PERSON, W.SEAT, W.LINK_MADE]),
    "look_at_people": (lambda e: look_at_people(e, SHEET, ours(), True), []),
    "import_register": (lambda e: import_register(e, register(), ours()), [W.REGISTER]),
    "set_password": (lambda e: set_password(e, MINH, HOAS, NOW), [W.CREDENTIAL]),
    "_count_wrong": (lambda e: try_password(e, HOA, "sai mật khẩu rồi", SEEN, NOW), [W.SIGN_IN_FAILED]),
    "ask_for_link": (lambda e: ask_for_link(e, HOA, SEEN, NOW), [W.LINK_MADE]),
    "open_sign_in": (
        lambda e: open_sign_in(e, HOAS_ID, SignInWay.PASSWORD, SEEN, LATER), [W.SIGNED_IN]),
    "come_in_by_password": (
        lambda e: come_in_by_password(e, HOA, HOAS, SEEN, LATER), [W.SIGNED_IN]),
    "sign_out": (lambda e: sign_out(e, HOAS_ID, ours()), [W.SIGN_IN_ENDED]),
    "sign_out_everybody": (lambda e: sign_out_everybody(e, ours()), [W.SIGN_IN_ENDED]),
    "end_one": (lambda e: end_one(e, HOAS_ID, 1, LATER), [W.SIGNED_OUT]),
    "end_all": (lambda e: end_all(e, HOAS_ID, LATER), [W.SIGN_IN_ENDED]),
    "trust_device": (lambda e: trust_device(e, HOAS_ID, NOW), [W.CREDENTIAL]),
    "black_out": (
        lambda e: black_out(e, 2022, act(Actor.SECRETARIAT, at("2023-01-05"))), [W.BLACKED_OUT]),
    "export_trail": (lambda e: export_trail(e, TrailFilter(), None, ours()), [W.EXPORT]),
    "note_backup": (lambda e: note_backup(e, NOW), [W.EXPORT]),
}  # fmt: skip
#: Actions of these rooms that leave no row of their own, each with the reason, or are tried in another file.
APART = {
    "begin_totp": "a secret that was shown counts from its first code on: confirm_totp",
    "confirm_totp": "below",
    "remove_totp": "below",
    "reactivate": "below",
    "live_by_the_clock": "below",
    "_note_settings": "below",
    "note_office": "below",
    "_batch": "seals are no rows",
    "take_totp": "a step of signing in: open_sign_in",
    "come_in_by_link": "tests/flows/sign_in/test_come_in.py",
    "lose_telephone": "tests/flows/people/test_taken_away.py",
    "clear_sign_ins": "tests/flows/sign_in/test_cleared.py",
    "touch": "that somebody is there, once a minute",
    "renew": "the same sign-in under a new id",
    "right_password": "a hash under newer parameters; who comes in: come_in_by_password",
    "check_code": "tests/flows/sign_in/test_second_factor.py",
    "take_recovery": "tests/flows/sign_in/test_second_factor.py",
    "finish_oidc": "tests/flows/sign_in/test_oidc.py",
    "confirm": "tests/flows/installation/test_clock_leap.py",
    "restored": "tests/flows/installation/test_restored.py",
    "_write_delivery": "tests/flows/trail/test_keep.py",
    "watch": "what was seen of the clock is a row of clock_leap; a person's word about it: confirm",
    "advance": "the instant at which the database lives",
    "_started": "days of grace, begun by themselves",
    "give_own_time": "of a database that holds nothing yet",
}
ROOMS = ("people", "sign_in", "trail", "installation")


def told(engine: Engine, above: int = 0) -> list[TrailRow]:
    with Session(engine) as session:
        return list(session.scalars(sa.select(TrailRow).where(TrailRow.id > above).order_by(TrailRow.id)))


@pytest.mark.parametrize("name", ACTIONS)
def test_what_an_action_leaves(staffed: Engine, name: str) -> None:
    """Break: drop one ``note``, or call it twice."""
    does, expected = ACTIONS[name]
    before = len(told(staffed))
    does(staffed)
    assert [row.what for row in told(staffed, before)] == expected


@pytest.mark.parametrize("name", [name for name, (_, expected) in ACTIONS.items() if expected])
def test_taken_back_it_leaves_nothing(staffed: Engine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each ends just before its commit. Break: note in a transaction of its own."""

    class Ended(Exception):
        pass

    def ends(_session: Session) -> None:
        raise Ended

    before = dump(staffed)
    monkeypatch.setattr(db, "write_deeds", ends)
    with pytest.raises(Ended):
        ACTIONS[name][0](staffed)
    assert dump(staffed) == before


def test_the_second_factor(staffed: Engine) -> None:
    before = len(told(staffed))
    _totp(staffed)
    remove_totp(staffed, HOAS_ID, LATER)
    left = told(staffed, before)
    assert [(row.what, row.person_id, row.data["what"]) for row in left] == [
        (W.CREDENTIAL, HOAS_ID, "totp"), (W.CREDENTIAL, HOAS_ID, "totp removed"),
    ]  # fmt: skip


def test_who_comes_back_and_who_was_there(staffed: Engine) -> None:
    before = len(told(staffed))
    for _ in range(2):
        deactivate(staffed, HOAS_ID, ours(person=MINH))
    for _ in range(2):
        reactivate(staffed, HOAS_ID, ours(person=MINH))
    left = told(staffed, before)
    assert [(row.what, row.person_id) for row in left] == [(W.PERSON, MINH)] * 2
    assert [row.data for row in left] == [{"done": "deactivated", "ended": 1}, {"done": "reactivated"}]


def test_a_changed_person_tells_which_fields(staffed: Engine) -> None:
    before = len(told(staffed))
    change_person(staffed, HOAS_ID, NewPerson("Hoa", HOA, "0912345678"), ours())
    change_person(staffed, HOAS_ID, NewPerson("Hoa", HOA, "0912345678"), ours())
    [row] = told(staffed, before)
    assert row.data == {"done": "changed", "fields": ["phone"]}


def test_a_database_led_back_to_its_clock(sqlite_engine: Engine) -> None:
    advance(sqlite_engine, NOW)
    assert live_by_the_clock(sqlite_engine) is not None
    [row] = told(sqlite_engine)
    assert (row.what, row.noun, row.data["did"]) == (W.INSTALLATION, "clock", {"clock.set_back": 1})


def test_a_pass_of_an_office_that_changed_nothing_leaves_nothing(sqlite_engine: Engine) -> None:
    for _ in range(3):
        keep_trail(sqlite_engine, by_clock(NOW, office()), settings())
    assert [row.what for row in told(sqlite_engine)] == [W.SETTINGS]


def test_every_action_of_these_rooms_is_here() -> None:
    """By the one commit: whoever writes opens ``unit_of_work``."""
    found = set()
    for room in ROOMS:
        for path in Path(f"flows/actions/{room}").rglob("*.py"):
            functions = [one for one in ast.parse(path.read_text()).body if isinstance(one, ast.FunctionDef)]
            found |= {one.name for one in functions if "unit_of_work" in _called(one)}
    assert found == ACTIONS.keys() | APART.keys()


def _called(function: ast.FunctionDef) -> set[Any]:
    calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}
