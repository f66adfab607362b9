"""What happens to letters in the office machine: readers, addresses, channels, sessions, whole databases.

A part of ``OfficeMachine``, with the laws of delivery. Each law's docstring names the one line whose break
turns it red, in ``test_delivery_histories.py`` at the latest.
"""

import shutil
from abc import abstractmethod
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.engine import Engine

from config.clock import office_day
from config.office import Office
from config.settings import Settings
from flows.actions.installation.restored import restored
from models.db import unit_of_work
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from notifications.outbox.channel_states import wake
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import TO_GO, LetterState, MessageState
from rules.outbox.addresses import identity_of
from tests.cast import FINANCE, PLANNING, TRADE, at, rows
from tests.machine.watch import DEAD, GONE, Died, Watch

READING = (FINANCE, TRADE, PLANNING)
CHANNELS = ("mail", "folder", "zalo")
#: Codes of messages that were settled by a person's word, or by the witness, and by no provider.
_BY_WORD = frozenset({"person", "restored"})


class PostOfficeRules(RuleBasedStateMachine):
    """Needs of the machine: ``engine``, ``now``, ``office``, ``post`` and ``_tick``."""

    engine: Engine
    now: datetime
    office: Office
    post: Watch
    session_dies = False

    @abstractmethod
    def settings(self) -> Settings:
        """The machine's."""

    @abstractmethod
    def _tick(self) -> None:
        """The machine's."""

    @abstractmethod
    def an_ordinary_week(self, days: int) -> None:
        """The machine's."""

    @rule(which=st.integers(0, 5), there=st.booleans())
    def a_reader_comes_or_goes(self, which: int, there: bool) -> None:
        """As the import of a register does it."""
        with unit_of_work(self.engine) as session:
            chosen = sa.select(Contact.id).where(Contact.agency_id.in_(READING)).order_by(Contact.id)
            ids = session.scalars(chosen).all()
            session.execute(
                sa.update(Contact).where(Contact.id == ids[which % len(ids)]).values(active=there)
            )
            wake(session)

    @rule(which=st.integers(0, 20), lives=st.booleans())
    def a_mailbox_dies_or_lives(self, which: int, lives: bool) -> None:
        urls = [row.url for row in rows(self.engine, ContactAddress)]
        place = identity_of(urls[which % len(urls)])
        (self.post.dead.discard if lives else self.post.dead.add)(place)

    @rule(which=st.integers(0, 5))
    def a_reader_gets_a_second_address(self, which: int) -> None:
        with unit_of_work(self.engine) as session:
            chosen = sa.select(Contact.id).where(Contact.agency_id.in_(READING)).order_by(Contact.id)
            ids = session.scalars(chosen).all()
            contact = ids[which % len(ids)]
            url = f"zalooa://4318/doc-gia-{contact}"
            if session.scalar(sa.select(ContactAddress.id).where(ContactAddress.url == url)) is None:
                session.add(ContactAddress(contact_id=contact, url=url, position=9))

    @rule(channel=st.sampled_from(CHANNELS), lives=st.booleans())
    def a_channel_goes_or_returns(self, channel: str, lives: bool) -> None:
        (self.post.down.discard if lives else self.post.down.add)(channel)

    @rule()
    def the_session_of_a_pass_dies(self) -> None:
        """While a letter is on its way; beside SQLite, which has no sessions, the pass itself."""
        self.session_dies = True
        with suppress(Died):
            self._tick()
        self.session_dies = False

    @rule(days=st.sampled_from((0, 1, 3)))
    @precondition(lambda self: self.engine.dialect.name == "sqlite")
    def the_database_is_set_back(self, days: int) -> None:
        """To a copy of this moment, after some days of work; a person declares it."""
        path, since = Path(str(self.engine.url.database)), self.now
        copy = path.with_suffix(".copy")
        self._checkpoint()
        shutil.copyfile(path, copy)
        self._tick()
        if days:
            self.an_ordinary_week(days)
        self._checkpoint()
        self.engine.dispose()
        shutil.copyfile(copy, path)
        self._forget_what_never_was()
        self._tick()  # halted: nothing leaves before the word
        restored(self.engine, since, self.now, self.settings(), self.office.calendar)
        self._tick()

    @rule()
    def everything_works_again(self) -> None:
        """After some mornings nothing may be left that could have gone: the law of what is owed."""
        self.post.reply = GONE
        self.post.dead.clear()
        self.post.down.clear()
        with unit_of_work(self.engine) as session:
            session.execute(sa.update(Contact).values(active=True))
            session.execute(sa.update(ContactAddress).values(unusable_since=None, unusable_reason=None))
            wake(session)
        self.an_ordinary_week(4)
        self.now = max(self.now, at(office_day(self.now), "11:00"))
        self._tick()
        left = [row for row in rows(self.engine, OutboxMessage) if row.state in TO_GO]
        assert [row for row in left if row.next_at <= self.now] == [], "it could have gone"
        assert [row for row in left if row.state is MessageState.OWED] == [], "it is still owed"

    @invariant()
    def nothing_is_shown_as_sent_that_nobody_took(self) -> None:
        """Break: map ``OutcomeClass.NEVER`` to SENT in ``notifications/delivery/settle._after``."""
        if not hasattr(self, "post"):
            return
        for row in rows(self.engine, OutboxMessage, OutboxMessage.state == MessageState.SENT):
            by_word = row.outcome_code in _BY_WORD
            assert by_word or row.message_id in self.post.taken, f"{row.key} is shown as sent"

    @invariant()
    def no_letter_is_lost(self) -> None:
        """Breaks: leave ``send_on`` out of ``notifications/outbox/messages.move``; return FAILED for a dead
        address in ``notifications/delivery/settle._after``.

        A letter on its way has a message that is more than moved away, or refused by a dead mailbox.
        """
        if not hasattr(self, "post"):
            return
        on_their_way = rows(self.engine, OutboxLetter, OutboxLetter.state == LetterState.DISPATCHED)
        links = rows(self.engine, MessageLetter)
        states = {
            row.id: MessageState.MOVED if _refused_by_the_dead(row) else row.state
            for row in rows(self.engine, OutboxMessage)
        }
        standing: dict[int, set[MessageState]] = {}
        for link in links:
            standing.setdefault(link.letter_id, set()).add(states[link.message_id])
        for letter in on_their_way:
            assert standing.get(letter.id, set()) - {MessageState.MOVED}, f"{letter.key} is lost"

    # How it is done.

    def _carry(self, url: str, parcel: Parcel) -> Outcome:
        outcome = self.post.carry(url, parcel, self.now, self.office)
        if self.session_dies:
            self.session_dies = False
            self._end_sessions()
        return outcome

    def _end_sessions(self) -> None:
        if self.engine.dialect.name == "sqlite":
            raise Died
        conninfo = self.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(conninfo, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    def _checkpoint(self) -> None:
        with self.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def _forget_what_never_was(self) -> None:
        """The machine remembers things of its own; a subclass forgets them."""


def _refused_by_the_dead(row: OutboxMessage) -> bool:
    return row.state is MessageState.FAILED and row.outcome_text == DEAD.text
