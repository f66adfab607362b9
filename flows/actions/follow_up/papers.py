"""The secretariat has signed and issued a công văn đôn đốc: its number, signatory and day are recorded.

Source: design of follow-up, "Reminders and urging": from the second urging on the engine prepares
the công văn, which the secretariat signs and issues; both count.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.ask_office import ask_office
from flows.actions.doors.paper import carry_urgings, number_paper
from flows.actions.doors.task import Happening, perform
from models.db import unit_of_work
from models.facts import code_of
from models.follow_up.papers import AnnexRow, annex_of, find_paper
from models.tables.tasks import Task, Urging, UrgingPaper
from models.trail.deeds import did
from rules.follow_up.urging_papers import check_issue_day, paper_number, signatory
from rules.refusal import NotAllowed
from rules.tasks.event_data import PaperIssuedData
from rules.tasks.status import OPEN
from rules.trail.words import TrailNoun
from rules.vocabulary import EventKind


def issue_paper(
    engine: Engine, paper_id: int, number: str, signed_by: str, issued_on: date, act: Act
) -> tuple[str, ...]:
    """Record that a paper went out; returns the codes of the tasks in whose history it now stands.

    These are the tasks that the paper names (``models/follow_up/papers.py``) and that are still open: an
    ended one takes no more events. ``signed_by`` is an office, not a person's name; ``issued_on`` may lie
    back as far as the day on which the paper was prepared. Of two who record it, the second is told
    when and under which number it went out. Raises NotFound, WrongEntry, NotAllowed, Overtaken;
    then nothing has changed.
    """
    number, signed_by = paper_number(number), signatory(signed_by)
    with unit_of_work(engine) as session:
        ask_office(session, EventKind.PAPER_ISSUED.label, act)
        paper = find_paper(session, paper_id)
        _refuse_issued(paper)
        check_issue_day(issued_on, paper.prepared_on, act.today)
        if not number_paper(session, paper, number, signed_by, issued_on):
            _refuse_issued(paper)
        tasks = _held(session, paper_id)
        rows = annex_of(session, paper, act.today).rows
        if not rows:
            raise NotAllowed(
                f"Ngày {issued_on:%d/%m/%Y} không còn nhiệm vụ nào quá hạn phải đôn đốc bằng công văn này."
            )
        did(session, act, TrailNoun.PAPER, paper_id, "numbered")
        carry_urgings(session, paper, [row.task.id for row in rows])
        open_rows = [row for row in rows if tasks[row.task.id].status in OPEN]
        for row in open_rows:
            perform(session, tasks[row.task.id], act, _issued(paper, row))
        return tuple(code_of(row.task.id) for row in open_rows)


def _refuse_issued(paper: UrgingPaper) -> None:
    if paper.issued_on is not None:
        raise NotAllowed(f"Công văn này đã được ban hành ngày {paper.issued_on:%d/%m/%Y}, số {paper.number}.")


def _held(session: Session, paper_id: int) -> dict[int, Task]:
    """The tasks for which the paper was prepared, held until the end: nobody moves one under our hands."""
    mine = sa.select(Urging.task_id).where(Urging.paper_id == paper_id)
    query = sa.select(Task).where(Task.id.in_(mine)).order_by(Task.id).with_for_update()
    return {task.id or 0: task for task in session.scalars(query)}


def _issued(paper: UrgingPaper, row: AnnexRow) -> Happening:
    said = f"Công văn số {paper.number} ngày {paper.issued_on:%d/%m/%Y}, người ký: {paper.signed_by}."
    assert paper.id is not None
    told = PaperIssuedData(paper.id, row.urging_number, row.due_on, row.unreached)
    return Happening(EventKind.PAPER_ISSUED, said, told)
