"""Whether a letter still says something true at the moment of sending: why it need not go, or None.

Which of these a kind is asked: ``notifications/writing/kinds.py``. The reasons are Vietnamese, for the page
of letters. What other rows have overtaken is looked up before (``Carried.overtaken``).
"""

from collections.abc import Callable

from notifications.outbox.carried import Carried
from rules.facts import TaskFacts
from rules.letter_words import OUT_OF_TASK, Stake
from rules.outbox.payloads.cases import Escalation, EscalationNotice
from rules.outbox.payloads.deadlines import Extension
from rules.outbox.payloads.office import BodyEnded
from rules.outbox.payloads.tasks import Correction
from rules.vocabulary import AWAITED, CLOSED, CaseState, ExtensionState, Rung, TaskStatus

Over = Callable[[Carried], str | None]
_OfTask = Callable[[Carried, TaskFacts], str | None]


def never(letter: Carried) -> str | None:
    """What was decided stays decided, and what went wrong went wrong."""
    return None


def once_overtaken(why: str) -> Over:
    """Of what only other rows can overtake."""
    return lambda letter: why if letter.overtaken else None


def _of_task(asked: _OfTask) -> Over:
    return lambda letter: asked(letter, letter.task) if letter.task else None


def _while_open(asked: _OfTask) -> Over:
    """The same, of a task that is not closed."""
    return _of_task(lambda letter, task: _stands(task) if task.status in CLOSED else asked(letter, task))


def _stands(task: TaskFacts) -> str:
    return f"nhiệm vụ đã ở trạng thái «{task.status.label}»"


def _unless(status: TaskStatus, task: TaskFacts) -> str | None:
    return None if task.status is status else _stands(task)


def _not_moved(letter: Carried, task: TaskFacts) -> str | None:
    return None if task.due_on == letter.due_on else "thời hạn đã thay đổi"


def _not_released(letter: Carried, task: TaskFacts) -> str | None:
    return "không còn đề nghị cơ quan này phối hợp" if letter.released else None


def _awaited(letter: Carried, task: TaskFacts) -> str | None:
    return None if task.status in AWAITED else _stands(task)


def _waits(letter: Carried, task: TaskFacts) -> str | None:
    """A date that the lead took is told to the assigner's side; there is nothing to answer."""
    holds = letter.request_waits or letter.told(Extension).state is ExtensionState.AGREED
    return None if holds else "đề nghị gia hạn đã được trả lời hoặc đã rút"


def _submitted(letter: Carried, task: TaskFacts) -> str | None:
    return None if task.status is TaskStatus.SUBMITTED else "kết quả không còn chờ xác nhận"


open_task = _while_open(lambda letter, task: None)
still_asked = _while_open(_not_released)
deadline_in_force = _while_open(lambda letter, task: _not_released(letter, task) or _not_moved(letter, task))
work_awaited = _while_open(_awaited)
#: About the deadline in force: no longer true once it has moved.
work_awaited_by_the_day = _while_open(lambda letter, task: _awaited(letter, task) or _not_moved(letter, task))
request_waits = _while_open(_waits)
result_waits = _while_open(_submitted)
still_refused = _while_open(lambda letter, task: _unless(TaskStatus.REFUSED, task))
still_officer = _while_open(
    lambda letter, task: "nhiệm vụ không còn giao người này thực hiện" if letter.overtaken else None
)
#: That a task need not be done any more.
still_withdrawn = _of_task(lambda letter, task: _unless(TaskStatus.WITHDRAWN, task))


def correction(letter: Carried) -> str | None:
    """That a body has no part in a task any more is told to it whatever becomes of the task."""
    return None if letter.told(Correction).role in OUT_OF_TASK else open_task(letter)


def body_ended(letter: Carried) -> str | None:
    """A duty whose last occurrence is confirmed still ends with its body."""
    if letter.overtaken:
        return "danh mục cơ quan đã thay đổi, hoặc không còn việc gì chờ cơ quan này"
    if letter.task and letter.told(BodyEnded).stake is Stake.DUTY:
        return _unless(TaskStatus.CONFIRMED, letter.task)
    return open_task(letter)


def escalation(letter: Carried) -> str | None:
    """A case is asked about where it stands."""
    return _case_moved(letter, letter.told(Escalation).rung)


def escalation_notice(letter: Carried) -> str | None:
    """... and so is that it moved."""
    return _case_moved(letter, letter.told(EscalationNotice).rung)


def _case_moved(letter: Carried, rung: Rung) -> str | None:
    if letter.case_state is not CaseState.WAITING:
        return f"việc trình: {letter.case_state.label.lower() if letter.case_state else 'không còn'}"
    return None if letter.case_rung is rung else "việc trình đã chuyển cấp khác"
