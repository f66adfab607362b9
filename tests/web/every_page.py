"""Every page, found from the application's own routes, and what each asks the database for."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from tests.web.every_noun import LEAD, OTHER
from web.app import create_app

#: What stands in the place of a parameter of an address; a new parameter is a KeyError until it has a value.
PLACES: Mapping[str, tuple[str, ...]] = {
    "code": ("GN-0001",),
    "document_id": ("1", "2"),  # issued, and a draft
    "case_id": ("1",),
    "event_id": ("1",),
    "paper_id": ("1",),
    "file_id": ("1",),
    "person_id": ("1",),
    "token": ("khong-co",),
    "seq": ("0",),
}
#: What makes another page of the same address.
ASKED: Mapping[str, tuple[str, ...]] = {
    "/viec": ("?trang-thai=tat-ca", "?muc=gia-han", "?tim=431"),
    "/viec/{code}": ("?vai=van-phong",),
    "/van-ban": ("?tim=431",),
    "/trinh": ("?phan=da-xong",),
    "/nguoi-dung": ("?loc=tat-ca&tim=binh",),
    "/vang-mat": ("?nguoi=1",),
    "/chuyen-giao": (f"?tu={LEAD}&den={OTHER}",),
}
#: Not pages of rows: a file that nobody handed in here, a reading that lives in the memory of a process, a
#: link that nobody made, a server that nobody named, and the account of whoever signed in (``sign_in/``).
NOTHING_THERE = frozenset(
    {
        "/tep/1", "/van-ban/dang-doc/khong-co", "/lien-ket", "/lien-ket/khong-co", "/tai-khoan",
        "/tai-khoan/ma-xac-thuc", "/dang-nhap/tinh", "/dang-nhap/tinh/bat-dau",
        "/trinh/1/phieu-trinh/0",
    }
)  # fmt: skip


def _routes() -> list[str]:
    """The application's own list of what can be asked for."""
    return [path for path, methods in create_app().openapi()["paths"].items() if "get" in methods]


def _addresses(path: str) -> Iterator[str]:
    found = [path]
    for name in re.findall(r"{(\w+)}", path):
        found = [one.replace(f"{{{name}}}", value) for one in found for value in PLACES[name]]
    for one in found:
        yield one
        yield from (one + more for more in ASKED.get(path, ()))


#: Without the first page, which only leads to another.
PAGES = tuple(address for path in _routes() if path != "/" for address in _addresses(path))


@contextmanager
def listening(engine: Engine) -> Iterator[set[str]]:
    """The statements that are sent meanwhile."""
    said: set[str] = set()

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.add(statement)

    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)


class Asking:
    """What each page asks the database for. A page that never asks for a column cannot break on its words.

    What every page asks for belongs to the frame around them, and is tried on one of them.
    """

    def __init__(self, engine: Engine, client: TestClient) -> None:
        self._said: dict[str, set[str]] = {}
        for page in PAGES:
            with listening(engine) as said:
                client.get(page)
            self._said[page] = said
        frame = set.intersection(*(self._said[page] for page in PAGES if page not in NOTHING_THERE))
        for page in PAGES:
            if page != "/van-ban/moi":  # which shows no row: its frame is all that asks
                self._said[page] -= frame

    def pages(self, table: str, column: str) -> list[str]:
        """Those that ask for the column, seen with a row of each noun; none for one that no page reads."""
        asked = re.compile(rf"\b{table}\b(?s:.)*\b{column}\b|\b{column}\b(?s:.)*\b{table}\b")
        return [page for page in PAGES if any(asked.search(one) for one in self._said[page])]
