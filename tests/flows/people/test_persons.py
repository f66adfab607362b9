"""Persons are entered, changed, and cease to use the system."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from flows.actions.people.persons import NewPerson, add_person, change_person, deactivate, reactivate
from flows.actions.sign_in.links import look_at_link, make_link, new_token
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import open_sign_in, sign_in_of
from models.db import reading, unit_of_work
from models.people.access.viewers import viewer_of
from models.people.held.persons import person_list, person_page
from models.tables.people import Person
from models.trail.rows import TrailName, TrailRow
from rules.people.seat_roles import SeatRole
from rules.refusal import NotFound, Overtaken, Refusal
from rules.sign_in.words import LinkPurpose, SignInWay
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor
from tests.cast import ON_SQLITE, act, dump, move_in, rows
from tests.flows.people.staff import NOW, TODAY, ours, refused, sits, somebody

pytestmark = pytest.mark.usefixtures("office_of_2022")
ADMIN = {"role": SeatRole.ADMIN, "body": None}


@pytest.fixture
def office_of_2022(engine: Engine) -> None:
    move_in(engine)


def test_entered_changed_and_listed(engine: Engine) -> None:
    hoa = add_person(engine, NewPerson(" Nguyễn  Thị Hoa", "Hoa@STC.example", "+84 912 345 678"), ours())
    change_person(engine, hoa, NewPerson("Nguyễn Thị Hoa", "hoa@stc.example", ""), ours())
    seat = sits(engine, hoa)
    with reading(engine) as session:
        page = person_page(session, hoa)
        [listed] = person_list(session, TODAY)
    assert (page.name, page.email, page.phone, page.active) == (
        "Nguyễn Thị Hoa",
        "hoa@stc.example",
        None,
        True,
    )
    assert [one.id for one in listed.seats] == [one.id for one in page.seats] == [seat]
    assert listed.seats[0].body_name == "Sở Tài chính"


def test_the_trail_tells_of_each_change_once(engine: Engine) -> None:
    hoa = add_person(engine, NewPerson("Hoa", "hoa@stc.example"), ours())
    for _ in range(2):  # the second changes nothing
        change_person(engine, hoa, NewPerson("Hoa Lê", "hoa@stc.example"), ours())
        deactivate(engine, hoa, ours())
    told = rows(engine, TrailRow, TrailRow.what == TrailWhat.PERSON)
    assert [(row.noun_key, row.data["done"]) for row in told] == [
        (str(hoa), "added"), (str(hoa), "changed"), (str(hoa), "deactivated"),
    ]  # fmt: skip
    assert [row.said for row in rows(engine, TrailName)] == ["Hoa", "Hoa Lê", "Hoa Lê"]
    assert rows(engine, Person)[0].version == 2


def test_one_mailbox_is_one_person(engine: Engine) -> None:
    hoa, lan = somebody(engine, "Hoa"), somebody(engine, "Lan")
    before = dump(engine)
    refused(
        "hoa@stc.example đã là của Hoa",
        add_person,
        engine,
        NewPerson("X", "HOA@stc.example"),
        ours(),
    )
    refused("đã là của Hoa", change_person, engine, lan, NewPerson("Lan", "Hoa@STC.example"), ours())
    assert dump(engine) == before
    change_person(engine, hoa, NewPerson("Hoa", "HOA@stc.example"), ours())  # her own


@ON_SQLITE
def test_who_was_shown_an_older_row_is_told(engine: Engine) -> None:
    hoa = somebody(engine)
    change_person(engine, hoa, NewPerson("Hoa Lê", "hoa@stc.example"), ours(), 0)
    with pytest.raises(Overtaken, match="vừa được người khác thay đổi"):
        change_person(engine, hoa, NewPerson("Hoa Trần", "hoa@stc.example"), ours(), 0)


@ON_SQLITE
@pytest.mark.parametrize("number", [0, -1, 99, 10**30])
def test_nobody_has_that_number(engine: Engine, number: int) -> None:
    for what in (deactivate, reactivate):
        with pytest.raises(NotFound, match=f"Không có người sử dụng số {number}"):
            what(engine, number, ours())


@ON_SQLITE
def test_only_an_admin_keeps_people_where_somebody_signs_in(engine: Engine) -> None:
    """Break: leave the question to the page."""
    hoa, minh = somebody(engine, "Hoa", **ADMIN), somebody(engine, "Minh")
    add_person(engine, NewPerson("Lan"), ours(person=hoa))
    before = dump(engine)
    refused("Chỉ quản trị hệ thống", add_person, engine, NewPerson("X"), ours(person=minh))
    refused("Chỉ quản trị hệ thống", deactivate, engine, hoa, ours(person=minh))
    refused("Cơ quan chủ trì không có quyền", add_person, engine, NewPerson("X"), act(Actor.LEAD, NOW))
    assert dump(engine) == before


def test_the_last_admin_stays(engine: Engine) -> None:
    """Break: count admins without asking whether they are active."""
    hoa, minh = somebody(engine, "Hoa", **ADMIN), somebody(engine, "Minh", **ADMIN)
    deactivate(engine, minh, ours(person=hoa))
    refused("không còn ai là quản trị hệ thống", deactivate, engine, hoa, ours(person=hoa))
    refused("không còn ai là quản trị hệ thống", deactivate, engine, hoa, ours())
    reactivate(engine, minh, ours())
    deactivate(engine, hoa, ours())


def test_two_admins_who_let_each_other_go(engine: Engine) -> None:
    """Break: take away ``one_at_a_time``."""
    pair = somebody(engine, "Hoa", **ADMIN), somebody(engine, "Minh", **ADMIN)

    def let_go(person: int) -> bool:
        try:
            deactivate(engine, person, ours())
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(let_go, pair)) == [False, True]


def test_who_ceases_is_signed_out_and_opens_nothing(engine: Engine) -> None:
    hoa = somebody(engine)
    token = open_sign_in(engine, hoa, SignInWay.LINK, CameFrom("127.0.0.1", "x"), NOW)
    link = _link(engine, hoa)
    deactivate(engine, hoa, ours())
    with reading(engine) as session:
        assert viewer_of(session, hoa, TODAY).seats == ()
    reactivate(engine, hoa, ours())
    with reading(engine) as session:
        assert len(viewer_of(session, hoa, TODAY).seats) == 1
        assert sign_in_of(session, token, NOW) is None
        refused("liên kết|Liên kết", look_at_link, session, link, NOW)


@ON_SQLITE
def test_links_lie_in_the_mailbox_that_was_left(engine: Engine) -> None:
    hoa = somebody(engine)
    link = _link(engine, hoa)
    change_person(engine, hoa, NewPerson("Hoa Lê", "hoa@stc.example"), ours())
    with reading(engine) as session:
        assert look_at_link(session, link, NOW).person_id == hoa
    change_person(engine, hoa, NewPerson("Hoa Lê", "hoa.le@stc.example"), ours())
    with reading(engine) as session:
        refused("liên kết|Liên kết", look_at_link, session, link, NOW)


def _link(engine: Engine, person: int) -> str:
    with unit_of_work(engine) as session:
        return new_token(session, make_link(session, person, LinkPurpose.INVITATION, NOW))
