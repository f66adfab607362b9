"""Every route x every member of the cast x what it answers; a route without a row fails.

Seen to fail where every seat plays the secretariat, and with a gate that is open; what is written down of it
where a refusal is not heard, and where it is heard though the page was shown.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from config.act import Doer
from flows.actions.trail.refused import RefusalBook, RefusedAccess
from tests.web.access_cast import CAST
from tests.web.access_forms import AT, FORMS, address_of
from tests.web.access_office import Staffed, staffed_office
from tests.web.access_rows import ROWS
from web.app import create_app
from web.kit.gates import GATES, is_open

#: How a page says that it is who one is that hinders.
WHO = (
    "không có vị trí", "không có quyền", "thao tác được việc này", "chưa giao cho bạn",
    "văn thư của cơ quan thực hiện", "đề nghị gia hạn không tự quyết định", "không trả lời được",
)  # fmt: skip


@pytest.fixture(scope="module")
def staffed(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed_office(_migrated_sqlite, tmp_path_factory.mktemp("access")) as office:
        yield office


def answered(staffed: Staffed, who: str, row: str) -> str:
    """The sign of the table for what that one gets of that row."""
    method, address, form = address_of(row)
    browser = staffed.as_(who)
    got = browser.get(address) if method == "GET" else browser.post(address, **form)
    if got.status_code in (303, 307):
        if method == "POST":
            staffed.put_back()
        return "."
    if got.status_code == 409 and any(words in got.text for words in WHO):
        return "x"
    return {200: ".", 404: "-", 409: "#", 422: "#"}[got.status_code]


class _Heard(RefusalBook):
    """Keeps what it is told."""

    def __init__(self, staffed: Staffed) -> None:
        super().__init__(staffed.engine)
        self.told: list[tuple[str, str, int]] = []
        assert isinstance(staffed.door.app, FastAPI)
        staffed.door.app.state.refusals = self

    def tell(self, refused: RefusedAccess, doer: Doer, _now: datetime) -> None:
        self.told.append((str(refused.why), refused.route, doer.person))


@pytest.mark.parametrize("who", CAST)
def test_what_each_gets_and_what_is_written_down_of_it(staffed: Staffed, who: str) -> None:
    expected = {row: signs.split()[CAST.index(who)] for row, signs in ROWS.items()}
    got, told = {}, {}
    for row in ROWS:
        heard = _Heard(staffed)
        got[row], told[row] = answered(staffed, who, row), heard.told
    assert got == expected
    wanted = {row: to_be_told(staffed, who, row, sign) for row, sign in expected.items()}
    assert {row: [found, wanted[row]] for row, found in told.items() if found != wanted[row]} == {}


def to_be_told(staffed: Staffed, who: str, row: str, sign: str) -> list[tuple[str, str, int]]:
    """The refusal that the trail hears of: who somebody is hindered, or the page or the row is not there."""
    viewer, route = staffed.visitors[who].viewer, row.partition(" [")[0]
    shut = not is_open(viewer, GATES[route])
    entrance = route.partition(" ")[2].startswith(("/dang-nhap", "/dang-xuat", "/lien-ket"))
    missing = shut or who != "secretary"  # which sees every row: what it does not find is not there
    if not viewer.person or entrance or sign not in "x-" or (sign == "-" and not missing):
        return []
    return [("seat" if sign == "x" else "page" if shut else "row", route, viewer.person)]


def test_every_route_has_a_row() -> None:
    paths = create_app().openapi()["paths"].items()
    routes = {f"{method.upper()} {path}" for path, methods in paths for method in methods}
    assert {row.partition(" [")[0] for row in ROWS} == routes
    assert {*FORMS, *AT} <= set(ROWS)
