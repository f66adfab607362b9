"""All that the rules, the letters and the digest ever see of a row: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.vocabulary import Answer, DeadlineClass, Rung, TaskStatus


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task on one day. ``due_on`` is the deadline in force, ``None`` means there is none."""

    id: int
    code: str  # "GN-0012", what people quote
    title: str  # the directive, shortened to one line
    agency_id: str
    agency_name: str
    status: TaskStatus
    assigned_on: date
    due_on: date | None = None
    original_due_on: date | None = None
    review_on: date | None = None  # only for tasks without a deadline
    submitted_on: date | None = None
    confirmed_on: date | None = None
    last_report_on: date | None = None
    urged: int = 0
    last_urged_on: date | None = None
    source: str = ""  # "Thông báo số 412/TB-UBND ngày 16/12/2022"
    due_set_on: date | None = None  # the day on which the deadline in force was set
    due_unpaused_on: date | None = None  # the deadline without pauses
    corrected_due_on: date | None = None  # what the paper says, where it had been issued otherwise
    paused_on: date | None = None  # since when it rests
    percent: int | None = None  # as last reported, 0-100
    urgent: bool = False  # hoả tốc
    late_step: int = 0  # steps of climbing by time and by count that it has passed
    count_step: int = 0
    parent_id: int | None = None
    successor_id: int | None = None
    unreached: int = 0  # of its urgings: those that came to nobody, where ``with_reach`` has looked
    unsure: int = 0  # ... and those of which nobody knows
    agency_ends_on: date | None = None  # the last day of its body, if the register names one


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One row of a letter about a task. ``days`` is signed calendar days from ``as_of`` to due."""

    task: TaskFacts
    deadline_class: DeadlineClass
    days: int | None = None  # positive: days left; negative: days late
    urging_number: int | None = None
    cooperating: tuple[str, ...] = ()  # names
    escalation_to: str | None = None  # where a matter beyond authority goes, if the text says
    told_too_late: bool = False  # its lead is told of it when the deadline is over already
    note: str = ""  # what whoever urges it by hand says


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """An escalated case as a reader of letters and digests sees it."""

    id: int
    task: TaskFacts
    raised_on: date
    rung: Rung
    rung_since: date
    answer_by: date  # the day by which this rung should answer
    missing_authority: str
    basis: str
    tried: str
    options: str
    recommendation: str
    opinions: str = ""
    needed_by: date | None = None
    days_waiting: int = 0
    answer: Answer | None = None
    decision: str | None = None
    decided_on: date | None = None
    capacity: str | None = None  # "Chủ tịch UBND tỉnh", "Trưởng Ban Chỉ đạo"...


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """A task with a later deadline asked for, or granted several times."""

    line: TaskLine
    granted: int = 0  # extensions so far
    asked_on: date | None = None  # of the request that waits for an answer
    wanted_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting of the committee that stands."""

    held_on: date
    title: str


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """One agency's figures; rates are percentages 0-100, None where nothing counts yet."""

    agency_name: str
    total: int
    done: int
    overdue: int
    in_time_rate: float | None
    updated_rate: float | None


@dataclass(frozen=True, slots=True)
class Digest:
    """The leadership digest. A section that holds only its first rows has its true number in ``counts``."""

    as_of: date
    committee: str
    decisions: tuple[CaseFacts, ...] = ()  # that the reader can take
    overdue_1_30: tuple[TaskLine, ...] = ()
    overdue_31_90: tuple[TaskLine, ...] = ()
    overdue_over_90: tuple[TaskLine, ...] = ()
    urged_often: tuple[TaskLine, ...] = ()  # after three urgings and more
    due_7: tuple[TaskLine, ...] = ()
    due_14: tuple[TaskLine, ...] = ()  # day 8 to day 14
    no_deadline_old: tuple[TaskLine, ...] = ()  # older than three months
    silent: tuple[TaskLine, ...] = ()  # not updated for the window
    waiting_confirmation: tuple[TaskLine, ...] = ()
    done_since: tuple[TaskLine, ...] = ()
    league: tuple[LeagueRow, ...] = ()
    previous: date | None = None  # the digest before this one
    silent_days: int = field(kw_only=True)  # the policy's
    total: int = 0
    total_open: int = 0
    standing_rules: tuple[str, ...] = field(default=())
    decisions_elsewhere: tuple[CaseFacts, ...] = ()  # that wait on another rung than the reader's
    extensions: tuple[ExtensionLine, ...] = ()  # requests that wait for an answer
    extended_often: tuple[ExtensionLine, ...] = ()  # open tasks extended n times and more
    completed_rate: float | None = None  # of all tasks but the withdrawn and handed over, 0-100
    unreminded: int = 0  # overdue since the last digest, and no reminder came before the deadline
    updated_rate: float | None = None  # of the open tasks: with a report within ``silent_days``, 0-100
    at_ended_bodies: tuple[TaskLine, ...] = ()  # open tasks of bodies that have ended, not handed over
    counts: Mapping[str, int] = field(default_factory=dict)

    def count(self, section: str) -> int:
        """How many rows a section has, shown or not. Raises AttributeError on an unknown section."""
        found = self.counts.get(section)
        return len(getattr(self, section)) if found is None else found

    @property
    def extended(self) -> tuple[ExtensionLine, ...]:
        """The rows of both sections about extensions that are shown, each task once."""
        rows = {row.line.task.id: row for row in (*self.extended_often, *self.extensions)}
        return tuple(rows.values())

    @property
    def overdue_count(self) -> int:
        """How many tasks are overdue, shown or not."""
        return sum(map(self.count, ("overdue_over_90", "overdue_31_90", "overdue_1_30")))

    @property
    def overdue(self) -> tuple[TaskLine, ...]:
        """The overdue rows that are shown, worst first."""
        return self.overdue_over_90 + self.overdue_31_90 + self.overdue_1_30
