"""The trail: who did what, newest first, filtered; and the same as a file.

For the secretariat; the admin reads of people, sign-ins, channels and the installation, not of the work.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response, StreamingResponse

from config.act import Act, Doer
from flows.actions.trail.export import export_trail
from models.db import reading
from models.people.access.seen import trail_seen
from models.trail.listing import TrailFilter, trail_bodies, trail_lines, trail_people
from rules.people.seat_roles import SeatRole
from rules.text.incoming import cleaned
from rules.trail.told_words import Names
from rules.trail.words import OF_THE_WORK, TrailNoun, TrailWhat
from rules.vocabulary import Actor, Way
from web.forms.fields import Posted, WrongDate, number_in, parse_day, text_of, word_of
from web.kit.desk import AtDesk, Desk
from web.pages.trail.trail_csv import csv_of
from web.pages.trail.trail_words import OPEN_TO_ALL, in_words

router = APIRouter()
PAGE_LENGTH = 50
FIELDS = ("loai", "nguoi", "co-quan", "doi-tuong", "so", "tu-ngay", "den-ngay")


@router.get("/nhat-ky")
def show_trail(request: Request, desk: AtDesk) -> HTMLResponse:
    """A page of rows; ``truoc`` is the last row of the page before."""
    _must_be_open(desk)
    asked = {name: cleaned(request.query_params.get(name, ""))[:100].strip() for name in FIELDS}
    kept = {name: value for name, value in asked.items() if value}
    wanted, problem = _wanted(asked)
    before = number_in(request.query_params.get("truoc", ""))
    with reading(desk.engine) as session:
        since = before if before > 0 else None
        found = trail_lines(session, wanted, trail_seen(desk.viewer), since, PAGE_LENGTH + 1)
        people, bodies = trail_people(session), trail_bodies(session)
    names = Names(dict(people), dict(bodies))
    rows = found[:PAGE_LENGTH]
    older = urlencode({**kept, "truoc": rows[-1].id}) if len(found) > PAGE_LENGTH else ""
    return desk.show(
        "trail/list.html.j2",
        status=422 if problem else 200,
        rows=[(line, in_words(line, names)) for line in rows],
        people=people,
        bodies=bodies,
        kinds=list(TrailWhat),
        nouns=[one for one in TrailNoun if desk.viewer.is_secretary or one not in OF_THE_WORK],
        kept=kept,
        problem=problem,
        older=older,
        newest=before <= 0,
        open_to_all=OPEN_TO_ALL,
        first=urlencode(kept),
    )


@router.post("/nhat-ky/csv")
def export(desk: AtDesk, form: Posted) -> Response:
    """All rows of the filter as a file; that it was taken is a row."""
    _must_be_open(desk)
    wanted, problem = _wanted({name: text_of(form, name) for name in FIELDS})
    if problem:
        raise HTTPException(422, problem)
    with reading(desk.engine) as session:
        names = Names(dict(trail_people(session)), dict(trail_bodies(session)))
    lines = export_trail(desk.engine, wanted, trail_seen(desk.viewer), _act(desk))
    name = f"nhat-ky-{desk.today:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(csv_of(lines, names), media_type="text/csv; charset=utf-8", headers=headers)


def _must_be_open(desk: Desk) -> None:
    if not (desk.viewer.is_secretary or desk.viewer.is_admin):
        raise HTTPException(404)


def _act(desk: Desk) -> Act:
    """The act of the secretary, or of an admin in the seat of one."""
    viewer = desk.viewer
    if viewer.is_secretary or viewer.person is None:
        return desk.act(Actor.SECRETARIAT)
    seat = next(one.id for one in viewer.seats if one.role is SeatRole.ADMIN)
    doer = Doer(viewer.person, seat, address=desk.visitor.address)
    return Act(Actor.SECRETARIAT, desk.now, desk.office, Way.PAGE, doer=doer)


def _wanted(asked: Mapping[str, str]) -> tuple[TrailFilter, str]:
    """What the fields ask for, and what is wrong with them; then nothing is narrowed by that day."""
    problem = ""
    days = []
    for name in ("tu-ngay", "den-ngay"):
        try:
            days.append(parse_day(asked[name]))
        except WrongDate as error:
            days.append(None)
            problem = f"{error}"
    person = number_in(asked["nguoi"])
    wanted = TrailFilter(
        what=word_of(TrailWhat, asked["loai"]),
        person=person if person > 0 else None,
        body=asked["co-quan"] or None,
        noun=word_of(TrailNoun, asked["doi-tuong"]) or "",
        key=asked["so"],
        first=days[0],
        last=days[1],
    )
    return wanted, problem
