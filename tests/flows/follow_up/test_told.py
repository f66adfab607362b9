"""A numbered urging presupposes that its lead was told of the task and of the deadline in force, days before.

Seen to fail when the sweep does not ask ``told_deadline``, when dispatch does not write it, or writes it for
letters that still wait.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.documents.issue import publish
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.tick import tick
from flows.actions.tasks.extensions.asking import accept_counter, ask_extension, counter_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.pause import pause, resume
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, ToldDeadline, Urging
from notifications.outbox.parcel import Outcome
from rules.draft import DraftDirective
from rules.letter_words import OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor
from tests.cast import (
    AWAY,
    FINANCE,
    FINANCE_MAIL,
    TRADE,
    UNREACHABLE,
    Postman,
    act,
    act_on,
    at,
    by,
    change,
    conclusion,
    directive,
    every,
    move_in,
    office,
    office_with,
    rows,
    settings,
)

SAVED = Outcome(OutcomeClass.SAVED, "", "")
SECOND = "266/TB-UBND"


def publish_at(engine: Engine, day: str, clock: str, *directives: DraftDirective, **more: Any) -> None:
    publish(engine, conclusion(*directives, **more), act(Actor.SECRETARIAT, at(day, clock)))


def report(lead: str = FINANCE, due: str = "2022-08-29") -> DraftDirective:
    return directive("Báo cáo quỹ.", lead, due=by(date.fromisoformat(due)))


def mornings(engine: Engine, first: str, last: str, postman: Postman | None = None) -> None:
    """A tick at 07:35 on every calendar day."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        tick(engine, office(), at(day, "07:35"), settings(), postman or Postman())
        day += timedelta(days=1)


def urged(engine: Engine) -> list[tuple[int, int, str]]:
    return [(row.task_id, row.number, str(row.urged_on)) for row in rows(engine, Urging)]


def told(engine: Engine) -> list[tuple[int, str]]:
    return [(row.task_id, str(row.told_on)) for row in rows(engine, ToldDeadline)]


# 1 and 2/9/2022 are holidays; a step of the shipped policy is five working days.
@pytest.mark.parametrize(
    ("due", "issued", "first"),
    [
        ("2022-08-20", ("2022-08-29", "16:00"), "2022-09-08"),  # typed in after its deadline
        ("2022-08-29", ("2022-08-29", "16:00"), "2022-09-08"),  # in the afternoon of its last day
        ("2022-08-27", ("2022-08-26", "17:45"), "2022-09-07"),  # due on a day off, the letter left after it
        ("2022-08-30", ("2022-08-29", "16:00"), "2022-08-31"),  # told on its last day: as ever
        ("2022-08-31", ("2022-08-29", "08:00"), "2022-09-05"),
    ],
)
def test_lan_1_comes_a_step_after_a_letter_that_came_too_late(
    engine: Engine, due: str, issued: tuple[str, str], first: str
) -> None:
    publish_at(move_in(engine), *issued, report(due=due))
    mornings(engine, str(date.fromisoformat(issued[0]) + timedelta(days=1)), "2022-09-09")
    assert urged(engine)[:1] == [(1, 1, first)]


def test_a_letter_that_left_on_the_same_afternoon_was_in_time(engine: Engine) -> None:
    publish_at(move_in(engine), "2022-08-29", "16:00", report())
    tick(engine, office(), at("2022-08-29", "16:30"), settings(), Postman())
    mornings(engine, "2022-08-30", "2022-08-30")
    assert urged(engine) == [(1, 1, "2022-08-30")]


def test_the_first_letter_says_that_the_deadline_is_over(engine: Engine) -> None:
    publish_at(move_in(engine), "2022-08-29", "16:00", report(), report(due="2022-09-30"))
    postman = Postman()
    mornings(engine, "2022-08-30", "2022-08-30", postman)
    [text] = [parcel.letter.text for url, parcel in postman.carried if url == FINANCE_MAIL]
    first, _, second = text.partition("2. GN-0002")
    assert "Đã quá hạn khi giao" in first
    assert "Đã quá hạn" not in second
    assert "Đối với nhiệm vụ đã quá hạn khi giao, đề nghị quý cơ quan khẩn trương" in text


