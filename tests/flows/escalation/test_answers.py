"""Every answer to a case stands in every table that goes by answers."""

import pytest

from flows.actions.escalation.answers import ANSWERING
from notifications.letters.kit.case_answers import WORDS
from rules.escalation.answers import ANSWERS
from rules.vocabulary import Answer, EventKind


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_has_its_row_its_function_and_its_words(answer: Answer) -> None:
    ends = ANSWERS[answer].event is EventKind.DECIDED
    assert answer in ANSWERING
    assert (WORDS[answer].brought is not None) is ends, "what ends a case is brought to the lead"
