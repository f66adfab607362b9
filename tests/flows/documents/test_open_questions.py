"""Open doubts and a date that lies ahead: confirmed by a person, or nothing is published."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.documents.intake import issue_stored, make_ready, save_draft, store_draft
from flows.actions.documents.issue import AlreadyIssued, publish
from flows.actions.documents.open_questions import (
    NOTHING,
    Asked,
    Confirmed,
    Unconfirmed,
    all_confirmed,
    questions_of,
)
from flows.actions.documents.publishable import PublishError
from flows.actions.documents.take_back import take_back
from flows.actions.follow_up.issue_due import issue_due
from models.tables.documents import Document
from models.tables.tasks import Task
from rules.draft import Doubt, Draft
from rules.vocabulary import Actor, DocumentState
from tests.cast import DATED, ISSUED_ON, OPEN_ENDED, act, at, conclusion, dump, move_in, office, rows

NOW, NEXT = at(ISSUED_ON), at(ISSUED_ON, "09:00")
WEEKDAY = Doubt("due", "Thời hạn rơi vào ngày nghỉ, cần kiểm tra.")
SCAN = Doubt("text", "Trang 2 đọc từ ảnh quét, độ tin cậy thấp.")
DOUBTED = replace(DATED, doubts=(WEEKDAY,))


def doubtful(*more: Doubt) -> Draft:
    """A conclusion whose second directive and whose text are in doubt."""
    return replace(conclusion(OPEN_ENDED, replace(DOUBTED, doubts=(WEEKDAY, *more))), doubts=(SCAN,))


def dated(day: date) -> Draft:
    return conclusion(DATED, date=day)


def seen(draft: Draft, day: date = ISSUED_ON) -> Confirmed:
    return all_confirmed(draft, day)


def test_each_open_doubt_blocks_and_is_named(engine: Engine) -> None:
    before = dump(move_in(engine))
    with pytest.raises(Unconfirmed) as refused:
        publish(engine, doubtful(), act(Actor.SECRETARIAT, NOW))
    assert refused.value.problems[0] == SCAN.message
    assert refused.value.problems[1].startswith(f"Chỉ đạo số 2: {WEEKDAY.message}")
    assert "Còn 2 điều chưa xác nhận" in str(refused.value)
    assert dump(engine) == before
    one = frozenset([questions_of(doubtful(), ISSUED_ON)[0].key])
    with pytest.raises(Unconfirmed) as refused:
        publish(engine, doubtful(), act(Actor.SECRETARIAT, NOW), confirmed=one)
    assert [question.directive for question in refused.value.questions] == [2]
    assert dump(engine) == before


def test_what_was_confirmed_is_published_and_kept(engine: Engine) -> None:
    confirmed = seen(doubtful())
    published = publish(move_in(engine), doubtful(), act(Actor.SECRETARIAT, NOW), confirmed=confirmed)
    assert len(published.task_codes) == 2
    [document] = rows(engine, Document)
    assert document.confirmed == sorted(confirmed)


def test_a_doubt_is_confirmed_where_it_stands_and_as_it_reads() -> None:
    [scan, weekday] = questions_of(doubtful(), ISSUED_ON)
    assert (scan.asked, scan.directive, weekday.asked, weekday.directive) == (
        Asked.DOUBT, None, Asked.DOUBT, 2,
    )  # fmt: skip
    other_words = replace(DOUBTED, text="Tham mưu việc khác.")
    other_doubt = replace(DOUBTED, doubts=(replace(WEEKDAY, message="Không rõ năm."),))
    for changed in (other_words, other_doubt):
        asked = questions_of(replace(doubtful(), directives=(OPEN_ENDED, changed)), ISSUED_ON)
        assert weekday.key not in {question.key for question in asked}
    twice = questions_of(replace(doubtful(), directives=(DOUBTED, DOUBTED)), ISSUED_ON)
    assert len({question.key for question in twice}) == 3
    moved_up = replace(doubtful(), directives=(DOUBTED, OPEN_ENDED))
    assert weekday.key in {question.key for question in questions_of(moved_up, ISSUED_ON)}


@pytest.mark.parametrize(("day", "asks"), [(14, False), (15, False), (16, False), (17, True)])
def test_a_date_is_asked_about_from_the_second_day_ahead_on(day: int, asks: bool) -> None:
    questions = questions_of(dated(date(2022, 8, day)), ISSUED_ON)
    assert [question.asked for question in questions] == ([Asked.DATE_AHEAD] if asks else [])


def test_a_slip_in_the_year_is_not_published_without_a_word(engine: Engine) -> None:
    slip, move_day = dated(date(2023, 8, 15)), date(2023, 9, 15)
    slip = replace(slip, directives=(replace(DATED, due=replace(DATED.due, date=move_day)),))
    with pytest.raises(Unconfirmed, match="Ngày ban hành 15/08/2023 ở sau ngày phát hành 15/08/2022"):
        publish(move_in(engine), slip, act(Actor.SECRETARIAT, NOW))
    with pytest.raises(Unconfirmed):  # another day was confirmed
        publish(engine, slip, act(Actor.SECRETARIAT, NOW), confirmed=seen(dated(date(2023, 8, 14))))
    assert publish(engine, slip, act(Actor.SECRETARIAT, NOW), confirmed=seen(slip)).task_codes == ("GN-0001",)


@pytest.mark.parametrize(
    ("day", "asks"),
    [("2027-08-15", False), ("2027-08-16", True), ("2027-12-31", True), ("2028-08-15", True)],
)
def test_a_deadline_years_away_is_asked_about(day: str, asks: bool) -> None:
    """Five years to the day may be meant. Break: compare the years alone."""
    far = conclusion(replace(DATED, due=replace(DATED.due, date=date.fromisoformat(day))))
    questions = questions_of(far, ISSUED_ON)
    assert [(q.asked, q.directive) for q in questions] == ([(Asked.FAR_DEADLINE, 1)] if asks else [])


def test_a_deadline_years_away_is_published_by_who_confirms_that_very_day(engine: Engine) -> None:
    def due(year: int) -> Draft:
        return conclusion(replace(DATED, due=replace(DATED.due, date=date(year, 8, 31))))

    move_in(engine)
    for confirmed in (NOTHING, seen(due(2051))):
        with pytest.raises(Unconfirmed, match="Thời hạn 31/08/2052 ở sau ngày văn bản hơn 5 năm"):
            publish(engine, due(2052), act(Actor.SECRETARIAT, NOW), confirmed=confirmed)
    done = publish(engine, due(2052), act(Actor.SECRETARIAT, NOW), confirmed=seen(due(2052)))
    assert done.task_codes == ("GN-0001",)


def test_what_no_word_can_mend_is_told_first(engine: Engine) -> None:
    publish(move_in(engine), doubtful(), act(Actor.SECRETARIAT, NOW), confirmed=seen(doubtful()))
    with pytest.raises(AlreadyIssued):
        publish(engine, doubtful(), act(Actor.SECRETARIAT, NOW))
    homeless = replace(doubtful(), directives=(replace(DOUBTED, lead=()),))
    with pytest.raises(PublishError, match="chưa có cơ quan chủ trì") as refused:
        publish(engine, homeless, act(Actor.SECRETARIAT, NOW))
    assert not isinstance(refused.value, Unconfirmed)


def test_a_refusal_uses_up_no_number(engine: Engine) -> None:
    with pytest.raises(Unconfirmed):
        publish(move_in(engine), doubtful(), act(Actor.SECRETARIAT, NOW))
    assert publish(engine, conclusion(DATED), act(Actor.SECRETARIAT, NOW)).task_codes == ("GN-0001",)


def ready(engine: Engine, draft: Draft, confirmed: Confirmed) -> int:
    key = store_draft(engine, draft, "", act(Actor.SECRETARIAT, NOW))
    make_ready(engine, key, 0, NEXT, act(Actor.SECRETARIAT, NOW), confirmed)
    return key


def test_a_document_made_ready_is_issued_with_what_was_confirmed(engine: Engine) -> None:
    with pytest.raises(Unconfirmed):
        ready(move_in(engine), doubtful(), NOTHING)
    key = ready(engine, doubtful(), seen(doubtful()))
    assert len(issue_due(engine, by_clock(NEXT, office())).opened) == 2
    assert rows(engine, Document, Document.id == key)[0].confirmed == sorted(seen(doubtful()))


def test_a_doubt_that_came_later_holds_the_sweep_and_is_reported(engine: Engine) -> None:
    key = ready(move_in(engine), doubtful(), seen(doubtful()))
    later = Doubt("lead", "Tên cơ quan đã đổi từ tháng trước.")
    save_draft(engine, key, 1, doubtful(later), act(Actor.SECRETARIAT, NOW))
    report = issue_due(engine, by_clock(NEXT, office()))
    assert report.issued == ()
    [(held, why)] = report.refused
    assert held == key
    assert "Còn 1 điều chưa xác nhận: Chỉ đạo số 2: Tên cơ quan đã đổi" in why
    assert rows(engine, Task) == []
    make_ready(engine, key, 2, NEXT, act(Actor.SECRETARIAT, NOW), seen(doubtful(later)))
    assert len(issue_due(engine, by_clock(NEXT, office())).opened) == 2


def test_a_date_is_judged_on_the_day_of_the_issue(engine: Engine) -> None:
    draft, morning = dated(date(2022, 8, 22)), at("2022-08-22", "07:30")
    key = store_draft(move_in(engine), draft, "", act(Actor.SECRETARIAT, NOW))
    make_ready(engine, key, 0, morning, act(Actor.SECRETARIAT, NOW))
    with pytest.raises(Unconfirmed):  # by hand, today, it still lies ahead
        issue_stored(engine, key, 1, act(Actor.SECRETARIAT, NOW))
    assert issue_due(engine, by_clock(morning, office())).opened == ("GN-0001",)


def test_what_was_confirmed_holds_when_it_is_put_off_but_not_when_taken_back(engine: Engine) -> None:
    key = ready(move_in(engine), doubtful(), seen(doubtful()))
    make_ready(engine, key, 1, at("2022-08-16"), act(Actor.SECRETARIAT, NOW))
    take_back(engine, key, act(Actor.SECRETARIAT, NOW))
    [document] = rows(engine, Document)
    assert (document.state, document.confirmed) == (DocumentState.DRAFT, None)
    with pytest.raises(Unconfirmed):
        make_ready(engine, key, 3, NEXT, act(Actor.SECRETARIAT, NOW))
    with pytest.raises(Unconfirmed):
        issue_stored(engine, key, 3, act(Actor.SECRETARIAT, NOW))
