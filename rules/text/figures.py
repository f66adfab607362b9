"""Figures in a report, as officials write them: "1.234,5 triệu đồng"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.refusal import Refusal
from rules.text.incoming import cleaned

MOST_FIGURES = 50
_MOST_NAME = 200
_LONGEST = 24  # signs before the comma: a sign, 18 digits, and their dots
#: Thousands by dots in threes or not at all, decimals after a comma; then the unit.
_WRITTEN = re.compile(r"(-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15}))(?:,(\d{1,6}))?\s{0,64}([^\d.,].*)?")


class UnreadableFigure(Refusal):
    """A number that may be read in two ways, or in none; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit ("hợp tác xã", "triệu đồng", "%"); the unit may be empty."""

    value: Decimal
    unit: str = ""


def read_figure(text: str) -> Figure:
    """A figure as typed. Raises UnreadableFigure: "1.5" is neither 1,5 nor 1.500 to us."""
    typed = cleaned(text).strip()
    found = _WRITTEN.fullmatch(typed)
    if found is None:
        raise UnreadableFigure(
            f"Không đọc được số liệu «{typed[:60]}»: viết dạng «1.234,5 triệu đồng» "
            "(dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân)."
        )
    whole, decimals, unit = found.groups()
    if len(whole) > _LONGEST:
        raise UnreadableFigure(f"Số liệu «{typed[:60]}» quá lớn.")
    exact = whole.replace(".", "") + (f".{decimals}" if decimals else "")
    return Figure(Decimal(exact), (unit or "").strip())


def written(figure: Figure) -> str:
    """The same for people to read; ``read_figure`` reads it back."""
    number = f"{figure.value:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{number} {figure.unit}".strip()


def stored(figures: Mapping[str, Figure]) -> dict[str, dict[str, str]]:
    """As a report's row keeps them: the number as exact text. Raises UnreadableFigure for odd names."""
    if len(figures) > MOST_FIGURES:
        raise UnreadableFigure(f"Một báo cáo có tối đa {MOST_FIGURES} số liệu.")
    kept: dict[str, dict[str, str]] = {}
    for typed, figure in figures.items():
        name = cleaned(typed).strip()
        if not name or len(name) > _MOST_NAME or name in kept:
            raise UnreadableFigure(f"Tên số liệu «{name[:60]}» để trống, quá dài hoặc trùng.")
        if not figure.value.is_finite():
            raise UnreadableFigure(f"Số liệu «{name}» không phải là số.")
        kept[name] = {"value": f"{figure.value:f}", "unit": cleaned(figure.unit)[:60]}
    return kept


def restored(kept: Mapping[str, Mapping[str, str]]) -> dict[str, Figure]:
    """The figures of a report's row."""
    return {name: Figure(Decimal(item["value"]), item["unit"]) for name, item in kept.items()}
