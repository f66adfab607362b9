"""Every setting of the policy moves what it says: each is tried with two values on an office of its own.

``tests/rules/follow_up/test_policy_words.py`` holds the words and the settings together, this file the deeds.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.committee import Policy
from config.office import Office
from flows.actions.documents.issue import publish
from flows.actions.escalation.escalate import raise_case
from flows.actions.follow_up.digest import digest_of, send_digest
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.tick import tick
from flows.actions.tasks.extensions.asking import ask_extension, decide_extension
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.report import Report, submit
from models.db import reading
from models.tables.cases import EscalationCase
from models.tables.crossings import TaskCrossing
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, Urging, UrgingPaper
from notifications.outbox.parcel import Outcome
from rules.draft import DraftDue, DueKind
from rules.follow_up.policy_words import policy_paths
from rules.letter_words import OutcomeClass
from rules.outbox.bundling import LEADER, hears
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    DISTRICTS,
    DUE_ON,
    FINANCE,
    FINANCE_MAIL,
    OPEN_ENDED,
    Postman,
    act,
    act_on,
    at,
    by,
    change,
    conclusion,
    directive,
    messages,
    move_in,
    office_with,
    rows,
    settings,
    task,
)
from tests.flows.escalation.test_escalation import FORM
from tests.told import all_told

A, K = Actor, LetterKind
AGGREGATED = "Gửi số liệu về Sở Tài chính để tổng hợp, báo cáo UBND tỉnh trước ngày 30/09/2022."
ON_RECEIPT = DraftDue(DueKind.NONE, phrase="trong 05 ngày làm việc kể từ ngày nhận được", anchor="receipt")
TROUBLE = Outcome(OutcomeClass.TRY_AGAIN, "451", "Thử lại sau")
Seen = Callable[[Engine, Office], Any]


def given(engine: Engine, office: Office, *directives: Any, number: str = "1/TB-UBND") -> None:
    paper = conclusion(*(directives or (DATED,)), number=number)
    publish(engine, paper, act(A.SECRETARIAT, at("2022-08-15"), office=office))
    all_told(engine)


def follow(engine: Engine, office: Office, *days: str) -> None:
    for day in days:
        daily_follow_up(engine, act(A.CLOCK, at(day, "06:00"), office=office))


def sent(engine: Engine, office: Office, day: str, clock: str = "09:00") -> Postman:
    tick(engine, office, at(day, clock), settings(), postman := Postman())
    return postman


def reminder_steps(engine: Engine, office: Office) -> list[int | None]:
    given(engine, office)
    follow(engine, office, *(f"2022-08-{day}" for day in range(22, 32)))
    return [x.number for x in rows(engine, OutboxLetter, OutboxLetter.kind == K.REMINDER)]


def leaders_hear_three_days_late(_engine: Engine, office: Office) -> bool:
    return hears(LEADER, K.URGING, 3, office.policy.hearing)


def urgings_of_a_week(engine: Engine, office: Office) -> int:
    given(engine, office)
    follow(engine, office, *(f"2022-09-0{day}" for day in range(5, 10)))
    return len(rows(engine, Urging))


def first_review(engine: Engine, office: Office) -> Any:
    given(engine, office, OPEN_ENDED)
    return task(engine).review_on


def next_review(engine: Engine, office: Office) -> Any:
    given(engine, office, OPEN_ENDED)
    change(engine, Task, 1, review_on=date(2022, 8, 24))
    follow(engine, office, "2022-08-24")
    return task(engine).review_on


def papers_after_two(engine: Engine, office: Office) -> int:
    given(engine, office)
    follow(engine, office, "2022-09-05", "2022-09-12")
    return len(rows(engine, UrgingPaper))


def open_at(clock: str) -> Seen:
    return lambda _engine, office: office.policy.open_hours(at("2022-08-15", clock), office.calendar)


def morning(engine: Engine, office: Office) -> Any:
    given(engine, office)
    follow(engine, office, "2022-08-24")
    [letter] = rows(engine, OutboxLetter, OutboxLetter.kind == K.REMINDER)
    return letter.not_before


def answer_by(engine: Engine, office: Office) -> Any:
    given(engine, office)
    raise_case(engine, 1, FORM, act_on(engine, 1, A.LEAD, at("2022-08-16"), office=office))
    return rows(engine, EscalationCase)[0].answer_by


def crossed(engine: Engine, office: Office) -> list[tuple[str, int]]:
    given(engine, office)
    follow(engine, office, "2022-09-05", "2022-09-12")
    return [(row.trigger.value, row.step) for row in rows(engine, TaskCrossing)]


def rows_of_a_letter(engine: Engine, office: Office) -> int:
    given(engine, office, *(directive(f"Việc {n}.", FINANCE, due=by(DUE_ON)) for n in range(4)))
    postman = sent(engine, office, "2022-08-15")
    [text] = [parcel.letter.text for url, parcel in postman.carried if url == FINANCE_MAIL]
    return text.count("Xem: ")


def letters_of_a_day(engine: Engine, office: Office) -> int:
    for number in range(4):
        given(engine, office, number=f"{number}/TB-UBND")
    return sent(engine, office, "2022-08-15").take().count(FINANCE_MAIL)


def may_refuse_on_thursday(engine: Engine, office: Office) -> bool:
    given(engine, office)
    try:
        refuse(engine, 1, "Ngoài chức năng", act_on(engine, 1, A.LEAD, at("2022-08-18"), office=office))
    except NotAllowed:
        return False
    return True


def often_after_one(engine: Engine, office: Office) -> bool:
    given(engine, office)
    lead = act_on(engine, 1, A.LEAD, at("2022-08-16"), office=office)
    key = ask_extension(engine, 1, "Chờ số liệu", date(2022, 9, 9), lead)
    decide_extension(engine, key, True, "", lead.taken_by(A.ASSIGNER))
    [answer] = rows(engine, OutboxLetter, OutboxLetter.kind == K.EXTENSION_ANSWER)
    return bool(answer.data["often"])


def units_day(engine: Engine, office: Office) -> Any:
    due = DraftDue(DueKind.DATE, date=date(2022, 9, 30), phrase="trước ngày 30/09/2022")
    given(engine, office, directive(AGGREGATED, DISTRICTS, due=due, report_to=[FINANCE]))
    return min(found.due_on for found in rows(engine, Task))


def presumed_day(engine: Engine, office: Office) -> Any:
    given(engine, office, directive("Gửi ý kiến.", FINANCE, due=ON_RECEIPT))
    return task(engine).due_on


def questions_of_a_week(engine: Engine, office: Office) -> int:
    given(engine, office)
    submit(engine, 1, Report("Xong"), act_on(engine, 1, A.LEAD, at("2022-08-22"), office=office))
    follow(engine, office, *(f"2022-08-{day}" for day in range(23, 27)))
    return len(rows(engine, OutboxLetter, OutboxLetter.kind == K.CONFIRMATION))


def digest_days(engine: Engine, office: Office) -> list[str]:
    given(engine, office)
    days = [f"2022-08-{day}" for day in range(15, 20)]
    return [day[-2:] for day in days if send_digest(engine, act(A.CLOCK, at(day), office=office)).issued_on]


def section(name: str, on: date, urged: int = 0) -> Seen:
    def count(engine: Engine, office: Office) -> int:
        given(engine, office, DATED, OPEN_ENDED)
        change(engine, Task, 1, urged=urged, last_urged_on=on if urged else None)
        with reading(engine) as session:
            return digest_of(session, on, office).count(name)

    return count


def overdue_rows_of_the_digest(engine: Engine, office: Office) -> int:
    given(engine, office, *(directive(f"Việc {n}.", FINANCE, due=by(DUE_ON)) for n in range(4)))
    carried = sent(engine, office, "2022-09-05").carried
    [text, *_] = [parcel.letter.text for url, parcel in carried if "ubndtinh" in url]
    return text.count("Quá hạn 5 ngày")


def waits_after_trouble(engine: Engine, office: Office) -> list[float]:
    given(engine, office)
    now = at("2022-08-15", "09:00")
    tick(engine, office, now, settings(), Postman({"": TROUBLE}))
    return sorted({(x.next_at - now) / timedelta(minutes=1) for x in messages(engine)})


def given_up_on(engine: Engine, office: Office) -> set[str]:
    given(engine, office)
    sent(engine, office, "2022-08-15")
    return {f"{message.give_up_at:%d/%m}" for message in messages(engine)}


RUNGS = {"chair": 5, "province": 10}
LATE = date(2022, 9, 20)
#: Setting -> what is seen of it, and two values of it, each with what is then seen.
OBEYED: dict[str, tuple[Seen, list[tuple[Any, Any]]]] = {
    "reminders.before_working_days": (
        reminder_steps,
        [({"van-thu": [4, 2]}, [4, 2, 0]), ({"van-thu": [5]}, [5, 0])],
    ),
    "reminders.leaders_from_days_late": (leaders_hear_three_days_late, [(3, True), (4, False)]),
    "reminders.urge_every_working_days": (urgings_of_a_week, [(2, 3), (4, 2)]),
    "reminders.review_after_days": (first_review, [(7, date(2022, 8, 22)), (20, date(2022, 9, 4))]),
    "reminders.review_every_days": (next_review, [(7, date(2022, 8, 31)), (10, date(2022, 9, 3))]),
    "urging.paper_from": (papers_after_two, [(1, 2), (3, 0)]),
    "hours.quiet_from": (open_at("16:30"), [("16:00", False), ("16:31", True)]),
    "hours.quiet_to": (open_at("06:30"), [("06:00", True), ("06:45", False)]),
    "hours.morning": (
        morning,
        [("07:10", at("2022-08-24", "07:10")), ("09:00", at("2022-08-24", "09:00"))],
    ),
    "escalation.answer_working_days": (
        answer_by,
        [
            ({"standing": 1, **RUNGS}, date(2022, 8, 17)),
            ({"standing": 4, **RUNGS}, date(2022, 8, 22)),
        ],
    ),
    "climbing.by_time": (
        crossed,
        [([{"after": 1, "to": "chair"}], [("time", 1)]), ([{"after": 9, "to": "chair"}], [])],
    ),
    "climbing.by_count": (
        crossed,
        [([{"urgings": 2, "to": "chair"}], [("count", 1)]), ([{"urgings": 3, "to": "chair"}], [])],
    ),
    "bundling.rows_per_letter": (rows_of_a_letter, [(1, 1), (3, 3)]),
    "bundling.messages_a_day": (letters_of_a_day, [(1, 1), (4, 4)]),
    "refusal.within_working_days": (may_refuse_on_thursday, [(2, False), (3, True)]),
    "extension.flag_from": (often_after_one, [(1, True), (2, False)]),
    "two_hop.units_earlier_working_days": (
        units_day,
        [(1, date(2022, 9, 29)), (5, date(2022, 9, 23))],
    ),
    "receipt.working_days_after_issue": (
        presumed_day,
        [(0, date(2022, 8, 22)), (3, date(2022, 8, 25))],
    ),
    "confirmation.remind_every_working_days": (questions_of_a_week, [(1, 5), (4, 2)]),
    "digest.weekday": (digest_days, [(0, ["15"]), (2, ["17"])]),
    "digest.silent_days": (section("silent", LATE), [(20, 2), (60, 0)]),
    "digest.no_deadline_months": (section("no_deadline_old", LATE), [(1, 1), (2, 0)]),
    "digest.urged_often_from": (section("urged_often", LATE, urged=2), [(2, 1), (4, 0)]),
    "digest.rows_per_section": (overdue_rows_of_the_digest, [(1, 1), (3, 3)]),
    "delivery.retry_minutes": (waits_after_trouble, [([7], [7.0]), ([20, 60], [20.0])]),
    "delivery.give_up_after_working_days": (given_up_on, [(1, {"16/08"}), (5, {"22/08"})]),
}
#: Obeyed in a test of its own.
ELSEWHERE = {"digest.before_meeting_working_days", "delivery.mark_days"}
CASES = [(path, value, expected) for path, (_, tried) in OBEYED.items() for value, expected in tried]


@pytest.mark.parametrize(("path", "value", "expected"), CASES)
def test_the_setting_moves_what_it_says(sqlite_engine: Engine, path: str, value: Any, expected: Any) -> None:
    group, name = path.split(".")
    parts = {group: {name: value}}
    if path == "climbing.by_time":
        parts[group]["by_count"] = []
    if path == "climbing.by_count":
        parts[group]["by_time"] = []
    office = office_with(Policy.model_validate(parts))
    see, _ = OBEYED[path]
    assert see(move_in(sqlite_engine), office) == expected


def test_every_setting_is_tried() -> None:
    assert set(OBEYED) | ELSEWHERE == policy_paths()
