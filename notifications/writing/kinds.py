"""All kinds of letters, a row each: who writes it, and when it need not go any more.

What a kind is below the database (key, payload, what it travels with): its row in ``rules/outbox/kinds.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlmodel import Session

from notifications.letters.deadlines import deadline_letter
from notifications.letters.extensions import extension_answer
from notifications.letters.mended import correction_letter, reopened_letter
from notifications.letters.notices import refused_letter, returned_letter, withdrawn_letter
from notifications.outbox.carried import Carried
from notifications.writing import cases, ended_bodies, matters, office, overtaken, people, relevance, tasks
from notifications.writing.relevance import Over, once_overtaken
from notifications.writing.tasks import of_matters
from notifications.writing.writers_desk import Writer
from rules.outbox.payloads.keys import LetterKind as K

Overtaken = Callable[[Session, Sequence[Carried]], set[int]]


def _by_nothing(session: Session, letters: Sequence[Carried]) -> set[int]:
    return set()


@dataclass(frozen=True, slots=True)
class WrittenKind:
    """``over`` says why a letter need not go; ``overtaken`` finds, before, which ones other rows overtook."""

    write: Writer
    over: Over
    overtaken: Overtaken = _by_nothing


_LINK_OVER = once_overtaken("liên kết đã được dùng hoặc đã bị thu hồi")
_KINDS = {
    K.ASSIGNMENT: WrittenKind(tasks.assignment, relevance.open_task),
    K.REMINDER: WrittenKind(tasks.morning, relevance.work_awaited_by_the_day),
    K.URGING: WrittenKind(tasks.morning, relevance.work_awaited_by_the_day),
    K.REVIEW: WrittenKind(tasks.morning, relevance.work_awaited_by_the_day),
    K.CONFIRMATION: WrittenKind(tasks.confirmation, relevance.result_waits),
    K.ESCALATION: WrittenKind(cases.escalation, relevance.escalation),
    K.ESCALATION_NOTICE: WrittenKind(cases.escalation_notice, relevance.escalation_notice),
    K.DECISION: WrittenKind(cases.decision, relevance.never),
    K.DIGEST: WrittenKind(office.digest, once_overtaken("đã có báo cáo mới hơn"), overtaken.newer_digests),
    K.NO_CONTACT: WrittenKind(office.no_contact, relevance.never),
    K.CHANNEL_DOWN: WrittenKind(
        office.channel_down, once_overtaken("kênh gửi đã hoạt động lại"), overtaken.channels_at_work
    ),
    K.CROSSING: WrittenKind(tasks.crossing, relevance.work_awaited_by_the_day),
    K.EXTENSION: WrittenKind(tasks.extension, relevance.request_waits),
    K.EXTENSION_ANSWER: WrittenKind(of_matters(extension_answer, matters.answered), relevance.open_task),
    K.RETURNED: WrittenKind(of_matters(returned_letter, matters.returned), relevance.work_awaited),
    K.REFUSED: WrittenKind(of_matters(refused_letter, matters.refused), relevance.still_refused),
    K.WITHDRAWN: WrittenKind(of_matters(withdrawn_letter, matters.withdrawn), relevance.still_withdrawn),
    K.HANDED_OVER: WrittenKind(tasks.handed_over, relevance.never),
    K.COOPERATION: WrittenKind(tasks.cooperation, relevance.still_asked),
    K.PAPER_DUE: WrittenKind(
        office.paper_due, once_overtaken("công văn đã được ban hành"), overtaken.papers_issued
    ),
    K.DEADLINE: WrittenKind(of_matters(deadline_letter, matters.moved), relevance.deadline_in_force),
    K.CORRECTION: WrittenKind(of_matters(correction_letter, matters.corrected), relevance.correction),
    K.REOPENED: WrittenKind(of_matters(reopened_letter, matters.reopened), relevance.open_task),
    K.RECALLED: WrittenKind(tasks.recalled, relevance.still_withdrawn),
    K.BODY_ENDED: WrittenKind(office.body_ended, relevance.body_ended, ended_bodies.settled),
    K.CALENDAR: WrittenKind(office.calendar, relevance.never),
    K.CLOCK: WrittenKind(office.clock, relevance.never),
    K.INVITATION: WrittenKind(people.invitation, _LINK_OVER, overtaken.links_over),
    K.SIGN_IN: WrittenKind(people.sign_in, _LINK_OVER, overtaken.links_over),
    K.OFFICER: WrittenKind(people.officer, relevance.still_officer, overtaken.other_officers),
}
#: A kind without a row fails here, before a letter of it is written.
KINDS: Mapping[K, WrittenKind] = MappingProxyType({kind: _KINDS[kind] for kind in K})
