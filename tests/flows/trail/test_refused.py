"""Refusals of one person fill few rows, however many there are, and each of them is counted.

Seen red: with ``takes`` that is always true; with ``settle`` that keeps its windows; without the sum at the
end; with one window for everybody.
"""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import Doer
from flows.actions.trail.refused import MOST_KEYS, MOST_ROWS, WINDOW, RefusalBook, RefusedAccess
from flows.actions.trail.seal import seal
from models.db import reading
from models.trail.rows import TrailRow
from models.trail.verify import verify
from rules.trail.refused import RefusedWhy, refused_words
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Way
from tests.flows.sign_in.people import NOW, noted, person

ROUTE = "GET /viec/{code}"


def of_task(key: int, route: str = ROUTE) -> RefusedAccess:
    return RefusedAccess(RefusedWhy.ROW, route, TrailNoun.TASK, key)


def test_the_first_is_a_row_at_once_with_who_and_on_what(engine: Engine) -> None:
    hoa = person(engine)
    RefusalBook(engine).tell(of_task(12), Doer(hoa, address="10.0.0.7"), NOW)
    [row] = noted(engine, TrailWhat.REFUSED)
    assert (row.person_id, row.way, row.address, row.happened_at) == (hoa, Way.PAGE, "10.0.0.7", NOW)
    assert (row.noun, row.noun_key, row.data) == ("task", "12", {"why": "row", "route": ROUTE})


def test_a_thousand_are_a_row_and_a_sum(engine: Engine) -> None:
    hoa, book = person(engine), RefusalBook(engine)
    for key in range(1, 1_001):
        book.tell(of_task(key), Doer(hoa), NOW + timedelta(seconds=key / 2))
    assert book.waits()
    assert len(noted(engine, TrailWhat.REFUSED)) == 1
    book.settle(NOW + WINDOW)
    book.settle(NOW + 2 * WINDOW)
    _, gathered = noted(engine, TrailWhat.REFUSED)
    assert not book.waits()
    assert (gathered.person_id, gathered.data["count"]) == (hoa, 999)
    assert gathered.data["again"] == {f"row {ROUTE}": 999}
    assert gathered.data["keys"] == [f"task {key}" for key in range(2, 2 + MOST_KEYS)]
    assert refused_words(gathered.data) == (
        f"Dữ liệu không có, hoặc ngoài phạm vi được xem ({ROUTE}): 999 lần nữa",
    )


def test_many_routes_are_as_few_rows(engine: Engine) -> None:
    hoa, book = person(engine), RefusalBook(engine)
    for number in range(50):
        for _ in range(2):
            book.tell(of_task(1, f"GET /{number}"), Doer(hoa), NOW)
    assert len(noted(engine, TrailWhat.REFUSED)) == MOST_ROWS
    book.settle(NOW, everything=True)
    rows = noted(engine, TrailWhat.REFUSED)
    assert len(rows) == MOST_ROWS + 1
    assert rows[-1].data["count"] == 2 * 50 - MOST_ROWS


def test_each_person_is_counted_apart(engine: Engine) -> None:
    book = RefusalBook(engine)
    hoa, binh = person(engine), person(engine, "binh@stc.soctrang.example")
    for one in (hoa, hoa, binh):
        book.tell(of_task(1), Doer(one), NOW)
    book.settle(NOW, everything=True)
    assert [row.person_id for row in noted(engine, TrailWhat.REFUSED)] == [hoa, binh, hoa]


def test_a_new_quarter_begins_with_a_row_behind_the_sum_of_the_old(engine: Engine) -> None:
    hoa, book = person(engine), RefusalBook(engine)
    for minutes in (0, 1, 15):
        book.tell(of_task(minutes + 1), Doer(hoa), NOW + timedelta(minutes=minutes))
    first, gathered, second = noted(engine, TrailWhat.REFUSED)
    assert (first.noun_key, gathered.data["count"], second.noun_key) == ("1", 1, "16")
    assert gathered.happened_at == second.happened_at
    assert not book.waits()


def test_a_clock_that_is_set_back_loses_nothing(engine: Engine) -> None:
    hoa, book = person(engine), RefusalBook(engine)
    for hours in (0, 0, -3):
        book.tell(of_task(1), Doer(hoa), NOW + timedelta(hours=hours))
    rows = sorted(noted(engine, TrailWhat.REFUSED), key=lambda row: row.id or 0)
    assert [row.data.get("count") for row in rows] == [None, 1, None]


def test_the_chain_takes_them(engine: Engine) -> None:
    hoa, book = person(engine), RefusalBook(engine)
    book.tell(of_task(1), Doer(hoa), NOW)
    book.tell(of_task(2), Doer(hoa), NOW)
    book.settle(NOW + WINDOW)
    seal(engine, NOW + WINDOW)
    with reading(engine) as session:
        assert verify(session, NOW + WINDOW).faults == ()
        assert session.scalar(sa.select(sa.func.count()).select_from(TrailRow)) > 2
