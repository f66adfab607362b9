"""The wall clock of the office machine: its ticks go by it, and now and then it is far ahead for a while.

A part of ``OfficeMachine``.
"""

from abc import abstractmethod
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy.engine import Engine

from config.clock import office_day
from config.office import Office
from config.settings import Settings
from flows.actions.follow_up import tick
from flows.actions.follow_up.tick import TickReport
from flows.actions.installation import instant
from flows.actions.installation.clock_leap import confirm
from models.installation.clock_leaps import ConfirmedBy
from models.tables.outbox import OutboxLetter
from notifications.outbox.parcel import Outcome, Parcel
from rules.outbox.payloads.keys import LetterKind
from tests.cast import dump, rows

#: Tables that a delivery writes, and the record of the leap itself.
BY_DELIVERY = {
    "outbox_letter", "outbox_message", "message_letter", "delivery_event", "channel_state", "contact_address",
    "witness_stream", "clock_leap",
}  # fmt: skip
OF_DELIVERY = frozenset({LetterKind.NO_CONTACT, LetterKind.CHANNEL_DOWN})


class ClockRules(RuleBasedStateMachine):
    """Needs of the machine: ``engine``, ``now``, ``office``, ``_tick`` and ``_carry``."""

    engine: Engine
    now: datetime
    office: Office

    @abstractmethod
    def settings(self) -> Settings:
        """The machine's."""

    @abstractmethod
    def _tick(self) -> None:
        """The machine's."""

    @abstractmethod
    def _carry(self, url: str, parcel: Parcel) -> Outcome:
        """The machine's."""

    @rule(days=st.sampled_from((16, 61, 400)), looks=st.integers(1, 3))
    def the_clock_leaps_and_comes_back(self, days: int, looks: int) -> None:
        """For some sweeps it is far ahead, and nobody confirms it: nothing may come of it but one letter.

        Breaks: let ``rules/installation/clock_leaps.leaped`` return False; store the instant in
        ``flows/actions/installation/instant.advance`` whatever the clock shows.
        """
        self._tick()
        before = self._decisions()
        for _ in range(looks):
            self.now += timedelta(minutes=5)
            report = self._by_the_clock(self.now + timedelta(days=days))
            assert report.leap is not None
            assert report.now == self.now, "the believed instant is another one"
        assert self._decisions() == before, "a clock that nobody confirmed decided something"
        self._tick()
        told = rows(self.engine, OutboxLetter, OutboxLetter.kind == LetterKind.CLOCK)
        assert [row.scheduled_on for row in told].count(office_day(self.now)) == 1, "told once a day"

    # How it is done.

    def _by_the_clock(self, shown: datetime) -> TickReport:
        """A tick while the machine's clock shows ``shown``; a right one is confirmed where that is asked."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(instant, "wall_now", lambda: shown)
            if shown == self.now and instant.read_clock(self.engine).leap is not None:
                confirm(self.engine, ConfirmedBy.COMMAND)
            return tick.tick(self.engine, self.office, None, self.settings(), self._carry)

    def _decisions(self) -> dict[str, Any]:
        """Everything but what a delivery does, and tells of its own troubles."""
        found = dump(self.engine)
        letters = [row for row in rows(self.engine, OutboxLetter) if row.kind not in OF_DELIVERY]
        kept = {name: some for name, some in found.items() if name not in BY_DELIVERY}
        return kept | {"letters": [row.key for row in letters]}
