"""How uvicorn is asked to serve the pages, whoever starts them, and on which address it may."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypedDict

from config.setting_checks import is_loopback
from config.settings import get_settings
from rules.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

#: The lock of whoever serves the pages: tries of passwords and documents being read are in the memory of one
#: process, and several would each allow as many tries.
_PAGES = "pages"
_NOT_ALONE = (
    "Các trang của cơ sở dữ liệu này đang được một tiến trình khác phục vụ: hãy dừng tiến trình đó trước. "
    "Số lần thử mật khẩu và văn bản đang đọc nằm trong bộ nhớ của nó, nên không chạy hai tiến trình."
)
#: Connections that wait to be accepted, and the most that are accepted in one turn of the loop: with the
#: 256 lines of ``web/door/line_clock.py`` they stay below the 1,024 files that Linux allows a process.
_BACKLOG = 128
#: Seconds that pages under way have when the server is told to end; everything, readings too, has 5.
_LAST_SECONDS = 2


class PageServing(TypedDict):
    """What ``uvicorn.run`` is told, by its names."""

    app: str
    factory: bool
    host: str
    port: int
    http: str
    ws: Literal["none"]
    backlog: int
    timeout_graceful_shutdown: int
    proxy_headers: bool
    server_header: bool
    access_log: bool
    log_level: str


def check_host(host: str, database: Callable[[], "Engine"]) -> None:
    """Raises Refusal for an address beyond this machine, unless people sign in and the way is settled.

    ``database`` is opened only where it is asked.
    """
    if is_loopback(host.strip("[]")):
        return
    settings = get_settings()
    if not settings.trusted_proxies and not settings.plain_lan:
        raise Refusal(
            f"Trang chỉ mở ở 127.0.0.1. Muốn mở ở {host} thì phải có máy chủ proxy dùng https đứng trước "
            "(DONDOC_TRUSTED_PROXIES), hoặc cho phép riêng mạng nội bộ không có https (DONDOC_PLAIN_LAN)."
        )
    from flows.actions.sign_in.accounts import has_accounts
    from models.db import reading

    engine = database()
    with reading(engine) as session:
        accounts = has_accounts(session)
    engine.dispose()
    if not accounts:
        raise Refusal(
            f"Chưa có tài khoản nào nên trang chỉ mở ở 127.0.0.1, không mở ở {host}. "
            'Hãy lập tài khoản quản trị trước: «dondoc person add "Họ và tên" --admin».'
        )


@contextmanager
def alone(engine: "Engine") -> Iterator[None]:
    """The one process that serves the pages of this database. Raises Refusal where another one does."""
    from models.database.locks import exclusive

    with exclusive(engine, _PAGES) as ours:
        if not ours:
            raise Refusal(_NOT_ALONE)
        yield


def serving(port: int, host: str = "127.0.0.1") -> PageServing:
    """Arguments of ``uvicorn.run``. By import string, which keeps the floors apart."""
    return {
        "app": "web.app:create_app",
        "factory": True,
        "host": host,
        "port": port,
        "http": "web.door.line:Line",
        "ws": "none",
        "backlog": _BACKLOG,
        "timeout_graceful_shutdown": _LAST_SECONDS,
        "proxy_headers": False,
        "server_header": False,
        "access_log": False,  # an address may hold what somebody looked for
        "log_level": "warning",
    }
