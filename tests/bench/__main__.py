"""``make bench``: all benches, or the named ones (``make bench ARGS="mails help_cpu"``).

Those over a million tasks take minutes and run only when they are named:
``make bench ARGS="follow_up_million listing_million"``.
"""

import os
import sys
import traceback
from tempfile import TemporaryDirectory

import pytest
from rich.console import Console

from config.settings import VAR
from tests.bench.batch import read_thousand
from tests.bench.claim_settle import claim_settle
from tests.bench.delivery import delivery_queue
from tests.bench.follow_up import follow_up, follow_up_million
from tests.bench.formats import read_formats, read_pdf
from tests.bench.listing import listing, listing_million, report_weight
from tests.bench.mails import mails
from tests.bench.morning import morning, prefect_adds
from tests.bench.publish import publish
from tests.bench.reading import read_conclusion
from tests.bench.reading_apart import reading_apart
from tests.bench.rows import Bench, Row, keep, table
from tests.bench.sign_in import sign_in
from tests.bench.signed_in import signed_in
from tests.bench.start_up import help_cpu
from tests.bench.tick_memory import tick_memory, tick_memory_whole
from tests.bench.workers import delivery_workers

BENCHES: list[Bench] = [
    help_cpu, mails, read_conclusion, reading_apart, read_formats, read_pdf, read_thousand, follow_up,
    publish, listing,
    report_weight,
    morning, prefect_adds, claim_settle, delivery_workers, delivery_queue, tick_memory,
    sign_in, signed_in,
]  # fmt: skip
#: They take minutes: only when named.
ASKED: list[Bench] = [follow_up_million, listing_million, tick_memory_whole]


def run(benches: list[Bench], console: Console) -> tuple[list[Row], bool]:
    """All rows, and whether all benches ran and kept their limits.

    A bench that breaks, or lacks something on this machine, stops no other.
    """
    rows: list[Row] = []
    fine = True
    for bench in benches:
        try:
            with console.status(bench.__name__):
                rows += bench()
        except pytest.skip.Exception as skipped:  # what the tests' own builders of files say
            fine = False
            console.print(f"{bench.__name__} not measured: {skipped}", style="bold red", markup=False)
        except Exception:
            fine = False
            report = f"{bench.__name__} failed:\n{traceback.format_exc()}"
            console.print(report, style="bold red", markup=False)
    return rows, fine and not any(row.over for row in rows)


def main(names: list[str]) -> int:
    """The exit status: 0 when everything ran within its limits, 1 otherwise, 2 for an unknown name."""
    by_name = {bench.__name__: bench for bench in (*BENCHES, *ASKED)}
    if unknown := set(names) - set(by_name):
        print(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(by_name)}", file=sys.stderr)
        return 2
    console = Console()
    with TemporaryDirectory(prefix="sent-") as folder:
        os.environ.setdefault("DONDOC_WITNESS_FOLDER", folder)  # the office's own is not for benches
        rows, fine = run([by_name[name] for name in names] or BENCHES, console)
    console.print(table(rows))
    if not names:
        asked = " ".join(bench.__name__ for bench in ASKED)
        console.print(f'Not run, for they take minutes: make bench ARGS="{asked}"', markup=False)
    keep(rows, VAR / "bench.json")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
