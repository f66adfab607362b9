"""A list of people, line by line: what each line says of a person and of the seat, and what is wrong where.

One line is one person with at most one seat. A person is known by the e-mail address.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from rules.people.held.persons import NewPerson, email_key_of, kept_email, kept_name, kept_phone
from rules.people.held.role_words import role_typed
from rules.people.held.seats_taken import NewSeat
from rules.people.registry import Registry
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, Refusal
from rules.text.folding import fold
from rules.text.incoming import cleaned
from rules.text.typed import day_typed, quoted
from rules.vocabulary import Labelled

MOST_PEOPLE = 5_000
_T = TypeVar("_T")


class Column(Labelled):
    """The columns that are read, by their headings; the words are fields of NewPerson and NewSeat."""

    NAME = "name", "Họ tên"
    EMAIL = "email", "Thư điện tử"
    PHONE = "phone", "Điện thoại"
    BODY = "body", "Cơ quan"
    ROLE = "role", "Vai trò"
    FIRST = "valid_from", "Từ ngày"
    LAST = "valid_to", "Đến ngày"


_HEADINGS = {
    Column.NAME: ("ho ten", "ho va ten", "ho, ten"),
    Column.EMAIL: ("thu dien tu", "email", "e-mail", "dia chi thu dien tu", "hop thu"),
    Column.PHONE: ("dien thoai", "so dien thoai"),
    Column.BODY: ("co quan", "don vi", "co quan, don vi", "ma co quan"),
    Column.ROLE: ("vai tro", "vi tri"),
    Column.FIRST: ("tu ngay",),
    Column.LAST: ("den ngay", "den het ngay"),
}
_COLUMNS = {heading: column for column in Column for heading in _HEADINGS[column]}
_NEEDED = (Column.NAME, Column.EMAIL)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a table by its number in the file; ``cells`` are text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in a line, in which column ("": the line itself)."""

    line: int
    column: str
    words: str

    def __str__(self) -> str:
        where = f"cột «{self.column}»" if self.column else ""
        return f"Dòng {', '.join(filter(None, (str(self.line), where)))}: {self.words}"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line that can be read. ``first_said``: the seat's first day stands in it, else it is today."""

    line: int
    person: NewPerson
    key: str
    seat: NewSeat | None = None
    first_said: bool = False


@dataclass(slots=True)
class PeopleLines:
    """All of a list: what can be read, what is wrong, and headings that nobody reads."""

    lines: list[PersonLine] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    unread: tuple[str, ...] = ()


def people_lines(sheet: Iterable[SheetLine], registry: Registry, today: date) -> PeopleLines:
    """Read a list whose first line has the headings; a seat without a first day begins ``today``.

    Raises Refusal for headings that say no list of people, and for a list that is too long.
    """
    lines = iter(sheet)
    heading = next(lines, None)
    if heading is None:
        raise NotAllowed("Tệp không có dòng nào.")
    columns, unread = _columns(heading)
    found, known = PeopleLines(unread=unread), dict[str, int]()
    for line in lines:
        said = {column: cleaned(cell).strip() for column, cell in _said(line, columns)}
        read = _Line(line.number, said, registry, today)
        person = read.person()
        if person is not None and (before := known.setdefault(person.key, line.number)) != line.number:
            read.wrong(Column.EMAIL, f"người này đã có ở dòng {before}; mỗi người ghi một dòng.")
        found.faults += read.faults
        if person is not None and not read.faults:
            found.lines.append(person)
    if len(found.lines) > MOST_PEOPLE:
        raise NotAllowed(f"Danh sách có hơn {MOST_PEOPLE} người; hãy tách thành nhiều tệp.")
    return found


