"""Histories of letters in which the breaks that the laws of delivery name show at once."""

from collections.abc import Callable

import pytest

from models.tables.outbox import OutboxMessage
from rules.letter_words import MessageState
from tests.cast import FINANCE, TRADE, rows
from tests.machine.office_machine import OfficeMachine
from tests.machine.test_histories import Step, passes, tick, told, weeks  # noqa: F401  (told is a fixture)
from tests.machine.watch import LOST, NEVER

Office = OfficeMachine


def works(office: Office) -> None:
    office.everything_works_again()


def reader(which: int, there: bool) -> Step:
    return lambda office: office.a_reader_comes_or_goes(which, there)


def channel(name: str, lives: bool) -> Step:
    return lambda office: office.a_channel_goes_or_returns(name, lives)


def states(office: Office) -> set[str]:
    return {row.state.value for row in rows(office.engine, OutboxMessage)}


def test_readers_come_and_go_while_their_letters_wait(told: Callable[..., Office]) -> None:  # noqa: F811
    gone = [step for which in range(4) for step in (channel("mail", False), tick, reader(which, False), tick)]
    office = told(*gone, *weeks(1), *[reader(which, True) for which in range(4)], works, *weeks(1))
    assert MessageState.MOVED.value in states(office)


def test_mailboxes_die_and_live(told: Callable[..., Office]) -> None:  # noqa: F811
    die: list[Step] = [lambda o, n=n: o.a_mailbox_dies_or_lives(n, False) for n in range(12)]
    told(*die, *weeks(3), works, *weeks(1))


def test_every_channel_is_away_for_weeks(told: Callable[..., Office]) -> None:  # noqa: F811
    away = [channel(name, False) for name in ("mail", "folder", "zalo")]
    around: list[Step] = [lambda o, n=n: o.a_reader_gets_a_second_address(n) for n in range(6)]
    one = [*around, channel("mail", False), channel("folder", False), *weeks(1), channel("mail", True), works]
    office = told(*one, *away, *weeks(2), lambda o: o.a_document_is_issued(6, TRADE), *weeks(1), works)
    assert states(office) & {"sent", "moved"}


def test_what_is_refused_is_shown_as_refused(told: Callable[..., Office]) -> None:  # noqa: F811
    told(lambda o: o.the_post_changes(NEVER), *weeks(1), lambda o: o.a_document_is_issued(3, FINANCE), tick)


def test_sessions_die_in_the_middle(told: Callable[..., Office]) -> None:  # noqa: F811
    dying: list[Step] = []
    for clock in ("07:30", "09:10", "11:00"):
        dying += [lambda o: o.a_document_is_issued(9, TRADE), lambda o: o.the_session_of_a_pass_dies()]
        dying += [passes(1, clock), tick]
    told(*dying, works)


@pytest.mark.parametrize("days", [0, 1, 3])
def test_the_database_is_set_back(told: Callable[..., Office], days: int) -> None:  # noqa: F811
    office = told(
        *weeks(1), lambda o: o.a_document_is_issued(9, TRADE), lambda o: o.the_database_is_set_back(days),
        *weeks(1), lambda o: o.the_post_changes(LOST), tick, lambda o: o.the_database_is_set_back(1), works,
    )  # fmt: skip
    assert "sent" in states(office)
