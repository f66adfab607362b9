"""An office of 2022 that lives through every kind of letter, for tests of what letters are written of."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.committee.meetings import plan_meeting
from flows.actions.escalation.climbs import climb_silent
from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.follow_up.digest import send_digest
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
)
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.return_result import return_result
from flows.actions.tasks.withdraw import withdraw
from flows.actions.trail.seal import seal
from models.db import unit_of_work
from models.tables.agencies import Agency
from notifications.delivery.deliver import deliver
from notifications.outbox.parcel import Outcome, Trouble
from rules.letter_words import OutcomeClass
from rules.vocabulary import Actor, Answer, EventKind, Fault
from tests.cast import (
    DATED,
    FINANCE_MAIL,
    OPEN_ENDED,
    SHARED,
    TO_UNREACHABLE,
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
    settings,
)
from tests.flows.escalation.test_escalation import FORM

DEAD = Outcome(OutcomeClass.NEVER, "550", "Không có người nhận", dead_address=True)
AWAY = Outcome(OutcomeClass.TRY_AGAIN, "connect", "", trouble=Trouble.CHANNEL)  # only a code
TO_UNION = directive("Củng cố hợp tác xã.", "lmhtx", due=by(date(2022, 8, 31)))


class Life:
    """An office of 2022 in which every kind of letter is written, and leaves."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.post = engine, Postman()

    def through_every_kind(self) -> None:
        """One chapter after another."""
        self.issued()
        self.channels_fail()
        self.answered()
        self.more_time()
        self.beyond_authority()
        self.handed_over()
        self.followed()
        self.ended()

    def send(self, day: str, clock: str = "09:00") -> None:
        deliver(self.engine, by_clock(at(day, clock), office()), settings(), self.post)

    def issued(self) -> None:
        """GN-0001 to GN-0008."""
        issue(self.engine, SHARED, OPEN_ENDED, TO_UNREACHABLE, TO_UNION)
        more = [replace(DATED, text=f"Việc thứ {n}.") for n in range(5, 9)]
        issue(self.engine, *more, number="12/TB-UBND")

    def channels_fail(self) -> None:
        self.post.replies = {"zalooa://": AWAY, FINANCE_MAIL: DEAD}
        self.send("2022-08-15")
        self.send("2022-08-15", "10:00")
        self.post.replies = {}

    def answered(self) -> None:
        now = at("2022-08-16", "10:00")
        refuse(self.engine, 5, "Không thuộc chức năng", act_on(self.engine, 5, Actor.LEAD, now))
        for task_id in (6, 7):
            self._submit(task_id, now)
        return_result(self.engine, 7, [Fault.THIN], "Chưa đủ.", act(Actor.SECRETARIAT, now))
        withdraw(self.engine, 8, "Đã có chủ trương khác.", act(Actor.ASSIGNER, now))
        self.send("2022-08-24", "10:00")  # finance's address is tried again by then

    def _submit(self, task_id: int, now: datetime) -> None:
        lead = act_on(self.engine, task_id, Actor.LEAD, now)
        answer(self.engine, task_id, EventKind.SUBMITTED, lead, Said("Đã xong."))

    def more_time(self) -> None:
        """A date that is proposed and taken, with and without a word; and a request that is refused."""
        for clock, words in (("08:30", ""), ("11:00", "Cần sớm hơn.")):
            now = at("2022-08-25", clock)
            wanted = date(2022, 9, 28 if words else 20)
            lead = act_on(self.engine, 1, Actor.LEAD, now)
            key = ask_extension(self.engine, 1, "Chờ số liệu", wanted, lead)
            self.send("2022-08-25", clock)
            counter_on = date(2022, 9, 19 if words else 12)
            counter_extension(self.engine, key, counter_on, words, act(Actor.ASSIGNER, now))
            self.send("2022-08-25", clock)
            accept_counter(self.engine, key, lead)
            self.send("2022-08-25", clock)
        key = ask_extension(self.engine, 7, "Chờ", date(2022, 9, 20), act_on(self.engine, 7, Actor.LEAD, now))
        decide_extension(self.engine, key, False, "Không.", act(Actor.ASSIGNER, now, capacity="Trưởng Ban"))
        self.send("2022-08-26")

    def beyond_authority(self) -> None:
        raise_case(self.engine, 2, FORM, act_on(self.engine, 2, Actor.LEAD, at("2022-08-26", "10:00")))
        self.send("2022-08-26", "11:00")
        now = at("2022-09-06", "10:00")
        with unit_of_work(self.engine) as session:
            climb_silent(session, by_clock(now, office()))
        self.send("2022-09-06", "11:00")
        answer_case(self.engine, 1, Answer.DECIDE, "Đồng ý.", act(Actor.LEADER, now, capacity="Trưởng Ban"))
        self.send("2022-09-07", "11:00")

    def handed_over(self) -> None:
        now = at("2022-09-07", "14:00")
        plan = preview_hand_over(self.engine, TRADE, "snv", now)
        clerk = act(Actor.SECRETARIAT, now, capacity="van-phong")
        hand_over(self.engine, plan, "Nghị quyết số 12/NQ-HĐND", "Sáp nhập.", clerk)
        self.send("2022-09-07", "15:00")

    def followed(self) -> None:
        clerk = act(Actor.SECRETARIAT, at("2022-09-07"))
        plan_meeting(self.engine, date(2022, 9, 20), "Họp Ban Chỉ đạo", clerk)
        for day in ("2022-09-09", "2022-09-19", "2022-09-26", "2022-10-03", "2022-10-25"):
            sweep = by_clock(at(day, "06:45"), office())
            daily_follow_up(self.engine, sweep)
            seal(self.engine, sweep.now)
            send_digest(self.engine, sweep)
            self.send(day, "07:35")

    def ended(self) -> None:
        change(self.engine, Agency, "stc", valid_to=date(2022, 10, 25))
        daily_follow_up(self.engine, by_clock(at("2022-10-26", "06:45"), office()))
        self.send("2022-10-26", "07:35")
