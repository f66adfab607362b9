"""What a heading says holds for every task below it: other facts, another letter."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.cooperate import ask_cooperation
from flows.actions.tasks.extensions.asking import accept_counter, ask_extension, counter_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import OutboxLetter
from notifications.delivery.account import DeliveryReport
from notifications.outbox.parcel import Parcel
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    FINANCE,
    PLANNING,
    SECRETARIAT_MAILS,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    by,
    change,
    directive,
    issue,
    office,
    rows,
)

Send = Callable[..., DeliveryReport]
SECOND = directive("Báo cáo dư nợ cho vay hợp tác xã.", FINANCE, due=by(date(2022, 9, 30)))


@pytest.fixture
def at_work(engine: Engine, send: Send, postman: Postman) -> Engine:
    """Finance owes GN-0001 (planning cooperates) and GN-0002; the assignments have been sent."""
    issue(engine, DATED, SECOND)
    send("2022-08-15")
    postman.take()
    return engine


def moves(engine: Engine, task_id: int, basis: str, *, to: str = TRADE, clock: str = "09:00") -> None:
    now = at("2022-09-06", clock)
    plan = preview_hand_over(engine, FINANCE, to, now, [task_id])
    hand_over(engine, plan, basis, "", act(Actor.SECRETARIAT, now, capacity="van-phong"))


def read_by(engine: Engine, postman: Postman, body: str) -> list[Parcel]:
    """What arrived at a body since the last look, in the order it left; one copy of each."""
    readers = [contact.id for contact in rows(engine, Contact, Contact.agency_id == body)]
    places = {row.url for row in rows(engine, ContactAddress, ContactAddress.contact_id.in_(readers))}
    found = {parcel.letter.text: parcel for url, parcel in postman.carried if url in places}
    postman.take()
    return list(found.values())


def test_two_hand_overs_of_a_day_are_two_letters_each_with_its_own_basis(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    moves(at_work, 1, "Nghị quyết số 12/NQ-HĐND")
    moves(at_work, 2, "Quyết định số 30/QĐ-UBND")
    send("2022-09-06", "10:00")
    first, second = read_by(at_work, postman, TRADE)
    assert ("12/NQ-HĐND" in first.letter.text, "30/QĐ-UBND" in first.letter.text) == (True, False)
    assert "cân đối kinh phí" in first.letter.text
    assert "dư nợ" not in first.letter.text
    assert ("12/NQ-HĐND" in second.letter.text, "30/QĐ-UBND" in second.letter.text) == (False, True)
    assert "dư nợ" in second.letter.text


def test_hand_overs_that_an_older_release_wrote_are_told_apart_by_what_they_say(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    moves(at_work, 1, "Nghị quyết số 12/NQ-HĐND")
    moves(at_work, 2, "Quyết định số 30/QĐ-UBND")
    for row in rows(at_work, OutboxLetter, OutboxLetter.kind == LetterKind.HANDED_OVER):
        data = {name: value for name, value in row.data.items() if name != "hand_over"}
        change(at_work, OutboxLetter, row.id, data=data)
    send("2022-09-06", "10:00")
    assert len(read_by(at_work, postman, TRADE)) == 2


def test_the_new_lead_reads_how_often_the_old_one_was_urged(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    for day in ("2022-09-05", "2022-09-12"):
        daily_follow_up(at_work, by_clock(at(day, "06:45"), office()))
    send("2022-09-12")
    postman.take()
    now = at("2022-09-13", "09:00")
    plan = preview_hand_over(at_work, FINANCE, TRADE, now)
    hand_over(
        at_work,
        plan,
        "Nghị quyết số 12/NQ-HĐND",
        "Sáp nhập.",
        act(Actor.SECRETARIAT, now, capacity="van-phong"),
    )
    send("2022-09-13", "10:00")
    [parcel] = read_by(at_work, postman, TRADE)
    said = "Cơ quan chủ trì trước: đã được đôn đốc 2 lần, lần gần nhất ngày 12/09/2022"
    assert parcel.letter.text.count(said) == 1  # GN-0002 is not late
    assert "Lý do chuyển giao: Sáp nhập." in parcel.letter.text


def test_a_cooperating_body_reads_who_leads_now(at_work: Engine, send: Send, postman: Postman) -> None:
    ask_cooperation(at_work, 1, [PLANNING], act(Actor.SECRETARIAT, at("2022-09-05")))
    send("2022-09-05")
    postman.take()
    moves(at_work, 1, "Nghị quyết số 12/NQ-HĐND")
    send("2022-09-06", "10:00")
    [parcel] = read_by(at_work, postman, PLANNING)
    assert parcel.letter.subject.startswith("[GN-0003] Thay đổi cơ quan chủ trì")
    assert "Cơ quan chủ trì mới: Sở Công Thương" in parcel.letter.text
    assert "Cơ quan chủ trì trước: Sở Tài chính" in parcel.letter.text
    assert "bàn giao hồ sơ" not in parcel.letter.text  # what the old lead is asked for


def test_what_two_documents_ask_a_body_to_help_with_are_two_letters(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    issue(at_work, directive("Việc khác.", TRADE), number="12/TB-UBND")
    for task_id in (1, 3):
        ask_cooperation(at_work, task_id, [PLANNING], act(Actor.SECRETARIAT, at("2022-08-16")))
    send("2022-08-16")
    first, second = read_by(at_work, postman, PLANNING)
    assert ("265/TB-UBND" in first.letter.text, "12/TB-UBND" in first.letter.text) == (True, False)
    assert ("265/TB-UBND" in second.letter.text, "12/TB-UBND" in second.letter.text) == (False, True)


def test_that_a_proposed_date_was_taken_is_no_request_that_waits(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    now = at("2022-08-16", "10:00")
    key = ask_extension(at_work, 1, "Chờ số liệu", date(2022, 9, 30), act_on(at_work, 1, Actor.LEAD, now))
    counter_extension(at_work, key, date(2022, 9, 9), "", act(Actor.ASSIGNER, now))
    accept_counter(at_work, key, act_on(at_work, 1, Actor.LEAD, now))
    ask_extension(at_work, 2, "Chờ số liệu", date(2022, 10, 28), act_on(at_work, 2, Actor.LEAD, now))
    send("2022-08-16", "11:00")
    texts = {p.letter.subject: p.letter.text for url, p in postman.carried if url in SECRETARIAT_MAILS}
    postman.take()
    [news, question] = sorted(texts, key=lambda subject: "đồng ý" not in subject)
    assert news.startswith("[GN-0001] Cơ quan đồng ý thời hạn được đề xuất")
    assert "chậm nhất ngày 09/09/2022" in texts[news]
    assert "GN-0002" not in texts[news]
    assert question.startswith("[GN-0002] Đề nghị gia hạn")
