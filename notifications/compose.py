"""A bundle of letters becomes the words of one message, from the rows as they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from config.clock import office_day
from config.committee import Policy
from models.agencies import Agency
from models.digest_matter import digest_on
from models.escalations import EscalationCase
from models.outbox import OutboxLetter
from models.register import agency_names
from models.task_facts import case_facts, cooperating_names, escalation_targets, facts_by_id
from notifications import letters as words
from notifications.parcel import Letter
from rules.deadlines import line
from rules.facts import CaseFacts, TaskLine
from rules.vocabulary import LetterKind, Rung


@dataclass(frozen=True, slots=True)
class Desk:
    """Where and when a letter is written."""

    session: Session
    now: datetime
    policy: Policy
    base_url: str


def compose(desk: Desk, letters: Sequence[OutboxLetter]) -> Letter:
    """The words for letters that travel together: all to one body, all of one bundle."""
    first = letters[0]
    to_name = desk.session.get_one(Agency, first.agency_id).name
    day = office_day(desk.now)
    if first.kind is LetterKind.DIGEST:
        digest = digest_on(desk.session, first.scheduled_on, desk.policy.digest_windows, first.agency_id)
        return words.digest_letter(to_name, digest, desk.base_url)
    if first.kind is LetterKind.NO_CONTACT:
        return words.no_contact_letter(to_name, day, _unreached(desk, letters), desk.base_url)
    if first.case_id is not None:
        return _case_letter(desk, first, to_name)
    lines = _lines(desk, letters)
    if first.kind is LetterKind.ASSIGNMENT:
        rows = [lines[letter.id] for letter in letters]
        return words.assignment_letter(to_name, rows[0].task.source, rows, desk.base_url)
    if first.kind is LetterKind.CONFIRMATION:
        return words.confirmation_letter(to_name, day, list(lines.values()), desk.base_url)

    def of(kind: LetterKind) -> list[TaskLine]:
        return [lines[letter.id] for letter in letters if letter.kind is kind]

    return words.morning_letter(
        to_name,
        day,
        of(LetterKind.URGING),
        of(LetterKind.REMINDER),
        of(LetterKind.REVIEW),
        desk.base_url,
    )


def _lines(desk: Desk, letters: Sequence[OutboxLetter]) -> dict[Any, TaskLine]:
    """One row for each letter about a task, by the letter's id."""
    task_ids = [letter.task_id for letter in letters if letter.task_id is not None]
    rows = _task_lines(desk, task_ids)
    return {
        letter.id: replace(rows[letter.task_id], urging_number=_number(letter))
        for letter in letters
        if letter.task_id in rows
    }


def _number(letter: OutboxLetter) -> int | None:
    return letter.number if letter.kind is LetterKind.URGING else None


def _task_lines(desk: Desk, task_ids: list[int]) -> dict[int, TaskLine]:
    day = office_day(desk.now)
    tasks = facts_by_id(desk.session, task_ids)
    cooperating = cooperating_names(desk.session, task_ids)
    targets = escalation_targets(desk.session, task_ids)
    return {
        key: replace(line(task, day), cooperating=cooperating.get(key, ()), escalation_to=targets.get(key))
        for key, task in tasks.items()
    }


def _case_letter(desk: Desk, letter: OutboxLetter, to_name: str) -> Letter:
    day = office_day(desk.now)
    case = _case(desk, letter)
    if letter.kind is LetterKind.DECISION:
        return words.decision_letter(to_name, day, case, desk.base_url)
    if letter.kind is LetterKind.ESCALATION_NOTICE:
        passed = Rung(letter.data["from_rung"])
        silent = bool(letter.data.get("silent", True))
        return words.escalation_notice(to_name, day, case, passed, desk.base_url, silent)
    return words.escalation_letter(to_name, day, case, desk.base_url)


def _case(desk: Desk, letter: OutboxLetter) -> CaseFacts:
    row = desk.session.get_one(EscalationCase, letter.case_id)
    task = facts_by_id(desk.session, [row.task_id])[row.task_id]
    return case_facts(row, task, office_day(desk.now))


def _unreached(desk: Desk, letters: Sequence[OutboxLetter]) -> list[tuple[str, list[TaskLine]]]:
    names = agency_names(desk.session, {letter.data["agency_id"] for letter in letters})
    return [
        (
            names[letter.data["agency_id"]],
            list(_task_lines(desk, list(letter.data["task_ids"])).values()),
        )
        for letter in letters
    ]
