"""Files that other programs read for us (LibreOffice, recognition of scans): few, each takes seconds."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from config.agencies import load_register
from rules.people.registry import Registry
from tests.flows.formats import pdf_files
from tests.flows.formats.image_files import png
from tests.hostile.fuzz.files import read
from tests.hostile.fuzz.kinds import Try
from tests.hostile.fuzz.mutate import some_bytes
from tests.hostile.fuzz.samples import documents


@contextmanager
def opened(folder: Path) -> Iterator[Try]:
    """The reader, an old Word file, a scan and its picture."""
    registry = Registry(load_register().bodies)
    honest = list(_honest(folder))

    def attempt(seed: int) -> str | None:
        random = Random(seed)
        name, data = random.choice(honest)
        return read(folder, name, some_bytes(random, data, 4), registry)

    yield attempt


def _honest(folder: Path) -> Iterator[tuple[str, bytes]]:
    (folder / "a.docx").write_bytes(documents()["demo.docx"])
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/office",
        "--headless",
        "--convert-to",
        "doc",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True
    )
    yield "a.doc", (folder / "a.doc").read_bytes()
    scan = pdf_files.text_pdf([["Sở Y tế báo cáo trước ngày 10/01/2023."]])
    yield "scan.pdf", pdf_files.scanned_pdf(scan)
    width, height, grey = pdf_files.pictures(scan, 100)[0]
    yield "scan.png", png(width, height, grey)
