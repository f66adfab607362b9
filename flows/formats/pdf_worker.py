"""Reads a PDF in a process of its own: ``python pdf_worker.py text FILE`` or ``image FILE PAGE OUT``.

pdfium is C++ and the file is a stranger's, so the process has a limit of memory and of processor
time and may die without harm. It prints one JSON object a line: a page, or why it gives up. Of this
house only the few modules that take a page apart are imported, so that it starts fast.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from flows.formats.pdf_beside import beside, is_written_over
from flows.formats.pdf_facts import Fact
from flows.formats.pdf_page_text import PageText, page_text
from flows.formats.pdf_rules import Effort

MAX_PAGES = 600
MAX_CHARACTERS = 4_000_000
_MEMORY = 480 * 1024 * 1024  # of address space; what is really used is a fraction
_SECONDS = {"text": 8, "image": 10}  # of the processor
_TOLD = 200  # letters of what nobody sees that are handed on
_POINTS = 72
_DOTS = 200
_MAX_PIXELS = 12_000_000
_FEW_LETTERS = 20
_BANNER = b"P5\n%d %d\n255\n"


def main(arguments: list[str]) -> None:
    """Do what the command line says and print it."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    action, file, *rest = arguments
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS[action], _SECONDS[action] + 5))
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        say({"refused": "password" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken"})
        return
    if action == "image":
        page, out = rest
        Path(out).write_bytes(grey_image(document[int(page)]))
    elif len(document) > MAX_PAGES:
        say({"refused": "long"})
    else:
        say_pages(document, Path(file))


def say_pages(document: Any, file: Path) -> None:
    """Each page's text, whether it rather is a picture, and what to note of it; at last of the file."""
    characters, effort, sight = 0, Effort(), Effort()
    for page in document:
        found = page_text(page, effort, sight)
        characters += len(found.text)
        if characters > MAX_CHARACTERS:
            say({"refused": "long"})
            return
        few = sum(letter.isalnum() for letter in found.text) < _FEW_LETTERS
        say({"text": found.text, "picture": few and is_painted(page), "notes": _notes(page, found)})
        page.close()
    say({"file": beside(document, file.read_bytes())})


def _notes(page: Any, found: PageText) -> dict[str, str]:
    """What to note of a page, by the codes of ``pdf_unlike``, with the beginning of the words concerned."""
    words = {"unseen": found.unseen, "faint": found.faint, "layer": found.on_picture}
    notes = {code: said.strip()[:_TOLD] for code, said in words.items() if any(map(str.isalnum, said))}
    told = {"replaced": found.replaced, "noted": is_written_over(page), "unchecked": found.unchecked}
    return notes | {code: "" for code, holds in told.items() if holds}


def is_painted(page: Any) -> bool:
    """Whether anything is drawn: an empty back page is none to look at twice."""
    return any(item.type != raw.FPDF_PAGEOBJ_TEXT for item in page.get_objects(max_depth=2))


def grey_image(page: Any) -> bytes:
    """The page in grey, as a PGM file, at a resolution that tesseract reads well."""
    width, height = page.get_size()
    scale = min(_DOTS / _POINTS, (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    pixels, stride = memoryview(bitmap.buffer).cast("B"), bitmap.stride
    rows = (pixels[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
    return _BANNER % (bitmap.width, bitmap.height) + b"".join(rows)


def say(fact: Fact) -> None:
    """One line of output."""
    sys.stdout.write(json.dumps(fact) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
