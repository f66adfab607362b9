"""A thousand documents in one process: whether the last are read as quickly as the first, and its memory.

Run as a module it is that process and prints its figures.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import escape

from tests.bench.rows import Row, against_floor
from tests.checkout import ROOT
from tests.flows.formats.word_files import docx, p

CORPUS = ROOT / "tests" / "corpus" / "dev"
DOCUMENTS, HUNDRED = 1000, 100
SECONDS = 300
STEADY_LIMIT = 1.3  # time of the last hundred over that of the first
GROWTH_LIMIT = 20.0  # megabytes between the hundredth document and the last


def read_thousand() -> list[Row]:
    """Documents per second, the last hundred against the first, and growth of memory on the way."""
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS, cwd=ROOT)
    found = json.loads(done.stdout)
    return batch_rows(found["seconds"], found["megabytes"])


def batch_rows(seconds: list[float], megabytes: list[float]) -> list[Row]:
    """The rows for what each hundred took and what the process held after each."""
    return [
        Row("batch_rate", DOCUMENTS / sum(seconds), "docs/s"),
        against_floor("batch_last_hundred", seconds[-1], "s", seconds[0], STEADY_LIMIT),
        Row("batch_growth", megabytes[-1] - megabytes[0], "MB", limit=GROWTH_LIMIT),
    ]


def main() -> None:
    """Read the documents of the corpus in turn, as text and as Word files, and say how it went."""
    from config.agencies import load_register
    from config.work_calendar import load_calendar
    from flows.actions.reading.read_conclusion import read_conclusion
    from rules.people.registry import Registry

    registry, calendar = Registry(load_register().bodies), load_calendar()
    files = _files()
    for name, data in files:  # imports, and the register's views
        read_conclusion(name, data, registry, None, calendar)
    seconds, megabytes = [], []
    for first in range(0, DOCUMENTS, HUNDRED):
        start = perf_counter()
        for number in range(first, first + HUNDRED):
            name, data = files[number % HUNDRED % len(files)]
            assert read_conclusion(name, data, registry, None, calendar).directives, name
        seconds.append(perf_counter() - start)
        megabytes.append(_held())
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": megabytes}))


def _files() -> list[tuple[str, bytes]]:
    """Each text of the corpus twice: as it is, and as a Word file. Every hundred reads the same ones."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))}
    plain = [(f"{name}.txt", text.encode()) for name, text in texts.items()]
    return plain + [(f"{name}.docx", docx(_paragraphs(text))) for name, text in texts.items()]


def _paragraphs(text: str) -> str:
    return "".join(p(escape(line).replace("\t", " ")) for line in text.split("\n"))


def _held() -> float:
    """Megabytes of this process in memory now."""
    [kilobytes] = re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(kilobytes) / 1024


if __name__ == "__main__":
    main()
