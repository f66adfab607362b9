"""``dondoc read``: a draft on the terminal that a person likes to read, or the JSON contract."""

from datetime import date
from enum import Enum
from pathlib import Path

from rich.console import Console

from config.files.shown import shown_key
from flows.terminal.commands import read_bytes
from flows.terminal.reading.draft_view import draft_parts
from flows.terminal.reading.reading_progress import shown_progress
from flows.terminal.screen import open_console, say_json
from rules.draft import Draft, Genre
from rules.people.registry import Registry
from rules.refusal import Refusal

_LONGEST_NAME = 255  # of a file, anywhere: its ending tells what it is


class Form(Enum):
    """How a draft is printed."""

    DRAFT = "draft"
    WITH_ASIDES = "with_asides"  # and what else gives no task, with the reasons
    JSON = "json"


def read_file(
    file: Path, as_of: date | None, form: Form, with_database: bool = False, genre: Genre | None = None
) -> None:
    """Read ``file`` with the shipped register, or with that of the office's database. Raises Refusal.

    ``genre`` None: as the paper looks.
    """
    from flows.actions.reading.apart.reader import ReaderFault, Watch, read_apart
    from flows.actions.reading.apart.warm import this_zygote
    from flows.actions.reading.draft_file import draft_to_json
    from flows.actions.reading.first_reading import first_reading_json
    from flows.actions.reading.read_again import read_again

    data, name = read_bytes(file), shown_key(file.name, _LONGEST_NAME)
    this_zygote().start()  # it becomes warm while the register is loaded
    registry = _office_registry() if with_database else _shipped_registry()
    with shown_progress() as progress:
        try:
            draft = read_apart(name, data, registry, as_of, watch=Watch(progress))
        except ReaderFault as fault:
            raise Refusal(f"Hệ thống gặp lỗi khi đọc “{name}”: {_last_line(fault)}.") from fault
    if genre and genre is not draft.document.genre:
        draft = read_again(draft, registry, genre)
    if form is Form.JSON:
        value = draft_to_json(draft, registry) | {"first_reading": first_reading_json(draft.directives)}
        say_json(value, indent=1)
        return
    show(draft, registry, open_console(), form is Form.WITH_ASIDES)
    _say_next(file)


def _last_line(fault: Exception) -> str:
    """What a reader's traceback ends with."""
    from flows.formats.quoted import quoted

    return quoted((str(fault).strip().splitlines() or [""])[-1], 200)


def _say_next(file: Path) -> None:
    """On standard error, so that a pipe gets the draft alone."""
    hint = (
        f"Tiếp theo: dondoc read «{shown_key(file.name, _LONGEST_NAME)}» --json > du-thao.json, sửa tệp đó, "
        "rồi dondoc publish du-thao.json."
    )
    open_console(stderr=True).print(hint, style="dim")


def show(draft: Draft, registry: Registry, console: Console, asides: bool = False) -> None:
    """The draft on a terminal; in a pipe or a file without the blanks that only fill a screen."""
    for part in draft_parts(draft, registry, asides):
        if console.is_terminal:
            console.print(part)
            continue
        with console.capture() as captured:
            console.print(part)
        console.file.writelines(f"{line.rstrip()}\n" for line in captured.get().split("\n")[:-1])


def _shipped_registry() -> Registry:
    """No database is touched."""
    from config.agencies import load_register

    return Registry(load_register().bodies)


def _office_registry() -> Registry:
    """The register as imported, with the names that the secretariat confirmed."""
    from flows.actions.office import office_database
    from models.db import reading
    from models.people.register import load_registry

    with reading(office_database()) as session:
        return load_registry(session)