def _columns(heading: SheetLine) -> tuple[dict[int, Column], tuple[str, ...]]:
    """Which column stands at which place, and the headings that are none."""
    columns: dict[int, Column] = {}
    unread = []
    for place, cell in enumerate(heading.cells):
        column = _COLUMNS.get(fold(" ".join(cleaned(cell[:100]).split())))
        if column is None:
            unread += [quoted(cell)] if cell.strip() else []
        elif column in columns.values():
            raise NotAllowed(f"Dòng {heading.number}: hai cột cùng là «{column.label}».")
        else:
            columns[place] = column
    if missing := [column.label for column in _NEEDED if column not in columns.values()]:
        all_of_them = ", ".join(column.label for column in Column)
        raise NotAllowed(
            f"Dòng {heading.number} không có cột «{missing[0]}». Dòng đầu phải ghi tên cột: {all_of_them}."
        )
    return columns, tuple(unread)


def _said(line: SheetLine, columns: Mapping[int, Column]) -> Iterator[tuple[Column, str]]:
    for place, column in columns.items():
        yield column, line.cells[place] if place < len(line.cells) else ""


class _Line:
    """One line; what is wrong with a column is noted, and the others are read all the same."""

    def __init__(self, number: int, said: Mapping[Column, str], registry: Registry, today: date) -> None:
        self.faults: list[LineFault] = []
        self._number, self._said = number, said
        self._registry, self._today = registry, today

    def wrong(self, column: Column, words: str) -> None:
        """Note what is wrong with a column."""
        self.faults.append(LineFault(self._number, column.label, words))

    def person(self) -> PersonLine | None:
        """What the line says; None where person or address cannot be read."""
        name, email = self._read(Column.NAME, kept_name), self._read(Column.EMAIL, _needed_email)
        phone = self._read(Column.PHONE, kept_phone)
        first = self._read(Column.FIRST, _day)
        seat = self._seat(first or self._today)
        key = email_key_of(email) if email else None
        if name is None or email is None or key is None:
            return None
        return PersonLine(self._number, NewPerson(name, email, phone), key, seat, first is not None)

    def _seat(self, first: date) -> NewSeat | None:
        told = [column for column in (Column.BODY, Column.FIRST, Column.LAST) if self._said.get(column)]
        if not self._said.get(Column.ROLE):
            if told:
                self.wrong(Column.ROLE, "để trống, trong khi dòng này ghi cơ quan hoặc ngày của một vị trí.")
            return None
        role, last = self._read(Column.ROLE, role_typed), self._read(Column.LAST, _day)
        body = self._read(Column.BODY, lambda typed: body_typed(typed, self._registry, first))
        if (
            role is not None
            and body is None
            and role is not SeatRole.ADMIN
            and not self._said.get(Column.BODY)
        ):
            merged = "ô gộp chỉ được tính cho dòng đầu của nó"
            self.wrong(Column.BODY, f"để trống; vị trí «{role.label}» phải thuộc một cơ quan ({merged}).")
        return None if role is None else NewSeat(role, body, first, last)

    def _read(self, column: Column, read: Callable[[str], _T | None]) -> _T | None:
        try:
            return read(self._said.get(column) or "")
        except Refusal as refusal:
            self.wrong(column, str(refusal))
            return None


def body_typed(typed: str, registry: Registry, day: date) -> str | None:
    """The id of the body that an id or a name means on ``day``; None for an empty field.

    Raises NotAllowed, with the names of those that may be meant.
    """
    if not typed.strip():
        return None
    found = registry.as_of(day).resolve(typed)
    if found.body_id is not None:
        return found.body_id
    near = "; ".join(f"{registry.get(one).name} ({one})" for one in found.candidates[:3])
    hint = f"; có phải: {near}" if near else "; hãy ghi tên hoặc mã trong sổ cơ quan"
    raise NotAllowed(f"Không rõ cơ quan «{quoted(typed)}»{hint}.")


def _needed_email(typed: str) -> str:
    email = kept_email(typed)
    if email is None:
        raise NotAllowed("Thư điện tử để trống: danh sách nhận ra từng người theo hộp thư.")
    return email


def _day(typed: str) -> date | None:
    return day_typed(typed) if typed.strip() else None
