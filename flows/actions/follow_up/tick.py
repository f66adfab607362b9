"""Everything that is due by now: issue, follow up, digest, deliver. Twice changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Thread

from sqlalchemy.engine import Engine

from config.act import Act, by_clock
from config.clock import office_day
from config.office import Office
from config.settings import Settings, get_settings
from flows.actions.follow_up.digest import DigestReport, send_digest
from flows.actions.follow_up.follow_up import FollowUpReport, daily_follow_up
from flows.actions.follow_up.issue_due import IssueReport, issue_due
from flows.actions.installation.clock_leap import watch
from flows.actions.installation.instant import Clock, Leap, advance
from flows.actions.sign_in.cleared import clear_sign_ins
from flows.actions.tasks.evidence.unnamed_files import sweep_unnamed
from flows.actions.trail.keep import keep_trail, note_delivery
from flows.actions.trail.seal import seal, sealed_between
from notifications.delivery.deliver import DeliveryReport, Post, Stop, deliver, never
from rules.follow_up.reminders import windows


@dataclass(frozen=True, slots=True)
class TickReport:
    """What one tick did, step by step; with a ``leap`` nothing but letters that waited was looked at.

    ``trouble`` is the office's (``Office.trouble``).
    """

    now: datetime
    issued: IssueReport
    follow_up: FollowUpReport
    digest: DigestReport
    delivery: DeliveryReport
    leap: Leap | None = None
    trouble: str = ""


def tick(
    engine: Engine,
    office: Office,
    given: datetime | None = None,
    settings: Settings | None = None,
    post: Post | None = None,
    stop: Stop = never,
) -> TickReport:
    """Run all steps at ``given``, or at the present instant of this database.

    ``stop`` is asked between two letters: whether to leave the others to the next tick. Each step commits
    by itself and asks "what is due by now", so a tick that died is finished by the next one. A clock that
    leaped decides nothing until it is confirmed. Raises TimeReversed when ``given`` lies before the last
    tick.
    """
    clock = begin(engine, office, given)
    now, act = clock.now, by_clock(clock.now, office)
    with nullcontext() if post else _beside_it():
        if clock.leap is not None:
            sent = send_letters(engine, act, settings, post, stop)
            nothing = FollowUpReport(act.today, working_day=False)
            return TickReport(now, IssueReport(), nothing, DigestReport(), sent, clock.leap, office.trouble)
        report = TickReport(
            now,
            issue_due(engine, act),
            daily_follow_up(engine, act),
            send_digest(engine, act),
            send_letters(engine, act, settings, post, stop),
            trouble=office.trouble,
        )
    keep_trail(engine, act, settings or get_settings())
    clear_away(engine, report.delivery, settings or get_settings(), act)
    return report


@contextmanager
def _beside_it() -> Iterator[None]:
    """While the database counts and writes, what sending needs is read from the disk.

    The thread ends before the tick does: no import may still be going on when the process ends.
    """
    reader = Thread(target=_make_ready, daemon=True)
    reader.start()
    try:
        yield
    finally:
        reader.join()


def _make_ready() -> None:
    """Import the channels and the templates; a fault shows where they are used."""
    from notifications.channels import registry
    from notifications.letters.kit import frame

    with suppress(Exception):
        registry.our_channels()
        frame.make_ready()


def begin(engine: Engine, office: Office, given: datetime | None) -> Clock:
    """The instant of a tick, stored if its day can be worked at all, or a leap, which is not.

    Time does not go back, so a mistyped year must be refused before it is stored. Raises
    TimeReversed, NoCalendar; then nothing has changed, but rows of the trail may have their seals.
    """
    clock = watch(engine, office, given)
    if clock.leap is not None:
        return clock
    if given is None:
        seal(engine, clock.now)  # also when this tick, or one before it, comes no further
    windows(office_day(clock.now), office.policy.rhythm, office.calendar)
    return replace(clock, now=advance(engine, given))


def clear_away(engine: Engine, sent: DeliveryReport, settings: Settings, act: Act) -> None:
    """What is of no use any more goes: rows of signing in, and files, a day old, that no row names.

    A database that was set back names too few files: they stay while letters halt.
    """
    clear_sign_ins(engine, act, settings)
    if not (sent.busy or sent.halted):
        sweep_unnamed(engine, settings, act.now)


def send_letters(
    engine: Engine,
    act: Act,
    settings: Settings | None = None,
    post: Post | None = None,
    stop: Stop = never,
) -> DeliveryReport:
    """One delivery pass through the channels of this installation, or as much of it as ``stop`` allows."""
    from notifications.channels import registry
    from notifications.channels.frame.open_lines import hang_up

    try:
        posting = sealed_between(engine, post or registry.post)
        report = deliver(engine, act, settings or get_settings(), posting, stop)
    finally:
        hang_up()
    note_delivery(engine, act, report)
    return report
