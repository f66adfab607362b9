"""A leap of the clock: remembered when it is seen, confirmed by a person, told when the clock comes back.

Every tick and sweep looks before it decides anything. Why a leap is not believed: ``docs/decisions/0010``.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act, by_clock
from config.clock import office_day
from config.office import Office
from flows.actions.ask_office import ask_office
from flows.actions.installation.instant import Clock, Leap, clock_of, clock_words, read_clock, shown_now
from models.db import one_at_a_time, unit_of_work
from models.follow_up.sweep.record import ONE_DAY
from models.installation.clock_leaps import ClockLeap, ConfirmedBy, lasting_leap, stored_time
from models.tables.agencies import Committee
from models.tables.outbox import DeliveryEvent, Moment
from models.trail.write import Noted, Signer, write
from notifications.outbox.enqueue import enqueue, letter_by
from rules.letter_words import MessageState
from rules.outbox.payloads import keys
from rules.outbox.payloads.office import WrongClock
from rules.refusal import Refusal
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Actor, Way

_LOCK = "clock"
NOTHING = "Đồng hồ của máy không chạy vượt quá giới hạn: không có gì cần xác nhận."
CHANGED = "Đồng hồ của máy nay chỉ {}, khác lúc mở trang. Hãy xem lại rồi xác nhận."


def watch(engine: Engine, office: Office, given: datetime | None = None) -> Clock:
    """The instant to work at; a leap is put on record, and one that is over is told to the secretariat.

    Raises TimeReversed as ``read_clock``.
    """
    clock = read_clock(engine, given)
    if clock.leap is None and not clock.remembered:
        return clock
    with unit_of_work(engine) as session:
        one_at_a_time(session, _LOCK)
        clock = clock_of(session, given)
        if clock.leap is not None:
            _remember(session, clock.now, clock.leap)
        elif clock.remembered:
            _tell_it_is_over(session, by_clock(clock.now, office))
    return clock


def confirm(engine: Engine, door: ConfirmedBy, seen: date | None = None, act: Act | None = None) -> datetime:
    """A person's word that the clock is right, whatever day it shows; returns and stores the instant.

    ``seen`` is the day that the person was shown. ``act`` is left out at the command line, where no instant
    is believed yet. Raises Refusal: there is no leap, or another one; NotAllowed for who may not.
    """
    with unit_of_work(engine) as session:
        if act is not None:
            ask_office(session, "Xác nhận đồng hồ", act)
        one_at_a_time(session, _LOCK)
        clock = clock_of(session)
        if clock.leap is None:
            raise Refusal(NOTHING)
        shown = clock.leap.shown
        if seen is not None and not seen <= office_day(shown) <= seen + ONE_DAY:
            raise Refusal(CHANGED.format(clock_words(shown)))
        row = _remember(session, clock.now, clock.leap)
        row.over_at, row.confirmed_at, row.confirmed_by = shown, shown, door
        session.merge(Moment(id=1, instant=shown, simulated=False))
        way = Way.PAGE if door is ConfirmedBy.PAGE else Way.TERMINAL
        signer = Signer(Actor.SECRETARIAT, way, doer=act.doer if act else None)
        write(session, _noted("confirmed"), shown, signer)
        return shown


def live_by_the_clock(engine: Engine) -> datetime | None:
    """Lead a database back from its own time to the wall clock, also to an earlier instant.

    It is a person's word: the instant counts as confirmed. Returns it; None: it lived by the clock already.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, _LOCK)
        stored = stored_time(session)
        if not stored.simulated or stored.instant is None:
            return None
        shown = shown_now()
        row = _remember(session, stored.instant, Leap(shown, office_day(stored.instant)))
        row.over_at, row.confirmed_at, row.confirmed_by = shown, shown, ConfirmedBy.COMMAND
        session.merge(Moment(id=1, instant=shown, simulated=False))
        write(session, _noted("set_back"), shown, Signer(Actor.SECRETARIAT, Way.TERMINAL))
        return shown


def _noted(word: str) -> Noted:
    """What the trail says of a word about the clock."""
    return Noted(TrailWhat.INSTALLATION, TrailNoun.CLOCK, data={"did": {f"clock.{word}": 1}})


def _remember(session: Session, held: datetime, leap: Leap) -> ClockLeap:
    """Once, however many sweeps see it; then what the clock shows by now."""
    row = lasting_leap(session)
    if row is None:
        newest = session.scalar(sa.select(sa.func.max(DeliveryEvent.id))) or 0
        row = ClockLeap(
            last_day=leap.last_day,
            first_shown=leap.shown,
            first_held=held,
            shown=leap.shown,
            held=held,
            events_before=newest,
        )
    row.shown, row.held = leap.shown, held
    session.add(row)
    session.flush()
    return row


def _tell_it_is_over(session: Session, act: Act) -> None:
    row, committee = lasting_leap(session), session.get(Committee, 1)
    assert row is not None
    row.over_at = act.now
    if committee is None:
        return  # nobody to tell, and nothing to have been decided
    told = WrongClock(row.first_shown, row.shown, row.last_day, act.now, _sent_meanwhile(session, row))
    enqueue(session, [letter_by(act, keys.clock(act.today), told, committee.secretariat_id)], act.now)


def _sent_meanwhile(session: Session, row: ClockLeap) -> int:
    """Messages that left, or were put into the folder, while the clock was not believed."""
    left = DeliveryEvent.state.in_((MessageState.SENT, MessageState.SAVED))
    query = sa.select(sa.func.count()).where(DeliveryEvent.id > row.events_before, left)
    return session.scalar(query.select_from(DeliveryEvent)) or 0
