"""The day on which a document was received sets the deadlines that count from it.

Source: design of follow-up, "Deadlines" (anchor: receipt). Until then such a deadline is counted
from a presumed day and says "tạm tính".
"""

from datetime import date

from sqlmodel import Session

from config.act import Act
from flows.actions.deadlines.calendar_marks import note_more_years
from flows.actions.doors.task import Happening, perform
from flows.actions.letters.about_deadlines import tell_deadline
from models.tables.documents import Directive
from models.tables.tasks import Task
from rules.deadlines.anchors import RECEIPT, receipt_basis, receipt_due
from rules.vocabulary import DeadlineCause, EventKind


def settle_receipt(session: Session, task: Task, act: Act) -> date | None:
    """Set the deadline of ``task`` by the day of ``act``, on which its lead received the document.

    Returns the new deadline, or None if nothing moved: no deadline from a receipt, one that an
    extension, a decision or a correction has moved since, one already past (a late receipt mends
    nothing), or the same day. The lead is told. To be called after the move RECEIVED, in its transaction.
    Raises NoCalendar.
    """
    received_on, calendar = act.today, act.office.calendar
    directive = session.get_one(Directive, task.directive_id)
    if directive.due_anchor != RECEIPT or directive.due_on is not None:
        return None
    if task.due_on is None or task.due_on != task.original_due_on or task.due_on < received_on:
        return None
    if task.corrected_due_on is not None:
        return None
    due_on = receipt_due(directive.due_phrase or "", received_on, calendar)
    if due_on is None:
        return None
    note_more_years(directive, received_on, due_on, calendar)
    if due_on == task.due_on:
        return None
    settled = Happening(
        EventKind.DEADLINE_SET,
        note=f"Thời hạn {due_on:%d/%m/%Y}, {receipt_basis(received_on, recorded=True)}.",
        changes={"due_on": due_on, "original_due_on": due_on},
        cause=DeadlineCause.RECEIPT,
    )
    old, itself = task.due_on, act.by_clock()  # nobody decides here: the phrase and the day do
    perform(session, task, itself, settled)
    words = f"ngày nhận {received_on:%d/%m/%Y}"
    tell_deadline(session, task, itself, old, DeadlineCause.RECEIPT, words)
    return due_on
