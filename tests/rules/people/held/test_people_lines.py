"""A list of people: what is read of a line, and what is wrong where."""

from datetime import date
from unicodedata import normalize

import pytest

from rules.people.bodies import Body
from rules.people.held.people_lines import Column, SheetLine, people_lines
from rules.people.held.persons import NewPerson
from rules.people.held.seats_taken import NewSeat
from rules.people.registry import Registry
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed

TODAY = date(2026, 3, 2)
REGISTRY = Registry(
    (Body("stc", "Sở Tài chính", "so"), Body("sct", "Sở Công Thương", "so"), Body("stp", "Sở Tư pháp", "so"))
)
HEADINGS = tuple(column.label for column in Column)


def lines(*cells: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> list[SheetLine]:
    return [SheetLine(number, said) for number, said in enumerate((headings, *cells), 1)]


def faults(*cells: tuple[str, ...]) -> list[str]:
    return [str(fault) for fault in people_lines(lines(*cells), REGISTRY, TODAY).faults]


def test_a_line_is_a_person_with_a_seat() -> None:
    told = ("Nguyễn Thị Hoa", "hoa@stc.example", "0912 345 678", "sở tài chính", "văn thư", "01/03/2026", "")
    [line] = people_lines(lines(told), REGISTRY, TODAY).lines
    assert line.person == NewPerson("Nguyễn Thị Hoa", "hoa@stc.example", "0912345678")
    assert (line.line, line.key, line.first_said) == (2, "mailbox:hoa@stc.example", True)
    assert line.seat == NewSeat(SeatRole.CLERK, "stc", date(2026, 3, 1))


def test_a_list_in_decomposed_letters_is_the_same() -> None:
    """A Mac writes so. Break: compare headings and names as they come."""
    told = ("Nguyễn Thị Hoa", "hoa@stc.example", "", "Sở Tài chính", "Văn thư")
    apart = [tuple(normalize("NFD", cell) for cell in cells) for cells in (HEADINGS, told)]
    [line] = people_lines(lines(apart[1], headings=apart[0]), REGISTRY, TODAY).lines
    assert line.person.name == "Nguyễn Thị Hoa"
    assert line.seat == NewSeat(SeatRole.CLERK, "stc", TODAY)


def test_columns_stand_in_any_order_and_others_are_told() -> None:
    heading = ("STT", "E-mail", "HỌ VÀ TÊN", "Ghi chú", "")
    found = people_lines(lines(("1", "hoa@stc.example", "Hoa"), headings=heading), REGISTRY, TODAY)
    assert found.lines[0].person == NewPerson("Hoa", "hoa@stc.example")
    assert found.unread == ("STT", "Ghi chú")


def test_a_seat_begins_today_unless_a_day_stands_there() -> None:
    [line] = people_lines(lines(("Hoa", "hoa@stc.example", "", "", "quản trị")), REGISTRY, TODAY).lines
    assert (line.seat, line.first_said) == (NewSeat(SeatRole.ADMIN, None, TODAY), False)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("", "hoa@stc.example"), ["Dòng 2, cột «Họ tên»: Họ tên để trống"]),
        (("Hoa", ""), ["Dòng 2, cột «Thư điện tử»: Thư điện tử để trống"]),
        (("", "x", "1"), ["cột «Họ tên»", "cột «Thư điện tử»", "cột «Điện thoại»"]),
        (("Hoa", "h@x.example", "", "Sở Tài"), ["cột «Vai trò»: để trống"]),
        (
            ("Hoa", "h@x.example", "", "Sở Tài", "sếp"),
            ["cột «Vai trò»: Không có vai trò «sếp»", "cột «Cơ quan»: Không rõ"],
        ),
        (
            ("Hoa", "h@x.example", "", "", "văn thư"),
            ["cột «Cơ quan»: để trống; vị trí «Văn thư» phải thuộc một cơ quan (ô gộp"],
        ),
        (
            ("Hoa", "h@x.example", "", "stc", "văn thư", "30/02/2026", "x"),
            ["cột «Từ ngày»", "cột «Đến ngày»"],
        ),
    ],
)
def test_each_fault_has_its_line_and_column(cells: tuple[str, ...], said: list[str]) -> None:
    found = faults(cells)
    assert len(found) == len(said)
    assert all(words in fault for words, fault in zip(said, found, strict=True)), found


def test_a_person_stands_in_a_list_once() -> None:
    """Break: compare addresses as typed."""
    twice = faults(("Hoa", "hoa@stc.example"), ("Lan", "lan@stc.example"), ("Hoa", "HOA@STC.example"))
    assert twice == ["Dòng 4, cột «Thư điện tử»: người này đã có ở dòng 2; mỗi người ghi một dòng."]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (("Tên", "Địa chỉ"), "Dòng 1 không có cột «Họ tên»"),
        (("Họ tên", "Số điện thoại"), "Dòng 1 không có cột «Thư điện tử»"),
        (("Họ tên", "Email", "Thư điện tử"), "hai cột cùng là «Thư điện tử»"),
    ],
)
def test_headings_that_say_no_list(heading: tuple[str, ...], said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        people_lines(lines(headings=heading), REGISTRY, TODAY)


def test_nothing_at_all() -> None:
    with pytest.raises(NotAllowed, match="không có dòng nào"):
        people_lines([], REGISTRY, TODAY)
