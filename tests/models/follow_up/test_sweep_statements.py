"""The sweep's finished statements, read in one piece: golden files, one a step and database.

``GOLDEN=record`` in the environment writes them anew; the diff is then to be read.
"""

import os
from pathlib import Path

import pytest

from models.follow_up.sweep.sql.dialects import DIALECTS, Dialect
from models.follow_up.sweep.steps import STEPS, SweepStep

GOLDEN = Path(__file__).parents[2] / "golden" / "sweep"


def _read(step: SweepStep, dialect: Dialect) -> str:
    """The file: each statement under its name."""
    return "\n".join(f"-- {name}\n{sql};\n" for name, sql in step.statements(dialect).items())


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=list(DIALECTS))
@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_golden(step: SweepStep, dialect: Dialect) -> None:
    path, found = GOLDEN / f"{step.name}.{dialect.name}.sql", _read(step, dialect)
    if os.environ.get("GOLDEN") == "record":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == found, f"{path.name}: GOLDEN=record if this is meant"


def test_no_golden_file_without_its_step() -> None:
    names = {f"{step.name}.{dialect}.sql" for step in STEPS for dialect in DIALECTS}
    assert {path.name for path in GOLDEN.iterdir()} == names
