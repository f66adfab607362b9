"""The leadership digest of today, to be read on paper, and what its headings link to in full."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from flows.actions.follow_up.digest import digest_of
from models.committee.meetings_listed import meetings_from
from models.db import reading
from models.facts import standing_rules
from models.follow_up.digest_matter import league_on
from notifications.letters.digest import digest_sections, unreminded_words
from notifications.letters.kit.filters import clean
from web.forms.fields import page_in
from web.kit.desk import AtDesk
from web.pages.follow_up.digest_rows import report_of, same

router = APIRouter()
PAGE_LENGTH = 100


@router.get("/bao-cao")
def show_report(desk: AtDesk) -> HTMLResponse:
    """The same sections, in the same words, as the letter to the leaders."""
    with reading(desk.engine) as session:
        digest = clean(digest_of(session, desk.today, desk.office))
        meeting = next(iter(meetings_from(session, desk.today)), None)
    report = report_of(digest_sections(digest, ""), desk.office.policy.digest.rows_per_section)
    unreminded = unreminded_words(digest).strip()
    return desk.show(
        "report/report.html.j2",
        digest=digest, report=report, same=same, meeting=meeting, unreminded=unreminded,
    )  # fmt: skip


@router.get("/bao-cao/co-quan")
def show_league(request: Request, desk: AtDesk) -> HTMLResponse:
    """The figures of every body that has a task, in the order of the report."""
    with reading(desk.engine) as session:
        rows = clean(league_on(session, desk.today, desk.office.policy.digest_windows))
    return _paged(request, desk, "report/league.html.j2", rows)


@router.get("/bao-cao/nguyen-tac")
def show_rules(request: Request, desk: AtDesk) -> HTMLResponse:
    """The general rules of all issued documents, in full."""
    with reading(desk.engine) as session:
        rows = clean(tuple(standing_rules(session)))
    return _paged(request, desk, "report/rules.html.j2", rows)


def _paged(request: Request, desk: AtDesk, template: str, rows: tuple[object, ...]) -> HTMLResponse:
    number = page_in(request.query_params.get("trang", ""))
    first = (number - 1) * PAGE_LENGTH
    return desk.show(
        template,
        rows=rows[first : first + PAGE_LENGTH],
        total=len(rows),
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: f"{request.url.path}?trang={to}",
    )