def test_a_letter_told_in_time_that_leaves_late_does_not_say_so(engine: Engine) -> None:
    publish_at(move_in(engine), "2022-08-26", "08:00", report())
    mornings(engine, "2022-08-26", "2022-08-30", Postman({"smtpmail": AWAY}))
    postman = Postman()
    tick(engine, office(), at("2022-08-31", "11:00"), settings(), postman)
    texts = [parcel.letter.text for url, parcel in postman.carried if url == FINANCE_MAIL]
    assert any("Giao 1 nhiệm vụ" in text or "được giao chủ trì" in text for text in texts)
    assert not any("Đã quá hạn khi giao" in text for text in texts)


@pytest.mark.parametrize("reply", [AWAY, SAVED])
def test_what_could_not_leave_or_was_saved_counts_as_told(engine: Engine, reply: Outcome) -> None:
    publish_at(move_in(engine), "2022-08-26", "08:00", report())
    mornings(engine, "2022-08-26", "2022-08-30", Postman({"smtpmail": reply}))
    assert urged(engine) == [(1, 1, "2022-08-30")]


def test_a_body_without_an_address_is_urged_from_when_that_was_found(engine: Engine) -> None:
    publish_at(move_in(engine), "2022-08-25", "08:00", report(UNREACHABLE))
    publish_at(engine, "2022-08-29", "16:00", report(UNREACHABLE), number=SECOND)
    mornings(engine, "2022-08-26", "2022-08-26")
    mornings(engine, "2022-08-30", "2022-09-08")
    assert sorted(urged(engine)) == [(1, 1, "2022-08-30"), (1, 2, "2022-09-08"), (2, 1, "2022-09-08")]
    assert told(engine) == [(1, "2022-08-26"), (2, "2022-08-30")]


def test_nobody_is_urged_while_nothing_is_delivered(engine: Engine) -> None:
    """Decided is not told: the follow-up runs, the delivery does not."""
    publish_at(move_in(engine), "2022-08-15", "08:00", report())
    for day in ("2022-08-30", "2022-08-31", "2022-09-05"):
        daily_follow_up(engine, by_clock(at(day, "06:45"), office()))
    assert urged(engine) == []
    mornings(engine, "2022-09-05", "2022-09-12")
    assert urged(engine) == [(1, 1, "2022-09-12")]


def test_a_letter_of_a_day_off_counts_from_the_next_working_day(engine: Engine) -> None:
    """Hỏa tốc, told on Saturday 3/9."""
    publish_at(move_in(engine), "2022-09-03", "09:00", report(), urgent=True)
    mornings(engine, "2022-09-03", "2022-09-12")
    assert told(engine) == [(1, "2022-09-05")]
    assert urged(engine) == [(1, 1, "2022-09-12")]


def test_a_letter_that_waits_for_the_next_morning_has_told_nothing_yet(engine: Engine) -> None:
    """One ordinary letter a day: the second document's waits."""
    policy = office().policy
    one = policy.model_copy(update={"bundling": policy.bundling.model_copy(update={"messages_a_day": 1})})
    publish_at(move_in(engine), "2022-08-26", "08:00", report())
    publish_at(engine, "2022-08-26", "08:05", report(due="2022-08-26"), number=SECOND)
    tick(engine, office_with(one), at("2022-08-26", "09:00"), settings(), Postman())
    assert told(engine) == [(1, "2022-08-26")]
    mornings(engine, "2022-08-29", "2022-08-29")
    assert told(engine) == [(1, "2022-08-26"), (2, "2022-08-29")]
    assert urged(engine) == []


def test_a_new_lead_is_told_by_the_hand_over(engine: Engine) -> None:
    publish_at(move_in(engine), "2022-08-25", "08:00", report())
    mornings(engine, "2022-08-29", "2022-08-30")
    now = at("2022-08-30", "16:00")
    plan = preview_hand_over(engine, FINANCE, TRADE, now)
    hand_over(
        engine,
        plan,
        "Nghị quyết số 202/2025/QH15",
        "Sáp nhập.",
        act(Actor.SECRETARIAT, now, capacity="van-phong"),
    )
    postman = Postman()
    mornings(engine, "2022-08-31", "2022-09-09", postman)
    assert urged(engine) == [(1, 1, "2022-08-30"), (2, 1, "2022-09-09")]
    assert any("Đã quá hạn khi chuyển giao" in parcel.letter.text for _, parcel in postman.carried)


