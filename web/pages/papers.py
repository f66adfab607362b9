"""Công văn đôn đốc: what waits to be signed, each paper to be printed, and the record of its issue."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.papers import issue_paper
from models.db import reading
from models.papers import AnnexRow, annex_of, find_paper, issued_papers, newer_paper, waiting_papers
from models.register import agency_names, the_committee
from models.tasks import UrgingPaper
from notifications.papers.letterhead import letterhead
from notifications.papers.urging import Issue, Named, UrgingSheet, urging_sheet
from rules.status import NotAllowed
from rules.urging_papers import MOST_CHARACTERS, WrongEntry
from rules.vocabulary import Actor
from web.desk import AtDesk, Desk, see
from web.forms import Posted, WrongDate, number_in, parse_day, text_of

router = APIRouter()
_MOST = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed about the issue, and the problem with it."""

    number: str = ""
    signed_by: str = ""
    day: str = ""
    problem: str = ""


@router.get("/cong-van")
def list_papers(desk: AtDesk) -> HTMLResponse:
    """Papers that wait to be signed, those nobody needs any more, those that are out."""
    with reading(desk.engine) as session:
        waiting = waiting_papers(session, desk.today, _MOST)
        issued = issued_papers(session, desk.today, _MOST)
    return desk.show(
        "papers/list.html.j2",
        waiting=[row for row in waiting if row.owed],
        needless=[row for row in waiting if not row.owed],
        issued=issued,
        most=_MOST,
        cut=_MOST in (len(waiting), len(issued)),
    )


@router.get("/cong-van/{paper_id}")
def one_paper(paper_id: str, desk: AtDesk) -> HTMLResponse:
    """The paper as it is printed, and the form that records its issue."""
    return _show(desk, number_in(paper_id), Typed())


@router.post("/cong-van/{paper_id}/ban-hanh")
def record_issue(paper_id: str, desk: AtDesk, form: Posted) -> Response:
    """Record number, signatory and day of a paper that was signed and issued."""
    key, typed = number_in(paper_id), _typed(form)
    try:
        day = parse_day(typed.day)
        if day is None:
            raise WrongDate("Chưa ghi ngày ban hành.")
        issue_paper(desk.engine, key, typed.number, typed.signed_by, day, Actor.SECRETARIAT, desk.now)
    except (WrongDate, WrongEntry) as error:
        return _show(desk, key, _with(typed, str(error)), 422)
    except NotAllowed as error:
        return _show(desk, key, _with(typed, str(error)), 409)
    return see(f"/cong-van/{key}?xong=cong-van")


def _typed(form: FormData) -> Typed:
    return Typed(*(text_of(form, name) for name in ("so", "nguoi-ky", "ngay")))


def _with(typed: Typed, problem: str) -> Typed:
    return Typed(typed.number, typed.signed_by, typed.day, problem)


def _show(desk: Desk, key: int, typed: Typed, status: int = 200) -> HTMLResponse:
    with reading(desk.engine) as session:
        paper = find_paper(session, key)
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
        Named(
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
