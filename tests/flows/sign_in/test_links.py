"""A one-time link opens once, to whoever has it, and tells nobody else anything."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.sign_in.links import (
    DeadLink,
    LinkSeen,
    ask_for_link,
    look_at_link,
    make_link,
    new_token,
    revoke_links,
)
from flows.actions.sign_in.seen import CameFrom
from models.db import reading, unit_of_work
from models.tables.outbox import OutboxLetter
from models.tables.people import Person
from models.tables.sign_in import Credential, LinkToken, PersonLink
from rules.outbox.payloads.keys import LetterKind
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from rules.trail.words import TrailWhat
from tests.cast import FINANCE, SECRETARIAT, move_in
from tests.flows.racing.race import at_once
from tests.flows.sign_in.people import (
    HOA,
    NOW,
    SEEN,
    deactivated,
    link,
    names_noted,
    noted,
    person,
    rows_of,
    seated,
    use_up,
)

MINUTE = timedelta(minutes=1)


def refused(engine: Engine, token: str, now: object = NOW) -> str:
    """Why it opens nothing: the same when it is looked at and when it is used."""
    with reading(engine) as session, pytest.raises(DeadLink) as looked:
        look_at_link(session, token, now)  # type: ignore[arg-type]
    with pytest.raises(DeadLink) as used:
        use_up(engine, token, now)  # type: ignore[arg-type]
    assert str(looked.value) == str(used.value)
    return str(used.value)


def test_a_link_opens_once(engine: Engine) -> None:
    hoa = person(engine, password=None)
    token = link(engine, hoa, LinkPurpose.INVITATION)
    with reading(engine) as session:
        seen = look_at_link(session, token, NOW)
    assert seen == LinkSeen(hoa, "Nguyễn Thị Hoa", LinkPurpose.INVITATION)
    assert use_up(engine, token, NOW) == seen
    assert "đã được dùng" in refused(engine, token)


def test_every_writing_of_its_letter_has_a_token_of_the_one_link(engine: Engine) -> None:
    hoa = person(engine, password=None)
    with unit_of_work(engine) as session:
        number = make_link(session, hoa, LinkPurpose.SIGN_IN, NOW)
        first, again = new_token(session, number), new_token(session, number)
    assert use_up(engine, again, NOW).person_id == hoa
    assert "đã được dùng" in refused(engine, first)


def test_two_who_use_it_at_once_are_one(engine: Engine) -> None:
    """Break: take ``used_at IS NULL`` out of the door."""
    token = link(engine, person(engine, password=None))
    one, other = at_once(engine, [lambda e: use_up(e, token, NOW)] * 2, engine.dialect.name == "postgresql")
    assert {type(one), type(other)} == {DeadLink, LinkSeen}


@pytest.mark.parametrize(
    ("purpose", "life"),
    [(LinkPurpose.SIGN_IN, timedelta(minutes=20)), (LinkPurpose.INVITATION, timedelta(days=7))],
)
def test_it_lives_for_a_while(engine: Engine, purpose: LinkPurpose, life: timedelta) -> None:
    token = link(engine, person(engine, password=None), purpose)
    assert "hết thời hạn" in refused(engine, token, NOW + life)
    use_up(engine, token, NOW + life - timedelta(seconds=1))


def test_what_was_revoked_or_is_of_a_person_who_is_gone_opens_nothing(engine: Engine) -> None:
    hoa, other = person(engine, password=None), person(engine, email="b@c.example", password=None)
    token, others = link(engine, hoa), link(engine, other)
    with unit_of_work(engine) as session:
        revoke_links(session, hoa, NOW)
    assert "thu hồi" in refused(engine, token)
    deactivated(engine, other)
    assert "thu hồi" in refused(engine, others)


def test_a_word_that_is_no_token_tells_nothing(engine: Engine) -> None:
    token = link(engine, person(engine, password=None))
    wrong = [
        token[:-1], token + "A", token.swapcase(), "", "x", "a" * 10_000_000, "ữ" * 43, "\ud800",
        "\x00", "%", "' --",
    ]  # fmt: skip
    assert len({refused(engine, word) for word in wrong}) == 1
    assert "Hoa" not in refused(engine, "x")


def test_who_reads_the_tables_holds_no_link(sqlite_engine: Engine) -> None:
    token = link(sqlite_engine, person(sqlite_engine, password=None))
    with sqlite_engine.connect() as connection:
        for table in connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")).all():
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")):
                assert not any(token in str(value) for value in row), table
    assert token not in repr(rows_of(sqlite_engine, LinkToken))


def ask(engine: Engine, email: str, address: str = SEEN.address) -> None:
    assert ask_for_link(engine, email, CameFrom(address), NOW) is None  # type: ignore[func-returns-value]


def test_whoever_asks_is_mailed_a_link(engine: Engine) -> None:
    move_in(engine)
    hoa = person(engine)
    seated(engine, hoa, SeatRole.CLERK, FINANCE)
    ask(engine, f" {HOA.upper()} ")
    [letter] = rows_of(engine, OutboxLetter)
    [row] = rows_of(engine, PersonLink)
    assert (letter.kind, letter.person_id, letter.agency_id) == (LetterKind.SIGN_IN, hoa, FINANCE)
    assert (letter.urgent, letter.not_before, letter.data["link"]) == (True, NOW, row.id)
    assert (row.purpose, row.expires_at) == (LinkPurpose.SIGN_IN, NOW + 20 * MINUTE)
    assert rows_of(engine, LinkToken) == []  # made when the letter is written
    [told] = noted(engine, TrailWhat.LINK_MADE)
    assert (told.noun, told.noun_key, told.address) == ("person", str(hoa), SEEN.address)


def test_a_letter_of_who_sits_at_no_body_is_the_secretariats(engine: Engine) -> None:
    move_in(engine)
    seated(engine, person(engine), SeatRole.ADMIN, None)
    ask(engine, HOA)
    assert [letter.agency_id for letter in rows_of(engine, OutboxLetter)] == [SECRETARIAT]


def test_nobody_else_is_and_nothing_shows_it(engine: Engine) -> None:
    """Unknown, gone, and without an account: the same statements, of which nothing stays but the trail."""
    move_in(engine)
    hoa = person(engine)
    person(engine, email="gone@x.example", active=False)
    person(engine, email="none@x.example", password=None)
    done: list[list[str]] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        done[-1].append(statement)

    sa.event.listen(engine, "before_cursor_execute", heard)
    for email in (HOA, "nobody@x.example", "gone@x.example", "none@x.example", "", "x" * 10_000_000):
        done.append([])
        ask(engine, email)
    sa.event.remove(engine, "before_cursor_execute", heard)
    inserts = [[one.split("(")[0] for one in each if one.startswith("INSERT")] for each in done]
    assert len(inserts[0]) == 4
    assert [each for each in inserts[1:4] if each != inserts[0]] == []
    assert len(rows_of(engine, OutboxLetter)) == len(rows_of(engine, PersonLink)) == 1
    assert len(rows_of(engine, Credential)) == 2
    made = [row.noun_key for row in noted(engine, TrailWhat.LINK_MADE)]
    assert made == [f"{hoa}"]  # an unknown address is noted of nobody
    assert names_noted(engine)[:4] == [HOA.lower(), "nobody@x.example", "gone@x.example", "none@x.example"]


def test_an_office_without_accounts_gets_none_by_asking(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    person(sqlite_engine, password=None)
    ask(sqlite_engine, HOA)
    assert rows_of(sqlite_engine, Credential) == rows_of(sqlite_engine, OutboxLetter) == []
    assert len(rows_of(sqlite_engine, Person)) == 1


def test_an_office_without_a_register_mails_nothing(sqlite_engine: Engine) -> None:
    person(sqlite_engine)
    ask(sqlite_engine, HOA)
    assert rows_of(sqlite_engine, PersonLink) == rows_of(sqlite_engine, OutboxLetter) == []


def test_nobody_fills_a_mailbox(sqlite_engine: Engine) -> None:
    """Five within the life of one: a sixth is not needed, for one of them still opens."""
    move_in(sqlite_engine)
    person(sqlite_engine)
    for number in range(8):
        ask(sqlite_engine, HOA, address=f"10.0.{number}.1")
    assert len(rows_of(sqlite_engine, OutboxLetter)) == 5


def test_a_network_that_asks_for_everybody_is_not_heard(sqlite_engine: Engine) -> None:
    """Break: count by account alone."""
    move_in(sqlite_engine)
    person(sqlite_engine)
    for number in range(60):
        ask(sqlite_engine, f"ai-{number}@x.example", address=f"2001:db8::{number}")
    ask(sqlite_engine, HOA, address="2001:db8::ffff")
    assert rows_of(sqlite_engine, OutboxLetter) == []
    ask(sqlite_engine, HOA)
    assert len(rows_of(sqlite_engine, OutboxLetter)) == 1


def test_links_of_the_same_second_have_letters_of_their_own(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    person(sqlite_engine)
    ask(sqlite_engine, HOA)
    ask(sqlite_engine, HOA)
    assert len({letter.key for letter in rows_of(sqlite_engine, OutboxLetter)}) == 2
