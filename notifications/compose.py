"""A bundle of letters becomes the words of one message, from the rows as they stand now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from config.clock import office_day
from config.committee import Policy
from models.digest_matter import digest_on, for_reader
from models.escalations import EscalationCase
from models.meetings import standing
from models.reachability import waiting_on
from models.recount_lists import recounted_between
from models.register import agency_names
from models.task_facts import case_facts, cooperating_names, escalation_targets, facts_by_id
from models.told import told_too_late
from models.urging_reach import with_reach
from notifications import letters as words
from notifications.carried import Carried
from notifications.channels.addresses import channel_label
from notifications.ended_bodies import of_ended_bodies
from notifications.letters.matters import Matter
from notifications.letters.short import LIMIT as SHORT_LIMIT
from notifications.matters import as_matters, handed_over, papers, unreached, waiting_urgings
from notifications.newest import by_body, newest
from notifications.parcel import Letter
from rules.bundling import MORNING
from rules.deadlines import line
from rules.facts import CaseFacts, Digest, TaskFacts, TaskLine
from rules.letter_words import LetterKind, Unreached
from rules.vocabulary import ExtensionState, Rung


@dataclass(frozen=True, slots=True)
class Desk:
    """Where and when letters are written. ``digests`` keeps the figures of a day for its next reader."""

    session: Session
    now: datetime
    policy: Policy
    base_url: str
    digests: dict[date, Digest] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of bodies, as this pass found them

    @property
    def day(self) -> date:
        """The office's day."""
        return office_day(self.now)

    @property
    def most(self) -> int:
        """How many rows a letter names."""
        return self.policy.bundling.rows_per_letter


Writer = Callable[[Desk, str, Sequence[Carried]], Letter]


def compose(desk: Desk, letters: Sequence[Carried]) -> Letter:
    """The words for letters that travel together: all to one person, all of one bundle."""
    bodies = dict.fromkeys(letter.agency_id for letter in letters)
    desk.names.update({one.task.agency_id: one.task.agency_name for one in letters if one.task})
    if unknown := bodies.keys() - desk.names.keys():
        desk.names.update(agency_names(desk.session, unknown))
    to_name = "; ".join(dict.fromkeys(desk.names[body] for body in bodies))
    letter = _writer_of(letters)(desk, to_name, letters)
    return _stamped(letter) if all(one.task and one.task.urgent for one in letters) else letter


def _writer_of(letters: Sequence[Carried]) -> Writer:
    """The one writer of all these letters. Raises LookupError: a letter in wrong words is worse than none."""
    writers = {_WRITERS.get(letter.kind) for letter in letters}
    if len(writers) != 1 or None in writers:
        kinds = ", ".join(sorted({letter.kind.value for letter in letters}))
        raise LookupError(f"no letter is written of {kinds}")
    return _WRITERS[letters[0].kind]


def _stamped(letter: Letter) -> Letter:
    """Hỏa tốc stands where a reader looks first."""
    subject, short = (f"HỎA TỐC – {words}" for words in (letter.subject, letter.short))
    return replace(letter, subject=subject, short=short[:SHORT_LIMIT])


def _morning(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    once = newest(letters)

    def of(kind: LetterKind) -> list[TaskLine]:
        return [
            _urged(letter, letter.task, desk) if kind is LetterKind.URGING else line(letter.task, desk.day)
            for letter in once
            if letter.kind is kind and letter.task
        ]

    urgings, due, reviews = map(of, (LetterKind.URGING, LetterKind.REMINDER, LetterKind.REVIEW))
    return words.morning_letter(to_name, desk.day, urgings, due, reviews, desk.base_url, desk.most)


def _urged(letter: Carried, task: TaskFacts, desk: Desk) -> TaskLine:
    """With what whoever urged it by hand has said."""
    found = line(task, desk.day, letter.number)
    return replace(found, note=str(letter.data["note"])) if letter.data.get("note") else found


def _lines(desk: Desk, letters: Sequence[Carried]) -> list[TaskLine]:
    return [line(letter.task, desk.day) for letter in letters if letter.task]


def _assignment(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
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


def _cooperation(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    matters = as_matters(desk.session, letters, desk.day)
    return words.cooperation_letter(to_name, matters[0].line.task.source, matters, desk.base_url, desk.most)


def _confirmation(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    return words.confirmation_letter(to_name, desk.day, _lines(desk, letters), desk.base_url, desk.most)


def _once(write: Writer) -> Writer:
    """For the letters that say the same of a task again, day after day."""
    return lambda desk, to_name, letters: write(desk, to_name, newest(letters))


def _of_matters(write: Callable[..., Letter]) -> Writer:
    """For the letters whose rows are a task and what the letter's data say of it."""

    def writer(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
        matters = as_matters(desk.session, letters, desk.day)
        return write(to_name, desk.day, matters, desk.base_url, most=desk.most)

    return writer


def _crossing(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    matters = as_matters(desk.session, letters, desk.day)
    known = with_reach(desk.session, {one.line.task.id: one.line.task for one in matters}, desk.day)
    told = [replace(one, line=replace(one.line, task=known[one.line.task.id])) for one in matters]
    return words.crossing_letter(to_name, desk.day, told, desk.base_url, desk.most)


def _extension(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    matters = as_matters(desk.session, letters, desk.day)
    if matters[0].state is ExtensionState.AGREED:  # these travel by themselves
        return words.counter_taken_letter(to_name, desk.day, matters, desk.base_url, desk.most)
    flag_from = desk.policy.extension.flag_from
    return words.extension_letter(to_name, desk.day, matters, desk.base_url, flag_from, desk.most)


def _handed_over(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Letters of one hand-over to one body (``dispatch._group``): they share its basis and its other end."""
    data, body = letters[0].data, letters[0].agency_id
    matters, basis = handed_over(desk.session, letters, desk.day), data["legal_basis"]
    if body not in (data["from"], data["to"]):
        return words.new_lead_letter(to_name, desk.day, matters, basis, desk.base_url, desk.most)
    taken = body == data["to"]
    return words.handed_over_letter(to_name, desk.day, matters, basis, taken, desk.base_url, desk.most)


def _body_ended(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    bodies = of_ended_bodies(desk.session, letters, desk.day, desk.most)
    return words.body_ended_letter(to_name, desk.day, bodies, desk.base_url)


def _recalled(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """One document, to whoever reads for one body of it or for several."""
    owners = {key: letter.agency_id for letter in letters for key in letter.data["task_ids"]}
    shown = facts_by_id(desk.session, list(owners)[: desk.most])
    matters = [
        Matter(line(task, desk.day), role="lead" if task.agency_id == owners[key] else "cooperating")
        for key, task in sorted(shown.items())
    ]
    reason = letters[0].data["reason"]
    return words.recalled_letter(to_name, desk.day, matters, reason, desk.base_url, len(owners))


def _paper_due(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    bodies = papers(desk.session, letters, desk.day, desk.most)
    only = letters[0].data["paper"] if len(letters) == 1 else None
    return words.paper_due_letter(to_name, desk.day, bodies, desk.base_url, only)


def _calendar(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    data = letters[0].data
    counted = [
        words.CountedAnew(
            line(one.task, desk.day), one.row.outcome, one.row.old_due_on, one.row.new_due_on, one.row.reason
        )
        for one in recounted_between(desk.session, data["first"], data["last"])
    ]
    years, notice = str(data["years"]), str(data["notice"])
    return words.calendar_letter(to_name, desk.day, counted, years, notice, desk.base_url, desk.most)


def _no_contact(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    bodies = unreached(desk.session, by_body(letters), desk.day, desk.most)
    return words.no_contact_letter(to_name, desk.day, bodies, desk.base_url, _why(letters[0].data))


def _why(data: Mapping[str, Any]) -> Unreached:
    """Letters of one message share it; those written before reasons were told know two."""
    earlier = Unreached.UNWRITTEN if data.get("unwritten") else Unreached.NO_ADDRESS
    return Unreached(data.get("reason") or earlier)


def _channel_down(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    data = letters[0].data
    label, since = channel_label(data["channel"]), datetime.fromisoformat(data["since"])
    waiting = waiting_on(desk.session, data["channel"])
    said = data["text"] or data["code"]
    urgings = waiting_urgings(desk.session, data["channel"], desk.day, desk.most)
    return words.channel_down_letter(to_name, label, since, said, waiting, desk.base_url, urgings)


def _clock(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    return words.clock_letter(to_name, words.WrongClock.of(letters[0].data), desk.base_url)


def _digest(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    as_of, most = letters[0].scheduled_on, desk.policy.digest.rows_per_section
    if as_of not in desk.digests:
        desk.digests[as_of] = digest_on(desk.session, as_of, desk.policy.digest_windows, most=most)
    digest = for_reader(desk.session, desk.digests[as_of], letters[0].agency_id, most)
    meetings = standing(desk.session, letters[0].data.get("meetings", ()))
    return words.digest_letter(to_name, digest, desk.base_url, meetings)


def _decision(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    return words.decision_letter(to_name, desk.day, _case(desk, letters[0]), desk.base_url)


def _escalation(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    return words.escalation_letter(to_name, desk.day, _case(desk, letters[0]), desk.base_url)


def _escalation_notice(desk: Desk, to_name: str, letters: Sequence[Carried]) -> Letter:
    case, data = _case(desk, letters[0]), letters[0].data
    passed, silent = Rung(data["from_rung"]), bool(data.get("silent", True))
    return words.escalation_notice(to_name, desk.day, case, passed, desk.base_url, silent)


def _case(desk: Desk, letter: Carried) -> CaseFacts:
    row = desk.session.get_one(EscalationCase, letter.case_id)
    task = facts_by_id(desk.session, [row.task_id])[row.task_id]
    return case_facts(row, task, desk.day)


#: Every kind has its writer (tests/notifications/test_letter_data.py).
_WRITERS: dict[LetterKind, Writer] = {
    **dict.fromkeys(sorted(MORNING), _morning),
    LetterKind.BODY_ENDED: _body_ended,
    LetterKind.ASSIGNMENT: _assignment,
    LetterKind.COOPERATION: _cooperation,
    LetterKind.CONFIRMATION: _once(_confirmation),
    LetterKind.RETURNED: _of_matters(words.returned_letter),
    LetterKind.REFUSED: _of_matters(words.refused_letter),
    LetterKind.WITHDRAWN: _of_matters(words.withdrawn_letter),
    LetterKind.CORRECTION: _of_matters(words.correction_letter),
    LetterKind.REOPENED: _of_matters(words.reopened_letter),
    LetterKind.RECALLED: _recalled,
    LetterKind.EXTENSION_ANSWER: _of_matters(words.extension_answer),
    LetterKind.DEADLINE: _of_matters(words.deadline_letter),
    LetterKind.CROSSING: _once(_crossing),
    LetterKind.EXTENSION: _extension,
    LetterKind.HANDED_OVER: _handed_over,
    LetterKind.PAPER_DUE: _paper_due,
    LetterKind.CALENDAR: _calendar,
    LetterKind.NO_CONTACT: _no_contact,
    LetterKind.CHANNEL_DOWN: _channel_down,
    LetterKind.CLOCK: _clock,
    LetterKind.DIGEST: _digest,
    LetterKind.DECISION: _decision,
    LetterKind.ESCALATION: _escalation,
    LetterKind.ESCALATION_NOTICE: _escalation_notice,
}
