"""Working days of a deadline are those of the office, also on the command line."""

from datetime import date

import pytest

from config.agencies import load_register
from flows.actions.reading import read_conclusion as subject
from flows.actions.reading.read_conclusion import read_conclusion
from flows.actions.reading.read_document import DocumentError
from rules.people.registry import Registry


@pytest.mark.parametrize(
    ("dated", "due"),
    [
        ("25/8/2022", date(2022, 9, 5)),  # over the holidays of 1 and 2 September
        ("31/8/2022", date(2022, 9, 9)),
        ("25/8/2016", date(2016, 9, 1)),  # no data for that year: Monday to Friday
    ],
)
def test_five_working_days(dated: str, due: date) -> None:
    text = (
        f"UBND TỈNH SÓC TRĂNG\nSố: 12/TB-UBND\nSóc Trăng, ngày {dated}\nTHÔNG BÁO\n"
        "1. Giao Sở Tài chính báo cáo UBND tỉnh trong 5 ngày làm việc kể từ ngày ban hành Thông báo này.\n"
    )
    draft = read_conclusion("a.txt", text.encode(), Registry(load_register().bodies), None)
    assert [directive.due.date for directive in draft.directives] == [due]


def test_more_directives_than_anybody_looks_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "MOST_DIRECTIVES", 1)
    lines = "1. Giao Sở Tài chính báo cáo UBND tỉnh.\n2. Giao Sở Y tế rà soát các trạm y tế.\n"
    text = f"UBND TỈNH SÓC TRĂNG\nSố: 12/TB-UBND\nTHÔNG BÁO\n{lines}"
    with pytest.raises(DocumentError, match="“a.txt” có 2 chỉ đạo, một dự thảo chỉ nhận 1. Hãy tách"):
        read_conclusion("a.txt", text.encode(), Registry(load_register().bodies), None)
