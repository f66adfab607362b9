"""How uvicorn is asked to serve the pages, whoever starts them."""

from typing import Any

#: Connections that wait to be accepted, and the most that are accepted in one turn of the loop: with the
#: 256 lines of ``web/door/line_clock.py`` they stay below the 1,024 files that Linux allows a process.
_BACKLOG = 128
#: Seconds that pages under way have when the server is told to end; everything, readings too, has 5.
_LAST_SECONDS = 2


def serving(port: int, host: str = "127.0.0.1") -> dict[str, Any]:
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
