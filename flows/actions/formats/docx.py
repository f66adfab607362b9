"""A Word file (.docx, .docm) -> its lines, with the numbers Word prints and does not store.

Tracked changes are accepted: insertions are read, deletions are not. Comments, footnotes, headers,
footers and page numbers are no part of the text. Macros and references to the outside are not
looked at, let alone run or fetched. The text is walked block by block, so memory stays flat.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from flows.actions.formats.content import SAVE_AS, Content, DocumentError
from flows.actions.formats.docx_paragraph import (
    TBL,
    P,
    box_text,
    margin_text,
    mark_is_deleted,
    paragraph_text,
)
from flows.actions.formats.docx_parts import SAFELY, W, main_part, part_root, part_stream, related_part
from flows.actions.formats.docx_table import table_lines
from flows.actions.formats.limits import opened_archive
from flows.actions.formats.numbering import Numbering

_BODY = W + "body"
_HOLDERS = {P, TBL, W + "tc", W + "txbxContent"}
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_MAX_MARGINS = 12


def read_docx(name: str, data: bytes) -> Content:
    """The content of a Word file. Raises DocumentError, naming the file."""
    with opened_archive(name, data) as archive:
        try:
            part = main_part(name, archive)
            return _Reader(name, archive, part).content()
        except DocumentError:
            raise
        except (etree.Error, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise _broken(name) from error
        except Exception as error:  # zlib, RecursionError, NotImplementedError: all mean a bad file
            raise _broken(name) from error


def _broken(name: str) -> DocumentError:
    return DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.docx). {SAVE_AS}")


class _Reader:
    def __init__(self, name: str, archive: zipfile.ZipFile, part: str) -> None:
        self._name, self._archive, self._part = name, archive, part
        styles, numbers = (
            part_root(name, archive, related_part(name, archive, part, kind) or f"word/{kind}.xml")
            for kind in ("styles", "numbering")
        )
        self._numbers = Numbering(styles, numbers)
        self._boxes: list[str] = []

    def content(self) -> Content:
        text = "\n".join(self._lines())
        margins = [found for found in self._archive.namelist() if _MARGIN.fullmatch(found)][:_MAX_MARGINS]
        headers = [margin_text(part_root(self._name, self._archive, found)) for found in margins]
        return Content(text, "\n".join(headers + self._boxes))

    def _lines(self) -> Iterator[str]:
        run_on = ""
        for block in self._blocks():
            if block.tag == TBL:
                yield from table_lines(block, self._paragraph)
            elif mark_is_deleted(block):
                run_on += paragraph_text(block)[0]
            else:
                yield from self._paragraph(block, run_on)
                run_on = ""
        if run_on:
            yield run_on

    def _blocks(self) -> Iterator[Any]:
        """Paragraphs and tables of the body in reading order; each is let go once it is used."""
        stream = part_stream(self._name, self._archive, self._part)
        for _, block in etree.iterparse(stream, events=("end",), tag=(P, TBL), **SAFELY):
            if _stands_alone(block):
                yield block
                block.clear()

    def _paragraph(self, paragraph: Any, run_on: str = "") -> list[str]:
        label = self._numbers.label(paragraph)
        text, boxes = paragraph_text(paragraph)
        text = run_on + text
        lines = (f"{label} {text.strip()}" if label and text.strip() else text).split("\n")
        for box in boxes:
            said = box_text(box)
            self._boxes.append(said)
            lines += [line for line in said.split("\n") if line.strip()] if box.tag.startswith(W) else []
        return lines


def _stands_alone(block: Any) -> bool:
    """Whether the block is the body's own, not inside of a cell or a text box."""
    for ancestor in block.iterancestors():
        if ancestor.tag in _HOLDERS:
            return False
        if ancestor.tag == _BODY:
            return True
    return False
