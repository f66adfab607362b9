"""The committee's policy as data: ``committee.yaml`` checked and frozen.

The defaults stand here and in ``policy_parts.py``, nowhere else; the file that ships says the same.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError, ValidationInfo, field_validator

from config.clock import OFFICE_ZONE, office_time
from config.files.json_text import JsonFault, json_value
from config.files.yaml_source import load_yaml
from config.home import chosen
from config.policy_parts import (
    BundlingPolicy,
    Climbing,
    ConfirmationPolicy,
    DeliveryPolicy,
    DigestPolicy,
    Escalation,
    ExtensionPolicy,
    Hours,
    Part,
    ReceiptPolicy,
    RefusalPolicy,
    Reminders,
    TwoHop,
    UrgingPolicy,
)
from rules.calendar.workdays import WorkCalendar
from rules.follow_up.digest import DigestWindows
from rules.follow_up.reminders import Rhythm
from rules.outbox.bundling import Hearing

POLICY_FILE = Path(__file__).with_name("committee.yaml")
ONE_DAY = timedelta(days=1)


class Policy(Part):
    """The whole policy of a committee."""

    reminders: Reminders = Reminders()
    urging: UrgingPolicy = UrgingPolicy()
    hours: Hours = Hours()
    escalation: Escalation = Escalation()
    climbing: Climbing = Climbing()
    bundling: BundlingPolicy = BundlingPolicy()
    refusal: RefusalPolicy = RefusalPolicy()
    extension: ExtensionPolicy = ExtensionPolicy()
    two_hop: TwoHop = TwoHop()
    receipt: ReceiptPolicy = ReceiptPolicy()
    confirmation: ConfirmationPolicy = ConfirmationPolicy()
    digest: DigestPolicy = DigestPolicy()
    delivery: DeliveryPolicy = DeliveryPolicy()

    @field_validator("climbing")
    @classmethod
    def _paper_first(cls, climbing: Climbing, info: ValidationInfo) -> Climbing:
        urging = info.data.get("urging")
        if urging and climbing.by_count and climbing.by_count[0].urgings < urging.paper_from:
            raise ValueError(
                f"báo cáo cấp trên từ lần đôn đốc thứ {climbing.by_count[0].urgings}, trước khi có công văn "
                f"đôn đốc (urging.paper_from là {urging.paper_from})"
            )
        return climbing

    @property
    def rhythm(self) -> Rhythm:
        """The reminders in the shape that the rules take."""
        r = self.reminders
        return Rhythm(
            before=tuple(sorted({n for days in r.before_working_days.values() for n in days}, reverse=True)),
            urge_every=r.urge_every_working_days,
            review_after=r.review_after_days,
            review_every=r.review_every_days,
            climb=tuple((step.after, step.to) for step in self.climbing.by_time),
            confirm_every=self.confirmation.remind_every_working_days,
        )

    @property
    def hearing(self) -> Hearing:
        """Which role hears of what, in the shape that the rules take."""
        r = self.reminders
        steps: Mapping[Any, list[int]] = r.before_working_days
        return Hearing({role: frozenset(days) for role, days in steps.items()}, r.leaders_from_days_late)

    @property
    def digest_windows(self) -> DigestWindows:
        """The digest's settings in the shape that the rules take."""
        d = self.digest
        often = self.extension.flag_from
        return DigestWindows(d.silent_days, d.no_deadline_months, d.urged_often_from, often)

    def open_hours(self, instant: datetime, calendar: WorkCalendar) -> bool:
        """Whether people may be written to at ``instant``."""
        return self.soonest(instant, calendar) == instant

    def morning_of(self, day: date) -> datetime:
        """The instant at which the letters of ``day`` go out."""
        return datetime.combine(day, self.hours.morning, OFFICE_ZONE)

    def soonest(self, instant: datetime, calendar: WorkCalendar) -> datetime:
        """``instant`` if people may be written to then, else the next working morning."""
        local = office_time(instant)
        day, clock = local.date(), local.time()
        if calendar.is_working(day):
            if self.hours.quiet_to <= clock < self.hours.quiet_from:
                return instant
            if clock < self.hours.quiet_to:
                return self.morning_of(day)
        return self.morning_of(calendar.guessing.on_or_after(day + ONE_DAY))

    def give_up_at(self, instant: datetime, calendar: WorkCalendar) -> datetime:
        """Until when a message made at ``instant`` is tried: working days, so Tết costs no letter."""
        local = office_time(instant)
        day = calendar.guessing.add(local.date(), self.delivery.give_up_after_working_days)
        return datetime.combine(day, local.time(), OFFICE_ZONE)

    def retry_delay(self, attempts: int) -> timedelta:
        """How long to wait after ``attempts`` failed attempts (1, 2, 3...)."""
        minutes = self.delivery.retry_minutes
        return timedelta(minutes=minutes[min(attempts, len(minutes)) - 1])


def load_policy(path: Path = POLICY_FILE) -> Policy:
    """The policy in ``path``. Raises ConfigError."""
    return load_yaml(path, Policy)


def office_policy() -> Policy:
    """The policy of the office's own folder, else the shipped one; read anew. Raises ConfigError."""
    return load_policy(chosen(POLICY_FILE))


def policy_text(policy: Policy) -> str:
    """The policy as one text: two files that say the same, in whatever words, have the same."""
    return json.dumps(policy.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)


def policy_of(text: str) -> Policy | None:
    """The policy that ``policy_text`` wrote; None: by a release whose settings were others."""
    try:
        told = json_value(text)
        hours = {name: str(time).removesuffix(":00") for name, time in told["hours"].items()}  # no seconds
        return Policy.model_validate(told | {"hours": hours})
    except (JsonFault, ValidationError, TypeError, KeyError, AttributeError):
        return None
