"""What the libraries of Apprise's plugins do while a letter travels (``outward.py``).

No redirection, no proxy and no password of the environment, no certificate unlooked at; an answer is read
up to a limit of size and time. Whatever else this process does with these libraries stays as it was.
"""

import socket
from collections.abc import Callable
from functools import wraps
from threading import Thread
from typing import Any

from notifications.channels.stock.outward import Forbidden, on_journey

MOST_CONTENT = 1024 * 1024  # bytes of one HTTP answer, unpacked: no plugin needs more
LONGEST_WAIT = 20.0  # seconds for one answer, whatever the address asks (?cto=, ?rto=)
_CHUNK = 16 * 1024
#: What ``HTTPAdapter.send`` takes after the request, in its order.
_ASKED = ("stream", "timeout", "verify", "cert", "proxies")


def put_in_place() -> None:
    """Once a process. requests has no setting for these that a plugin's own session would obey."""
    from requests import adapters, sessions

    adapters.HTTPAdapter.send = _bounded(adapters.HTTPAdapter.send)  # type: ignore[method-assign]
    mixin = sessions.SessionRedirectMixin
    mixin.get_redirect_target = _travelling_else(mixin.get_redirect_target, None)  # type: ignore[method-assign]
    for name, instead in (("get_environ_proxies", {}), ("get_netrc_auth", None)):
        setattr(sessions, name, _travelling_else(getattr(sessions, name), instead))
    readinto, start = socket.SocketIO.readinto, Thread.start

    def counted(self: socket.SocketIO, buffer: Any) -> int | None:
        size = readinto(self, buffer)
        if (journey := on_journey()) is not None:
            journey.take(size or 0)
        return size

    def started(self: Thread) -> None:
        if (journey := on_journey()) is not None:
            raise journey.forbid("thread")  # nobody would look at what it does
        start(self)

    setattr(socket.SocketIO, "readinto", counted)  # noqa: B010  (its type names the parameter)
    Thread.start = started  # type: ignore[method-assign]


def _travelling_else(function: Callable[..., Any], instead: Any) -> Callable[..., Any]:
    @wraps(function)
    def answered(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs) if on_journey() is None else instead

    return answered


def _bounded(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    def bounded(adapter: Any, request: Any, *given: Any, **named: Any) -> Any:
        if on_journey() is None:
            return send(adapter, request, *given, **named)
        asked = {**dict(zip(_ASKED, given, strict=False)), **named}
        patience, verify = _patience(asked.get("timeout")), asked.get("verify") or True
        answer = send(adapter, request, True, patience, verify, asked.get("cert"), None)
        answer._content = _content(answer)
        answer._content_consumed = True
        return answer

    return bounded


def _content(answer: Any) -> bytes:
    from requests.exceptions import ChunkedEncodingError

    found = bytearray()
    try:
        for chunk in answer.iter_content(_CHUNK):
            found += chunk
            if len(found) > MOST_CONTENT:
                raise Forbidden("too long an answer")
    except Forbidden as error:
        answer.close()
        raise ChunkedEncodingError(str(error)) from None  # as plugins expect it of requests
    return bytes(found)


def _patience(timeout: Any) -> tuple[float, float]:
    connect, read = timeout if isinstance(timeout, tuple) else (timeout, timeout)
    return _wait(connect), _wait(read)


def _wait(seconds: Any) -> float:
    """At most ``LONGEST_WAIT``; what is no number of seconds (None, nan) is that."""
    return (
        float(seconds) if isinstance(seconds, int | float) and 0 < seconds <= LONGEST_WAIT else LONGEST_WAIT
    )
