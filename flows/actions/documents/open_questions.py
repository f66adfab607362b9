"""What a person has to say yes to before a draft is published: each open doubt, a date that lies ahead,
a deadline years away.

A question has a key that stays the same as long as its matter does. What was confirmed is a set of
keys: whoever publishes hands it over, and what is not in it blocks.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from flows.actions.documents.publishable import PublishError, shortened
from rules.draft import Doubt, Draft, DraftDirective

#: The keys of the questions that a person has answered with yes.
Confirmed = frozenset[str]
NOTHING: Confirmed = frozenset()
#: A conclusion may be entered on the eve of its date; further ahead it is a slip until somebody says no.
_MOST_DAYS_AHEAD = 1
#: A deadline further from its paper is a slip of the year until somebody says no (issue 14).
_MOST_YEARS = 5


class Asked(StrEnum):
    """What a question is about; the command line confirms by kind."""

    DOUBT = "doubt"
    DATE_AHEAD = "date_ahead"
    FAR_DEADLINE = "far_deadline"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to confirm, a Vietnamese sentence. ``directive`` is its number, None for the document."""

    key: str
    asked: Asked
    words: str
    directive: int | None = None

    @property
    def problem(self) -> str:
        """The sentence with the directive that it is about, as the other reasons against issuing have it."""
        return f"Chỉ đạo số {self.directive}: {self.words}" if self.directive else self.words


class Unconfirmed(PublishError):
    """Nobody has confirmed these questions; nothing was published."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__([question.problem for question in questions])
        self.args = (f"Còn {len(questions)} điều chưa xác nhận: {' '.join(self.problems)}",)
        self.questions = questions


def questions_of(draft: Draft, today: date) -> list[Question]:
    """Everything to be confirmed when ``draft`` is published on ``today``; the document's first."""
    found = [*_of_date(draft, today), *(_of_doubt(doubt) for doubt in draft.doubts)]
    for number, directive in enumerate(draft.directives, start=1):
        found += [
            *_of_deadline(draft, directive, number),
            *(_of_doubt(doubt, directive, number) for doubt in directive.doubts),
        ]
    again: Counter[str] = Counter()
    for place, question in enumerate(found):  # the same words twice are two questions
        again[question.key] += 1
        if again[question.key] > 1:
            found[place] = replace(question, key=f"{question.key}.{again[question.key]}")
    return found


def all_confirmed(draft: Draft, today: date) -> Confirmed:
    """What somebody confirms who has looked at every question of ``draft`` and keeps it as it is."""
    return frozenset(question.key for question in questions_of(draft, today))


def check_confirmed(draft: Draft, today: date, confirmed: Confirmed) -> None:
    """Raises Unconfirmed with each question of ``draft`` that is not in ``confirmed``."""
    open_ones = [one for one in questions_of(draft, today) if one.key not in confirmed]
    if open_ones:
        raise Unconfirmed(open_ones)


def _of_date(draft: Draft, today: date) -> list[Question]:
    day = draft.document.date
    ahead = (day - today).days if day else 0
    if day is None or ahead <= _MOST_DAYS_AHEAD:
        return []
    words = f"Ngày ban hành {day:%d/%m/%Y} ở sau ngày phát hành {today:%d/%m/%Y} tới {ahead} ngày."
    return [Question(f"date:{day.isoformat()}", Asked.DATE_AHEAD, words)]


def _of_deadline(draft: Draft, directive: DraftDirective, number: int) -> list[Question]:
    """A deadline further from its paper than any task is given: 2202 for 2022, until somebody says no."""
    issued, day = draft.document.date, directive.due.date
    # By parts, not by days: a paper of 29 February has no day of its own five years on.
    if issued is None or day is None or _parts(day) <= (issued.year + _MOST_YEARS, *_parts(issued)[1:]):
        return []
    words = (
        f"Thời hạn {day:%d/%m/%Y} ở sau ngày văn bản hơn {_MOST_YEARS} năm"
        f" («{shortened(directive.text, 60)}»)."
    )
    told = repr((directive.text, day.isoformat())).encode()
    key = f"far:{sha256(told).hexdigest()[:16]}"
    return [Question(key, Asked.FAR_DEADLINE, words, number)]


def _of_doubt(doubt: Doubt, directive: DraftDirective | None = None, number: int | None = None) -> Question:
    """The key is made of the directive's words and the doubt's: a corrected text asks anew.

    Neither of the span nor of the doubt's field, which a draft file need not have.
    """
    told = repr((directive.text if directive else "", doubt.message)).encode()
    words = doubt.message
    if directive is not None:
        words = f"{doubt.message} («{shortened(directive.text, 60)}»)"
    return Question(f"doubt:{sha256(told).hexdigest()[:16]}", Asked.DOUBT, words, number)


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
