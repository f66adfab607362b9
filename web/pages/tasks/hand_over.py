"""Hand-over of open tasks to another body: chosen, looked at, confirmed. Nothing moves before that."""

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over, successors_of
from models.database.columns import MOST_ID
from models.db import reading
from models.facts import code_of
from models.follow_up.urging_reach import heard_facts
from models.people.register import agency_names
from models.tasks.listing import choices
from rules.deadlines.classes import line
from rules.documents.quoted import code_quoted
from rules.facts import TaskLine
from rules.people.bodies import LONGEST_ID
from rules.refusal import NotAllowed, Refusal
from rules.tasks.hand_overs import HandOverPlan, Moving
from rules.text.incoming import cleaned
from rules.vocabulary import Actor, EventKind
from web.forms.fields import Posted, text_of, texts_of
from web.kit.desk import AtDesk, Desk, see

router = APIRouter()
_MOVING = re.compile(r"(\d{1,18}):(\d{1,9}):(\d{0,18})")


@dataclass(frozen=True, slots=True)
class ChosenTasks:
    """What the page was asked for, and what was typed for the confirmation."""

    from_id: str = ""
    to_id: str = ""
    code: str = ""  # one task only
    basis: str = ""
    reason: str = ""
    author: str = ""
    problem: str = ""


@router.get("/chuyen-giao")
def choose(request: Request, desk: AtDesk) -> HTMLResponse:
    """Choose the two bodies; once both are chosen, see what would move."""
    asked = request.query_params
    names = ("tu", "den", "viec")
    return _show(desk, ChosenTasks(*(cleaned(asked.get(name, ""))[:LONGEST_ID] for name in names)))


@router.post("/chuyen-giao")
def confirm(desk: AtDesk, form: Posted) -> Response:
    """Carry out exactly what was looked at; one task that has changed since refuses the whole."""
    chosen = ChosenTasks(
        *(text_of(form, name) for name in ("tu", "den", "viec", "can-cu", "ly-do", "nguoi-lap"))
    )
    act = desk.act(Actor.SECRETARIAT, capacity=chosen.author)
    try:
        plan = HandOverPlan(chosen.from_id, chosen.to_id, _moving(form))
        hand_over(desk.engine, plan, chosen.basis, chosen.reason, act)
    except Refusal as error:
        return _show(desk, chosen, str(error), 409)
    return see(f"/viec?co-quan={chosen.to_id}&xong={EventKind.HANDED_OVER}")


def _moving(form: FormData) -> tuple[Moving, ...]:
    found = []
    for typed in texts_of(form, "muc"):
        match = _MOVING.fullmatch(typed)
        if match is None:
            raise NotAllowed("Danh sách chuyển giao không đọc được; hãy xem trước lại.")
        merges = int(match[3]) if match[3] else None
        found.append(Moving(int(match[1]), int(match[2]), merges))
    return tuple(found)


def _show(desk: Desk, chosen: ChosenTasks, problem: str = "", status: int = 200) -> HTMLResponse:
    plan = None
    if chosen.from_id and chosen.to_id:
        try:
            plan = preview_hand_over(desk.engine, chosen.from_id, chosen.to_id, desk.now, _only(chosen.code))
        except Refusal as error:
            problem, status = problem or str(error), max(status, 409)
    with reading(desk.engine) as session:
        return desk.show(
            "hand_over/hand_over.html.j2",
            status=status,
            chosen=chosen,
            problem=problem,
            agencies=choices(session),
            offered=_offered(desk, chosen.from_id),
            plan=plan,
            names=agency_names(session, {chosen.from_id, chosen.to_id} - {""}),
            rows=_rows(desk, session, plan),
            code_of=code_of,
        )


def _only(code: str) -> tuple[int, ...] | None:
    """The one task that was asked for, none if there is no such code; None for the whole desk."""
    if not code:
        return None
    number = code_quoted(code)
    return () if number is None or number > MOST_ID else (number,)


def _offered(desk: Desk, from_id: str) -> tuple[str, ...]:
    try:
        return successors_of(desk.engine, from_id, desk.now) if from_id else ()
    except Refusal:
        return ()


def _rows(desk: Desk, session: Session, plan: HandOverPlan | None) -> dict[int, TaskLine]:
    ids = [one.task_id for one in plan.tasks] if plan else []
    return {key: line(facts, desk.today) for key, facts in heard_facts(session, ids, desk.today).items()}
