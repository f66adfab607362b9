"""Whether Prefect's server lets in whoever asks: then no sweep works with it (docs/decisions/0013).

Whoever can write to the server has programs run where the sweeps run, also from a web page that somebody
opens on that machine. So the server is asked, without a word of who we are, before each sweep.
"""

import os
import secrets
import signal
import ssl
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime
from functools import partial

import httpx
from prefect.context import refresh_global_settings_context
from prefect.settings import get_current_settings
from sqlalchemy.exc import DBAPIError

from flows.actions.installation.instant import clock_words, read_clock
from flows.actions.installation.open_server import tolerated_until
from flows.actions.office import office_database
from models.db import Crossed, DatabaseNotReady
from rules.refusal import Refusal

#: What is asked: to read, to read by POST, and to write what cannot be written. A proxy may guard only one.
Question = tuple[str, str, dict[str, int] | None]
QUESTIONS: tuple[Question, ...] = (
    ("GET", "/admin/version", None),
    ("POST", "/flows/filter", {"limit": 1}),
    ("POST", "/deployments/", {}),
)
_UNPROCESSABLE = 422  # nobody asked who we are before what we had sent was looked at
LOOK_EVERY = 60.0  # seconds: a runner lives for months, its server may be started anew without a password
_DATABASE_AWAY = (DBAPIError, DatabaseNotReady, Crossed)
PATIENCE = 5.0  # seconds for a connection, and for each piece of an answer

OPEN = (
    "Máy chủ Prefect {server} trả lời mà không đòi mật khẩu: trang web hay chương trình nào tới được máy chủ "
    "ấy cũng chạy được lệnh trên máy đang chạy các lượt quét. Hãy đặt PREFECT_SERVER_API_AUTH_STRING "
    "(«tên:mật khẩu») cho máy chủ, đặt PREFECT_API_AUTH_STRING cùng giá trị cho «python -m flows» và các "
    "worker, rồi khởi động lại tất cả (xem docs/runbook.md)."
)
REFUSED = (
    "{open} Cho đến lúc đó, các lượt quét không làm việc qua máy chủ này; «dondoc tick» và «dondoc work» "
    "vẫn làm những việc ấy mà không cần Prefect."
)
WARNING = "CẢNH BÁO: {open} Sau {until}, các lượt quét sẽ không làm việc qua máy chủ này nữa."


def look_at_door() -> str | None:
    """Ask the server of this process; a warning in Vietnamese while an open one is tolerated, else None.

    Without PREFECT_API_URL there is none to ask: Prefect then starts one of its own. A server that does not
    answer says nothing about its door either; whoever needs it finds that out. Raises Refusal: the server
    is open, and the days of grace are over or were never given.
    """
    url = get_current_settings().api.url
    if url is None:
        return None
    is_open = answers_without_password(url)
    try:
        until = _grace()
    except _DATABASE_AWAY:
        if is_open:
            raise
        return None  # the sweep itself will say so, or try again
    if not is_open:
        return None
    said = OPEN.format(server=_named(url))
    if until is None:
        raise Refusal(REFUSED.format(open=said))
    return WARNING.format(open=said, until=clock_words(until))


def answers_without_password(url: str) -> bool:
    """Whether the API at ``url`` does what a stranger asks, who shows no credentials of any kind."""
    base = httpx.URL(url).copy_with(userinfo=b"")
    # Redirections as Prefect's own client takes them: what is behind them is what the sweeps work with.
    with httpx.Client(verify=_trust(base), timeout=PATIENCE, follow_redirects=True) as stranger:
        return any(_lets_in(stranger, base, question) for question in QUESTIONS)


def _lets_in(stranger: httpx.Client, base: httpx.URL, question: Question) -> bool:
    method, path, body = question
    try:
        with stranger.stream(method, f"{base}".rstrip("/") + path, json=body) as answer:
            login = bool(answer.history) and "html" in answer.headers.get("content-type", "")
            return answer.status_code == _UNPROCESSABLE or (answer.is_success and not login)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def _trust(url: httpx.URL) -> ssl.SSLContext | bool:
    """Whose certificates are believed: as the settings tell Prefect's own client."""
    api = get_current_settings().api
    if url.scheme != "https" or api.tls_insecure_skip_verify:
        return False
    return ssl.create_default_context(cafile=api.ssl_cert_file) if api.ssl_cert_file else True


def _grace() -> datetime | None:
    engine = office_database()
    try:
        return tolerated_until(engine, read_clock(engine).now)
    finally:
        engine.dispose()


def _named(url: str) -> str:
    """Host and port, without a password that may stand before them."""
    return f"«{httpx.URL(url).netloc.decode('ascii', 'replace')[:60]}»"


@contextmanager
def guarded_door(every: float = LOOK_EVERY) -> Iterator[None]:
    """Look at the door every so many seconds while the block runs. Raises Refusal: it had to be shut.

    The runner asks the server for work by itself, and runs what it is given: when the server turns out to be
    open, this process gets a signal, as from whoever stops it.
    """
    over, refusals = threading.Event(), list[Refusal]()
    look = partial(copy_context().run, _guard, every, over, refusals)  # with the settings of who asks for it
    guard = threading.Thread(target=look, daemon=True, name="door")
    guard.start()
    try:
        yield
    except (KeyboardInterrupt, SystemExit):  # Prefect ends by either, and by neither
        if not refusals:
            raise
    finally:
        over.set()
        guard.join(PATIENCE)
    if refusals:
        raise refusals[0]


def _guard(every: float, over: threading.Event, refusals: list[Refusal]) -> None:
    while not over.wait(every):
        try:
            look_at_door()
        except _DATABASE_AWAY:
            continue  # nobody can say for how long an open server is tolerated; the sweeps refuse anyway
        except Refusal as refusal:
            refusals.append(refusal)
            os.kill(os.getpid(), _end())
            return


def _end() -> signal.Signals:
    """The gentler one, unless a shell that put this process into its background has it ignored."""
    return signal.SIGTERM if signal.getsignal(signal.SIGINT) is signal.SIG_IGN else signal.SIGINT


def keep_private(environment: MutableMapping[str, str]) -> None:
    """Give the server that Prefect will start for this process a password of its own, drawn anew each time.

    It stands in the environment of this process and its children only: on no command line, in no file.
    """
    auth = f"don-doc:{secrets.token_hex(24)}"
    environment["PREFECT_SERVER_API_AUTH_STRING"] = environment["PREFECT_API_AUTH_STRING"] = auth
    refresh_global_settings_context()
