"""The one door of every file that a person names: bounded, an ordinary file, readable, text in UTF-8.

A pipe that nobody writes to, /dev/zero, a folder or a file of a gigabyte would hang or kill the command
that opens it, so nothing is read before the kind of the file is known, and never more than the limit.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.files.errors import ConfigError
from config.files.shown import shown_path
from rules.installation.machine_troubles import system_words

MEGABYTE = 1 << 20
LINE_END = re.compile("\r\n|\r|\n")
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC  # a pipe is opened, and then refused


def handle_of(path: Path) -> int:
    """A descriptor, to be closed, of an ordinary file opened to be read. Raises ConfigError."""
    name = shown_path(path)
    with _told(name):
        handle = os.open(path, _FLAGS)
        try:
            _must_be_ordinary(os.fstat(handle).st_mode, name)
        except BaseException:
            os.close(handle)
            raise
        return handle


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file, at most ``most``. Raises ConfigError, which names the file."""
    name = shown_path(path)
    handle = handle_of(path)
    try:
        with _told(name):
            return _bounded(handle, most, name)
    finally:
        os.close(handle)


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except ConfigError:  # a ValueError too
        raise
    except FileNotFoundError:
        raise ConfigError(f"Không tìm thấy tệp {name}.") from None
    except PermissionError:
        raise ConfigError(f"Không có quyền đọc tệp {name}.") from None
    except OSError as error:
        raise ConfigError(f"Không đọc được tệp {name}: {system_words(error)}.") from None
    except ValueError:  # a NUL in the name
        raise ConfigError(f"Tên tệp {name} không hợp lệ.") from None


def text_of(path: Path, most: int) -> str:
    """The text of a settings file, a mark of byte order left out. Raises ConfigError with its line."""
    data = bytes_of(path, most)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(data[: error.start].decode("utf-8", "replace"), error.start)
        place = f"Tệp {shown_path(path)}, dòng {line}"
        raise ConfigError(f"{place}: không phải văn bản UTF-8 (vị trí byte {error.start}).") from None


def line_at(text: str, position: int) -> int:
    """The line (from 1) on which the sign at ``position`` stands; a line ends with LF, CR or both."""
    return 1 + sum(1 for _ in LINE_END.finditer(text, 0, position))


def _must_be_ordinary(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise ConfigError(f"{name} là một thư mục, không phải tệp.")
    if not stat.S_ISREG(mode):
        raise ConfigError(f"{name} không phải tệp thông thường (đường ống hoặc thiết bị).")


def _bounded(handle: int, most: int, name: str) -> bytes:
    parts, room = [], most + 1
    while room and (part := os.read(handle, min(room, MEGABYTE))):
        parts.append(part)
        room -= len(part)
    if not room:
        raise ConfigError(f"Tệp {name} quá lớn: nhiều nhất {_size(most)}.")
    return b"".join(parts)


def _size(most: int) -> str:
    return f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most // 1024} kB"
