"""Whether a letter still says something true at the moment of sending."""

from models.escalations import EscalationCase
from models.outbox import OutboxLetter
from models.tasks import Task
from rules.vocabulary import AWAITED, CLOSED, CaseState, LetterKind, TaskStatus

_MOVING = frozenset({LetterKind.ESCALATION, LetterKind.ESCALATION_NOTICE})


def obsolete(letter: OutboxLetter, task: Task | None, case: EscalationCase | None) -> str | None:
    """Why the letter need not go any more, in Vietnamese, or None if it must."""
    if letter.kind in _MOVING:
        return _case_moved(letter, case)
    if task is None or letter.kind is LetterKind.DECISION:
        return None
    if task.status in CLOSED:
        return f"nhiệm vụ đã ở trạng thái «{task.status.label}»"
    if letter.kind is LetterKind.CONFIRMATION:
        return None if task.status is TaskStatus.SUBMITTED else "kết quả không còn chờ xác nhận"
    if letter.kind is LetterKind.ASSIGNMENT:
        return None
    if task.status not in AWAITED:
        return f"nhiệm vụ đã ở trạng thái «{task.status.label}»"
    return None if task.due_on == letter.due_on else "thời hạn đã thay đổi"


def _case_moved(letter: OutboxLetter, case: EscalationCase | None) -> str | None:
    if case is None or case.state is not CaseState.WAITING:
        return f"việc trình: {case.state.label.lower() if case else 'không còn'}"
    return None if case.rung.value == letter.data.get("rung") else "việc trình đã chuyển cấp khác"
