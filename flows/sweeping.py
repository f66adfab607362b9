"""What the sweeps share of Prefect: one door, one lock, one artifact, one event a kind, one run name.

A sweep asks the database and the time what is due. The guarantee that two never overlap is the
lock of our own database; no limit of Prefect's takes part in it (docs/decisions/0002).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Annotated, Any, ParamSpec, TypeVar
from uuid import NAMESPACE_URL, uuid5

from httpx import HTTPError
from prefect import Task, get_run_logger
from prefect import task as step
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.events import emit_event
from prefect.runtime import flow_run
from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, temporary_settings
from prefect.states import Completed, Failed
from pydantic import AfterValidator, AwareDatetime
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from config.act import Act, by_clock
from config.clock import instant_in_reach, office_time, wall_now
from config.office import Office
from flows.actions.installation.clock_leap import watch
from flows.actions.installation.instant import Clock, Leap
from flows.actions.installation.own_time import must_have_own_time
from flows.actions.office import office_database, this_office
from flows.door import look_at_door
from flows.events import Payload
from models.database.locks import exclusive
from models.db import Crossed
from rules.refusal import Refusal
from rules.text.typed import YEARS

P = ParamSpec("P")
R = TypeVar("R")

ELSEWHERE = "Đang chạy ở nơi khác; lần này không làm gì."
NOTHING = "Không có việc nào đến lúc làm."
OPEN_DOOR = "Máy chủ Prefect không đòi mật khẩu"
OLD_VERSION = "Làm theo bản cấu hình trước đó"
TO_CONFIRM = "Nếu đồng hồ đúng: bấm «Đồng hồ đúng» trên trang, hoặc chạy «dondoc clock confirm»."

RETRIES = 2
RETRY_DELAYS: list[float] = [10, 60]  # seconds: a restart of PostgreSQL, a writer that took its time
ARTIFACT_RETRIES = 3  # after 2, 4 and 8 seconds; the state of a run is told for much longer


@dataclass(frozen=True, slots=True)
class Signal:
    """One custom event of a sweep. The same payload is the same event, unless ``repeats``."""

    name: str
    payload: Payload
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did: a Vietnamese line, rows of label and value, and what it signals.

    ``rows`` holds plain text that may come from people; it is escaped when it is shown.
    """

    now: datetime
    summary: str
    rows: tuple[tuple[str, str], ...] = ()
    signals: tuple[Signal, ...] = ()


Sweep = Callable[[Engine, Act], Swept]


def _in_reach(instant: datetime) -> datetime:
    if instant.tzinfo is None or not instant_in_reach(instant):
        raise ValueError(f"thời điểm phải nằm trong các năm {YEARS}")
    return instant


#: The one parameter of a sweep. Whoever may start a run gives it, so it is looked at before anything is
#: done; that the database was made for being given its time is looked at by the step (``sweep_clock``).
GivenInstant = Annotated[AwareDatetime, AfterValidator(_in_reach)]


def through_the_door(
    slug: str, title: str, work: Callable[[datetime | None], Swept], now: datetime | None
) -> State[Swept]:
    """Do ``work`` and conclude it, unless Prefect's server lets in whoever asks: the run has then failed.

    An open server that is still tolerated is told of in the run's message, its artifact and its log; so is
    a file of the office that could not be taken up.
    """
    try:
        warning = look_at_door()
    except Refusal as refusal:
        return Failed(message=str(refusal))
    swept = work(now)
    trouble = this_office().trouble
    for label, words in ((OLD_VERSION, trouble and f"{trouble}."), (OPEN_DOOR, warning)):
        if words:
            get_run_logger().warning(words)
            rows = ((label, words), *swept.rows)
            swept = replace(swept, summary=f"{words} {swept.summary}", rows=rows)
    return concluded(slug, title, swept)


def swept_alone(name: str, now: datetime | None, sweep: Sweep) -> Swept:
    """Run ``sweep`` under this database's lock ``name``; if another holds it, do nothing and say so.

    ``now`` None is the present instant of the database; a clock that leaped decides nothing. Raises
    DatabaseNotReady, ConfigError, Refusal (``now`` in an office's own database), and what the sweep raises.
    """
    engine = office_database()
    try:
        office = this_office()
        clock = sweep_clock(engine, office, now)
        if clock.leap is not None:
            return Swept(clock.now, f"{clock.leap.words}.", (clock_row(clock.leap),))
        with exclusive(engine, name) as ours:
            return sweep(engine, by_clock(clock.now, office)) if ours else Swept(clock.now, ELSEWHERE)
    finally:
        engine.dispose()


