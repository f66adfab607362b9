"""The office's own folder, named by ``DONDOC_HOME``: what lies in it comes first, file by file.

``dondoc.toml``, ``committee.yaml``, ``agencies.yaml`` and ``workdays/<year>.yaml``. Without a file of its own
the office has the one that ships; without a folder everything is as it ships, and ``dondoc.toml`` is that
of the working directory. The variable is looked at anew each time: nothing here is kept.
"""

import os
from pathlib import Path

from config.files.errors import ConfigError
from config.files.shown import shown_path
from config.setting_checks import writable
from rules.installation.machine_troubles import system_words

SETTINGS, POLICY, REGISTER, WORKDAYS = "dondoc.toml", "committee.yaml", "agencies.yaml", "workdays"
#: What is read of the folder; a file of another name is left alone.
KNOWN = (SETTINGS, POLICY, REGISTER, WORKDAYS)

Stamp = tuple[str, int, int, int, int] | tuple[str]


def named_home() -> Path | None:
    """The folder as the variable names it, absolute, whether it is there or not; None: it names none.

    Raises ConfigError for a value that can name no folder.
    """
    given = os.environ.get("DONDOC_HOME", "")
    if not given.strip():
        return None
    try:
        return Path(os.path.abspath(writable(given)))
    except ValueError as error:
        raise ConfigError(f"DONDOC_HOME: {error}.") from None


def home() -> Path | None:
    """The folder, absolute; None: the office has none. Raises ConfigError: it cannot be used."""
    folder = named_home()
    if folder is None:
        return None
    name = shown_path(folder)
    try:
        os.stat(f"{folder}/.")  # also whether it may be entered
    except FileNotFoundError:
        mend = "hãy tạo bằng «dondoc init», hoặc sửa biến môi trường này"
        raise ConfigError(f"DONDOC_HOME: không có thư mục {name}; {mend}.") from None
    except NotADirectoryError:
        raise ConfigError(f"DONDOC_HOME: {name} không phải thư mục.") from None
    except PermissionError:
        raise ConfigError(f"DONDOC_HOME: không có quyền đọc thư mục {name}.") from None
    except OSError as error:
        raise ConfigError(f"DONDOC_HOME: không đọc được {name}: {system_words(error)}.") from None
    return folder


def own(name: str) -> Path | None:
    """What the office's folder has under ``name``, whether it can be read or not. Raises ConfigError."""
    folder = home()
    if folder is None or not os.path.lexists(folder / name):
        return None
    return folder / name


def chosen(shipped: Path) -> Path:
    """The office's own file of this name, else the one that ships. Raises ConfigError."""
    return own(shipped.name) or shipped


def settings_file() -> Path:
    """``dondoc.toml`` of the office's folder, there or not; without one, of the working directory."""
    folder = home()
    return Path(SETTINGS) if folder is None else folder / SETTINGS


def is_year(name: str) -> bool:
    """Whether a file of this name is read as a year; editors and file shares keep hidden ones beside it."""
    return name.endswith(".yaml") and not name.startswith(".")


def year_files(shipped: Path) -> list[Path]:
    """A file a year, in order: the office's own before that of ``shipped``. Raises ConfigError."""
    found = {path.name: path for path in shipped.glob("*.yaml") if is_year(path.name)}
    if (folder := own(WORKDAYS)) is not None:
        try:
            found |= {name: folder / name for name in os.listdir(folder) if is_year(name)}
        except NotADirectoryError:
            raise ConfigError(f"{shown_path(folder)} không phải thư mục.") from None
        except OSError as error:
            raise ConfigError(
                f"Không đọc được thư mục {shown_path(folder)}: {system_words(error)}."
            ) from None
    return [found[name] for name in sorted(found)]


def stamp(path: Path) -> Stamp:
    """What tells that a file was written or replaced: times, size and place on the disk."""
    try:
        now = os.stat(path)
    except (OSError, ValueError):
        return (str(path),)
    return str(path), now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino
