"""The committee's meetings: what is to come, what is over, and when the digest goes out ahead of each."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from flows.actions.committee.meetings import cancel_meeting, move_meeting, plan_meeting
from models.committee.meetings_listed import MeetingListed, count_gone, meetings_from, meetings_gone
from models.db import reading
from models.follow_up.digest_matter import previous_issue
from rules.calendar.workdays import ONE_DAY
from rules.follow_up.digest_days import digest_day, provisional_digest_day
from rules.refusal import Refusal
from rules.vocabulary import Actor
from web.forms.fields import Posted, WrongDate, number_in, parse_day, text_of
from web.kit.desk import AtDesk, Desk, see

router = APIRouter()
GONE_SHOWN = 50


@dataclass(frozen=True, slots=True)
class TypedMeeting:
    """What was typed and refused: for a new meeting, or (``meeting_id``) the new day of one."""

    day: str = ""
    title: str = ""
    meeting_id: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting ahead: the day on which its digest is due, and the digest written since then, if any."""

    meeting: MeetingListed
    digest_day: date
    guessed: bool  # the calendar of these days is provisional
    written_on: date | None


@router.get("/lich-hop")
def list_meetings(desk: AtDesk) -> HTMLResponse:
    """What is to come with its forms, and the latest that are over or cancelled."""
    return _show(desk, TypedMeeting())


@router.post("/lich-hop")
def plan(desk: AtDesk, form: Posted) -> Response:
    """A new meeting; what is refused stays in the form."""
    day, title, act = text_of(form, "ngay"), text_of(form, "noi-dung"), desk.act(Actor.SECRETARIAT)
    try:
        held_on = parse_day(day)
        if held_on is None:
            raise WrongDate("Hãy ghi ngày họp.")
        plan_meeting(desk.engine, held_on, title, act)
    except Refusal as error:
        return _show(desk, TypedMeeting(day, title, problem=str(error)), 422)
    return see("/lich-hop?xong=ghi-hop")


@router.post("/lich-hop/{typed_id}/chuyen-ngay")
def move(typed_id: str, desk: AtDesk, form: Posted) -> Response:
    """Another day; what is refused stays in the form of that meeting."""
    meeting_id, day = number_in(typed_id), text_of(form, f"ngay-{typed_id}")
    act = desk.act(Actor.SECRETARIAT)
    try:
        held_on = parse_day(day)
        if held_on is None:
            raise WrongDate("Hãy ghi ngày họp mới.")
        move_meeting(desk.engine, meeting_id, held_on, act)
    except Refusal as error:
        return _show(desk, TypedMeeting(day, meeting_id=meeting_id, problem=str(error)), 422)
    return see("/lich-hop?xong=chuyen-hop")


@router.post("/lich-hop/{typed_id}/huy")
def cancel(typed_id: str, desk: AtDesk) -> Response:
    """Cancel; of two who do so the second is told."""
    cancel_meeting(desk.engine, number_in(typed_id), desk.act(Actor.SECRETARIAT))
    return see("/lich-hop?xong=huy-hop")


def _show(desk: Desk, typed: TypedMeeting, status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        latest = previous_issue(session, desk.today + ONE_DAY)
        return desk.show(
            "meetings/list.html.j2",
            status=status,
            coming=[_coming(desk, row, latest) for row in meetings_from(session, desk.today)],
            gone=meetings_gone(session, desk.today, GONE_SHOWN),
            gone_count=count_gone(session, desk.today),
            before=desk.office.policy.digest.before_meeting_working_days,
            typed=typed,
        )


def _coming(desk: Desk, meeting: MeetingListed, latest: date | None) -> Coming:
    before, calendar = desk.office.policy.digest.before_meeting_working_days, desk.office.calendar
    day = digest_day(meeting.held_on, before, calendar)
    written = latest if latest and latest >= day else None
    return Coming(meeting, day, provisional_digest_day(meeting.held_on, before, calendar), written)
