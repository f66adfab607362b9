"""What the commands do, and how they say what was done."""

import gc
from datetime import datetime
from errno import EADDRINUSE
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import get_settings
from flows.terminal.screen import open_console
from notifications.letters.kit.filters import grouped
from rules.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

console = open_console()
HERE = "127.0.0.1"


def migrate_database(own_time: bool = False) -> None:
    """Create or upgrade the database of the settings; ``own_time``: one to try things on at any time."""
    from models.db import migrate, shown

    url = get_settings().database_url
    migrate(url)
    _remember_place(url)
    if own_time:
        _give_own_time(url)
    _mend_modes()
    console.print("Cơ sở dữ liệu đã sẵn sàng:", shown(url), markup=False)


def _remember_place(url: str) -> None:
    from config.clock import wall_now
    from models.db import connect
    from notifications.witness.restore_guard import remember_place

    engine = connect(url)
    remember_place(engine, get_settings(), wall_now())
    engine.dispose()


def _give_own_time(url: str) -> None:
    from flows.actions.installation.own_time import give_own_time
    from flows.actions.tasks.evidence.unnamed_files import claim_empty
    from models.db import connect

    engine = connect(url)
    try:
        give_own_time(engine)
        claim_empty(engine, get_settings().evidence_folder)
    finally:
        engine.dispose()


def _mend_modes() -> None:
    """Close what older releases left open to others, and say so."""
    from flows.actions.installation.file_modes import mend_modes

    done = mend_modes(get_settings())
    if done.files or done.folders:
        console.print(
            f"Đã thu hẹp quyền của {grouped(done.files)} tệp và {grouped(done.folders)} thư mục: "
            "nay chỉ tài khoản chạy hệ thống đọc được.",
            soft_wrap=True,
        )
    if done.left:
        console.print(
            f"Chưa thu hẹp được quyền của {grouped(len(done.left))} tệp hoặc thư mục thuộc tài khoản khác, "
            f"ví dụ {done.left[0]}: hãy đổi chủ sở hữu (chown) rồi chạy lại.",
            markup=False,
            soft_wrap=True,
        )


def import_agencies_file(file: Path | None) -> None:
    """Import the register, None: of the office's own folder. Wrong in anything, it leaves all as it was."""
    from config.agencies import load_register
    from config.home import REGISTER, own
    from flows.actions.installation.instant import present
    from flows.actions.office import office_database
    from flows.actions.people.import_register import import_register
    from flows.terminal.acting import terminal_act

    if file is None and (file := own(REGISTER)) is None:
        raise Refusal(
            "Chưa rõ nhập tệp nào: hãy ghi tên tệp, hoặc đặt agencies.yaml trong thư mục DONDOC_HOME "
            "(«dondoc init» tạo một tệp mẫu)."
        )
    register = load_register(file)
    engine = office_database()
    report = import_register(engine, register, terminal_act(present(engine)))
    console.print(
        f"Đã nhập {grouped(report.bodies)} cơ quan ({grouped(len(report.added))} mới) "
        f"và {grouped(report.contacts)} đầu mối liên hệ."
    )
    if report.kept:
        console.print(f"Không có trong tệp, vẫn giữ lại: {', '.join(report.kept)}.", markup=False)
    if report.outside:
        console.print(
            "CHÚ Ý, vị trí nằm ngoài thời gian hoạt động của cơ quan (vẫn giữ nguyên; hãy kết thúc bằng "
            "«dondoc person end», rồi ghi vị trí ở cơ quan tiếp nhận nếu có):",
            soft_wrap=True,
        )
        for name, seat in report.outside:
            words = f"- số {seat.id}, {name}, {seat.role.label}: {seat.outside}."
            console.print(words, markup=False, soft_wrap=True)


