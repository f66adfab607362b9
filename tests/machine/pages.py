"""No page answers 500, whatever has happened: asked once an example, for a page costs more than a step."""

from collections.abc import Iterator

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from models.facts import code_of
from models.tables.tasks import Task
from tests.cast import rows
from web.app import create_app

LISTS = (
    "/",
    "/viec",
    "/trinh",
    "/trinh?phan=da-xong",
    "/thu",
    "/van-ban",
    "/van-ban/1",
    "/bao-cao",
    "/lich-nghi",
)


def broken_pages(engine: Engine, office: Office) -> Iterator[str]:
    """Addresses of the lists, and of the tasks, that end in an error of ours."""
    pages = TestClient(
        create_app(engine, office),
        base_url="http://127.0.0.1",
        client=("127.0.0.1", 50000),
        raise_server_exceptions=False,
    )
    with pages:
        for address in (*LISTS, *(f"/viec/{code_of(task.id or 0)}" for task in rows(engine, Task))):
            if pages.get(address).status_code >= 500:
                yield address
