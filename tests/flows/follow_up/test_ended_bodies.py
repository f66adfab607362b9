"""From its last day on a body is asked for nothing; what lies there is raised to the secretariat, once.

The register ends finance (``stc``) on 28/2/2025; here it happens on Thursday 8/9/2022.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.escalation.escalate import raise_case
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.papers import issue_paper
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.cooperate import contribute
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.pause import pause
from flows.actions.tasks.report import Report
from models.tables.agencies import Agency
from models.tables.crossings import TaskCrossing
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Urging, UrgingPaper
from rules.letter_words import Stake
from rules.outbox.kinds import MORNING
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, EventKind
from tests.cast import (
    DATED,
    FINANCE,
    MONTHLY,
    ON_SQLITE,
    OPEN_ENDED,
    PLANNING,
    SECRETARIAT,
    SHARED,
    TRADE,
    act,
    act_on,
    at,
    by,
    change,
    decided,
    directive,
    issue,
    move_in,
    office,
    rows,
)
from tests.flows.escalation.test_escalation import FORM
from tests.told import all_told

LAST = date(2022, 9, 8)
FIRST = date(2022, 8, 16)
LATER = directive("Báo cáo dư nợ cho vay hợp tác xã.", FINANCE, due=by(date(2022, 9, 30)))


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """Finance owes GN-0001 (due 31/8, planning cooperates), trade GN-0002 without a deadline."""
    issue(move_in(engine), SHARED, OPEN_ENDED)
    return engine


def ends(engine: Engine, body: str, last: date | None) -> None:
    change(engine, Agency, body, valid_to=last)


def follow(engine: Engine, first: date, last: date) -> None:
    """Every calendar day's sweep."""
    for n in range((last - first).days + 1):
        daily_follow_up(engine, by_clock(at(first + timedelta(days=n), "06:45"), office()))


def asked(engine: Engine, body: str, since: date) -> list[str]:
    """Keys of the letters that ask a body for work from a day on."""
    mine = OutboxLetter.agency_id == body, OutboxLetter.written_at >= at(since, "00:00")
    return [row.key for row in rows(engine, OutboxLetter, *mine) if row.kind in MORNING]


def raised(engine: Engine) -> list[tuple[str, date, str]]:
    """What the secretariat was told: key, day, stake."""
    found = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.BODY_ENDED)
    assert all(row.agency_id == SECRETARIAT for row in found)
    return [(row.key, row.scheduled_on, row.data["stake"]) for row in found]


def raised_of(body: str, task_id: int, on: date, stake: Stake, last: date = LAST) -> tuple[str, date, str]:
    return keys.body_ended(body, last, task_id, stake), on, stake.value


def test_from_its_last_day_on_a_body_is_asked_for_nothing_and_its_tasks_are_raised_once(
    at_work: Engine,
) -> None:
    ends(at_work, FINANCE, LAST)
    follow(at_work, FIRST, date(2022, 10, 20))
    assert [row.urged_on for row in rows(at_work, Urging)] == [date(2022, 9, 5)]  # the 12th would be next
    assert asked(at_work, FINANCE, LAST) == []
    assert raised(at_work) == [raised_of(FINANCE, 1, LAST, Stake.LEAD)]
    assert rows(at_work, UrgingPaper) == []
    assert [row for row in rows(at_work, TaskCrossing) if row.task_id == 1] == []  # late, and nobody's delay


def test_a_body_that_goes_on_is_asked_as_ever(at_work: Engine) -> None:
    ends(at_work, FINANCE, date(2022, 12, 31))
    follow(at_work, FIRST, date(2022, 9, 20))
    assert [row.urged_on.day for row in rows(at_work, Urging)] == [5, 12, 19]
    assert raised(at_work) == []


def test_a_second_pass_raises_nothing_more(at_work: Engine) -> None:
    ends(at_work, FINANCE, LAST)
    follow(at_work, LAST, LAST)
    before = decided(at_work)
    daily_follow_up(at_work, by_clock(at(LAST, "15:00"), office()))
    assert decided(at_work) == before