def take_back_document(document_id: int) -> None:
    """Cancel the issue of a document that waits for it. Raises Refusal."""
    from flows.actions.documents.take_back import take_back
    from flows.actions.installation.instant import present
    from flows.actions.office import office_database
    from flows.terminal.acting import terminal_act
    from models.facts import source_of

    engine = office_database()
    document = take_back(engine, document_id, terminal_act(present(engine)))
    source = source_of(document.kind, document.number, document.dated_on)
    console.print(f"Đã đưa về dự thảo: {source} (văn bản số {document_id}). Chưa giao việc.", markup=False)


def read_bytes(file: Path) -> bytes:
    """The bytes of an ordinary file, as many as a document may have. Raises Refusal naming the file."""
    from config.files.setting_file import bytes_of
    from flows.formats.limits import MAX_UPLOAD_BYTES

    return bytes_of(file, MAX_UPLOAD_BYTES)


def run_tick(now: datetime | None) -> None:
    """One tick, and what it did in a few lines."""
    # Much of what a morning makes stays until its end: looking for garbage often would cost 5 % of it.
    gc.set_threshold(50_000, 20, 20)
    from flows.actions.follow_up.tick import tick
    from flows.actions.office import office_database, this_office
    from flows.terminal.tick_words import tick_lines

    engine = office_database()
    given = given_instant(now, engine)
    report = tick(engine, this_office(), given)
    if given is not None:
        console.print(
            "Cơ sở dữ liệu này nay sống theo thời điểm được đặt, không theo đồng hồ.", style="yellow"
        )
    for line in tick_lines(report):
        console.print(line, markup=False)


def given_instant(now: datetime | None, engine: "Engine") -> datetime | None:
    """The instant of ``--now``. Raises Refusal: the database lives by the clock."""
    from flows.actions.installation.own_time import must_have_own_time

    if now is not None:
        must_have_own_time(engine)
    return now


def serve_pages(port: int, host: str) -> None:
    """The pages until Ctrl-C. Raises Refusal when the database, the address or the port cannot be used."""
    from flows.actions.office import office_database, this_office
    from flows.terminal.page_server import alone, check_host

    engine = office_database()
    with alone(engine):  # what is wrong with the database is said here, not in a traceback
        pass
    engine.dispose()
    say_of_files(this_office().trouble)  # and with policy or calendar
    check_host(host, office_database)
    if host == HERE:
        serve_when_free(port)
    else:
        _serve_at(host, port)


def say_of_files(trouble: str) -> None:
    """On stderr, for whoever stays: a file not taken up (``Office.trouble``), files edited in place."""
    from config import shipped
    from config.home import own
    from flows.terminal.screen import say

    if trouble:
        say(f"CHÚ Ý: {trouble}.", err=True)
    if names := ", ".join(f"config/{name}" for name in shipped.edited() if own(name) is None):
        say(
            f"CHÚ Ý: {names} của bản phần mềm đã được sửa tại chỗ; lần nâng cấp sau sẽ vướng. "
            "Chuyển sang thư mục của văn phòng: «dondoc init», rồi xem «dondoc check».",
            err=True,
        )


def serve_when_free(port: int) -> None:
    """Start the pages by import string, which keeps the floors apart. Raises Refusal."""
    must_be_free(port)
    _serve_at(HERE, port)


def _serve_at(host: str, port: int) -> None:
    import uvicorn

    from flows.terminal.page_server import serving

    if host == HERE:
        console.print(f"Mở trình duyệt tại http://127.0.0.1:{port} (dừng bằng Ctrl-C).")
    else:
        must_be_free(port, host)
        console.print(f"Các trang nghe ở địa chỉ {host}, cổng {port} (dừng bằng Ctrl-C).", markup=False)
    uvicorn.run(**serving(port, host))


def must_be_free(port: int, host: str = HERE) -> None:
    """Raises Refusal when somebody else listens on ``port``, or ``host`` is no address of this machine."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != EADDRINUSE and host != HERE:
                raise Refusal(f"Máy này không có địa chỉ {host}: hãy xem lại --host.") from None
            raise Refusal(f"Cổng {port} đang được dùng: hãy chọn cổng khác bằng --port.") from None
