"""Hỏa tốc: what concerns such a task leaves at once, by night and on a day off, whoever writes it.

Seen to fail when one statement of the sweep, or the letters of an act, do not ask whether a task is urgent.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.tick import tick
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.extensions.asking import ask_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.refuse import refuse
from models.tables.documents import Directive
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task
from notifications.outbox.parcel import Outcome
from rules.letter_words import OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind
from tests.cast import (
    DATED,
    FINANCE,
    FINANCE_MAIL,
    OPEN_ENDED,
    SECRETARIAT_MAILS,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    change,
    directive,
    issue,
    messages,
    move_in,
    office,
    rows,
    settings,
    task,
)
from tests.flows.tasks.test_replay import check_history

K = LetterKind
NIGHT = at("2022-08-17", "20:00")
TROUBLE = Outcome(OutcomeClass.TRY_AGAIN, "451", "Thử lại sau")
SATURDAY = at("2022-08-20", "23:00")


@pytest.fixture
def hurried(engine: Engine) -> Engine:
    """GN-0001 (due 31/8/2022) and GN-0002 (no deadline) are hỏa tốc, GN-0003 like the first is not."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    issue(engine, DATED, number="266/TB-UBND")
    for key in (1, 2):
        change(engine, Task, key, urgent=True)
    return engine


def follow(engine: Engine, day: str) -> datetime:
    now = at(day, "05:00")
    daily_follow_up(engine, by_clock(now, office()))
    return now


@pytest.mark.parametrize(
    ("kind", "task_id", "days"),
    [
        (K.REMINDER, 1, ("2022-08-24",)),
        (K.URGING, 1, ("2022-09-05",)),
        (K.URGING, 1, ("2022-09-05", "2022-09-12")),
        (K.CROSSING, 1, ("2022-09-19",)),
        (K.REVIEW, 2, ("2022-09-14",)),
    ],
)
def test_the_sweep_lets_it_leave_at_once(
    hurried: Engine, kind: LetterKind, task_id: int, days: tuple[str, ...]
) -> None:
    now = [follow(hurried, day) for day in days][-1]
    written = rows(hurried, OutboxLetter, OutboxLetter.kind == kind, OutboxLetter.written_at == now)
    found = {letter.task_id: (letter.urgent, letter.not_before) for letter in written}
    assert found[task_id] == (True, now)
    others = {key: value for key, value in found.items() if key not in (1, 2)}
    assert set(others.values()) <= {(False, at(days[-1], "07:30"))}
    assert task_id == 2 or others


def test_a_result_that_waits_is_asked_about_at_once(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    change(sqlite_engine, Task, 1, urgent=True)
    answer(
        sqlite_engine,
        1,
        EventKind.SUBMITTED,
        act_on(sqlite_engine, 1, Actor.LEAD, at("2022-08-22")),
        Said("Xong"),
    )
    now = follow(sqlite_engine, "2022-08-25")
    [_, again] = rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == K.CONFIRMATION)
    assert (again.urgent, again.not_before) == (True, now)


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize(
    "act",
    [
        lambda e: refuse(e, 1, "Không thuộc chức năng", act_on(e, 1, Actor.LEAD, NIGHT)),
        lambda e: ask_extension(e, 1, "Chờ số liệu", date(2022, 9, 9), act_on(e, 1, Actor.LEAD, NIGHT)),
        lambda e: answer(e, 1, EventKind.SUBMITTED, act_on(e, 1, Actor.LEAD, NIGHT), Said("Xong")),
        lambda e: answer(e, 1, EventKind.WITHDRAWN, act(Actor.ASSIGNER, NIGHT), Said("Thôi")),
    ],
)
def test_what_people_do_is_told_at_once(
    sqlite_engine: Engine, act: Callable[[Engine], object], urgent: bool
) -> None:
    issue(move_in(sqlite_engine), DATED)
    change(sqlite_engine, Task, 1, urgent=urgent)
    act(sqlite_engine)
    written = rows(sqlite_engine, OutboxLetter, OutboxLetter.written_at == NIGHT)
    leaves = NIGHT if urgent else at("2022-08-18", "07:30")
    assert written
    assert {(letter.urgent, letter.not_before) for letter in written} == {(urgent, leaves)}


def test_on_a_saturday_night_only_the_urgent_one_leaves(hurried: Engine) -> None:
    tick(hurried, office(), at("2022-08-19", "09:00"), settings(), Postman())
    for key in (1, 3):
        ask_extension(
            hurried, key, "Chờ số liệu", date(2022, 9, 9), act_on(hurried, key, Actor.LEAD, SATURDAY)
        )
    postman = Postman()
    tick(hurried, office(), SATURDAY, settings(), postman)
    assert {url for url, _ in postman.carried} == SECRETARIAT_MAILS
    assert all("GN-0001" in parcel.letter.text for _, parcel in postman.carried)
    assert not any("GN-0003" in parcel.letter.text for _, parcel in postman.carried)


