"""The first deadline of a directive's tasks: as read, from a receipt, recurring, or in two hops.

Source: design of follow-up, "Deadlines" and "Who is asked". What is derived says how in
``Directive.due_basis``; what cannot be told stays open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.act import Act
from config.office import Office
from flows.actions.deadlines.awaited_events import await_event
from flows.actions.deadlines.calendar_marks import (
    add_years,
    counted_from_document,
    note_counting,
    note_more_years,
)
from models.tables.documents import Directive
from rules.calendar.recurrence import hangs_on_calendar, next_due
from rules.deadlines.anchors import (
    RECEIPT,
    counts_working_days,
    presumed_receipt,
    receipt_basis,
    receipt_due,
)
from rules.deadlines.two_hop import aggregator, units_due
from rules.draft import DueKind
from rules.vocabulary import DeadlineCause


@dataclass(frozen=True, slots=True)
class FirstDeadline:
    """What the tasks of a directive open with. ``aggregator_id`` sums up what they report by its day."""

    due_on: date | None
    occurrence: int = 0
    cause: DeadlineCause = DeadlineCause.ISSUED
    basis: str = ""
    aggregator_id: str | None = None
    aggregator_due_on: date | None = None
    given_days: int | None = None  # working days of the policy that the date was counted with


def first_deadline(
    session: Session, directive: Directive, leads: Sequence[str], report_to: Sequence[str], act: Act
) -> FirstDeadline:
    """The deadline of each task of ``directive``, whose basis and awaited event are noted on it.

    ``report_to`` are single bodies in the order of the text. Raises NoCalendar when the date falls
    into a year without its file.
    """
    found = foreseen_deadline(directive, leads, report_to, act)
    today, office = act.today, act.office
    if _recurs(directive):
        _note_recurring(directive, found.due_on, today, office)
    else:
        await_event(session, directive)
        _note(session, directive, found, today, office)
    return found


def foreseen_deadline(
    directive: Directive, leads: Sequence[str], report_to: Sequence[str], act: Act
) -> FirstDeadline:
    """The same from values alone, before anything is issued. Raises NoCalendar."""
    today, office = act.today, act.office
    if _recurs(directive):
        return FirstDeadline(next_due(directive.due_rule or "", today, office.calendar), 1)
    if directive.due_anchor == RECEIPT and directive.due_on is None:
        return _from_receipt(directive, today, office)
    return _in_two_hops(directive, leads, report_to, today, office)


def _recurs(directive: Directive) -> bool:
    return directive.due_kind is DueKind.RECURRING and bool(directive.due_rule)


def _note_recurring(directive: Directive, due_on: date | None, today: date, office: Office) -> None:
    directive.due_counted = hangs_on_calendar(directive.due_rule or "")
    if directive.due_counted and due_on is not None:
        note_more_years(directive, today, due_on, office.calendar)


def _note(session: Session, directive: Directive, found: FirstDeadline, today: date, office: Office) -> None:
    """The basis, with the years whose calendar may still change the date ("tạm tính")."""
    directive.due_basis = found.basis
    derived = bool(found.basis) or counts_working_days(directive.due_phrase or "")
    if found.due_on is None or not derived:
        return
    since, changed = counted_from_document(session, directive, office.calendar)
    if found.cause is DeadlineCause.RECEIPT:
        since = today
    directive.due_counted_from, directive.due_given_days = since, found.given_days
    directive.due_counted = bool(found.basis) or since is not None
    days = [today, found.due_on, *filter(None, (since, found.aggregator_due_on))]
    note_counting(directive, found.basis, min(days), max(days), office.calendar)
    if changed:
        add_years(directive, changed)


def _from_receipt(directive: Directive, today: date, office: Office) -> FirstDeadline:
    """Presumed until the lead agency's receipt is recorded (``receipts.settle_receipt``)."""
    days = office.policy.receipt.working_days_after_issue
    received = presumed_receipt(today, days, office.calendar)
    due_on = receipt_due(directive.due_phrase or "", received, office.calendar)
    if due_on is None:
        return FirstDeadline(None)
    basis = receipt_basis(received, recorded=False)
    return FirstDeadline(due_on, cause=DeadlineCause.RECEIPT, basis=basis, given_days=days)


def _in_two_hops(
    directive: Directive, leads: Sequence[str], report_to: Sequence[str], today: date, office: Office
) -> FirstDeadline:
    due_on = directive.due_on
    body = aggregator(directive.text, directive.due_phrase, leads, report_to)
    if due_on is None or body is None:
        return FirstDeadline(due_on)
    days = office.policy.two_hop.units_earlier_working_days
    units = units_due(due_on, days, office.calendar, today)
    if units is None:  # too near to be divided: all have the day of the text
        return FirstDeadline(due_on, aggregator_id=body, aggregator_due_on=due_on)
    return FirstDeadline(units.due_on, 0, DeadlineCause.PARENT, units.basis, body, due_on, days)
