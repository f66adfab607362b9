"""What the commands do, and how they say what was done."""

import gc
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from config.settings import get_settings
from flows.terminal.instants import parse_instant
from notifications.letters.filters import grouped
from rules.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

console = Console(highlight=False)


def migrate_database(own_time: bool = False) -> None:
    """Create or upgrade the database of the settings; ``own_time``: one to try things on at any time."""
    from models.db import migrate, shown

    url = get_settings().database_url
    migrate(url)
    _remember_place(url)
    if own_time:
        _give_own_time(url)
    console.print("Cơ sở dữ liệu đã sẵn sàng:", shown(url), markup=False)


def _remember_place(url: str) -> None:
    from config.clock import wall_now
    from models.db import connect
    from notifications.restore_guard import remember_place

    engine = connect(url)
    remember_place(engine, get_settings(), wall_now())
    engine.dispose()


def _give_own_time(url: str) -> None:
    from flows.actions.own_time import give_own_time
    from models.db import connect

    engine = connect(url)
    try:
        give_own_time(engine)
    finally:
        engine.dispose()


def import_agencies_file(file: Path) -> None:
    """Import the register; the database is as it was if anything is wrong with the file."""
    from config.agencies import load_register
    from flows.actions.import_register import import_register
    from flows.actions.office import office_database

    register = load_register(file)
    report = import_register(office_database(), register)
    console.print(
        f"Đã nhập {grouped(report.bodies)} cơ quan ({grouped(len(report.added))} mới) "
        f"và {grouped(report.contacts)} đầu mối liên hệ."
    )
    if report.kept:
        console.print(f"Không có trong tệp, vẫn giữ lại: {', '.join(report.kept)}.", markup=False)


def take_back_document(document_id: int) -> None:
    """Cancel the issue of a document that waits for it. Raises Refusal."""
    from flows.actions.instant import present
    from flows.actions.office import office_database
    from flows.actions.take_back import take_back
    from models.task_facts import source_of

    engine = office_database()
    document = take_back(engine, document_id, present(engine))
    source = source_of(document.kind, document.number, document.dated_on)
    console.print(f"Đã đưa về dự thảo: {source} (văn bản số {document_id}). Chưa giao việc.", markup=False)


def read_bytes(file: Path) -> bytes:
    """The file's bytes. Raises Refusal naming the file."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"Không tìm thấy tệp {file}.") from None
    except IsADirectoryError:
        raise Refusal(f"{file} là một thư mục, không phải tệp.") from None
    except PermissionError:
        raise Refusal(f"Không có quyền đọc tệp {file}.") from None
    except OSError as error:
        raise Refusal(f"Không đọc được tệp {file}: {error.strerror}.") from None


def run_tick(now: str | None) -> None:
    """One tick, and what it did in a few lines."""
    # Much of what a morning makes stays until its end: looking for garbage often would cost 5 % of it.
    gc.set_threshold(50_000, 20, 20)
    from flows.actions.office import office_database, this_office
    from flows.actions.tick import tick
    from flows.terminal.tick_report import tick_lines

    engine = office_database()
    given = given_instant(now, engine)
    report = tick(engine, this_office(), given)
    if given is not None:
        console.print(
            "Cơ sở dữ liệu này nay sống theo thời điểm được đặt, không theo đồng hồ.", style="yellow"
        )
    for line in tick_lines(report):
        console.print(line, markup=False)


def given_instant(now: str | None, engine: "Engine") -> datetime | None:
    """The instant of ``--now``. Raises Refusal: it is none, or the database lives by the clock."""
    from flows.actions.own_time import must_have_own_time

    if now is None:
        return None
    given = parse_instant(now)
    must_have_own_time(engine)
    return given


def serve_pages(port: int) -> None:
    """The pages until Ctrl-C. Raises Refusal when the database or the port cannot be used."""
    from flows.actions.office import office_database, this_office

    office_database().dispose()  # say what is wrong with the database here, not in a traceback
    this_office()  # and with policy or calendar
    serve_when_free(port)


def serve_when_free(port: int) -> None:
    """Start the pages by import string, which keeps the floors apart. Raises Refusal."""
    import uvicorn

    must_be_free(port)
    console.print(f"Mở trình duyệt tại http://127.0.0.1:{port} (dừng bằng Ctrl-C).")
    uvicorn.run(
        "web.app:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=2,  # of the five seconds within which everything ends
    )


def must_be_free(port: int) -> None:
    """Raises Refusal when somebody else listens on ``port``."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Refusal(f"Cổng {port} đang được dùng: hãy chọn cổng khác bằng --port.") from None


def parse_day(text: str) -> date:
    """A day as 2022-08-26 or 26/08/2022. Raises Refusal."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Refusal(f"Ngày «{text}» không hợp lệ: hãy viết dạng 2022-08-26 hoặc 26/08/2022.")
