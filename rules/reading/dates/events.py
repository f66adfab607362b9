"""The day of an event that a text names elsewhere ("Lễ khai mạc … ngày 12/11")."""

import re
from datetime import date

from rules.reading.dates import dates
from rules.reading.dates.dates import DAY
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps


def day_of_event(views: Views, event: str, base: date | None) -> date | None:
    """The day on which the text says that an event is held; ``event`` is a pattern of its folded words."""
    known = re.search(gaps(rf"{event}[^.;\n]{{0,80}}?\b{DAY}"), views.folded) or re.search(
        gaps(rf"{DAY}[^.;\n]{{0,60}}?{event}"), views.folded
    )
    return dates.day_of(known, base) if known else None
