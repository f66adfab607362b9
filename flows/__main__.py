"""``python -m flows``: serve the sweeps on their schedules, or run some of them once, through Prefect.

Without arguments it needs a Prefect server (PREFECT_API_URL), such as ``server`` starts. ``once`` and ``all``
start a private one for as long as they run, unless PREFECT_API_URL is set. A server that asks for no
password is not worked with. See docs/runbook.md.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from config.files.private_files import for_us_alone
from config.settings import VAR, get_settings
from flows.terminal.installation.prefect_troubles import look_at_settings, prefect_troubles
from flows.terminal.instants import parse_instant
from flows.terminal.options import PORT
from flows.terminal.screen import screen
from flows.terminal.troubles import speak_anyway
from rules.refusal import Refusal

TITLE = "Các lượt quét của Đôn Đốc, chạy qua Prefect."
NAMES = ("issue_directives", "daily_follow_up", "send_digests", "deliver_outbox")  # the order of a morning

ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # A server that is away is asked again after 2, 4, 8 ... seconds, half an hour in all; a runner gives up
    # after three times that, and takes the runs at work with it. With the default of 5 it lives four minutes.
    "PREFECT_CLIENT_MAX_RETRIES": "10",
    "PREFECT_HOME": str(VAR / "prefect"),
    # For a server, also the private one. Its password is never here: whoever starts it has to draw one.
    "PREFECT_SERVER_API_HOST": "127.0.0.1",
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "http://127.0.0.1:4200",  # its own pages; the default is "*"
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all ran, or were found running elsewhere; 1: something failed; 2: refused."""
    # Before Prefect is imported, for this process and for all it starts.
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    screen()
    speak_anyway()
    given = _parser().parse_args(arguments)
    try:
        with prefect_troubles():
            look_at_settings(os.environ)
            return _do(given)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _do(given: argparse.Namespace) -> int:
    if given.command is None:
        return serve_sweeps()
    if given.command == "server":
        from flows.prefect_server import run_server

        return run_server(given.names, given.port)
    # The private server's ERROR lines stay; its chatter would drown what the sweeps have to say.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    return run_once(NAMES if given.command == "all" else (given.name,), given.now)


def serve_sweeps() -> int:
    """Serve the four deployments until a signal comes. Raises Refusal: the server is open, now or later."""
    from prefect import serve
    from prefect.settings import get_current_settings

    if get_current_settings().api.url is None:
        # A private server has no scheduler: it would sit there and never start anything.
        print("Chưa đặt PREFECT_API_URL: cần một máy chủ Prefect đang chạy.", file=sys.stderr)
        return 2
    from flows.door import guarded_door
    from flows.schedules import AT_ONCE, deployments

    _look_at_door()
    # Not paused on SIGTERM: a restart at a quarter to seven must not cost the day its follow-up.
    with guarded_door():
        serve(*deployments(get_settings().sweep_every_seconds), pause_on_shutdown=False, limit=AT_ONCE)
    return 0


def run_once(names: Sequence[str], now: datetime | None) -> int:
    """Run the sweeps of these names in this process, one after another; all get their turn.

    Raises Refusal before the first one: no such database, time would go back, or an open server.
    """
    from prefect.settings import (
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        get_current_settings,
        temporary_settings,
    )

    from flows import door

    _look_at_door()
    instant = _advance(now)
    if get_current_settings().api.url is None:
        door.keep_private(os.environ)
    # The heartbeat costs each run a second at its end, and nobody is there to listen to it.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return max(_run(name, instant) for name in names)


def _run(name: str, now: datetime | None) -> int:
    from flows.schedules import SWEEPS

    [sweep] = [one for one in SWEEPS if one.flow.fn.__name__ == name]
    state = sweep.flow(now=now, return_state=True)
    stream = sys.stdout if state.is_completed() else sys.stderr
    print(f"{name}: {state.message if state.is_completed() else f'LỖI. {state.message}'}", file=stream)
    return 0 if state.is_completed() else 1


def _look_at_door() -> None:
    """Raises Refusal; a server that is still tolerated is told of before anything else is said."""
    from flows.door import look_at_door

    if warning := look_at_door():
        print(warning, file=sys.stderr, flush=True)


def _advance(now: datetime | None) -> datetime | None:
    """Like ``dondoc tick --now``: from now on the database lives at this instant, if one is given.

    Database and policy are looked at in any case: what a sweep raises, Prefect logs with a traceback.
    """
    from flows.actions.follow_up.tick import begin
    from flows.actions.installation.own_time import must_have_own_time
    from flows.actions.office import office_database, this_office

    engine, office = office_database(), this_office()
    try:
        if now is None:
            return None
        must_have_own_time(engine)
        return begin(engine, office, now).now
    finally:
        engine.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flows", description=TITLE)
    commands = parser.add_subparsers(dest="command", metavar="server | once | all")
    server = commands.add_parser("server", help="chạy máy chủ Prefect có mật khẩu, chỉ nhận tên của chính nó")
    what_port = "cổng nhận kết nối (mặc định: PREFECT_SERVER_API_PORT, nếu không có thì 4200)"
    server.add_argument("--port", type=_port, metavar="CỔNG", help=what_port)
    what_name = "tên khác mà máy chủ này được gọi, ví dụ sau một proxy; dùng được nhiều lần"
    server.add_argument("--name", dest="names", action="append", default=[], metavar="TÊN", help=what_name)
    once = commands.add_parser("once", help="chạy một lượt quét một lần")
    once.add_argument("name", choices=NAMES)
    everything = commands.add_parser("all", help="chạy cả bốn lượt quét một lần, theo thứ tự")
    what_now = "thời điểm giả định, chỉ cho cơ sở dữ liệu tạo bằng «dondoc migrate --own-time»"
    for command in (once, everything):
        command.add_argument("--now", type=_instant, metavar="ISO", help=what_now)
    return parser


def _port(text: str) -> int:
    """``--port``, likewise."""
    try:
        return int(PORT.read(text))
    except Refusal as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _instant(text: str) -> datetime:
    """``--now``, read as ``dondoc`` reads it; argparse shows what is wrong with it."""
    try:
        return parse_instant(text)
    except Refusal as error:
        raise argparse.ArgumentTypeError(str(error)) from None


if __name__ == "__main__":
    with for_us_alone():
        sys.exit(main())
