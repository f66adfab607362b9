"""The table at the end of ``make drills``: a row of each drill over all its rounds."""

from collections.abc import Iterable, Mapping

KEY = "drill_row"
COLUMNS = ("rounds", "letters", "doubled", "lost", "unknown", "seconds")
Row = Mapping[str, object]


def rows_of(properties: Iterable[tuple[str, object]]) -> list[Row]:
    """The rows among the user properties of test reports."""
    return [value for key, value in properties if key == KEY and isinstance(value, Mapping)]


def table(rows: Iterable[Row]) -> list[str]:
    """Lines of a Markdown table: sums over the rounds; ``unknown`` also with its worst round."""
    drills: dict[str, list[Row]] = {}
    for row in rows:
        drills.setdefault(str(row["drill"]), []).append(row)
    lines = [f"| drill | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    return lines + [_line(name, rounds) for name, rounds in drills.items()] if drills else []


def _line(name: str, rounds: list[Row]) -> str:
    def total(column: str) -> float:
        return sum(float(str(row[column])) for row in rounds)

    worst = max(int(str(row["unknown"])) for row in rounds)
    unknown = f"{total('unknown'):.0f} (at most {worst})"
    cells = [str(len(rounds)), *(f"{total(column):.0f}" for column in COLUMNS[1:4]), unknown]
    return f"| {name} | {' | '.join(cells)} | {total('seconds'):.1f} |"
