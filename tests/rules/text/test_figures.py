"""Figures as officials write them. Seen to fail when a dot is read as a decimal point."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text.figures import Figure, UnreadableFigure, read_figure, restored, stored, written

NUMBERS = st.decimals(-(10**12), 10**12, places=2).map(lambda number: number + 0)
UNITS = st.sampled_from(["", "%", "hợp tác xã", "triệu đồng", "m²"])


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("12", "12", ""),
        ("1.234,5 triệu đồng", "1234.5", "triệu đồng"),
        (" 1234 hợp tác xã ", "1234", "hợp tác xã"),
        ("12,5%", "12.5", "%"),
        ("-3 hộ", "-3", "hộ"),
        ("0,25 ha", "0.25", "ha"),
    ],
)
def test_what_is_read(typed: str, value: str, unit: str) -> None:
    assert read_figure(typed) == Figure(Decimal(value), unit)


@pytest.mark.parametrize("typed", ["", "một trăm", "1.5", "1.23.456", "1,234.5", "12,", ",5"])
def test_what_may_be_read_in_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableFigure, match="Không đọc được số liệu"):
        read_figure(typed)


@given(NUMBERS, UNITS)
def test_what_is_written_is_read_back(value: Decimal, unit: str) -> None:
    assert read_figure(written(Figure(value, unit))) == Figure(value, unit)


@given(st.dictionaries(st.sampled_from(["Hợp tác xã", "Dư nợ", "OCOP"]), st.builds(Figure, NUMBERS, UNITS)))
def test_a_row_keeps_them_exactly(figures: dict[str, Figure]) -> None:
    assert restored(stored(figures)) == figures


@pytest.mark.parametrize(
    "figures",
    [
        {" ": Figure(Decimal(1))},
        {"a": Figure(Decimal("NaN"))},
        {"a": Figure(Decimal("Infinity"))},
        {"a": Figure(Decimal(1)), "a ": Figure(Decimal(2))},
        {f"số {n}": Figure(Decimal(n)) for n in range(51)},
        {"x" * 201: Figure(Decimal(1))},
    ],
)
def test_odd_figures_are_refused(figures: dict[str, Figure]) -> None:
    with pytest.raises(UnreadableFigure):
        stored(figures)
