"""How letters put each answer to a case: to the rung that may give it, and to the lead that gets it."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.escalation.answers import answers_of
from rules.escalation.ladder import next_rung
from rules.vocabulary import Answer, Rung

Ways = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """The letter that brings an answer to the lead; ``{who}`` answered, on ``{day}``."""

    heading: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """``leads_to``: what follows, told to the rung; ``{above}`` is the rung above it, if there is one.

    ``brought`` is None where the answer is none to the lead yet: the case goes on.
    """

    leads_to: str
    brought: Brought | None = None


WORDS: Mapping[Answer, AnswerWords] = {
    Answer.DECIDE: AnswerWords(
        "ghi ý kiến và thẩm quyền ký; ý kiến được chuyển về cơ quan chủ trì để thực hiện",
        Brought(
            "Ý kiến quyết định",
            "Đã có ý kiến quyết định của {who}",
            "{who} đã có ý kiến quyết định {day} như sau:",
        ),
    ),
    Answer.RETURN: AnswerWords(
        "nêu rõ căn cứ để cơ quan chủ trì tự quyết định theo thẩm quyền",
        Brought(
            "Trả lại vì thuộc thẩm quyền của cơ quan",
            "{who} trả lại: việc thuộc thẩm quyền của cơ quan",
            "{who} đã trả lại {day} vì việc này thuộc thẩm quyền của cơ quan, với ý kiến như sau:",
        ),
    ),
    Answer.PASS_UP: AnswerWords("trình {above} xem xét, kèm ý kiến của cấp chuyển"),
}


def brought(answer: Answer | None) -> Brought:
    """How ``answer`` is brought to the lead; a case that was decided before answers had names was decided."""
    found = WORDS[answer or Answer.DECIDE].brought
    if found is None:
        raise ValueError(f"{answer} is no answer to the lead")
    return found


def ways_to_answer(rung: Rung) -> Ways:
    """What ``rung`` may answer, each way with what it leads to."""
    above = next_rung(rung)
    return tuple(
        (answer.label, WORDS[answer].leads_to.format(above=in_sentence(above) if above else ""))
        for answer in answers_of(rung)
    )


def in_sentence(rung: Rung) -> str:
    """The rung's name inside a sentence."""
    return "cấp trên của tỉnh" if rung is Rung.OUTSIDE else rung.label
