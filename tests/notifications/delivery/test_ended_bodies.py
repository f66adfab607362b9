"""What leaves the building about bodies that have ended, and what no longer leaves it for them."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.digest import digest_of
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.withdraw import withdraw
from models.db import reading, unit_of_work
from models.people.successors import heirs
from models.tables.agencies import Agency, AgencySuccession
from models.tables.outbox import OutboxLetter
from notifications.delivery.account import DeliveryReport
from notifications.delivery.portions import portions
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from notifications.outbox.post_office import PostOffice
from rules.letter_words import LetterState, OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    FINANCE,
    FINANCE_MAIL,
    ON_SQLITE,
    SECRETARIAT_MAILS,
    SHARED,
    TRADE,
    Postman,
    act,
    at,
    change,
    issue,
    messages,
    office,
    rows,
)

Send = Callable[..., DeliveryReport]
LAST = date(2022, 9, 8)
AWAY = Outcome(OutcomeClass.TRY_AGAIN, "421", "Máy chủ bận", trouble=Trouble.CHANNEL)
SUCCESSOR = "st-stc"


def follow(engine: Engine, day: str) -> None:
    daily_follow_up(engine, by_clock(at(day, "06:45"), office()))


def ends(engine: Engine, body: str, last: date | None) -> None:
    change(engine, Agency, body, valid_to=last)


def succeeds(engine: Engine, old: str, new: str, on: date, basis: str | None = None) -> None:
    """As a register would say it: the new body begins on the day of the succession."""
    change(engine, Agency, new, valid_from=on, valid_to=None)
    with unit_of_work(engine) as session:
        row = AgencySuccession(agency_id=old, successor_id=new, succeeded_on=on, legal_basis=basis)
        session.merge(row)


def told(postman: Postman) -> list[Parcel]:
    """What the secretariat got since the last look, one copy of each."""
    ours = [parcel for url, parcel in postman.carried if url in SECRETARIAT_MAILS]
    postman.take()
    return list({parcel.letter.text: parcel for parcel in ours}.values())


def states(engine: Engine, kind: LetterKind) -> list[LetterState]:
    return [row.state for row in rows(engine, OutboxLetter, OutboxLetter.kind == kind)]


@pytest.fixture
def at_work(engine: Engine, send: Send, postman: Postman) -> Engine:
    """GN-0001 at finance, which planning helps with; the assignment has been sent."""
    issue(engine, SHARED)
    send("2022-08-15")
    postman.take()
    return engine


def test_the_letter_names_the_last_day_the_successor_its_document_and_the_way(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    ends(at_work, FINANCE, LAST)
    succeeds(at_work, FINANCE, SUCCESSOR, date(2022, 9, 9), "Nghị quyết số 12/NQ-HĐND")
    follow(at_work, "2022-09-08")
    send("2022-09-08")
    parcel = told(postman)[0]
    assert parcel.letter.subject.startswith("[GN-0001] Cơ quan chủ trì kết thúc hoạt động")
    text = parcel.letter.text
    assert "Hoạt động đến hết ngày 08/09/2022; nay là Sở Tài chính (từ ngày 09/09/2022, theo Nghị " in text
    assert "https://dondoc.example/chuyen-giao?tu=stc\n" in text  # on the last day nobody can take over yet
    assert "chậm nhất ngày 31/08/2022" in text


def test_a_letter_that_waited_until_the_successor_is_there_leads_to_the_hand_over(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    ends(at_work, FINANCE, LAST)
    succeeds(at_work, FINANCE, SUCCESSOR, date(2022, 9, 9))
    follow(at_work, "2022-09-09")
    send("2022-09-09")
    [parcel] = told(postman)
    assert "/chuyen-giao?tu=stc&den=st-stc\n" in parcel.letter.text


def test_a_split_body_has_two_successors_and_a_body_may_have_none(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    issue(at_work, DATED, number="12/TB-UBND")
    ends(at_work, FINANCE, LAST)
    succeeds(at_work, FINANCE, SUCCESSOR, date(2022, 9, 9))
    succeeds(at_work, FINANCE, "snv", date(2022, 9, 9))
    send("2022-08-16")
    postman.take()
    follow(at_work, "2022-09-09")
    send("2022-09-09")
    [parcel] = told(postman)
    assert "Sở Tài chính kết thúc hoạt động, còn 2 nhiệm vụ" in parcel.letter.subject
    assert "nhiệm vụ chia cho Sở Nội vụ (từ ngày 09/09/2022) và Sở Tài chính (từ ngày" in parcel.letter.text
    with unit_of_work(at_work) as session:
        session.execute(sa.delete(AgencySuccession).where(AgencySuccession.agency_id == FINANCE))
        assert heirs(session, [FINANCE], LAST) == {FINANCE: ()}


def test_a_successor_that_has_ended_itself_is_stood_for_by_its_own(engine: Engine, send: Send) -> None:
    with reading(engine) as session:
        [first] = heirs(session, [FINANCE], date(2025, 3, 1))[FINANCE]
        [last] = heirs(session, [FINANCE], date(2025, 7, 1))[FINANCE]
    assert (first.body_id, first.on) == (SUCCESSOR, date(2025, 3, 1))
    assert (last.body_id, last.on) == ("ct-stc", date(2025, 7, 1))


def test_a_register_that_runs_in_circles_comes_to_an_end(engine: Engine, send: Send) -> None:
    for old, new in ((FINANCE, TRADE), (TRADE, FINANCE)):
        succeeds(engine, old, new, date(2022, 1, 1))
    for body in (FINANCE, TRADE):
        ends(engine, body, LAST)
    with reading(engine) as session:
        assert {heir.body_id for heir in heirs(session, [FINANCE], LAST)[FINANCE]} == {SUCCESSOR, "ct-sct"}


def test_news_to_a_body_that_is_gone_waits_and_goes_out_if_the_end_is_taken_back(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    ends(at_work, FINANCE, date(2022, 9, 7))
    withdraw(at_work, 1, "Đã có chủ trương khác.", act(Actor.ASSIGNER, at("2022-09-08", "08:00")))
    send("2022-09-08")
    assert FINANCE_MAIL not in postman.take()
    [row] = rows(
        at_work, OutboxLetter, OutboxLetter.kind == LetterKind.WITHDRAWN, OutboxLetter.agency_id == FINANCE
    )
    assert row.state is LetterState.NO_CONTACT
    assert "kết thúc hoạt động ngày 07/09/2022" in row.state_note
    ends(at_work, FINANCE, None)
    send("2022-09-09")
    assert postman.take() == [FINANCE_MAIL]


@ON_SQLITE
def test_a_body_that_is_gone_is_not_looked_at_in_each_pass(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    """No message is made that would be taken back at once, and no pass begins with it again.

    Seen red with ``gone_ids`` left out of the readers, and out of the portions.
    """
    ends(at_work, FINANCE, date(2022, 9, 7))
    before = len(messages(at_work))
    withdraw(at_work, 1, "Đã có chủ trương khác.", act(Actor.ASSIGNER, at("2022-09-08", "08:00")))
    send("2022-09-08")
    others = postman.take()
    assert FINANCE_MAIL not in others
    assert len(messages(at_work)) == before + len(others)
    with reading(at_work) as session:
        assert portions(session, PostOffice(office(), at("2022-09-09", "09:00"), "x")) == []


def test_what_waited_since_before_the_end_is_taken_out_of_its_message(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    """The server is away when the task is withdrawn; it comes back after the body's last day."""
    postman.replies[FINANCE_MAIL] = AWAY
    withdraw(at_work, 1, "Đã có chủ trương khác.", act(Actor.ASSIGNER, at("2022-09-07", "08:00")))
    send("2022-09-07")
    postman.replies.clear()
    ends(at_work, FINANCE, LAST)
    postman.take()
    send("2022-09-09")
    assert FINANCE_MAIL not in postman.take()
    ends(at_work, FINANCE, None)
    send("2022-09-12")
    assert FINANCE_MAIL in postman.take()


