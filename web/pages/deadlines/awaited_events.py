"""Events that deadlines wait for: what is waited for, what has happened, and the day of each."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from flows.actions.deadlines.awaited_events import record_event
from models.db import reading
from models.deadlines.awaited import (
    Awaited,
    Hanging,
    awaited_event,
    awaited_events,
    count_awaited,
    hanging_on,
)
from rules.deadlines.classes import line
from rules.facts import TaskLine
from rules.refusal import Refusal
from rules.vocabulary import Actor
from web.forms.fields import Posted, WrongDate, number_in, parse_day, text_of
from web.kit.desk import AtDesk, Desk, see

router = APIRouter()
_MOST = 100
_FIRST = 10  # tasks of an event on the list


@router.get("/su-kien")
def list_events(desk: AtDesk) -> HTMLResponse:
    """What is waited for, each with its form, then what has happened."""
    with reading(desk.engine) as session:
        waiting = awaited_events(session, most=_MOST)
        happened = awaited_events(session, happened=True, most=_MOST)
        tasks = _lines(desk, session, waiting, _FIRST)
        still, total = count_awaited(session)
    return desk.show(
        "awaited_events/list.html.j2",
        waiting=waiting,
        happened=happened,
        tasks=tasks,
        still=still,
        total=total,
        most=_MOST,
    )


@router.get("/su-kien/{event_id}")
def one_event(event_id: str, desk: AtDesk) -> HTMLResponse:
    """An event with the tasks that hang on it, and the form of its day."""
    return _show(desk, number_in(event_id))


@router.post("/su-kien/{event_id}/ngay")
def record_day(event_id: str, desk: AtDesk, form: Posted) -> Response:
    """Record or correct the day of an event."""
    key, typed, act = number_in(event_id), text_of(form, "ngay"), desk.act(Actor.SECRETARIAT)
    try:
        day = parse_day(typed)
        if day is None:
            raise WrongDate("Chưa ghi ngày của sự kiện.")
        record_event(desk.engine, key, day, act)
    except WrongDate as error:
        return _show(desk, key, typed, str(error), 422)
    except Refusal as error:
        return _show(desk, key, typed, str(error), 409)
    return see(f"/su-kien/{key}?xong=su-kien")


def _show(desk: Desk, key: int, typed: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        event = awaited_event(session, key)
        dated, undated = (_lines(desk, session, [event], _MOST, which)[key] for which in (True, False))
    return desk.show(
        "awaited_events/event.html.j2",
        status=status,
        event=event,
        dated=dated,
        undated=undated,
        typed=typed,
        problem=problem,
    )


def _lines(
    desk: Desk, session: Session, events: list[Awaited], most: int, dated: bool | None = None
) -> dict[int, list[tuple[TaskLine, str]]]:
    """By event, its first open tasks as rows of today, each with the phrase that gives its deadline."""
    hanging: dict[int, list[Hanging]] = hanging_on(session, [event.id for event in events], most, dated)
    return {
        event.id: [(line(one.task, desk.today), one.phrase) for one in hanging.get(event.id, [])]
        for event in events
    }