def test_recurring_and_two_hop_tasks_are_told_like_any_other(engine: Engine) -> None:
    text = "Gửi số liệu về Sở Tài chính để tổng hợp, báo cáo UBND tỉnh trước ngày 30/09/2022."
    hops = directive(text, TRADE, due=by(date(2022, 9, 30)), report_to=[FINANCE])
    publish_at(move_in(engine), "2022-08-15", "08:00", hops, directive("Tuần.", TRADE, due=every("weekly")))
    mornings(engine, "2022-08-19", "2022-08-23")
    assert {key for key, _ in told(engine)} == {task.id for task in rows(engine, Task)}
    assert len(rows(engine, Task)) > 3  # the next week's too


def test_a_deadline_that_the_lead_took_itself_is_known_to_it(engine: Engine) -> None:
    publish_at(move_in(engine), "2022-08-15", "08:00", report())
    mornings(engine, "2022-08-24", "2022-08-24")
    now = at("2022-08-24", "10:00")
    key = ask_extension(engine, 1, "Chờ số liệu", date(2022, 9, 30), act_on(engine, 1, Actor.LEAD, now))
    counter_extension(engine, key, date(2022, 9, 8), "", act(Actor.ASSIGNER, now))
    accept_counter(engine, key, act_on(engine, 1, Actor.LEAD, now))
    [known] = rows(engine, ToldDeadline)
    assert (known.due_on, known.told_on) == (date(2022, 9, 8), date(2022, 8, 24))
    mornings(engine, "2022-09-07", "2022-09-09")
    assert urged(engine) == [(1, 1, "2022-09-09")]


def test_a_later_urging_waits_for_a_deadline_that_was_moved_into_the_past(engine: Engine) -> None:
    """As a correction of the event's day may do: lần 2 presupposes the deadline in force too."""
    publish_at(move_in(engine), "2022-08-25", "08:00", report())
    mornings(engine, "2022-08-29", "2022-08-30")
    change(engine, Task, 1, due_on=date(2022, 8, 25))
    change(engine, ToldDeadline, 1, due_on=date(2022, 8, 29))  # nobody has told the lead
    mornings(engine, "2022-09-08", "2022-09-12")
    assert urged(engine) == [(1, 1, "2022-08-30")]
    change(engine, ToldDeadline, 1, due_on=date(2022, 8, 25), told_on=date(2022, 9, 9))
    mornings(engine, "2022-09-13", "2022-09-16")
    assert urged(engine) == [(1, 1, "2022-08-30"), (1, 2, "2022-09-16")]


def test_a_rest_that_moved_the_deadline_is_told_before_it_is_urged(engine: Engine) -> None:
    """Paused when late, and resumed late: its lead hears of the new day, and is urged a step after it."""
    publish_at(move_in(engine), "2022-08-25", "08:00", report())
    mornings(engine, "2022-08-29", "2022-08-30")
    pause(engine, 1, "Chờ Bộ hướng dẫn", act(Actor.LEADER, at("2022-08-30", "16:00")))
    resume(engine, 1, "", act(Actor.LEADER, at("2022-09-06", "16:00")))
    [letter] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.DEADLINE)
    assert (letter.due_on, letter.data["old_due_on"]) == (date(2022, 9, 5), "2022-08-29")
    mornings(engine, "2022-09-07", "2022-09-14")
    assert urged(engine) == [(1, 1, "2022-08-30"), (1, 2, "2022-09-14")]


def test_no_row_of_history_is_needed_for_it(engine: Engine) -> None:
    """Telling is no move of the task: nothing of it is in the events."""
    publish_at(move_in(engine), "2022-08-15", "08:00", report())
    version = rows(engine, Task)[0].version
    mornings(engine, "2022-08-16", "2022-08-16")
    assert rows(engine, Task)[0].version == version
    assert told(engine) == [(1, "2022-08-16")]
