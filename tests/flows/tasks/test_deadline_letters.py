"""A deadline that was set or moved is told at once: to the lead, and to who works by the same day.

Seen to fail when an act leaves its letter out, when a letter compares with a day that nobody was told of, or
goes out although the deadline has moved on.
"""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from flows.actions.deadlines.awaited_events import record_event
from flows.actions.follow_up.tick import tick
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.cooperate import ask_cooperation, release
from flows.actions.tasks.pause import pause, resume
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, TaskEvent
from notifications.outbox.parcel import Letter
from rules.draft import DraftDirective, DraftDue, DueKind
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind
from tests.cast import (
    DATED,
    FINANCE,
    FINANCE_MAIL,
    PLANNING,
    SHARED,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    directive,
    issue,
    move_in,
    office,
    rows,
    settings,
)

A = Actor
PHRASE = "trong 05 ngày làm việc kể từ ngày đề án được phê duyệt"


def waits(*lead: str, **more: Any) -> DraftDirective:
    due = DraftDue(DueKind.NONE, phrase=PHRASE, anchor="event", event="đề án được phê duyệt")
    return directive("Triển khai đề án.", *lead, due=due, **more)


def record(engine: Engine, day: str, on: str = "2022-08-25", clock: str = "08:00") -> None:
    record_event(engine, 1, date.fromisoformat(day), act(Actor.SECRETARIAT, at(on, clock)))


def written(engine: Engine) -> list[tuple[str, str, str | None, str]]:
    found = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.DEADLINE)
    return [(row.key, row.agency_id, row.data["old_due_on"], str(row.due_on)) for row in found]


def sent(engine: Engine, day: str, clock: str = "09:00") -> dict[str, Letter]:
    """The letters about deadlines that leave now, by address."""
    postman = Postman()
    tick(engine, office(), at(day, clock), settings(), postman)
    return {url: p.letter for url, p in postman.carried if "THÔNG BÁO THỜI HẠN" in p.letter.text}


def test_an_event_tells_every_lead_and_cooperating_body(engine: Engine) -> None:
    issue(move_in(engine), waits(FINANCE, TRADE, cooperate=[]), DATED)
    ask_cooperation(engine, 1, [PLANNING], act(A.SECRETARIAT, at("2022-08-16")))
    record(engine, "2022-08-25")
    assert written(engine) == [
        ("deadline:1:2:stc", FINANCE, None, "2022-09-05"),
        ("deadline:1:2:skhdt", PLANNING, None, "2022-09-05"),
        ("deadline:2:1:sct", TRADE, None, "2022-09-05"),
    ]
    letter = sent(engine, "2022-08-25")[FINANCE_MAIL]
    assert "[GN-0001] Thông báo thời hạn: chậm nhất ngày 05/09/2022" in letter.subject
    for words in (
        "Thời hạn: chậm nhất ngày 05/09/2022",
        "Thời hạn trước đây: chưa xác định",
        "Lý do: Theo ngày của sự kiện; tính từ ngày 25/08/2022: đề án được phê duyệt",
    ):
        assert words in letter.text
    assert "quá hạn" not in letter.text


def test_a_cooperating_body_reads_who_leads(engine: Engine) -> None:
    issue(move_in(engine), waits(FINANCE))
    ask_cooperation(engine, 1, [TRADE], act(A.SECRETARIAT, at("2022-08-16")))
    record(engine, "2022-08-25")
    [theirs] = [letter for url, letter in sent(engine, "2022-08-25").items() if url != FINANCE_MAIL]
    assert "Cơ quan chủ trì: Sở Tài chính" in theirs.text


def test_a_part_with_a_day_of_its_own_is_not_told(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), waits(FINANCE))
    own = date(2022, 8, 20)
    ask_cooperation(sqlite_engine, 1, [TRADE], act(A.SECRETARIAT, at("2022-08-16")), own)
    record(sqlite_engine, "2022-08-25")
    assert [agency for _, agency, _, _ in written(sqlite_engine)] == [FINANCE]


def test_a_correction_says_what_the_lead_was_told_before(engine: Engine) -> None:
    issue(move_in(engine), waits(FINANCE))
    record(engine, "2022-08-25")
    sent(engine, "2022-08-25")
    record(engine, "2022-08-18", on="2022-08-29")  # five working days after it are over
    letter = sent(engine, "2022-08-29")[FINANCE_MAIL]
    for words in (
        "Đã quá hạn 4 ngày",
        "Thời hạn: chậm nhất ngày 25/08/2022",
        "Thời hạn trước đây: chậm nhất ngày 05/09/2022",
        "Lý do: Đính chính; tính từ ngày 18/08/2022",
        "Đối với nhiệm vụ đã quá hạn khi thông báo, đề nghị",
    ):
        assert words in letter.text
    assert "đã quá hạn 4 ngày" in letter.subject


