"""The one door through which an awaited event gets its day; its history is that of the tasks it dates."""

from datetime import date

from sqlmodel import Session

from config.act import Act
from flows.actions.ask_office import ask_office
from models.database.swap import swapped
from models.tables.documents import AwaitedEvent
from models.trail.deeds import did
from rules.refusal import Overtaken
from rules.trail.words import TrailNoun


def date_event(session: Session, event: AwaitedEvent, day: date, act: Act) -> None:
    """Move the event to ``day`` from the day on which it was read. Raises NotAllowed, Overtaken."""
    ask_office(session, "Ghi ngày của sự kiện", act)
    same = AwaitedEvent.happened_on.is_not_distinct_from(event.happened_on)
    dated = {"happened_on": day, "recorded_at": act.now}
    if not swapped(session, AwaitedEvent, AwaitedEvent.id == event.id, same, values=dated):
        raise Overtaken("Ngày của sự kiện vừa được người khác ghi; hãy xem lại rồi thao tác lại.")
    session.refresh(event)
    did(session, act, TrailNoun.EVENT, event.id, "dated")
