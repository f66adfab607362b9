"""The one door through which a question of a recount is answered; its history is the task's."""

from sqlmodel import Session

from config.act import Act
from models.database.swap import swapped
from models.deadlines.calendar_years import RecountedDeadline
from models.trail.deeds import did
from rules.deadlines.recounts import Recount
from rules.refusal import Overtaken
from rules.trail.words import TrailNoun


def answer_question(session: Session, row: RecountedDeadline, outcome: Recount, said: str, act: Act) -> None:
    """After the task, as the recount does. Raises Overtaken when somebody else was faster."""
    if not _answered(session, row, outcome, act, said):
        raise Overtaken("Thời hạn này vừa được người khác quyết định; hãy xem lại.")
    did(session, act, TrailNoun.RECOUNT, row.id, outcome)


def lapse_question(session: Session, row: RecountedDeadline, act: Act) -> None:
    """Nobody need answer it any more; one that was answered at this moment stays as it is."""
    _answered(session, row, Recount.LAPSED, act)


def _answered(session: Session, row: RecountedDeadline, outcome: Recount, act: Act, note: str = "") -> bool:
    waits = (RecountedDeadline.id == row.id, RecountedDeadline.outcome == Recount.ASKED)
    told = {"outcome": outcome, "answered_at": act.now, "note": note}
    done = swapped(session, RecountedDeadline, *waits, values=told)
    session.refresh(row)
    return done
