"""What a bench returns, how it is shown and how it is kept.

``limit`` is the most that may be measured: of ``ratio`` (value over floor) where a row has one,
else of ``value``. Times alone depend on the machine, so a limit on a ratio says more.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``floor`` is what the least possible work takes on the same machine in the same run."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    limit: float | None = None

    @property
    def over(self) -> bool:
        """Whether the figure breaks its limit."""
        return self.limit is not None and (self.value if self.ratio is None else self.ratio) > self.limit


Bench = Callable[[], list[Row]]


def against_floor(name: str, value: float, unit: str, floor: float, limit: float | None = None) -> Row:
    """A row whose limit bounds the ratio of value to floor."""
    return Row(name, value, unit, floor, value / floor, limit)


def table(rows: Iterable[Row]) -> Table:
    """The rows for a terminal; those over their limit stand out, in words too."""
    shown = Table("bench", box=None, pad_edge=False)
    for column in ("value", "unit", "floor", "ratio", "limit"):
        shown.add_column(column, justify="left" if column == "unit" else "right")
    shown.add_column()
    for row in rows:
        figures = [_figure(row.value), row.unit, _figure(row.floor), _figure(row.ratio), _figure(row.limit)]
        verdict = "over its limit" if row.over else ""
        shown.add_row(row.name, *figures, verdict, style="bold red" if row.over else "")
    return shown


def keep(rows: Iterable[Row], path: Path) -> None:
    """Write the rows as a JSON list, for whoever compares runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