def test_it_stays_so_at_the_successor(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    change(sqlite_engine, Task, 1, urgent=True)
    plan = preview_hand_over(sqlite_engine, FINANCE, TRADE, NIGHT)
    hand_over(
        sqlite_engine,
        plan,
        "Nghị quyết 202/2025/QH15",
        "",
        act(Actor.SECRETARIAT, NIGHT, capacity="van-phong"),
    )
    assert task(sqlite_engine, 2).urgent
    told = rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == K.HANDED_OVER)
    assert {letter.not_before for letter in told} == {NIGHT}


def test_what_is_urgent_does_not_use_up_the_letters_of_a_day(sqlite_engine: Engine) -> None:
    """Three ordinary letters a day, however many urgent ones have gone before them."""
    move_in(sqlite_engine)
    dawn, postman = at("2022-08-22", "05:00"), Postman()
    for number in range(3):
        issue(sqlite_engine, DATED, number=f"{number}/TB-UBND")
    tick(sqlite_engine, office(), at("2022-08-15", "09:00"), settings(), Postman())
    for key in (1, 2, 3):
        change(sqlite_engine, Task, key, urgent=True)
        answer(sqlite_engine, key, EventKind.WITHDRAWN, act(Actor.ASSIGNER, dawn), Said("Thôi"))
    for number in range(3, 7):
        issue(sqlite_engine, DATED, number=f"{number}/TB-UBND", on="2022-08-22", clock="05:00")
    tick(sqlite_engine, office(), dawn, settings(), postman)
    assert postman.take().count(FINANCE_MAIL) == 3
    tick(sqlite_engine, office(), at("2022-08-22", "09:00"), settings(), postman)
    assert postman.take().count(FINANCE_MAIL) == 3


@pytest.mark.parametrize("urgent", [True, False])
def test_what_could_not_leave_is_tried_again_at_once(sqlite_engine: Engine, urgent: bool) -> None:
    """The last minute of the office's hours; the ordinary letter waits for the morning."""
    issue(move_in(sqlite_engine), DATED)
    change(sqlite_engine, Task, 1, urgent=urgent)
    evening, away = at("2022-08-17", "17:29"), Postman({"": TROUBLE})
    refuse(sqlite_engine, 1, "Không thuộc chức năng", act_on(sqlite_engine, 1, Actor.LEAD, evening))
    tick(sqlite_engine, office(), evening, settings(), away)
    again = {message.next_at for message in messages(sqlite_engine) if message.urgent is urgent}
    assert again == {evening + timedelta(minutes=1) if urgent else at("2022-08-18", "07:30")}


@pytest.mark.parametrize("marked", [True, False])
def test_a_marked_document_opens_urgent_tasks_and_says_so_at_once(engine: Engine, marked: bool) -> None:
    hurry = directive("Khẩn trương khắc phục, kịp thời báo cáo.", FINANCE)
    issue(move_in(engine), hurry, DATED, clock="19:00", urgent=marked)
    assert [found.urgent for found in rows(engine, Task)] == [marked] * 2
    written = rows(engine, OutboxLetter, OutboxLetter.kind == K.ASSIGNMENT)
    leaves = at("2022-08-15", "19:00") if marked else at("2022-08-16", "07:30")
    assert {(letter.urgent, letter.not_before) for letter in written} == {(marked, leaves)}
    assert [found.urgency for found in rows(engine, Directive)] == ["khẩn trương, kịp thời", ""]
    check_history(engine)
    postman = Postman()
    tick(engine, office(), at("2022-08-15", "19:00"), settings(), postman)
    assert (FINANCE_MAIL in postman.take()) is marked


def test_a_paper_stamped_hoa_toc_goes_out_on_a_saturday_night(engine: Engine) -> None:
    """Its tasks travel together under a subject that says so; later their reminders pass the quiet hours."""
    also, postman = directive("Báo cáo quyết toán.", FINANCE, due=DATED.due), Postman()
    issue(move_in(engine), DATED, also, urgent=True, on="2022-08-20", clock="22:00")
    tick(engine, office(), at("2022-08-20", "22:00"), settings(), postman)
    [(url, parcel)] = postman.carried
    assert (url, parcel.letter.subject[:9]) == (FINANCE_MAIL, "HỎA TỐC –")
    assert parcel.letter.short.startswith("HỎA TỐC –")
    assert all(code in parcel.letter.text for code in ("GN-0001", "GN-0002"))
    postman.take()
    tick(engine, office(), at("2022-08-24", "06:00"), settings(), postman)
    assert postman.take() == [FINANCE_MAIL] * 2
