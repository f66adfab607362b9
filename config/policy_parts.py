"""The parts of the committee's policy, each with its defaults and the limits of its numbers.

A fault is said in Vietnamese and stands on the line of the field that has it.
"""

import re
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from rules.vocabulary import Rung

Role = Literal["van-thu", "chuyen-vien", "lanh-dao"]


def _office_time(value: Any) -> Any:
    """7:30 and 07:30 are a time of the office's clock; a bare number or another zone is none."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,2}:\d\d", value.strip(), re.ASCII):
        raise ValueError('giờ không hợp lệ, viết dạng "07:30"')
    return value.strip().zfill(5)


OfficeTime = Annotated[time, BeforeValidator(_office_time)]
Days = Annotated[int, Field(ge=1, le=366)]  # or working days
NoDayOrMore = Annotated[int, Field(ge=0, le=366)]
Times = Annotated[int, Field(ge=1, le=100)]  # urgings, extensions, letters: more of them is a slip of the pen
Rows = Annotated[int, Field(ge=1, le=1_000)]  # on one page or in one letter
Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]
#: Rungs that answer cases and hear of late tasks; UBND tỉnh is the last one inside the province.
ABOVE = (Rung.STANDING, Rung.CHAIR, Rung.PROVINCE)
MOST_STEPS = 6
MOST_MARKS = 20  # of one list of days or minutes


class Part(BaseModel):
    """A group of settings: unknown names are refused, values never change.

    A default is checked too: a field that the file leaves out must still agree with those it has.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Reminders(Part):
    """Working days before the deadline by the reader's role, and how often to urge and review."""

    before_working_days: dict[Role, Annotated[list[Days], Field(max_length=MOST_MARKS)]] = {
        "van-thu": [5, 3, 1],
        "chuyen-vien": [5, 3, 1],
        "lanh-dao": [1],
    }
    leaders_from_days_late: NoDayOrMore = 5  # working days
    urge_every_working_days: Days = 5
    review_after_days: Days = 30
    review_every_days: Days = 30

    @field_validator("before_working_days")
    @classmethod
    def _each_once(cls, before: dict[Role, list[int]]) -> dict[Role, list[int]]:
        for role, days in before.items():
            if days != sorted(set(days), reverse=True):
                raise ValueError(f"các mốc nhắc của {role} phải giảm dần và không trùng nhau")
        return before


class UrgingPolicy(Part):
    """From which number of the series on a công văn đôn đốc is prepared for signature."""

    paper_from: Times = 2


class Hours(Part):
    """Office-clock hours; quiet from the evening to the morning."""

    quiet_from: OfficeTime = time(17, 30)
    quiet_to: OfficeTime = time(7, 0)
    morning: OfficeTime = time(7, 30)

    @field_validator("quiet_to")
    @classmethod
    def _over_night(cls, quiet_to: time, info: ValidationInfo) -> time:
        quiet_from = info.data.get("quiet_from")
        if quiet_from and quiet_to >= quiet_from:
            raise ValueError("giờ hết yên lặng (buổi sáng) phải trước giờ bắt đầu yên lặng (buổi tối)")
        return quiet_to

    @field_validator("morning")
    @classmethod
    def _awake(cls, morning: time, info: ValidationInfo) -> time:
        first, last = info.data.get("quiet_to"), info.data.get("quiet_from")
        if first and last and not first <= morning < last:
            raise ValueError("giờ gửi thư buổi sáng nằm trong giờ yên lặng")
        return morning


class Escalation(Part):
    """Working days that each rung has to answer."""

    answer_working_days: dict[Rung, Days] = {Rung.STANDING: 3, Rung.CHAIR: 5, Rung.PROVINCE: 10}

    @field_validator("answer_working_days")
    @classmethod
    def _every_rung(cls, days: dict[Rung, int]) -> dict[Rung, int]:
        if set(days) != set(ABOVE):
            raise ValueError("phải có đủ và chỉ có các cấp: " + ", ".join(rung.value for rung in ABOVE))
        return days


class TimeStep(Part):
    """After so many working days late the task is reported to this rung."""

    after: Days
    to: Rung


class CountStep(Part):
    """With this urging of the series the task is reported to this rung."""

    urgings: Times
    to: Rung


class Climbing(Part):
    """When late or often urged tasks are reported upward, each step once a deadline."""

    by_time: list[TimeStep] = [
        TimeStep(after=10, to=Rung.STANDING),
        TimeStep(after=20, to=Rung.CHAIR),
        TimeStep(after=40, to=Rung.PROVINCE),
    ]
    by_count: list[CountStep] = [CountStep(urgings=4, to=Rung.CHAIR), CountStep(urgings=6, to=Rung.PROVINCE)]

    @field_validator("by_time")
    @classmethod
    def _time_climbs(cls, steps: list[TimeStep]) -> list[TimeStep]:
        _check_steps([(step.after, step.to) for step in steps])
        return steps

    @field_validator("by_count")
    @classmethod
    def _count_climbs(cls, steps: list[CountStep]) -> list[CountStep]:
        _check_steps([(step.urgings, step.to) for step in steps])
        return steps


def _check_steps(steps: list[tuple[int, Rung]]) -> None:
    if len(steps) > MOST_STEPS:
        raise ValueError(f"nhiều nhất {MOST_STEPS} bậc")
    if any(rung not in ABOVE for _, rung in steps):
        raise ValueError("chỉ báo cáo lên: " + ", ".join(rung.value for rung in ABOVE))
    numbers, rungs = [number for number, _ in steps], [ABOVE.index(rung) for _, rung in steps]
    if numbers != sorted(set(numbers)):
        raise ValueError("các mốc phải tăng dần và không trùng nhau")
    if rungs != sorted(rungs):
        raise ValueError("mốc sau không được báo cáo lên cấp thấp hơn mốc trước")


class BundlingPolicy(Part):
    """How much one letter holds, and how many letters a reader gets on a channel in a day."""

    rows_per_letter: Rows = 100
    messages_a_day: Times = 3


class RefusalPolicy(Part):
    """Within how many working days of being assigned a task may be refused."""

    within_working_days: NoDayOrMore = 2


class ExtensionPolicy(Part):
    """From which extension on a task is flagged "gia hạn nhiều lần"."""

    flag_from: Times = 3


class TwoHop(Part):
    """How much earlier the units report to the body that puts their reports together."""

    units_earlier_working_days: Days = 3


class ReceiptPolicy(Part):
    """When a document counts as received, where nobody recorded the day."""

    working_days_after_issue: NoDayOrMore = 1


class ConfirmationPolicy(Part):
    """How often the secretariat is asked again about a result that waits."""

    remind_every_working_days: Days = 3


class DigestPolicy(Part):
    """When the leadership digest goes out, its windows, and how many rows a section shows."""

    weekday: int = Field(default=0, ge=0, le=6)
    before_meeting_working_days: NoDayOrMore = 1
    silent_days: Days = 30
    no_deadline_months: int = Field(default=3, ge=1, le=120)
    urged_often_from: Times = 3
    rows_per_section: Rows = 20


class DeliveryPolicy(Part):
    """When a message that could not leave is tried again, until when, and how long a mark lasts."""

    retry_minutes: list[Minutes] = Field(default=[1, 5, 30, 120], min_length=1, max_length=MOST_MARKS)
    give_up_after_working_days: Days = 3
    mark_days: Days = 7  # until an address that was refused is tried again
