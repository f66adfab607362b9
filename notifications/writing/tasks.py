"""Writers of the letters about tasks."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from models.facts import cooperating_names, escalation_targets, facts_by_id
from models.follow_up.told import told_too_late
from models.follow_up.urging_reach import with_reach
from notifications.letters import extensions, notices
from notifications.letters import tasks as words
from notifications.letters.kit.about_tasks import ToldTasks
from notifications.letters.kit.matters import Matter
from notifications.letters.lateness_reports import crossing_letter
from notifications.letters.mended import recalled_letter
from notifications.letters.secretariat import confirmation_letter
from notifications.outbox.carried import Carried
from notifications.outbox.newest import newest
from notifications.outbox.parcel import Letter
from notifications.writing.matters import Says, as_matters, asked, own_day
from notifications.writing.matters import handed_over as handed_over_matters
from notifications.writing.writers_desk import Writer, WritersDesk
from rules.deadlines.classes import line
from rules.facts import TaskFacts, TaskLine
from rules.outbox.payloads.deadlines import Extension, Urging
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.tasks import HandedOver, Recalled
from rules.vocabulary import ExtensionState


def morning(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Reminders, urgings and reviews, each task once."""
    once = newest(letters)

    def of(kind: LetterKind) -> list[TaskLine]:
        return [
            _urged(letter, letter.task, desk) if kind is LetterKind.URGING else line(letter.task, desk.day)
            for letter in once
            if letter.kind is kind and letter.task
        ]

    found = words.Morning(*map(of, (LetterKind.URGING, LetterKind.REMINDER, LetterKind.REVIEW)))
    return words.morning_letter(to_name, desk.day, found, desk.base_url, desk.most)


def _urged(letter: Carried, task: TaskFacts, desk: WritersDesk) -> TaskLine:
    """With what whoever urged it by hand has said."""
    found, note = line(task, desk.day, letter.number), letter.told(Urging).note
    return replace(found, note=note) if note else found


def _lines(desk: WritersDesk, letters: Sequence[Carried]) -> list[TaskLine]:
    return [line(letter.task, desk.day) for letter in letters if letter.task]


def assignment(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The tasks of one document."""
    lines = _lines(desk, letters)
    shown = [line.task.id for line in lines[: desk.most]]
    cooperating = cooperating_names(desk.session, shown)
    targets = escalation_targets(desk.session, shown)
    late = [line.task.id for line in lines if line.days is not None and line.days < 0]
    too_late = told_too_late(desk.session, late) if late else set()
    lines = [
        replace(
            line,
            cooperating=cooperating.get(line.task.id, ()),
            escalation_to=targets.get(line.task.id),
            told_too_late=line.task.id in too_late,
        )
        for line in lines
    ]
    within = desk.policy.refusal.within_working_days
    return words.assignment_letter(to_name, lines[0].task.source, lines, desk.base_url, within, desk.most)


def cooperation(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The tasks of one document in which a body has a part."""
    matters = as_matters(desk.session, letters, desk.day, own_day)
    return words.cooperation_letter(to_name, matters[0].line.task.source, matters, desk.base_url, desk.most)


def confirmation(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Results that wait, each once."""
    lines = _lines(desk, newest(letters))
    return confirmation_letter(to_name, desk.day, lines, desk.base_url, desk.most)


def of_matters(write: Callable[..., Letter], says: Says) -> Writer:
    """For the letters whose rows are a task and what the letter says of it."""

    def writer(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
        matters = as_matters(desk.session, letters, desk.day, says)
        return write(to_name, desk.day, matters, desk.base_url, most=desk.most)

    return writer


def crossing(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Late tasks, with what became of their urgings."""
    matters = as_matters(desk.session, newest(letters), desk.day, own_day)
    known = with_reach(desk.session, {one.line.task.id: one.line.task for one in matters}, desk.day)
    told = [replace(one, line=replace(one.line, task=known[one.line.task.id])) for one in matters]
    return crossing_letter(to_name, desk.day, told, desk.base_url, desk.most)


def extension(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Requests that wait; dates that were taken travel by themselves."""
    matters = as_matters(desk.session, letters, desk.day, asked)
    if letters[0].told(Extension).state is ExtensionState.AGREED:
        return extensions.counter_taken_letter(to_name, desk.day, matters, desk.base_url, desk.most)
    flag_from = desk.policy.extension.flag_from
    return extensions.extension_letter(to_name, desk.day, matters, desk.base_url, flag_from, desk.most)


def handed_over(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Letters of one hand-over to one body (``HandedOver.group``): they share its basis and its other end."""
    told, body = letters[0].told(HandedOver), letters[0].agency_id
    matters, basis = handed_over_matters(desk.session, letters, desk.day), told.legal_basis
    about = ToldTasks(to_name, desk.day, matters, desk.base_url, desk.most)
    if body not in (told.from_, told.to):
        return notices.new_lead_letter(about, basis)
    return notices.handed_over_letter(about, basis, taken=body == told.to)


def recalled(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """One document, to whoever reads for one body of it or for several."""
    told = [(letter.agency_id, letter.told(Recalled)) for letter in letters]
    owners = {key: body for body, one in told for key in one.task_ids}
    shown = facts_by_id(desk.session, list(owners)[: desk.most])
    matters = [
        Matter(line(task, desk.day), role="lead" if task.agency_id == owners[key] else "cooperating")
        for key, task in sorted(shown.items())
    ]
    reason = told[0][1].reason
    return recalled_letter(to_name, desk.day, matters, reason, desk.base_url, len(owners))
