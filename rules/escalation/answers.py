"""What a rung may answer to a case beyond authority: one row an answer, which pages and actions go by.

What an answer does stands beside its word in ``flows/actions/escalation/answers.py``, how letters put it in
``notifications/letters/kit/case_answers.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.refusal import NotAllowed
from rules.vocabulary import Answer, EventKind, Rung


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """Who may answer so, and what becomes of the case.

    ``event`` is DECIDED where the answer ends the case, CLIMBED where another rung gets it.
    ``needs_capacity``: the office in which it is said has to be named; ``takes_day``: it may set a deadline.
    """

    rungs: frozenset[Rung]
    event: EventKind
    needs_capacity: bool = True
    takes_day: bool = True


_ALL = frozenset({Rung.STANDING, Rung.CHAIR, Rung.PROVINCE})

#: The standing agency coordinates and proposes; it has no power of its own over policy, so it
#: returns or passes up but never decides.
ANSWERS: Mapping[Answer, AnswerRule] = {
    Answer.DECIDE: AnswerRule(_ALL - {Rung.STANDING}, EventKind.DECIDED),
    Answer.RETURN: AnswerRule(_ALL, EventKind.DECIDED),
    Answer.PASS_UP: AnswerRule(_ALL, EventKind.CLIMBED, needs_capacity=False, takes_day=False),
}


def answers_of(rung: Rung) -> tuple[Answer, ...]:
    """How ``rung`` may answer, in the order in which it is offered."""
    return tuple(answer for answer, row in ANSWERS.items() if rung in row.rungs)


def check_answer(rung: Rung, answer: Answer, text: str, capacity: str) -> None:
    """Raises NotAllowed if this rung may not answer so, or not in these words and this capacity."""
    if answer not in answers_of(rung):
        raise NotAllowed(f"{rung.label} không thể trả lời «{answer.label}».")
    if not text:
        raise NotAllowed("Cần ghi nội dung ý kiến.")
    if ANSWERS[answer].needs_capacity and not capacity:
        raise NotAllowed("Cần ghi tư cách người cho ý kiến (ví dụ: Chủ tịch UBND tỉnh).")
