"""An office in which persons come, sit down, lend seats and go, while all work; and what each then sees.

Everything but the clock is done by somebody in a seat: people by an admin, documents by the secretariat, the
rest by forms that are sent from the pages. What somebody sees after each step is held against the table.
"""

from abc import abstractmethod
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.engine import Engine

from config.act import Act, Doer
from config.clock import office_day
from flows.actions.documents.issue import publish
from flows.actions.follow_up.tick import tick
from flows.actions.installation.instant import advance
from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.actions.people.invite import invite
from flows.actions.people.persons import NewPerson, add_person, deactivate, reactivate
from flows.actions.people.seats import NewSeat, end_seat, seat_person
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.trail.seal import seal
from models.db import reading
from models.tables.agencies import Agency
from models.tables.extensions import ExtensionRequest
from models.tables.people import Absence, Person, SeatRow
from models.tables.tasks import Task
from models.trail.verify import verify
from rules.people.seat_roles import SeatRole
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests import cast
from tests.cast import FINANCE, PLANNING, PROVINCE, TRADE, UNREACHABLE, act, at, change, conclusion, directive
from tests.machine.access_table import AccessTable
from tests.machine.browsers import Browsers
from tests.machine.looking import LISTS, Look
from tests.machine.peopled_office import FARMING, FIRST_DAY, PLACES
from tests.machine.persons_post import GONE, PersonsPost, left_behind
from tests.machine.presses import PRESSES, About, Sent
from tests.machine.watch import AWAY
from tests.machine.who_did import WhoDid

SETTINGS = cast.settings()
PERSON = st.integers(1, 14)
PICK = st.integers(0, 60)
AHEAD = st.integers(-2, 5)
LEADS = (FINANCE, TRADE, FARMING, UNREACHABLE)


class AccessMachine(RuleBasedStateMachine):
    """``open_office`` gives a database as ``peopled_office.fill`` leaves it."""

    @abstractmethod
    def open_office(self) -> Engine:
        """A database of its own."""

    @initialize()
    def first_morning(self) -> None:
        self.engine = self.open_office()
        self.now, self.office = FIRST_DAY, cast.office()
        self.post, self.did = PersonsPost(self.engine, self.table), WhoDid(self.engine)
        self.wrongs: list[str] = []
        self.looks = self.issued = self.done = 0
        self.browsers = Browsers(self.engine, self.office)
        self.browsers.__enter__()
        self.did.begin(self.table)

    def teardown(self) -> None:
        """Some look at everything a last time; then nothing of this example stays."""
        if hasattr(self, "browsers"):
            try:
                self.the_end()
            finally:
                self.browsers.__exit__(None, None, None)
                self.engine.dispose()

    def the_end(self) -> None:
        """One looks at everything, another has a glance, and the chain of the trail holds."""
        self.somebody_looks_at_everything(self.looks * 5)
        self.somebody_has_a_glance(self.looks + 4)
        self.only_somebody_in_a_seat_has_acted()
        self.the_chain_holds()

    @property
    def today(self) -> date:
        return office_day(self.now)

    @property
    def table(self) -> AccessTable:
        return AccessTable(self.engine, self.today)

    # Time, and the post.

    @rule(days=st.sampled_from((0, 1, 1, 2, 5)), clock=st.sampled_from(("09:10", "10:30", "16:00")))
    def time_passes(self, days: int, clock: str) -> None:
        seal(self.engine, self.now)  # as the sweeps have done that ran every five minutes
        self.now = max(self.now, at(self.today + timedelta(days=days), clock))
        advance(self.engine, self.now)

    @rule(days=st.integers(1, 3))
    def mornings(self, days: int) -> None:
        """The clock does what is due, and letters leave."""
        for _ in range(days):
            self.time_passes(1, "07:30")
            self.post.table = self.table
            tick(self.engine, self.office, self.now, SETTINGS, self.post.carry)
            self.wrongs += self.post.wrongs
            self.post.wrongs.clear()
        if self.post.reply is GONE and self.office.calendar.is_working(self.today):
            self.wrongs += left_behind(self.engine, self.table, self.now)

    @rule(away=st.booleans())
    def the_post_is_away_or_back(self, away: bool) -> None:
        """Letters wait; on the day on which they leave, others may sit there."""
        self.post.reply = AWAY if away else GONE

    # People.

    @rule(place=st.sampled_from(PLACES), ahead=AHEAD)
    def somebody_comes(self, place: tuple[SeatRole, str | None], ahead: int) -> None:
        table = self.table
        number = len(table.of(Person)) + 1
        if number > 14:
            return
        found = self._people(add_person, NewPerson(f"Người {number}", f"n{number}@nguoi.example"))
        if found is not None:
            self.somebody_sits_down(found, place, ahead, None)

    @rule(person=PERSON, place=st.sampled_from(PLACES), ahead=AHEAD, more=st.none() | st.integers(0, 6))
    def somebody_sits_down(
        self, person: int, place: tuple[SeatRole, str | None], ahead: int, more: int | None
    ) -> None:
        first = self.today + timedelta(days=ahead)
        last = None if more is None else first + timedelta(days=more)
        self._people(seat_person, person, NewSeat(*place, first, last))

    @rule(which=PICK, ahead=AHEAD)
    def a_seat_ends(self, which: int, ahead: int) -> None:
        seats = self.table.of(SeatRow)
        self._people(end_seat, seats[which % len(seats)].id, self.today + timedelta(days=ahead))

    @rule(person=PERSON, deputy=PERSON, ahead=AHEAD, more=st.integers(0, 6), which=st.none() | PICK)
    def somebody_is_away(self, person: int, deputy: int, ahead: int, more: int, which: int | None) -> None:
        seats = [one.id for one in self.table.of(SeatRow) if one.person_id == person]
        seat = seats[which % len(seats)] if seats and which is not None else None
        first = self.today + timedelta(days=ahead)
        self._people(say_absent, NewAbsence(person, deputy, first, first + timedelta(days=more), seat))

    @rule(which=PICK, ahead=AHEAD)
    def somebody_is_back(self, which: int, ahead: int) -> None:
        absences = self.table.of(Absence)
        if absences:
            key = absences[which % len(absences)].id
            self._people(end_absence, key, self.today + timedelta(days=ahead))

    @rule(person=PERSON, on=st.booleans())
    def somebody_ceases_or_returns(self, person: int, on: bool) -> None:
        self._people(reactivate if on else deactivate, person)

    @rule(person=PERSON)
    def somebody_is_invited(self, person: int) -> None:
        self._people(invite, person)

    @rule(body=st.sampled_from((FINANCE, FARMING)), days=st.integers(-2, 5))
    def a_body_ends(self, body: str, days: int) -> None:
        """In the register, with all who sit there."""
        change(self.engine, Agency, body, valid_to=self.today + timedelta(days=days))

    # Work.

    @rule(
        lead=st.sampled_from(LEADS), partner=st.sampled_from(LEADS), told=st.sampled_from((TRADE, PROVINCE))
    )
    @precondition(lambda self: self.issued < 3)
    def a_document_is_issued(self, lead: str, partner: str, told: str) -> None:
        doing = self._acts("secretary", Actor.SECRETARIAT)
        if doing is not None:
            self.issued += 1
            work = directive(
                f"Việc thứ {self.issued} của hợp tác xã.", lead, cooperate=[partner], report_to=[told]
            )
            with suppress(Refusal):
                publish(self.engine, conclusion(work, number=f"9{self.issued}/TB-UBND"), doing)

    @rule(which=PICK, heir=st.sampled_from((*LEADS, PLANNING)))
    def a_task_is_handed_over(self, which: int, heir: str) -> None:
        doing = self._acts("secretary", Actor.SECRETARIAT, "Chánh Văn phòng")
        tasks = self.table.of(Task)
        one = tasks[which % len(tasks)]
        if doing is not None:
            with suppress(Refusal):
                plan = preview_hand_over(self.engine, one.agency_id, heir, self.now, [one.id])
                hand_over(self.engine, plan, "QĐ 12", "Sắp xếp.", doing)

    @rule(name=st.sampled_from(sorted(PRESSES)), person=PERSON, which=PICK, pick=PICK)
    def anybody_sends_a_form(self, name: str, person: int, which: int, pick: int) -> None:
        """Fitting or not. About a row that is not open it is answered as if there were none."""
        if (sent := self._form(name, which, pick)) is None:
            return
        eye = self.table.eye(person)
        self.browsers.sits_down(person)
        answer = self.browsers.post(person, sent.address, data=sent.data, **sent.files)
        self.done += answer.status_code == 303
        told = f"{self.today}, person {person}: {sent.address} answers {answer.status_code}"
        if not eye.seats:
            self.wrongs += [] if answer.status_code == 401 else [told]
        elif sent.key not in eye.ids(sent.noun):
            self.wrongs += [] if answer.status_code == 404 else [told]
        elif answer.status_code >= 500:
            self.wrongs.append(told)

    @rule(name=st.sampled_from(sorted(PRESSES)), who=PICK, which=PICK, pick=PICK)
    def somebody_who_may_sends_a_form(self, name: str, who: int, which: int, pick: int) -> None:
        """One who sits where the form says, so that something comes of it more often than not."""
        sent, table = self._form(name, which, pick), self.table
        if sent is None:
            return
        wanted, body = sent.data.get("vai", ""), sent.data.get("co-quan")
        fitting = [
            one.id
            for one in table.of(Person)
            for seat in table.sits(one.id)
            if (seat.body == body if body else seat.role == "secretary" or wanted == "lanh-dao")
        ]
        if fitting:
            self.anybody_sends_a_form(name, fitting[who % len(fitting)], which, pick)

    def somebody_looks_at_everything(self, person: int) -> None:
        """Breaks: see ``test_access_histories.py``."""
        table = self.table
        who = table.of(Person)[person % len(table.of(Person))].id
        self.wrongs += Look(self.browsers, table, who).everything()
        self.nothing_was_wrong()

    @rule(person=PERSON)
    def somebody_has_a_glance(self, person: int) -> None:
        table = self.table
        who = table.of(Person)[person % len(table.of(Person))].id
        self.wrongs += Look(self.browsers, table, who).glance()
        self.nothing_was_wrong()

    # The laws.

    @invariant()
    def nobody_is_shown_what_the_table_forbids(self) -> None:
        """One list for one person, another pair each time; wrong letters and answers are told here too."""
        if not hasattr(self, "browsers"):
            return
        self.looks += 1
        table = self.table
        persons = table.of(Person)
        who = persons[self.looks * 5 % len(persons)].id
        self.wrongs += Look(self.browsers, table, who).a_list(self.looks % len(LISTS))
        self.nothing_was_wrong()

    def nothing_was_wrong(self) -> None:
        assert self.wrongs == [], "\n".join(self.wrongs)

    @invariant()
    def only_somebody_in_a_seat_has_acted(self) -> None:
        """Breaks: leave ``doer`` out of ``web/kit/desk.Desk.act``, or ``instead_of`` out of
        ``web/visitors/visitor.Visitor.doer_in``."""
        if hasattr(self, "did"):
            found = self.did.look(self.table)
            assert found == [], "\n".join(found)

    def the_chain_holds(self) -> None:
        """Break: write another digest of a name than the seal covers (``models/trail/write._write_name``)."""
        seal(self.engine, self.now)
        with reading(self.engine) as session:
            found = verify(session, self.now)
        assert (found.faults, found.waiting) == ((), 0)

    # How it is done.

    def _form(self, name: str, which: int, pick: int) -> Sent | None:
        requests = cast.rows(self.engine, ExtensionRequest)
        newest = requests[-1].id if requests else 0
        return PRESSES[name](About(self.table, newest, which, pick, self.looks))

    def _acts(self, role: str, actor: Actor, capacity: str = "") -> Act | None:
        """An act of the first one who sits in that role today; None if nobody does."""
        table = self.table
        for person in table.of(Person):
            for seat in table.sits(person.id):
                if seat.role == role:
                    doer = Doer(person.id, seat.id, seat.instead_of)
                    return act(actor, self.now, capacity=capacity, doer=doer)
        return None

    def _people(self, what: Any, *words: object) -> int | None:
        """What an admin does to people; None where nobody is admin, and for a refusal."""
        with suppress(Refusal):
            if doing := self._acts("admin", Actor.SECRETARIAT):
                return what(self.engine, *words, doing) or 0
        return None