def sweep_clock(engine: Engine, office: Office, given: datetime | None) -> Clock:
    """At which instant a sweep works: the ``given`` one where it may be, else what ``watch`` says."""
    if given is None:
        return watch(engine, office)
    must_have_own_time(engine)
    return Clock(given)


def clock_row(leap: Leap) -> tuple[str, str]:
    """The first line of an artifact while the clock is not believed."""
    return "Đồng hồ của máy chưa được xác nhận", f"{leap.words}. {TO_CONFIRM}"


def retried_step(work: Callable[P, R]) -> Task[P, R]:
    """A Prefect step for work that is one idempotent transaction, or several: tried again on a hiccup."""
    return step(
        retries=RETRIES,
        retry_delay_seconds=RETRY_DELAYS,
        retry_condition_fn=database_hiccup,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(work)


def database_hiccup(_step: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed step may simply be tried again: the database was away, busy or deadlocked."""
    error = state.data
    # open_database turns a refused connection into a Vietnamese sentence; its context says why.
    causes = (error, getattr(error, "__context__", None))
    return any(isinstance(cause, OperationalError | InterfaceError | Crossed) for cause in causes)


def concluded(slug: str, title: str, swept: Swept) -> State[Swept]:
    """Write the artifact, emit the events, and end well with the summary as the run's message.

    A sweep that found another one at work leaves no artifact: the other's is the one to read. The work
    is done and stands in our tables by now, so a server that cannot keep the artifact fails nothing.
    """
    if swept.rows:
        _keep(slug, as_markdown(title, swept), swept.summary)
    for signal in swept.signals:
        _emit(slug, title, signal)
    return Completed(message=swept.summary, data=swept)


def _keep(slug: str, artifact: str, summary: str) -> None:
    try:
        with temporary_settings({PREFECT_CLIENT_MAX_RETRIES: ARTIFACT_RETRIES}):
            create_markdown_artifact(artifact, key=slug, description=summary)
    except HTTPError as error:
        get_run_logger().warning("The artifact was not kept: %s.", type(error).__name__)


def _emit(slug: str, title: str, signal: Signal) -> None:
    identity = f"{signal.name} {json.dumps(signal.payload, sort_keys=True)}"
    known = None if signal.repeats else uuid5(NAMESPACE_URL, identity)
    resource = {"prefect.resource.id": f"dondoc.sweep.{slug}", "prefect.resource.name": title}
    emit_event(signal.name, resource, payload=dict(signal.payload), id=known)


def as_markdown(title: str, swept: Swept) -> str:
    """The artifact of a sweep."""
    lines = [f"## {escaped(title)}", "", f"{_clock(swept.now)}. {escaped(swept.summary)}", ""]
    lines += ["| Nội dung | Kết quả |", "|---|---|"]
    lines += [f"| {escaped(label)} | {escaped(value)} |" for label, value in swept.rows]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """``text`` as it reads, on one line, in a cell of a Markdown table that may hold HTML."""
    marks = str.maketrans({mark: "\\" + mark for mark in "\\`*_[]|~#!"})
    return escape(" ".join(text.split()).translate(marks), quote=False)


def listed(values: Iterable[str], most: int = 20, total: int | None = None) -> str:
    """Values for one cell: the first ``most``, and how many more there are of ``total``."""
    known = list(values)
    count = len(known) if total is None else total
    rest = [f"và {count - most} mục khác"] if count > most else []
    return "; ".join([*known[:most], *rest]) or "không có"


def run_name(title: str) -> Callable[[], str]:
    """A ``flow_run_name``: the title with the office's day and time."""

    def name() -> str:
        return f"{title} {_clock(_asked_for((flow_run.parameters or {}).get('now')) or wall_now())}"

    return name


def _asked_for(given: Any) -> datetime | None:
    """The instant that a run was given, as far as it is one: names are made before parameters are checked."""
    try:
        return _in_reach(datetime.fromisoformat(given) if isinstance(given, str) else given)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _clock(instant: datetime) -> str:
    return f"{office_time(instant):%d/%m/%Y %H:%M}"
