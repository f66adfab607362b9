"""Công văn đôn đốc: what waits to be signed, each paper to be printed, and the record of its issue."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.follow_up.papers import issue_paper
from models.db import reading
from models.follow_up.papers import (
    AnnexRow,
    PaperRow,
    annex_of,
    count_issued,
    count_papers,
    find_paper,
    issued_papers,
    newer_paper,
    waiting_papers,
)
from models.people.register import agency_names, the_committee
from models.tables.tasks import UrgingPaper
from notifications.papers.letterhead import letterhead
from notifications.papers.urging import AnnexTask, Issue, UrgingSheet, urging_sheet
from rules.follow_up.urging_papers import MOST_CHARACTERS, WrongEntry
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, Labelled
from web.forms.fields import Posted, WrongDate, number_in, page_in, parse_day, text_of, word_of
from web.kit.desk import AtDesk, Desk, see

router = APIRouter()
PAGE_LENGTH = 50


class Shelf(Labelled):
    """A list of papers; the words are those of the address line."""

    WAITING = "cho-ky", "Chờ ký"
    NEEDLESS = "khong-can", "Không còn cần ban hành"
    ISSUED = "da-ban-hanh", "Đã ban hành"


@dataclass(frozen=True, slots=True)
class TypedIssue:
    """What was typed about the issue, and the problem with it."""

    number: str = ""
    signed_by: str = ""
    day: str = ""
    problem: str = ""


@router.get("/cong-van")
def list_papers(request: Request, desk: AtDesk) -> HTMLResponse:
    """Papers that wait to be signed, those nobody needs any more, those that are out.

    The first of each; all of one list, page by page, where it is asked for.
    """
    asked = request.query_params
    chosen, number = word_of(Shelf, asked.get("phan")), page_in(asked.get("trang", ""))
    if not desk.viewer.sees_all:
        chosen = Shelf.ISSUED
    with reading(desk.engine) as session:
        shelves = [
            (one, count, _rows(session, desk, one, number if chosen else 1))
            for one, count in _counts(desk, session).items()
            if chosen in (None, one)
        ]
    return desk.show(
        "papers/list.html.j2",
        shelves=shelves,
        chosen=chosen,
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"/cong-van?phan={chosen}&trang={to}",
    )


def _counts(desk: Desk, session: Session) -> dict[Shelf, int]:
    """How many papers each shelf has; a body has those that were issued to it."""
    if not desk.viewer.sees_all:
        return {Shelf.ISSUED: count_issued(session, desk.viewer)}
    counts = count_papers(session, desk.today)
    return {one: getattr(counts, one.name.lower()) for one in Shelf}


def _rows(session: Session, desk: Desk, shelf: Shelf, number: int) -> list[PaperRow]:
    part = (session, desk.today, PAGE_LENGTH, (number - 1) * PAGE_LENGTH)
    if shelf is Shelf.ISSUED:
        return issued_papers(*part, desk.viewer)
    return waiting_papers(*part, shelf is Shelf.WAITING)


@router.get("/cong-van/{paper_id}")
def one_paper(paper_id: str, desk: AtDesk) -> HTMLResponse:
    """The paper as it is printed, and the form that records its issue."""
    return _show(desk, number_in(paper_id), TypedIssue())


@router.post("/cong-van/{paper_id}/ban-hanh")
def record_issue(paper_id: str, desk: AtDesk, form: Posted) -> Response:
    """Record number, signatory and day of a paper that was signed and issued."""
    key, typed = number_in(paper_id), _typed(form)
    if not desk.viewer.sees_all:
        with reading(desk.engine) as session:
            find_paper(session, key, desk.viewer)
    act = desk.act(Actor.SECRETARIAT)
    try:
        day = parse_day(typed.day)
        if day is None:
            raise WrongDate("Chưa ghi ngày ban hành.")
        issue_paper(desk.engine, key, typed.number, typed.signed_by, day, act)
    except (WrongDate, WrongEntry) as error:
        return _show(desk, key, _with(typed, str(error)), 422)
    except NotAllowed as error:
        return _show(desk, key, _with(typed, str(error)), 409)
    return see(f"/cong-van/{key}?xong=cong-van")


def _typed(form: FormData) -> TypedIssue:
    return TypedIssue(*(text_of(form, name) for name in ("so", "nguoi-ky", "ngay")))


def _with(typed: TypedIssue, problem: str) -> TypedIssue:
    return TypedIssue(typed.number, typed.signed_by, typed.day, problem)


def _show(desk: Desk, key: int, typed: TypedIssue, status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        paper = find_paper(session, key, desk.viewer)
        annex = annex_of(session, paper, desk.today)
        return desk.show(
            "papers/paper.html.j2",
            status=status,
            paper=paper,
            agency=agency_names(session, {paper.agency_id})[paper.agency_id],
            sheet=_sheet(session, paper, annex.day, annex.rows) if annex.rows else None,
            annex=annex,
            newer=newer_paper(session, paper),
            typed=typed,
            longest=MOST_CHARACTERS,
        )


def _sheet(session: Session, paper: UrgingPaper, day: date, rows: tuple[AnnexRow, ...]) -> UrgingSheet:
    committee = the_committee(session)
    ids = (committee.upper_id, committee.secretariat_id, committee.chair_id, paper.agency_id)
    names = agency_names(session, set(ids))
    upper, secretariat, chair, to_name = (names[key] for key in ids)
    issue = None
    if paper.issued_on is not None:
        issue = Issue(paper.number or "", paper.signed_by or "", paper.issued_on)
    tasks = [
        AnnexTask(
            row.task.code,
            row.task.title,
            row.task.source,
            row.due_on,
            row.days_late,
            row.urging_number,
            row.unreached,
        )
        for row in rows
    ]
    return urging_sheet(letterhead(upper, secretariat), to_name, day, tasks, chair, issue)
