"""Writers of the letters of a case."""

from collections.abc import Sequence

from models.facts import case_facts, facts_by_id
from models.tables.cases import EscalationCase
from notifications.letters import cases as words
from notifications.outbox.carried import Carried
from notifications.outbox.parcel import Letter
from notifications.writing.writers_desk import WritersDesk
from rules.facts import CaseFacts
from rules.outbox.payloads.cases import EscalationNotice


def decision(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """What was decided."""
    return words.decision_letter(to_name, desk.day, _case(desk, letters[0]), desk.base_url)


def escalation(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """What is asked."""
    return words.escalation_letter(to_name, desk.day, _case(desk, letters[0]), desk.base_url)


def escalation_notice(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Where the case lies now."""
    case, told = _case(desk, letters[0]), letters[0].told(EscalationNotice)
    return words.escalation_notice(to_name, desk.day, case, told.from_rung, desk.base_url, told.silent)


def _case(desk: WritersDesk, letter: Carried) -> CaseFacts:
    row = desk.session.get_one(EscalationCase, letter.case_id)
    task = facts_by_id(desk.session, [row.task_id])[row.task_id]
    return case_facts(row, task, desk.day)