def test_an_urging_that_waited_until_the_last_day_says_nothing_any_more(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    postman.replies[FINANCE_MAIL] = AWAY
    follow(at_work, "2022-09-05")
    send("2022-09-05")
    postman.replies.clear()
    postman.take()
    ends(at_work, FINANCE, LAST)
    send("2022-09-08")
    assert postman.take() == []
    [row] = rows(at_work, OutboxLetter, OutboxLetter.kind == LetterKind.URGING)
    assert (row.state, "kết thúc hoạt động" in row.state_note) == (LetterState.OBSOLETE, True)


@pytest.mark.parametrize("comes", ["the end is taken back", "it is handed over"])
def test_what_no_longer_lies_there_is_not_told(
    at_work: Engine, send: Send, postman: Postman, comes: str
) -> None:
    ends(at_work, FINANCE, LAST)
    follow(at_work, "2022-09-08")
    if comes == "the end is taken back":
        ends(at_work, FINANCE, date(2022, 12, 31))
    else:
        now = at("2022-09-08", "07:00")
        plan = preview_hand_over(at_work, FINANCE, TRADE, now)
        hand_over(
            at_work, plan, "Nghị quyết số 12/NQ-HĐND", "", act(Actor.SECRETARIAT, now, capacity="van-phong")
        )
    send("2022-09-08")
    assert all("kết thúc hoạt động" not in parcel.letter.subject for _, parcel in postman.carried)
    postman.take()
    assert states(at_work, LetterKind.BODY_ENDED) == [LetterState.OBSOLETE]


@ON_SQLITE
def test_the_committees_own_seats_are_written_to_whatever_the_register_says_of_their_end(
    at_work: Engine, send: Send, postman: Postman
) -> None:
    """Else nobody would hear: the secretariat is the one that is told."""
    ends(at_work, "vpubnd", date(2022, 9, 1))
    ends(at_work, FINANCE, LAST)
    follow(at_work, "2022-09-08")
    send("2022-09-08")
    assert set(postman.take()) >= SECRETARIAT_MAILS


def test_the_digest_lists_what_lies_there_until_it_is_handed_over(at_work: Engine) -> None:
    ends(at_work, FINANCE, LAST)

    def listed(day: date) -> tuple[list[str], int]:
        with reading(at_work) as session:
            digest = digest_of(session, day, office())
        return [line.task.code for line in digest.at_ended_bodies], digest.count("at_ended_bodies")

    assert listed(date(2022, 9, 7)) == ([], 0)
    assert listed(LAST) == (["GN-0001"], 1)
    now = at("2022-09-09", "10:00")
    plan = preview_hand_over(at_work, FINANCE, TRADE, now)
    hand_over(
        at_work, plan, "Nghị quyết số 12/NQ-HĐND", "", act(Actor.SECRETARIAT, now, capacity="van-phong")
    )
    assert listed(date(2022, 9, 12)) == ([], 0)
