"""The office's folder: which files are in use, which cannot be read, which were edited where they ship."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from config import home
from config.agencies import load_register
from config.committee import office_policy
from config.files.errors import ConfigError
from config.files.setting_file import text_of
from config.files.shown import shown_key, shown_path
from config.office import shown_digest
from config.settings import Settings
from config.shipped import MOST_BYTES, edited
from config.work_calendar import office_calendar
from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong
from models.database.address import parsed_url
from models.db import DatabaseNotReady

_OTHERS = 0o077
_FOLDERS = ("letters_folder", "evidence_folder", "witness_folder")
_LIKE_OURS = (".yaml", ".yml", ".toml")
_MEND = "Sửa đúng chỗ đã nêu rồi chạy lại «dondoc check»."
_BACK = "trả tệp này lại như khi phát hành (git checkout, hoặc cài lại)"


def look(premises: Premises) -> Iterator[Finding]:
    """Each file by itself: what is wrong with one hides nothing of the others."""
    try:
        folder = home.home()
        register = home.own(home.REGISTER)
    except ConfigError as error:
        yield wrong(f"{error}", "Chưa sửa thì mọi lệnh khác đều không chạy.")
        return
    yield from _of_folder(folder)
    readers = (office_policy, office_calendar, *((load_register,) if register else ()))
    for words in (premises.why.get("settings", ""), *map(_fault, readers)):
        yield from (wrong(line, _MEND) for line in words.splitlines())
    if folder is not None and premises.settings is not None:
        yield from _wandering(premises.settings)
    yield from _versions(premises, register)
    yield from map(_moved, edited())


def _fault(read: Callable[[], object]) -> str:
    """What is wrong with a file, a line for each place; empty if nothing is."""
    try:
        read()
    except ConfigError as error:
        return f"{error}"
    return ""


def _of_folder(folder: Path | None) -> Iterator[Finding]:
    if folder is None:
        words = "Văn phòng chưa có thư mục cấu hình riêng: đang dùng chính sách, lịch đi kèm phần mềm."
        yield note(words, "«dondoc init» tạo một thư mục; sau đó đặt biến môi trường DONDOC_HOME.")
        return
    try:
        names = sorted(os.listdir(folder))
    except PermissionError:
        yield note(f"Không xem được trong thư mục {shown_path(folder)} có những tệp nào.")
        return
    own = ", ".join(name for name in home.KNOWN if name in names)
    yield good(f"Thư mục của văn phòng: {shown_path(folder)}, có {own or 'chưa tệp nào'}.")
    yield from _not_read(folder, names)
    yield from _of_settings(folder / home.SETTINGS)


def _not_read(folder: Path, names: list[str]) -> Iterator[Finding]:
    """Files that somebody may have taken for settings."""
    for name in names:
        if name.endswith(_LIKE_OURS) and name not in home.KNOWN:
            near = get_close_matches(name, home.KNOWN, n=1)
            mend = f"Có phải «{near[0]}»? Nếu phải thì đổi tên tệp." if near else ""
            yield note(f"Tệp {shown_key(name)} trong thư mục của văn phòng không được đọc.", mend)
    years = folder / home.WORKDAYS
    for name in sorted(os.listdir(years)) if years.is_dir() and os.access(years, os.R_OK) else ():
        if name.endswith(_LIKE_OURS) and not name.endswith(".yaml"):
            mend = "Lịch một năm phải mang tên <năm>.yaml."
            yield note(f"Tệp {home.WORKDAYS}/{shown_key(name)} không được đọc.", mend)


def _of_settings(path: Path) -> Iterator[Finding]:
    if path.is_file() and path.stat().st_mode & _OTHERS:
        words = f"{shown_path(path)}: tài khoản khác đọc được, mà tệp có thể chứa mật khẩu."
        yield note(words, f"chmod 600 {shown_path(path)}")
    elsewhere = Path(home.SETTINGS)
    if elsewhere.is_file() and elsewhere.resolve() != path.resolve():
        words = "Tệp dondoc.toml ở thư mục đang đứng không được đọc, vì đã đặt DONDOC_HOME."
        yield note(words, "Chuyển nội dung vào dondoc.toml trong thư mục của văn phòng.")


def _wandering(settings: Settings) -> Iterator[Finding]:
    """Places that are another one for whoever starts a command from another folder: cron, a service."""
    places: dict[str, Path | None] = {name: getattr(settings, name) for name in _FOLDERS}
    places["home"] = Path(os.environ["DONDOC_HOME"])
    with suppress(DatabaseNotReady):  # told with the database
        url = parsed_url(settings.database_url)
        if url.get_backend_name() == "sqlite":
            places["database_url"] = Path(url.database or "/")
    for name, place in places.items():
        if place is not None and not place.is_absolute():
            words = f"DONDOC_{name.upper()}: đường dẫn chưa đầy đủ, mỗi nơi chạy lệnh thành một chỗ khác."
            yield note(words, "Ghi đường dẫn đầy đủ, bắt đầu bằng dấu /.")


def _versions(premises: Premises, register: Path | None) -> Iterator[Finding]:
    office = premises.office
    if office is None:
        return
    words = f"Đang dùng chính sách bản {office.policy_digest}, lịch làm việc bản {office.calendar_digest}"
    if register is not None and not _fault(lambda: text_of(register, MOST_BYTES)):
        words += f"; tệp sổ cơ quan bản {shown_digest(text_of(register, MOST_BYTES))}"
    yield note(f"{words} (bản trước đó).", f"{office.trouble}.") if office.trouble else good(f"{words}.")


def _moved(name: str) -> Finding:
    """An edit where it ships: said until it is gone, also when it is no longer in use."""
    words = f"Tệp config/{name} của bản phần mềm đã được sửa hoặc thêm tại chỗ; lần nâng cấp sau sẽ vướng."
    if home.own(name) is not None:
        return note(f"{words} Nay không dùng tới: thư mục của văn phòng có tệp này.", f"Hãy {_BACK}.")
    carry = "Chạy «dondoc init» (chép cả chỗ đã sửa sang thư mục mới), đặt DONDOC_HOME"
    return note(words, f"{carry}, rồi {_BACK}.")
