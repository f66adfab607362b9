"""A draft read once more as another genre: the same text, the same day, what its file told of it kept."""

from dataclasses import replace

from config.work_calendar import office_calendar
from flows.actions.reading.read_conclusion import OF_FILE, KnownYears
from rules.calendar.workdays import WorkCalendar
from rules.draft import Draft, Genre
from rules.people.registry import Registry
from rules.reading import read_text


def read_again(draft: Draft, registry: Registry, genre: Genre, calendar: WorkCalendar | None = None) -> Draft:
    """The text of ``draft`` read as ``genre``; corrections of its directives are not kept.

    Its day and number stay as they are by now. Raises TooMuchToRead (Vietnamese).
    """
    facts = draft.document
    days = KnownYears(calendar or office_calendar())
    again = read_text(facts.text, registry, facts.date, days, genre)
    document = replace(
        again.document,
        number=facts.number or again.document.number,
        issuer=facts.issuer or again.document.issuer,
        issuer_id=facts.issuer_id or again.document.issuer_id,
        title=facts.title or again.document.title,
        urgent=facts.urgent,
    )
    told = tuple(doubt for doubt in draft.doubts if doubt.field == OF_FILE)
    return replace(again, document=document, doubts=told + again.doubts)