def test_what_moved_twice_before_it_left_is_told_once(engine: Engine) -> None:
    """Recorded in the evening, corrected at night: one letter, that compares with what was heard."""
    issue(move_in(engine), waits(FINANCE))
    record(engine, "2022-08-25")
    sent(engine, "2022-08-25")
    record(engine, "2022-08-26", on="2022-08-26", clock="18:00")
    record(engine, "2022-08-24", on="2022-08-26", clock="19:00")
    letter = sent(engine, "2022-08-29", "07:35")[FINANCE_MAIL]
    assert "Thời hạn: chậm nhất ngày 31/08/2022" in letter.text
    assert "Thời hạn trước đây: chậm nhất ngày 05/09/2022" in letter.text
    notes = [row.state_note for row in rows(engine, OutboxLetter, OutboxLetter.state == LetterState.OBSOLETE)]
    assert notes == ["Không gửi: thời hạn đã thay đổi."]


def test_what_came_back_before_anybody_heard_of_it_is_no_news(engine: Engine) -> None:
    issue(move_in(engine), waits(FINANCE))
    record(engine, "2022-08-25")
    sent(engine, "2022-08-25")
    record(engine, "2022-08-26", on="2022-08-26", clock="18:00")
    record(engine, "2022-08-25", on="2022-08-26", clock="19:00")
    assert len(written(engine)) == 2
    assert sent(engine, "2022-08-29", "07:35") == {}


def test_a_receipt_that_moves_the_deadline_is_told(engine: Engine) -> None:
    phrase = "trong 05 ngày làm việc kể từ ngày nhận được Thông báo này"
    due = DraftDue(DueKind.NONE, phrase=phrase, anchor="receipt", event="nhận được Thông báo này")
    issue(move_in(engine), directive("Gửi ý kiến.", FINANCE, due=due))
    answer(engine, 1, EventKind.RECEIVED, act_on(engine, 1, A.LEAD, at("2022-08-18")))
    assert written(engine) == [("deadline:1:2:stc", FINANCE, "2022-08-23", "2022-08-25")]
    text = sent(engine, "2022-08-18")[FINANCE_MAIL].text
    assert "Lý do: Tính từ ngày nhận văn bản; ngày nhận 18/08/2022" in text


def test_the_end_of_a_pause_is_told_with_its_days(engine: Engine) -> None:
    issue(move_in(engine), SHARED)
    pause(engine, 1, "Chờ Bộ hướng dẫn", act(A.LEADER, at("2022-08-22")))
    resume(engine, 1, "Đã có hướng dẫn", act(A.LEADER, at("2022-08-24")))
    assert written(engine) == [
        ("deadline:1:2:stc", FINANCE, "2022-08-31", "2022-09-06"),
        ("deadline:1:2:skhdt", PLANNING, "2022-08-31", "2022-09-06"),
    ]
    text = sent(engine, "2022-08-24")[FINANCE_MAIL].text
    assert "Lý do: Cộng thời gian tạm dừng; tạm dừng từ ngày 22/08/2022 đến ngày 24/08/2022" in text


@pytest.mark.parametrize("day", ["2022-08-22", "2022-08-21"])
def test_a_pause_that_took_no_working_day_moves_and_tells_nothing(sqlite_engine: Engine, day: str) -> None:
    issue(move_in(sqlite_engine), DATED)
    pause(sqlite_engine, 1, "Chờ", act(A.LEADER, at(day)))
    resume(sqlite_engine, 1, "", act(A.LEADER, at(day, "16:00")))
    assert written(sqlite_engine) == []


def test_who_is_released_before_it_leaves_does_not_get_it(engine: Engine) -> None:
    issue(move_in(engine), waits(FINANCE))
    ask_cooperation(engine, 1, [TRADE], act(A.SECRETARIAT, at("2022-08-16")))
    record(engine, "2022-08-25", clock="18:00")
    release(engine, 1, TRADE, "Không cần nữa", act(A.SECRETARIAT, at("2022-08-25", "18:30")))
    assert list(sent(engine, "2022-08-26", "07:35")) == [FINANCE_MAIL]


def test_nobody_is_told_of_a_deadline_of_a_closed_task(engine: Engine) -> None:
    issue(move_in(engine), waits(FINANCE))
    record(engine, "2022-08-25", clock="18:00")
    answer(engine, 1, EventKind.WITHDRAWN, act(A.LEADER, at("2022-08-25", "19:00")), Said("Thôi"))
    assert sent(engine, "2022-08-26", "07:35") == {}


def test_deadlines_of_one_day_travel_in_one_letter(engine: Engine) -> None:
    issue(move_in(engine), *[waits(FINANCE) for _ in range(3)])
    record(engine, "2022-08-25")
    letter = sent(engine, "2022-08-25")[FINANCE_MAIL]
    assert letter.subject == "[Đôn Đốc] 3 nhiệm vụ được xác định, điều chỉnh thời hạn"
    assert all(code in letter.text for code in ("GN-0001", "GN-0002", "GN-0003"))


def test_the_letter_is_written_with_the_move_or_not_at_all(sqlite_engine: Engine) -> None:
    """A move that fails leaves neither event nor letter."""
    issue(move_in(sqlite_engine), waits(FINANCE))
    with pytest.raises(LookupError, match="2028"):
        record(sqlite_engine, "2027-12-30")
    assert (written(sqlite_engine), rows(sqlite_engine, DeadlineChange)) == ([], [])
    assert len(rows(sqlite_engine, TaskEvent)) == 1
