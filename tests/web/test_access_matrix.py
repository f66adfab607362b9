"""Every route x every member of the cast x what it answers; a route without a row fails.

Seen to fail where every seat plays the secretariat, and with a gate that is open.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.access_cast import CAST
from tests.web.access_forms import AT, FORMS, address_of
from tests.web.access_office import Staffed, staffed_office
from tests.web.access_rows import ROWS
from web.app import create_app

#: How a page says that it is who one is that hinders.
WHO = (
    "không có vị trí", "không có quyền", "thao tác được việc này", "chưa giao cho bạn",
    "văn thư của cơ quan thực hiện", "không tự quyết định", "không trả lời được",
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


@pytest.mark.parametrize("who", CAST)
def test_what_each_gets(staffed: Staffed, who: str) -> None:
    expected = {row: signs.split()[CAST.index(who)] for row, signs in ROWS.items()}
    assert {row: answered(staffed, who, row) for row in ROWS} == expected


def test_every_route_has_a_row() -> None:
    paths = create_app().openapi()["paths"].items()
    routes = {f"{method.upper()} {path}" for path, methods in paths for method in methods}
    assert {row.partition(" [")[0] for row in ROWS} == routes
    assert {*FORMS, *AT} <= set(ROWS)
