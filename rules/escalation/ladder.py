"""The authority ladder: which rung comes next, and by when each answers.

Source: design of follow-up, "Beyond authority" and its defaults (3, 5 and 10 working days for
the standing agency, the chair and the province). Sideways referral is not an escalation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.calendar.workdays import WorkCalendar
from rules.vocabulary import Rung

#: Content cases start above the lead agency and end at the province; beyond it they are
#: recorded as sent outside, which no clock can drive.
ORDER = (Rung.MEMBER, Rung.LEAD_AGENCY, Rung.STANDING, Rung.CHAIR, Rung.PROVINCE, Rung.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: the rung, since when, and the day by which it should answer."""

    rung: Rung
    since: date
    answer_by: date


def next_rung(rung: Rung) -> Rung | None:
    """The rung above, or None at the top."""
    place = ORDER.index(rung) + 1
    return ORDER[place] if place < len(ORDER) else None


def first_rung(raised_by_standing_agency: bool) -> Rung:
    """Where a case starts: above whoever raised it, so nobody judges the own question."""
    return Rung.CHAIR if raised_by_standing_agency else Rung.STANDING


def stand_on(rung: Rung, day: date, answer_days: Mapping[Rung, int], calendar: WorkCalendar) -> Standing:
    """The case on ``rung`` since ``day``, with that rung's working days to answer.

    In a year without its calendar file the weekly pattern counts: a case does not wait for a file.
    """
    return Standing(rung, day, calendar.guessing.add(day, answer_days[rung]))


def climb(
    standing: Standing, today: date, answer_days: Mapping[Rung, int], calendar: WorkCalendar
) -> Standing | None:
    """The next rung if silence has moved the case up by ``today``, else None.

    Silence never leaves the province: above it a person must write.
    """
    above = next_rung(standing.rung)
    if today <= standing.answer_by or above is None or above is Rung.OUTSIDE:
        return None
    return stand_on(above, today, answer_days, calendar)
