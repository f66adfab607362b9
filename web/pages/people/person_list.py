"""The list of people by body, and the form of a new person."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from flows.actions.people.persons import add_person
from models.db import reading
from models.people.held.directory import Listed, Wanted, Which, directory
from models.tasks.listing import choices
from rules.people.bodies import LONGEST_ID
from rules.people.held.persons import NewPerson
from rules.refusal import Refusal
from rules.text.incoming import cleaned
from web.forms.fields import Posted, page_in, word_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.people.typed import NOTHING_TYPED, TypedHere, person_of, typed_in_form
from web.pages.people.who_may import keeping_people, look_at_people

router = APIRouter()
PAGE_LENGTH = 100
_KEPT = ("tim", "co-quan", "loc")


@dataclass(frozen=True, slots=True)
class Group:
    """Those who stand under one heading."""

    name: str
    rows: list[Listed]


def _heading(row: Listed) -> str:
    if row.body_name is not None:
        return row.body_name
    return "Không thuộc cơ quan nào" if row.role else "Chưa có vị trí"


@router.get("/nguoi-dung")
def list_people(request: Request, desk: AtDesk) -> HTMLResponse:
    """Who sits where; those without a seat stand at the end."""
    look_at_people(desk)
    asked = {name: cleaned(value) for name, value in request.query_params.items()}
    number, which = page_in(asked.get("trang", "")), word_of(Which, asked.get("loc"))
    wanted = Wanted(asked.get("co-quan", "")[:LONGEST_ID] or None, asked.get("tim", "")[:200], which)
    kept = {name: asked[name] for name in _KEPT if asked.get(name)}
    with reading(desk.engine) as session:
        found = directory(session, wanted, desk.today, PAGE_LENGTH, (number - 1) * PAGE_LENGTH)
        return desk.show(
            "people/list.html.j2",
            found=found,
            groups=[Group(name, list(rows)) for name, rows in groupby(found.rows, key=_heading)],
            bodies=choices(session),
            wanted=wanted,
            kept=kept,
            which=Which,
            number=number,
            length=PAGE_LENGTH,
            link=lambda to: "/nguoi-dung?" + urlencode({**kept, "trang": to}),
            may_keep=desk.viewer.is_admin,
        )


@router.get("/nguoi-dung/moi")
def new_person(desk: AtDesk) -> HTMLResponse:
    """The form of a new person."""
    keeping_people(desk)
    return _form(desk, NOTHING_TYPED)


@router.post("/nguoi-dung/moi")
def enter_person(desk: AtDesk, form: Posted) -> Response:
    """Enter a person; what is refused stays in the form."""
    act = keeping_people(desk)
    typed = person_of(form)
    try:
        person_id = add_person(desk.engine, NewPerson(typed.name, typed.email, typed.phone), act)
    except Refusal as error:
        return _form(desk, typed_in_form(form, "moi", error), 422)
    return see(f"/nguoi-dung/{person_id}?xong=them-nguoi")


def _form(desk: Desk, typed: TypedHere, status: int = 200) -> HTMLResponse:
    return desk.show("people/new.html.j2", status=status, typed=typed)
