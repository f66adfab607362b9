"""Whether a letter still says something true at the moment of sending."""

from notifications.carried import Carried
from rules.facts import TaskFacts
from rules.letter_words import OUT_OF_TASK, LetterKind, Stake
from rules.vocabulary import AWAITED, CLOSED, CaseState, ExtensionState, TaskStatus

_MOVING = frozenset({LetterKind.ESCALATION, LetterKind.ESCALATION_NOTICE})
#: What was decided stays decided, whatever became of the task.
_LASTING = frozenset({LetterKind.DECISION, LetterKind.HANDED_OVER})
#: That a task need not be done any more.
_GONE = frozenset({LetterKind.WITHDRAWN, LetterKind.RECALLED})
#: About the deadline in force: no longer true once it has moved.
_DATED = frozenset({LetterKind.REMINDER, LetterKind.URGING, LetterKind.REVIEW, LetterKind.CROSSING})


def obsolete(letter: Carried) -> str | None:
    """Why the letter need not go any more, in Vietnamese, or None if it must."""
    if letter.kind in _MOVING:
        return _case_moved(letter)
    if letter.kind is LetterKind.DIGEST:
        return "đã có báo cáo mới hơn" if letter.outdated else None
    if letter.kind is LetterKind.CHANNEL_DOWN:
        return "kênh gửi đã hoạt động lại" if letter.outdated else None
    if letter.kind is LetterKind.PAPER_DUE:
        return "công văn đã được ban hành" if letter.paper_issued else None
    if letter.task is None or letter.kind in _LASTING or _is_out(letter):
        return None
    if letter.kind in _GONE:
        return None if letter.task.status is TaskStatus.WITHDRAWN else _stands(letter.task)
    if letter.kind is LetterKind.BODY_ENDED and letter.data.get("stake") == Stake.DUTY:
        return None if letter.task.status is TaskStatus.CONFIRMED else _stands(letter.task)
    if letter.task.status in CLOSED:
        return _stands(letter.task)
    return _about_open(letter, letter.task)


def _about_open(letter: Carried, task: TaskFacts) -> str | None:
    """The same for a task that is not closed."""
    if letter.kind is LetterKind.CONFIRMATION:
        return None if task.status is TaskStatus.SUBMITTED else "kết quả không còn chờ xác nhận"
    if letter.kind in (LetterKind.COOPERATION, LetterKind.DEADLINE) and letter.released:
        return "không còn đề nghị cơ quan này phối hợp"
    if letter.kind is LetterKind.DEADLINE:
        return None if task.due_on == letter.due_on else "thời hạn đã thay đổi"
    if letter.kind is LetterKind.EXTENSION:
        holds = letter.request_waits or _is_news(letter)
        return None if holds else "đề nghị gia hạn đã được trả lời hoặc đã rút"
    if letter.kind is LetterKind.REFUSED:
        return None if task.status is TaskStatus.REFUSED else _stands(task)
    if letter.kind is LetterKind.RETURNED or letter.kind in _DATED:
        if task.status not in AWAITED:
            return _stands(task)
        if letter.kind in _DATED and task.due_on != letter.due_on:
            return "thời hạn đã thay đổi"
    return None


def _is_news(letter: Carried) -> bool:
    """That the lead took another date is told to the assigner's side; there is nothing to answer."""
    return bool(letter.data.get("state") == ExtensionState.AGREED)


def _is_out(letter: Carried) -> bool:
    """That a body has no part in a task any more is told to it whatever becomes of the task."""
    return letter.kind is LetterKind.CORRECTION and letter.data.get("role") in OUT_OF_TASK


def _stands(task: TaskFacts) -> str:
    return f"nhiệm vụ đã ở trạng thái «{task.status.label}»"


def _case_moved(letter: Carried) -> str | None:
    if letter.case_state is not CaseState.WAITING:
        return f"việc trình: {letter.case_state.label.lower() if letter.case_state else 'không còn'}"
    moved = letter.case_rung is None or letter.case_rung.value != letter.data.get("rung")
    return "việc trình đã chuyển cấp khác" if moved else None
