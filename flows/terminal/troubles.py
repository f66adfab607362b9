"""Troubles that whoever sits at the terminal can mend: said in a sentence, not in a traceback."""

import sys

from rules.installation.machine_troubles import system_words


def trouble_of(error: Exception) -> str | None:
    """What is wrong with the machine's files or the database, in Vietnamese; None: a fault of ours."""
    if isinstance(error, OSError):
        place = f" «{shown(str(error.filename))}»" if error.filename else ""
        return f"Không dùng được tệp, thư mục hoặc kết nối{place}: {system_words(error)}."
    if (database := sys.modules.get("sqlalchemy.exc")) and isinstance(error, database.DBAPIError):
        said = str(error.orig).strip() or type(error.orig).__name__
        return f"Cơ sở dữ liệu không thực hiện được: {said.splitlines()[0]}."
    return None


def shown(text: str) -> str:
    """``text`` on one line, without what no terminal can write."""
    return " ".join(text.encode("utf-8", "replace").decode().split())[:300]


def speak_anyway() -> None:
    """Let a terminal that lacks a letter show a stand-in for it instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