@ON_SQLITE
@pytest.mark.parametrize(
    ("last", "told"),
    [(date(2022, 9, 10), date(2022, 9, 12)), (date(2022, 9, 9), date(2022, 9, 9))],
)
def test_an_end_on_a_day_off_is_told_on_the_next_working_day(at_work: Engine, last: date, told: date) -> None:
    ends(at_work, FINANCE, last)
    follow(at_work, date(2022, 9, 8), date(2022, 9, 14))
    assert raised(at_work) == [raised_of(FINANCE, 1, told, Stake.LEAD, last)]
    assert asked(at_work, FINANCE, last) == []


def test_an_end_that_is_entered_late_is_told_at_once(at_work: Engine) -> None:
    follow(at_work, FIRST, date(2022, 9, 12))
    ends(at_work, FINANCE, LAST)
    follow(at_work, date(2022, 9, 13), date(2022, 9, 23))
    assert raised(at_work) == [raised_of(FINANCE, 1, date(2022, 9, 13), Stake.LEAD)]
    assert [row.urged_on.day for row in rows(at_work, Urging)] == [5, 12]


def test_an_end_that_is_taken_back_lets_the_urging_go_on(at_work: Engine) -> None:
    ends(at_work, FINANCE, LAST)
    follow(at_work, FIRST, date(2022, 9, 13))
    ends(at_work, FINANCE, date(2022, 9, 20))
    follow(at_work, date(2022, 9, 14), date(2022, 9, 21))
    assert [row.urged_on.day for row in rows(at_work, Urging)] == [5, 14]
    assert raised(at_work) == [
        raised_of(FINANCE, 1, LAST, Stake.LEAD),
        raised_of(FINANCE, 1, date(2022, 9, 20), Stake.LEAD, date(2022, 9, 20)),
    ]


def test_what_comes_to_it_afterwards_is_raised_too(at_work: Engine) -> None:
    ends(at_work, FINANCE, LAST)
    follow(at_work, LAST, date(2022, 9, 9))
    issue(at_work, LATER, number="12/TB-UBND", on="2022-09-09")
    follow(at_work, date(2022, 9, 12), date(2022, 9, 30))
    first, second = raised(at_work)
    assert first == raised_of(FINANCE, 1, LAST, Stake.LEAD)
    assert second == raised_of(FINANCE, 3, date(2022, 9, 12), Stake.LEAD)
    assert asked(at_work, FINANCE, LAST) == []


def test_a_part_that_is_still_owed_is_raised_and_one_that_was_handed_in_is_not(at_work: Engine) -> None:
    issue(at_work, replace(SHARED, text="Việc thứ hai."), number="12/TB-UBND")
    contribute(at_work, 3, Report("Phần việc."), act(Actor.COOPERATING, at("2022-08-17"), PLANNING))
    ends(at_work, PLANNING, LAST)
    follow(at_work, LAST, date(2022, 9, 9))
    assert raised(at_work) == [raised_of(PLANNING, 1, LAST, Stake.COOPERATES)]


def test_a_case_that_waits_at_a_rung_that_ended_is_raised(at_work: Engine) -> None:
    raise_case(at_work, 1, FORM, act_on(at_work, 1, Actor.LEAD, at("2022-09-06", "10:00")))
    ends(at_work, PLANNING, LAST)  # the standing agency; it cooperates on the task too
    follow(at_work, LAST, LAST)
    both = [raised_of(PLANNING, 1, LAST, stake) for stake in (Stake.COOPERATES, Stake.DECIDES)]
    assert raised(at_work) == both
    raise_case(at_work, 2, FORM, act_on(at_work, 2, Actor.LEAD, at(LAST, "10:00")))
    follow(at_work, date(2022, 9, 9), date(2022, 9, 9))
    assert raised(at_work)[2:] == [raised_of(PLANNING, 2, date(2022, 9, 9), Stake.DECIDES)]


def _submitted(engine: Engine) -> None:
    answer(engine, 1, EventKind.SUBMITTED, act_on(engine, 1, Actor.LEAD, at("2022-08-20")), Said("Xong."))


def _confirmed(engine: Engine) -> None:
    _submitted(engine)
    answer(engine, 1, EventKind.CONFIRMED, act(Actor.SECRETARIAT, at("2022-08-20")))


def _handed_over(engine: Engine) -> None:
    now = at("2022-09-06", "10:00")
    plan = preview_hand_over(engine, FINANCE, TRADE, now)
    hand_over(
        engine, plan, "Nghị quyết số 202/2025/QH15", "", act(Actor.SECRETARIAT, now, capacity="van-phong")
    )


@ON_SQLITE
@pytest.mark.parametrize(
    ("comes", "count"),
    [
        (_submitted, 1),
        (lambda engine: pause(engine, 1, "Chờ.", act(Actor.ASSIGNER, at("2022-08-20"))), 1),
        (_confirmed, 0),
        (_handed_over, 0),
    ],
)
def test_every_open_task_is_raised_and_no_closed_one(
    at_work: Engine, comes: Callable[[Engine], object], count: int
) -> None:
    comes(at_work)
    ends(at_work, FINANCE, LAST)
    follow(at_work, LAST, LAST)
    assert len(raised(at_work)) == count


def test_a_task_without_a_deadline_is_reviewed_no_more(at_work: Engine) -> None:
    ends(at_work, TRADE, LAST)
    follow(at_work, FIRST, date(2022, 9, 30))
    assert asked(at_work, TRADE, FIRST) == []
    assert raised(at_work) == [raised_of(TRADE, 2, LAST, Stake.LEAD)]


def test_the_successor_is_asked_once_the_task_is_there(at_work: Engine) -> None:
    ends(at_work, FINANCE, LAST)
    follow(at_work, FIRST, LAST)
    now = at("2022-09-09", "10:00")
    plan = preview_hand_over(at_work, FINANCE, TRADE, now)
    hand_over(
        at_work, plan, "Nghị quyết số 202/2025/QH15", "", act(Actor.SECRETARIAT, now, capacity="van-phong")
    )
    all_told(at_work)  # by the letter of the hand-over; lần 1 comes a step later
    follow(at_work, date(2022, 9, 12), date(2022, 9, 16))
    assert [(row.recipient_id, row.number) for row in rows(at_work, Urging)] == [(FINANCE, 1), (TRADE, 1)]


def test_a_paper_prepared_before_the_end_is_not_issued_after_it(at_work: Engine) -> None:
    follow(at_work, FIRST, date(2022, 9, 12))
    [paper] = rows(at_work, UrgingPaper)
    ends(at_work, FINANCE, date(2022, 9, 13))
    now = at("2022-09-14", "09:00")
    with pytest.raises(NotAllowed):
        issue_paper(
            at_work, paper.id, "5/VP", "Chánh Văn phòng", date(2022, 9, 14), act(Actor.SECRETARIAT, now)
        )
    issue_paper(at_work, paper.id, "5/VP", "Chánh Văn phòng", date(2022, 9, 12), act(Actor.SECRETARIAT, now))


@pytest.mark.parametrize(("confirmed", "stakes"), [(True, [Stake.DUTY]), (False, [Stake.LEAD])])
def test_a_monthly_duty_is_not_forgotten_with_its_body(
    engine: Engine, confirmed: bool, stakes: list[Stake]
) -> None:
    """Its next occurrence opens for nobody: who would go on with it is for the secretariat to say."""
    issue(move_in(engine), MONTHLY)
    if confirmed:
        _confirmed(engine)
    ends(engine, PLANNING, date(2022, 8, 24))
    for day in (date(2022, 8, 26), date(2022, 8, 29)):
        assert open_next_occurrences(engine, by_clock(at(day, "06:00"), office())).codes == ()
        follow(engine, day, day)
    told = [raised_of(PLANNING, 1, date(2022, 8, 26), stake, date(2022, 8, 24)) for stake in stakes]
    assert raised(engine) == told


@ON_SQLITE
def test_many_bodies_end_on_one_day(at_work: Engine) -> None:
    issue(at_work, replace(DATED, text="Việc thứ ba."), LATER, number="12/TB-UBND")
    for body in (FINANCE, TRADE, PLANNING):
        ends(at_work, body, LAST)
    follow(at_work, LAST, LAST)
    led = ((FINANCE, 1), (TRADE, 2), (FINANCE, 3), (FINANCE, 4))
    assert {key for key, _, _ in raised(at_work)} == {
        *(keys.body_ended(body, LAST, key, Stake.LEAD) for body, key in led),
        keys.body_ended(PLANNING, LAST, 1, Stake.COOPERATES),
    }
