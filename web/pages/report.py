"""The leadership digest of today, to be read on paper."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from flows.actions.digest import digest_of
from models.db import reading
from models.meetings import meetings_from
from notifications.letters.digest import digest_sections
from notifications.letters.filters import clean
from web.desk import AtDesk

router = APIRouter()


def same(rows: Sequence[Any]) -> list[list[Any]]:
    """Rows next to each other that say the same of several bodies: one directive to a collective."""
    return [list(alike) for _, alike in groupby(rows, key=lambda row: (row.title, row.mark, row.facts))]


@router.get("/bao-cao")
def show_report(desk: AtDesk) -> HTMLResponse:
    """The same sections, in the same words, as the letter to the leaders."""
    with reading(desk.engine) as session:
        digest = clean(digest_of(session, desk.today, desk.office))
        meeting = next(iter(meetings_from(session, desk.today)), None)
    sections = digest_sections(digest, "")
    return desk.show("report/report.html.j2", digest=digest, sections=sections, same=same, meeting=meeting)
