"""Sweep: one delivery pass over the outbox. Nothing here is ever tried again by Prefect."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from prefect import flow
from prefect import task as step
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.settings import get_settings
from flows.actions.follow_up.tick import clear_away, send_letters
from flows.actions.installation.instant import Leap
from flows.actions.office import office_database, this_office
from flows.actions.trail.keep import keep_trail
from flows.events import DeliveryDone, StillChannel
from flows.sweeping import (
    ELSEWHERE,
    NOTHING,
    GivenInstant,
    Signal,
    Swept,
    clock_row,
    listed,
    run_name,
    sweep_clock,
    through_the_door,
)
from flows.terminal.tick_words import trouble_line
from models.database.locks import exclusive
from notifications.channels.registry import channel_label
from notifications.delivery.account import DeliveryReport
from notifications.letters.kit.filters import grouped
from rules.letter_words import MessageState

SLUG = "deliver-outbox"
TITLE = "Gửi thư"
DESCRIPTION = "Gửi những thư đến giờ qua các kênh của văn phòng; lượt gửi lại do sổ thư đi quyết định."


@flow(name=SLUG, description=DESCRIPTION, flow_run_name=run_name(TITLE), retries=0, persist_result=False)
def deliver_outbox(now: GivenInstant | None = None) -> State[Swept]:
    """Send what may go by ``now``, or by the database's present instant."""
    return through_the_door(SLUG, TITLE, send, now)


#: Delivery runs at work at once. Where workers share the outbox, a long queue would otherwise fill every
#: place of the runner with them, one each five minutes, and the follow-up of the morning would wait.
RUNS_AT_ONCE = 2


# No retries and no time-out: a second attempt could send twice, a time-out would leave a message
# in the air (unknown). The outbox decides about another attempt, and the next pass makes it. The
# pass holds the database's delivery lock itself.
@step(retries=0, cache_policy=NO_CACHE, persist_result=False)
def send(now: datetime | None) -> Swept:
    """One delivery pass."""
    engine = office_database()
    try:
        office = this_office()
        clock = sweep_clock(engine, office, now)
        act = by_clock(clock.now, office)
        with _place(engine) as ours:
            report = send_letters(engine, act) if ours else DeliveryReport(busy=True)
        if clock.leap is None:
            keep_trail(engine, act, get_settings())
            clear_away(engine, report, get_settings(), act)
    finally:
        engine.dispose()
    return Swept(clock.now, ELSEWHERE) if report.busy else _swept(clock.now, report, clock.leap)


@contextmanager
def _place(engine: Engine) -> Iterator[bool]:
    """Whether there is a place for another delivery run; a courtesy, delivery has locks of its own."""
    with ExitStack() as held:
        places = (f"deliver_outbox {number}" for number in range(RUNS_AT_ONCE))
        yield any(held.enter_context(exclusive(engine, place)) for place in places)


def _swept(now: datetime, report: DeliveryReport, leaped: Leap | None = None) -> Swept:
    counts = {state: report.by_state.get(state, 0) for state in MessageState}
    # An interrupted send found at the start of the pass is a message whose fate nobody knows.
    unknown = counts[MessageState.UNKNOWN] + report.interrupted
    clock = leaped.words if leaped else None
    rows = (*((clock_row(leaped),) if leaped else ()), *_rows(report, counts))
    alarms = [words for words in (clock, report.halted, report.secretariat_unreachable) if words]
    trouble = bool(alarms or report.troubles or report.channels_down or report.lost)
    happened = bool(trouble or report.bundled or unknown or any(counts.values()))
    if not (happened or report.unknown or report.owed):
        return Swept(now, NOTHING, rows)
    told = " ".join([*(f"{words.rstrip('.')}." for words in alarms), _summary(report, counts, unknown)])
    payload = _payload(report, counts, unknown, clock)
    signal = Signal("dondoc.delivery.done", payload, repeats=True)
    return Swept(now, told, rows, (signal,) if happened else ())


def _payload(
    report: DeliveryReport, counts: dict[MessageState, int], unknown: int, clock: str | None
) -> DeliveryDone:
    return {
        "queued": counts[MessageState.QUEUED],
        "sending": counts[MessageState.SENDING],
        "sent": counts[MessageState.SENT],
        "saved": counts[MessageState.SAVED],
        "owed": counts[MessageState.OWED],
        "moved": counts[MessageState.MOVED],
        "failed": counts[MessageState.FAILED],
        "unknown": unknown,
        "obsolete": counts[MessageState.OBSOLETE],
        "unsettled": report.unknown,
        "owing": report.owed,
        "interrupted": report.interrupted,
        "bundled": report.bundled,
        "lost": report.lost,
        "channels_down": list(report.channels_down),
        "channels": _troubles(report),
        "halted": report.halted,
        "secretariat_unreachable": report.secretariat_unreachable,
        "clock": clock,
    }


def _rows(report: DeliveryReport, counts: dict[MessageState, int]) -> Iterator[tuple[str, str]]:
    """What must not be missed first, then what this pass did."""
    if report.halted:
        yield "Dừng gửi thư", report.halted
    if report.secretariat_unreachable:
        yield "Không gửi được thư cho Văn phòng", report.secretariat_unreachable
    if report.unknown:
        yield "Chưa rõ đã tới hay chưa, chờ Văn phòng quyết định", str(report.unknown)
    for one in report.troubles:
        yield "Kênh gửi trục trặc", trouble_line(one).removeprefix("thư: ")
    if report.owed:
        yield "Thư còn nợ", str(report.owed)
    if report.lost:
        yield "Mất kết nối với cơ sở dữ liệu", "lượt gửi dừng sớm; lượt sau gửi tiếp"
    yield "Thư đã gom thành tin", str(report.bundled)
    yield from ((state.label, str(counts[state])) for state in MessageState if counts[state])
    yield "Bị ngắt giữa chừng ở lượt trước, chưa rõ đã tới hay chưa", str(report.interrupted)
    yield "Kênh không kết nối được", listed(channel_label(name) for name in report.channels_down)


def _summary(report: DeliveryReport, counts: dict[MessageState, int], unknown: int) -> str:
    parts = [f"Đã gửi {grouped(counts[MessageState.SENT])}"]
    parts += [f"lưu vào thư mục {grouped(counts[MessageState.SAVED])}"] if counts[MessageState.SAVED] else []
    owed = report.owed or counts[MessageState.OWED]
    parts += [f"còn nợ {grouped(owed)}"] if owed else []
    parts += [
        f"không gửi được {grouped(counts[MessageState.FAILED])}",
        f"chưa rõ {grouped(max(report.unknown, unknown))}",
    ]
    return ", ".join(parts) + "."


def _troubles(report: DeliveryReport) -> list[StillChannel]:
    """The channels that stand still, as an event carries them."""
    return [
        {"channel": one.channel, "since": one.since.isoformat(), "text": one.text} for one in report.troubles
    ]
