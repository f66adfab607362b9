"""``dondoc backup``, ``restore``, ``restored`` and ``copy``: what they do, and what they say of it."""

from datetime import datetime
from pathlib import Path

from config.clock import office_time
from config.settings import get_settings
from flows.actions.installation.backup import back_up
from flows.actions.installation.copy_for_tests import copy_for_tests
from flows.actions.installation.instant import present, read_clock
from flows.actions.installation.restore_backup import restore_backup
from flows.actions.installation.restored import Restored, restored
from flows.actions.office import office_database
from flows.actions.trail.keep import note_backup
from flows.terminal.acting import told_office
from flows.terminal.commands import console
from notifications.letters.kit.filters import grouped
from rules.refusal import Refusal

_CLOCK = "%H:%M ngày %d/%m/%Y"


def write_backup(file: Path) -> None:
    """Back the office up into ``file``. Raises Refusal."""
    engine = office_database()
    manifest = back_up(engine, get_settings(), file, present(engine))
    note_backup(engine, manifest.instant)
    evidence = sum(name.startswith("evidence/") for name in manifest.parts)
    _say(f"Đã sao lưu vào {file}: cơ sở dữ liệu lúc {office_time(manifest.instant):{_CLOCK}}, ")
    _say(f"{evidence} tệp kèm báo cáo, sổ chứng, cấu hình (không có mật khẩu).")
    _say("Tệp chứa địa chỉ và nội dung công việc: hãy giữ kín, cất ở máy khác.")


def read_backup(file: Path) -> None:
    """Restore ``file`` into the empty database of the settings. Raises Refusal."""
    done = restore_backup(get_settings(), file, told_office())
    instant = office_time(done.manifest.instant)
    _say(f"Đã khôi phục cơ sở dữ liệu theo trạng thái lúc {instant:{_CLOCK}}.")
    _say(f"Thêm {grouped(done.evidence)} tệp kèm báo cáo chưa có ở đây.")
    _tell(done.since)


def declare_restored(instant: datetime | None) -> None:
    """Declare that the database is the state of ``instant``; None: never set back. Raises Refusal."""
    engine, office = office_database(), told_office()
    _tell(restored(engine, instant, read_clock(engine).shown, get_settings(), office.calendar))


def write_copy(target: str, for_tests: bool) -> None:
    """Copy the database for tests. Raises Refusal."""
    if not for_tests:
        raise Refusal("Chỉ tạo bản sao để thử: hãy thêm --for-tests. Để sao lưu, dùng «dondoc backup».")
    file = copy_for_tests(office_database(), target)
    _say(f"Đã tạo bản sao để thử: {file}. Từ bản sao này không bao giờ gửi được thư.")
    _say(f"Dùng với DONDOC_DATABASE_URL=sqlite:///{file.absolute()}")


def _tell(found: Restored) -> None:
    _say(f"Đã ghi nhận: cơ sở dữ liệu được khôi phục theo trạng thái lúc {office_time(found.at):{_CLOCK}}.")
    _say(f"Theo sổ chứng, {grouped(found.said)} lượt thư đã gửi sau đó: sẽ không gửi lại.")
    if found.in_the_air:
        count = grouped(found.in_the_air)
        _say(f"{count} lượt thư đang gửi dở khi đó: ghi là chưa rõ, cần quyết định ở trang Thư.")
    if found.complete:
        _say("Sổ chứng đầy đủ: các thư khác được gửi như thường lệ.")
        return
    hosts = ", ".join(host for host in found.missing if host != "?")
    whose = f" của máy {hosts}" if hosts else ""
    _say(
        f"KHÔNG có sổ chứng đầy đủ{whose}: {grouped(found.in_doubt)} thư có thể đã gửi, "
        "và những thư hệ thống viết bù,"
    )
    _say("được ghi là chưa rõ khi đến lượt và không tự gửi: hãy quyết định từng thư ở trang Thư (/thu).")
    if hosts:
        _say(
            "Nếu còn sổ chứng của máy đó: chép thư mục của máy vào cạnh sổ chứng ở đây rồi chạy lại lệnh này."
        )


def _say(text: str) -> None:
    console.print(text, markup=False)
