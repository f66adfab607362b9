"""A list of people is entered as a whole or not at all, and the second time nothing changes."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.people.import_people import WrongLines, import_people, look_at_people
from flows.actions.people.persons import deactivate
from models.db import reading
from models.people.held.persons import PersonListed, person_list
from models.tables.people import Person, SeatRow
from rules.people.held.people_lines import Column, SheetLine
from rules.people.seat_roles import SeatRole
from tests.cast import ON_SQLITE, at, dump, move_in, rows
from tests.flows.people.staff import TODAY, ours, refused, somebody

HEADINGS = tuple(column.label for column in Column)
HOA = ("Nguyễn Thị Hoa", "hoa@stc.example", "0912345678", "Sở Tài chính", "Văn thư", "", "")
MINH = ("Trần Văn Minh", "minh@sct.example", "", "sct", "Lãnh đạo", "01/08/2022", "31/12/2023")
LAN = ("Lê Lan", "lan@stc.example")


@pytest.fixture(autouse=True)
def office_of_2022(engine: Engine) -> None:
    move_in(engine)


def sheet(*lines: tuple[str, ...]) -> list[SheetLine]:
    return [SheetLine(number, cells) for number, cells in enumerate((HEADINGS, *lines), 1)]


def listed(engine: Engine) -> list[PersonListed]:
    with reading(engine) as session:
        return person_list(session, TODAY)


def test_all_are_entered_and_the_second_run_changes_nothing(engine: Engine) -> None:
    """Break: take a seat without asking whether it is held."""
    asked = sheet(HOA, MINH, LAN)
    report = import_people(engine, asked, ours())
    assert [(line.added, line.seat is not None) for line in report.lines] == [
        (True, True), (True, True), (True, False),
    ]  # fmt: skip
    assert [(one.name, [seat.role for seat in one.seats]) for one in listed(engine)] == [
        ("Lê Lan", []), ("Nguyễn Thị Hoa", [SeatRole.CLERK]), ("Trần Văn Minh", [SeatRole.HEAD]),
    ]  # fmt: skip
    before = dump(engine)
    for when in (at("2022-08-15"), at("2022-09-20")):
        assert all(line.nothing for line in import_people(engine, asked, ours(when)).lines)
    assert dump(engine) == before


def test_a_look_keeps_nothing_and_says_the_same(engine: Engine) -> None:
    before = dump(engine)
    looked = look_at_people(engine, sheet(HOA, MINH), ours())
    assert dump(engine) == before
    assert import_people(engine, sheet(HOA, MINH), ours()) == looked


@ON_SQLITE
def test_a_later_list_changes_what_it_says_otherwise(engine: Engine) -> None:
    import_people(engine, sheet(HOA), ours())
    moved = ("Nguyễn Thị Hoa Lê", "HOA@stc.example", "", "Sở Tài chính", "Lãnh đạo")
    [line] = import_people(engine, sheet(moved), ours()).lines
    assert (line.added, line.changed, line.seat is not None) == (False, True, True)
    [person] = rows(engine, Person)
    assert (person.name, person.email, person.phone) == ("Nguyễn Thị Hoa Lê", "hoa@stc.example", "0912345678")
    assert len(rows(engine, SeatRow)) == 2


def test_one_wrong_line_and_nothing_is_entered(engine: Engine) -> None:
    """Break: commit what was right."""
    gone = somebody(engine, "Thu")
    deactivate(engine, gone, ours())
    before = dump(engine)
    wrong = (
        HOA,
        ("Hoa", "hoa@stc.example"),
        ("Thu", "thu@stc.example"),
        ("A", "a@x.example", "", "Sở Tài chính", "Trưởng ban"),
        ("B", "b@x.example", "", "stc", "văn thư", "01/03/2025"),
        ("C", "c@x.example", "", "", "quản trị", "", "31/12/2022"),
        ("D", "không", "123"),
    )
    for what in (look_at_people, import_people):
        with pytest.raises(WrongLines) as told:
            what(engine, sheet(*wrong), ours())
        said = str(told.value).splitlines()
        assert said[0] == "danh sách có chỗ sai, chưa nhập dòng nào:"
        assert [line.partition(": ")[0] for line in said[1:]] == [
            "Dòng 3, cột «Thư điện tử»", "Dòng 4, cột «Họ tên»", "Dòng 5, cột «Vai trò»",
            "Dòng 6, cột «Từ ngày»", "Dòng 7", "Dòng 8, cột «Thư điện tử»", "Dòng 8, cột «Điện thoại»",
        ]  # fmt: skip
    assert dump(engine) == before


@ON_SQLITE
def test_who_may_not_keep_people_hears_it_first(engine: Engine) -> None:
    hoa = somebody(engine)
    refused("Chỉ quản trị hệ thống", import_people, engine, sheet(("", "")), ours(person=hoa))


@ON_SQLITE
def test_a_long_list_asks_little_of_each_line(engine: Engine) -> None:
    """Break: load the register for each line."""
    asked = []
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    many = [(f"Người {n}", f"nguoi{n}@stc.example", "", "stc", "chuyên viên") for n in range(50)]
    import_people(engine, sheet(*many), ours())
    assert len(asked) < 50 * 24
