"""What an action says to the trail where no door says it: signing in, people, seats, settings, exports.

Changes of tasks, cases, documents and of all that passes a door of ``flows/actions/doors`` are noted there.
"""

from datetime import datetime

from sqlmodel import Session

from config.act import Act, Doer
from models.trail.write import Noted, Signer, signer_of, write

__all__ = ["Noted", "note", "note_visit"]


def note(session: Session, noted: Noted, act: Act) -> None:
    """Add the row of what ``act`` did, in the caller's transaction."""
    write(session, noted, act.now, signer_of(act))


def note_visit(
    session: Session, noted: Noted, now: datetime, doer: Doer | None = None, address: str = ""
) -> None:
    """Add the row of what somebody did at the door (signing in, being refused), in the caller's transaction.

    ``doer`` None: nobody knows who it was; ``address`` says from where, if the doer does not.
    """
    write(session, noted, now, Signer(doer=doer, address=address))
