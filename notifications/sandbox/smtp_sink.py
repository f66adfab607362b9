"""A real SMTP server on loopback that keeps every letter and can be told to misbehave."""

import asyncio
import email
import email.policy
import ssl
import threading
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self, TypedDict, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True, slots=True)
class Received:
    """One accepted letter: its envelope, its bytes as they came, and the parsed message."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    message: EmailMessage


class SmtpSink:
    """``with SmtpSink() as sink:`` then send to ``sink.host``, ``sink.port``; look at ``sink.messages``.

    ``stop()`` and ``start()`` play a server that is away for a while, on the same port. Safe to
    read and to instruct from any thread. ``login`` demands these credentials; ``tls`` offers
    STARTTLS, or speaks TLS from the start with ``implicit_tls``.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
    ) -> None:
        self.port = 0
        self.connections = 0  # clients that greeted us
        self._login, self._tls, self._implicit_tls = login, tls, implicit_tls
        self._lock = threading.Lock()
        self._messages: list[Received] = []
        self._replies: dict[tuple[str, str], str] = {}
        self._after_content = ""
        self._transports: set[asyncio.Transport] = set()
        self._controller: _Controller | None = None

    @property
    def messages(self) -> list[Received]:
        """The letters accepted so far, oldest first (a copy)."""
        with self._lock:
            return list(self._messages)

    def refuse(self, recipient: str, code: int = 550, text: str = "5.1.1 User unknown") -> None:
        """Answer this to RCPT for this recipient."""
        self._say("RCPT", recipient, f"{code} {text}")

    def refuse_senders(self, code: int, text: str) -> None:
        """Answer this to every MAIL."""
        self._say("MAIL", "", f"{code} {text}")

    def refuse_content(self, code: int, text: str) -> None:
        """Answer this after the content, keeping nothing."""
        self._say("CONTENT", "", f"{code} {text}")

    def drop_after_content(self) -> None:
        """Keep the letter, then close the line without a word: the sender cannot know."""
        self._after_content = "drop"

    def stay_silent_after_content(self) -> None:
        """Keep the letter, then never answer."""
        self._after_content = "silent"

    def behave(self) -> None:
        """Forget all instructions; the letters stay."""
        with self._lock:
            self._replies.clear()
        self._after_content = ""

    def start(self) -> None:
        """Listen, on the port of last time if there was one. RuntimeError when already listening."""
        if self._controller is not None:
            raise RuntimeError("SmtpSink is already started")
        controller = _Controller(self, self._login, self._tls, self._implicit_tls)
        controller.start()
        self._controller, self.port = controller, controller.port

    def stop(self) -> None:
        """Close all lines and stop listening. RuntimeError when not listening."""
        if self._controller is None:
            raise RuntimeError("SmtpSink is not started")
        controller, self._controller = self._controller, None
        controller.loop.call_soon_threadsafe(self._hang_up)
        controller.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._controller is not None:
            self.stop()

    def _say(self, step: str, subject: str, reply: str) -> None:
        with self._lock:
            self._replies[step, subject.lower()] = reply

    def _reply(self, step: str, subject: str = "") -> str | None:
        with self._lock:
            return self._replies.get((step, subject.lower()))

    def _hang_up(self) -> None:
        for transport in list(self._transports):
            transport.abort()

    # What aiosmtpd calls, all in its own thread and loop.

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if session.ssl is None or self._implicit_tls:  # the second EHLO of STARTTLS is the same client
            self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self._reply("MAIL"):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self._reply("RCPT", address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if reply := self._reply("CONTENT"):
            return reply
        raw = cast(bytes, envelope.content)
        message = email.message_from_bytes(raw, policy=email.policy.default)
        received = Received(str(envelope.mail_from), tuple(map(str, envelope.rcpt_tos)), raw, message)
        with self._lock:
            self._messages.append(received)
            number = len(self._messages)
        if self._after_content == "drop":
            self._hang_up()
        if self._after_content:
            await asyncio.Event().wait()  # until the line or the server goes
        return f"250 2.0.0 OK queued as {number}"


class _Tracked(SMTP):
    """An aiosmtpd session whose line the sink can cut."""

    def __init__(self, sink: SmtpSink, **options: Any) -> None:
        super().__init__(sink, **options)
        self._sink = sink

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._line = cast(asyncio.Transport, transport)
        self._sink._transports.add(self._line)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._sink._transports.discard(self._line)
        super().connection_lost(error)


class _SmtpOptions(TypedDict, total=False):
    """What the server is told beside its sink, as ``SMTP`` takes it."""

    hostname: str
    authenticator: Any  # a closure that aiosmtpd does not type
    auth_required: bool
    auth_require_tls: bool
    tls_context: ssl.SSLContext


class _Controller(Controller):
    """Controller on a port that the system picks: aiosmtpd itself would then knock at port 0."""

    def __init__(
        self, sink: SmtpSink, login: tuple[str, str] | None, tls: ssl.SSLContext | None, implicit_tls: bool
    ) -> None:
        options: _SmtpOptions = {"hostname": "sink.example"}
        if login:
            options["authenticator"] = _checks(login)
            options["auth_required"], options["auth_require_tls"] = True, False
        if tls and not implicit_tls:
            options["tls_context"] = tls
        self._sink, self._options = sink, options
        super().__init__(sink, SmtpSink.host, sink.port, ssl_context=tls if implicit_tls else None)

    def factory(self) -> SMTP:
        return _Tracked(self._sink, loop=self.loop, **self._options)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = cast(asyncio.Server, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def _checks(login: tuple[str, str]) -> Any:
    def authenticate(server: SMTP, session: Session, envelope: Envelope, way: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and (given.login, given.password) == (
            login[0].encode(),
            login[1].encode(),
        )
        return AuthResult(success=right, handled=False)  # handled=False: aiosmtpd then answers 535

    return authenticate
