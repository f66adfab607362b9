"""The numbered urgings of a task: to whom, in which letter or công văn, and whether they came to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.follow_up.urging_reach import Unheard
from models.outbox.sendings import Sending, sendings_of, standing_of
from models.people.access.seen import may_see_letters, papers_seen
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Urging, UrgingPaper
from rules.letter_words import LetterState, MessageState, UrgingReach
from rules.people.viewer import ANYBODY, Viewer


@dataclass(frozen=True, slots=True)
class PaperNamed:
    """The công văn of an urging; without ``issued_on`` it waits to be signed."""

    number: str | None
    issued_on: date | None
    prepared_on: date


@dataclass(frozen=True, slots=True)
class Urged:
    """One number of the series, how its letter stands, and its công văn if there is one.

    Letter, messages and công văn are left out for who may not see them.
    """

    number: int
    urged_on: date
    recipient: str
    text: str
    sender: str  # in whose name
    letter: LetterState | MessageState | None  # None: no letter is on record
    sendings: tuple[Sending, ...]
    paper: PaperNamed | None
    reach: UrgingReach | None  # where it came to nobody, or nobody knows


def urgings_of(
    session: Session, task_id: int, reach: Mapping[int, UrgingReach], viewer: Viewer = ANYBODY
) -> list[Urged]:
    """All urgings of the task, latest first; ``reach`` is that of ``reach_by_number``."""
    query = _rows(viewer).where(Urging.task_id == task_id)
    rows = session.execute(query.order_by(Urging.number.desc())).all()
    sendings = sendings_of(session, [row[5] for row in rows if row[5] is not None])
    return [
        Urged(
            number, day, recipient, text, sender,
            state and standing_of(state, sendings[letter]),
            tuple(sendings[letter]) if letter is not None else (),
            PaperNamed(*paper) if paper_id is not None else None,
            reach.get(number),
        )
        for number, day, recipient, text, sender, letter, state, paper_id, *paper in rows
    ]  # fmt: skip


def _rows(viewer: Viewer) -> sa.Select[tuple[object, ...]]:
    urging, letter, paper = Urging, OutboxLetter, UrgingPaper
    its_letter, its_paper = letter.key == urging.letter_key, paper.id == urging.paper_id
    if not may_see_letters(viewer):
        its_letter = sa.false()
    if (seen := papers_seen(viewer)) is not None:
        its_paper = sa.and_(its_paper, seen)
    said = (urging.number, urging.urged_on, Agency.name, urging.text, urging.sender)
    carried = (letter.id, letter.state, paper.id, paper.number, paper.issued_on, paper.prepared_on)
    return (
        sa.select(*said, *carried)
        .join_from(urging, Agency, Agency.id == urging.recipient_id)
        .outerjoin(letter, its_letter)
        .outerjoin(paper, its_paper)
    )


def reach_by_number(found: Unheard | None) -> dict[int, UrgingReach]:
    """By number, the urgings of a task that came to nobody, and those of which nobody knows."""
    found = found or Unheard()
    unsure = dict.fromkeys(found.unsure, UrgingReach.UNSURE)
    return unsure | dict.fromkeys(found.unreached, UrgingReach.UNREACHED)
