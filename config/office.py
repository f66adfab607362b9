"""What every action needs to know of the office that it works for."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from config.committee import Policy, policy_text
from rules.calendar.workdays import WorkCalendar

SHOWN_DIGITS = 12  # of a digest: enough to compare by eye


@dataclass(frozen=True, slots=True)
class Office:
    """The policy and the calendar of one committee's office.

    ``policy_digest`` and ``calendar_digest`` tell versions apart, by what they say and not by how it is
    written; empty where nobody asked for them. ``trouble`` is a Vietnamese sentence on a file that could
    not be taken up, so that an earlier version is still in use; empty as a rule.
    """

    policy: Policy
    calendar: WorkCalendar
    policy_digest: str = ""
    calendar_digest: str = ""
    trouble: str = ""

    @property
    def mark_days(self) -> int:
        """After how many days an address that was refused is tried again."""
        return self.policy.delivery.mark_days

    def soonest(self, now: datetime) -> datetime:
        """The next instant at which letters leave, ``now`` or later (aware). Raises NoCalendar."""
        return self.policy.soonest(now, self.calendar)


def policy_digest(policy: Policy) -> str:
    """The beginning of the digest under which the follow-up keeps a policy."""
    return shown_digest(policy_text(policy))


def calendar_digest(calendar: WorkCalendar) -> str:
    """Of the days of all years, and which of them wait for their notice."""
    years = sorted(calendar.years.items())
    return shown_digest("\n".join(f"{number} {year.days}; {year.notice}" for number, year in years))


def shown_digest(text: str) -> str:
    """SHA-256 of ``text`` as people are shown it."""
    return sha256(text.encode()).hexdigest()[:SHOWN_DIGITS]
