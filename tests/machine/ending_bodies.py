"""Bodies end in the office machine, with whatever lies on their desks; a part of ``OfficeMachine``."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.engine import Engine

from config.clock import office_day
from config.office import Office
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task
from rules.letter_words import Stake
from rules.outbox.kinds import MORNING
from rules.outbox.payloads import keys
from rules.vocabulary import CLOSED
from tests.cast import FINANCE, PLANNING, TRADE, change, rows


class EndingBodiesRules(RuleBasedStateMachine):
    """Needs of the machine: ``engine``, ``now`` and ``office``; it calls ``look_at_ended`` after a tick."""

    engine: Engine
    now: datetime
    office: Office

    @rule(body=st.sampled_from((FINANCE, TRADE, PLANNING)), days=st.integers(-3, 9))
    @precondition(lambda self: len(self.ends()) < 2)
    def a_body_ends(self, body: str, days: int) -> None:
        """On a day ahead, today, or entered late; nobody need hand anything over. Once: see ``reminded``."""
        if body not in self.ends():
            last = office_day(self.now) + timedelta(days=days)
            change(self.engine, Agency, body, valid_to=last)

    def ends(self) -> dict[str, date]:
        """The last day of each body that ends in this story; the register's own lie years ahead."""
        this_year = Agency.valid_to < date(2025, 1, 1)
        return {row.id: row.valid_to for row in rows(self.engine, Agency, this_year)}

    def look_at_ended(self, before: int) -> None:
        """After a tick: what it wrote above letter ``before``, and what it did not write."""
        today = office_day(self.now)
        ended = {body: last for body, last in self.ends().items() if last <= today}
        if not ended or not self.office.calendar.is_working(today):
            return
        letters = rows(self.engine, OutboxLetter)
        found = [x.key for x in letters if x.id > before and x.kind in MORNING and x.agency_id in ended]
        known = {letter.key for letter in letters}
        for task in rows(self.engine, Task, Task.agency_id.in_(ended), Task.status.not_in(CLOSED)):
            key = keys.body_ended(task.agency_id, ended[task.agency_id], task.id, Stake.LEAD)
            found += [] if key in known else [f"{key} is not there"]
        self.wrong_of_ended = [*getattr(self, "wrong_of_ended", []), *found]

    @invariant()
    def an_ended_body_is_asked_for_nothing_and_raised(self) -> None:
        """Breaks: compare with ``<`` in ``models/database/predicates.standing_sql``, or in
        ``models/follow_up/sweep/ended``."""
        wrong: list[str] = getattr(self, "wrong_of_ended", [])
        assert wrong == [], "; ".join(wrong)
