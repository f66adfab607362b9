"""The page before publishing: who gets what, what has to be confirmed, and one button."""

from collections.abc import Set
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session
from starlette.responses import HTMLResponse

from flows.actions.documents.last_look import LastLook, last_look
from models.tables.documents import Document
from rules.calendar.recurrence_words import in_words
from rules.draft import Draft, Mark
from rules.vocabulary import Actor
from web.kit.desk import Desk
from web.pages.documents.notice import Notice

NOW, LATER = "phat-hanh", "hen"
ASIDES = {Mark.ORIENTATION: "câu định hướng", Mark.NO_TASK: "câu không phát sinh nhiệm vụ"}


def next_morning(desk: Desk) -> datetime:
    """The next morning on which letters may go out: today's if it is still to come. Raises NoCalendar."""
    policy, calendar, today = desk.office.policy, desk.office.calendar, desk.today
    first = today if desk.now < policy.morning_of(today) else today + timedelta(days=1)
    return policy.morning_of(calendar.on_or_after(first))


def issue_instant(desk: Desk, wish: str) -> datetime:
    """When the draft would be published: now, or on the next morning."""
    return next_morning(desk) if wish == LATER else desk.now


def look_at(desk: Desk, session: Session, draft: Draft, wish: str) -> LastLook:
    """What publishing it at that instant would do. Raises PublishError, NoCalendar."""
    act = replace(desk.looking(Actor.SECRETARIAT), now=issue_instant(desk, wish))
    return last_look(session, draft, act)


def show_look(
    desk: Desk, document: Document, look: LastLook, wish: str, ticked: Set[str], notice: Notice
) -> HTMLResponse:
    """The page; ``ticked`` are the keys of the questions that are confirmed already."""
    return desk.show(
        "documents/last_look.html.j2",
        status=notice.status,
        notice=notice,
        document=document,
        look=look,
        wish=wish,
        at=issue_instant(desk, wish) if wish == LATER else None,
        ticked=ticked,
        asides=ASIDES,
        in_words=in_words,
    )
