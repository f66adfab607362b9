"""A new folder of an office (``home.py``): what it begins with, and writing it all or not at all."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from config.files.private_files import private_file, private_folder
from config.files.setting_file import bytes_of
from config.files.shown import shown_key, shown_path
from config.home import POLICY, REGISTER, SETTINGS, WORKDAYS
from config.shipped import FOLDER, MOST_BYTES, edited
from rules.installation.machine_troubles import system_words
from rules.refusal import Refusal

_NEW_OFFICE = FOLDER / "examples" / "new-office"
_HOW_A_YEAR_LOOKS = "nam-mau.txt"
#: By name, what an example has in place of a new office's files. The demo's office is the one that ships.
EXAMPLES: Mapping[str, Mapping[str, Path]] = {"soc-trang-2022": {REGISTER: FOLDER / REGISTER}}


def new_home(example: str | None = None) -> dict[str, bytes]:
    """The files of a new folder, by path within it: those of a new office, or of an example.

    What was edited where it ships is carried over. Raises Refusal: there is no such example.
    """
    if example is not None and example not in EXAMPLES:
        known = ", ".join(EXAMPLES)
        raise Refusal(f"Không có ví dụ «{shown_key(example)}»: hãy chọn trong {known}.")
    sources = {
        SETTINGS: _NEW_OFFICE / SETTINGS,
        POLICY: FOLDER / POLICY,
        REGISTER: _NEW_OFFICE / REGISTER,
        f"{WORKDAYS}/{_HOW_A_YEAR_LOOKS}": _NEW_OFFICE / _HOW_A_YEAR_LOOKS,
        **(EXAMPLES[example] if example else {}),
        **{name: FOLDER / name for name in edited()},
    }
    return {name: bytes_of(source, MOST_BYTES) for name, source in sources.items()}


def write_home(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files for us alone. Raises Refusal if one is there already; then nothing has changed."""
    there = [name for name in files if os.path.lexists(folder / name)]
    if there:
        raise Refusal(
            f"Trong {shown_path(folder)} đã có {', '.join(there)}: không ghi đè, chưa tạo gì. "
            "Hãy chọn thư mục khác, hoặc chuyển các tệp ấy đi rồi chạy lại."
        )
    made: list[Path] = []
    try:
        for name, data in files.items():
            _write(folder / name, data, made)
    except OSError as error:
        _undo(made)
        words = system_words(error)
        raise Refusal(f"Không tạo được {shown_path(folder / name)}: {words}. Chưa tạo gì.") from None
    except BaseException:
        _undo(made)
        raise


def _write(path: Path, data: bytes, made: list[Path]) -> None:
    missing = [one for one in path.parents if not os.path.lexists(one)]
    made.extend(reversed(missing))  # before they are made: who is interrupted leaves nothing
    private_folder(path.parent)
    if not private_file(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))  # since we looked
    made.append(path)
    path.write_bytes(data)


def _undo(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):  # a folder that somebody put something into stays
            path.unlink() if path.is_file() else path.rmdir()
