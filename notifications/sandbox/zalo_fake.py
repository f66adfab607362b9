"""A fake of Zalo's OA API on loopback: the consultation-message (CS) call, and asking for the account.

Faithful where it matters to a sender: errors come as HTTP 200 with ``error != 0``, an over-long
text is rejected and not cut, and the programmed troubles are those a real service has.
"""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NotRequired, Self, TypedDict

CS_PATH = "/v3.0/oa/message/cs"
ACCOUNT_PATH = "/v2.0/oa/getoa"
MAX_TEXT = 2000  # characters


@dataclass(frozen=True, slots=True)
class ZaloMessage:
    """One message that the fake took: for whom, the text, and the id it gave."""

    user_id: str
    text: str
    message_id: str


class Accepted(TypedDict):
    """What Zalo says of a message that it took."""

    user_id: str
    message_id: NotRequired[str]


class Answered(TypedDict):
    """Zalo's envelope; ``error`` 0 is success."""

    error: int
    message: str
    data: NotRequired[Accepted]


@dataclass(frozen=True, slots=True)
class _Trouble:
    kind: str  # "error" | "http" | "hang" | "no-id"
    code: int = 0
    text: str = ""


class ZaloFake:
    """``with ZaloFake("token", users=["u1"]) as zalo:`` then point ``zalo_api`` at ``zalo.api``.

    Instructions hold per user until ``behave``; safe from any thread.
    """

    host = "127.0.0.1"

    def __init__(self, access_token: str, users: Iterable[str] = ()) -> None:
        self.port = 0
        self.connections = 0
        self.access_token = access_token
        self._users = set(users)
        self._lock = threading.Lock()
        self._messages: list[ZaloMessage] = []
        self._troubles: dict[str, _Trouble] = {}
        self._released = threading.Event()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def api(self) -> str:
        """Base address, for ``settings.zalo_api``."""
        return f"http://{self.host}:{self.port}"

    @property
    def messages(self) -> list[ZaloMessage]:
        """What was taken so far, oldest first (a copy). Includes what was taken but not confirmed."""
        with self._lock:
            return list(self._messages)

    def add_user(self, user_id: str) -> None:
        """A new follower."""
        with self._lock:
            self._users.add(user_id)

    def fail(self, user_id: str, code: int, text: str = "") -> None:
        """Refuse: HTTP 200 with this error code."""
        self._trouble(user_id, _Trouble("error", code, text or f"error {code}"))

    def fail_http(self, user_id: str, status: int) -> None:
        """Take the message, then answer this HTTP status without an envelope."""
        self._trouble(user_id, _Trouble("http", status))

    def hang(self, user_id: str) -> None:
        """Take the message, then stay silent until ``release`` or ``stop``."""
        self._trouble(user_id, _Trouble("hang"))

    def omit_message_id(self, user_id: str) -> None:
        """Take the message and answer success without a message_id."""
        self._trouble(user_id, _Trouble("no-id"))

    def behave(self) -> None:
        """Forget all instructions; the messages stay."""
        with self._lock:
            self._troubles.clear()
        self.release()

    def release(self) -> None:
        """Let every hanging call answer; later ones hang anew."""
        self._released.set()
        self._released = threading.Event()

    def start(self) -> None:
        """Listen, on the port of last time if there was one. RuntimeError when already listening."""
        if self._server is not None:
            raise RuntimeError("ZaloFake is already started")
        self._server = _Server((self.host, self.port), self)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening. RuntimeError when not listening."""
        if self._server is None or self._thread is None:
            raise RuntimeError("ZaloFake is not started")
        self.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self.stop()

    def _trouble(self, user_id: str, trouble: _Trouble) -> None:
        with self._lock:
            self._troubles[user_id] = trouble

    def answer(self, token: str | None, body: bytes) -> tuple[int, Answered | None]:
        """Status and envelope (None: an answer without one) for one call. May block, see ``hang``."""
        if token != self.access_token:
            return 200, _refusal(-216, "Access token is invalid")
        user_id, text = _recipient_and_text(body)
        if not user_id or not text:
            return 200, _refusal(-201, "Params is invalid")
        with self._lock:
            known, trouble = user_id in self._users, self._troubles.get(user_id)
        if trouble and trouble.kind == "error":
            return 200, _refusal(trouble.code, trouble.text)
        if not known:
            return 200, _refusal(-213, "User has not followed OA")
        if len(text) > MAX_TEXT:
            return 200, _refusal(-210, "Text message exceeds the maximum length")
        return self._take(user_id, text, trouble)

    def _take(self, user_id: str, text: str, trouble: _Trouble | None) -> tuple[int, Answered | None]:
        released = self._released
        with self._lock:
            message = ZaloMessage(user_id, text, f"{len(self._messages) + 1:020x}")
            self._messages.append(message)
        if trouble and trouble.kind == "http":
            return trouble.code, None
        if trouble and trouble.kind == "hang":
            released.wait()
        data: Accepted = {"user_id": user_id}
        if not trouble or trouble.kind != "no-id":
            data = {"message_id": message.message_id, "user_id": user_id}
        return 200, {"data": data, "error": 0, "message": "Success"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], fake: ZaloFake) -> None:
        self.fake = fake
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"  # keeps the line open, so a test can count lines
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        with self.server.fake._lock:
            self.server.fake.connections += 1

    def do_GET(self) -> None:
        known = self.headers.get("access_token") == self.server.fake.access_token
        account = {"data": {"oa_id": "1"}, "error": 0, "message": "Success"}
        if self.path != ACCOUNT_PATH:
            self._write(404, b"<html>404 Not Found</html>", "text/html")
            return
        answer = account if known else _refusal(-216, "Access token is invalid")
        self._write(200, json.dumps(answer).encode(), "application/json")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != CS_PATH:
            self._write(404, b"<html>404 Not Found</html>", "text/html")
            return
        status, envelope = self.server.fake.answer(self.headers.get("access_token"), body)
        content = json.dumps(envelope).encode() if envelope is not None else b"<html>trouble</html>"
        self._write(status, content, "application/json" if envelope is not None else "text/html")

    def _write(self, status: int, content: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except ConnectionError:  # the client gave up waiting: that is what ``hang`` is for
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the demo's screen belongs to the story."""


def _refusal(code: int, text: str) -> Answered:
    return {"error": code, "message": text}


def _recipient_and_text(body: bytes) -> tuple[str, str]:
    """The two strings of a well-formed call, or empty ones."""
    try:
        call = json.loads(body)
        user_id, text = call["recipient"]["user_id"], call["message"]["text"]
    except (ValueError, KeyError, TypeError):
        return "", ""
    return (user_id, text) if isinstance(user_id, str) and isinstance(text, str) else ("", "")
