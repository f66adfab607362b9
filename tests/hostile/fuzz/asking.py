"""One request to the application as the server would hand it on, and its whole answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from starlette.types import ASGIApp, Message


@dataclass
class Asked:
    """A request: the target as written in its first line, headers and body as bytes."""

    method: str
    target: str
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


@dataclass
class Answer:
    """The answer: 0 as status if there was none."""

    status: int = 0
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""


async def ask(app: ASGIApp, asked: Asked) -> Answer:
    """Send the request in one piece and read the answer to its end."""
    answer, parts, done = Answer(), [], asyncio.Event()
    pieces = [asked.body[at : at + 65536] for at in range(0, len(asked.body), 65536)] or [b""]

    async def receive() -> Message:
        if not pieces:
            await done.wait()
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                done.set()

    await app(_scope(asked), receive, send)
    answer.body = b"".join(parts)
    return answer


def _scope(asked: Asked) -> Mapping[str, object] | dict[str, object]:
    path, _, query = asked.target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("ascii", "replace"),
        "query_string": query.encode("ascii", "replace"),
        "root_path": "",
        "headers": asked.headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }
