"""How uvicorn is asked to serve the pages, whoever starts them."""

from typing import Literal, TypedDict

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
