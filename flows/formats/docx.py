"""A Word file (.docx, .docm) -> its lines, with the numbers Word prints and does not store.

Tracked changes are accepted: insertions are read, deletions are not. Comments, footnotes, headers,
footers and page numbers are no part of the text. Macros and references to the outside are not
looked at, let alone run or fetched. The text is walked block by block, so memory stays flat.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from flows.formats.content import SAVE_AS, Content, DocumentError, Progress, no_progress
from flows.formats.docx_choice import ALTERNATE, CHOICE, FALLBACK, is_shown
from flows.formats.docx_paragraph import TBL, TEXT, P, ParagraphReader, mark_is_deleted
from flows.formats.docx_parts import SAFELY, Package, W
from flows.formats.docx_picture_text import (
    PictureTexts,
    needs_a_program,
    note_margins,
    put_in,
    read_pictures,
)
from flows.formats.docx_pictures import Pictures, without_marks
from flows.formats.docx_styles import Styles
from flows.formats.docx_table import WRAPPERS, TableReader
from flows.formats.docx_unlike import Noticed, Unlike
from flows.formats.legacy_encodings import with_legible_fonts
from flows.formats.limits import opened_archive
from flows.formats.numbering import Numbering
from flows.formats.ocr import without_tesseract
from flows.formats.one_archive import two_readings
from flows.formats.work import Work
from rules.refusal import Refusal

_BODY, _DOCUMENT, _INSERTED = W + "body", W + "document", W + "altChunk"
_HOLDERS = {P, TBL, W + "tc", W + "txbxContent"}
_LETS_THROUGH = WRAPPERS | {ALTERNATE}
_FEW = 40  # pieces of text that a remark is taken from
_MARGINS = ("header", "footer")
_PAGE_NUMBER = re.compile(r"\b(?:trang|page|of)\b|[\d/|.–-]++", re.IGNORECASE)


def read_docx(name: str, data: bytes, progress: Progress = no_progress) -> Content:
    """The content of a Word file, what is written in its pictures too. Raises DocumentError, naming the file.

    ``progress`` hears of the pictures; what it raises ends the reading.
    """
    with opened_archive(name, data) as archive:
        try:
            return _Reader(Package(name, archive)).content(progress)
        except Refusal:
            raise
        except (etree.Error, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise _broken(name) from error
        except Exception as error:  # zlib, RecursionError, NotImplementedError: all mean a bad file
            raise _broken(name) from error


def _broken(name: str) -> DocumentError:
    return DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.docx). {SAVE_AS}")


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package, self._part = package, package.main()
        styles, numbers = (
            package.root(package.style_part(self._part, kind)) for kind in ("styles", "numbering")
        )
        self._work, self._noticed, self._styles = Work(package.name), Noticed(), Styles(styles)
        self._numbers = Numbering(self._styles, numbers, self._noticed)
        self._pictures = Pictures()
        self._paragraphs = ParagraphReader(self._styles, self._noticed, self._work, self._pictures)
        self._tables = TableReader(self._paragraph, self._styles, self._noticed, self._work)
        self._boxes: list[str] = []
        self._last: tuple[Any, bool | None] = (None, None)

    def content(self, progress: Progress) -> Content:
        text = "\n".join(self._lines())
        beside = Pictures()
        reader = ParagraphReader(self._styles, Noticed(), self._work, beside)  # nobody reads margins as text
        headers = [reader.margin_text(self._package.root(found)) for found in self._margins()]
        self._note_file(without_marks("\n".join(headers)))
        for part in self._package.further_mains(self._part):
            self._noticed.note(Unlike.FURTHER_TEXT, part)
        typed = with_legible_fonts(Content(text, "\n".join(headers + self._boxes), self._noticed.remarks()))
        return self._with_pictures(typed, beside, progress)

    def _with_pictures(self, typed: Content, beside: Pictures, progress: Progress) -> Content:
        """What was typed, decoded by now, with what the pictures say; ``beside`` are those of the margins."""
        found = self._pictured(typed.text, progress)
        note_margins(found, beside)
        margin = without_marks("\n".join([typed.margin, *found.aside]))
        return Content(put_in(typed.text, found.texts), margin, (*typed.remarks, *found.remarks()))

    def _pictured(self, text: str, progress: Progress) -> PictureTexts:
        """What is written in the pictures; a file of nothing else says what to install, like a scan."""
        found = read_pictures(self._package, self._part, self._pictures, self._work, progress)
        if needs_a_program(found) and not without_marks(text).strip():
            raise without_tesseract(self._package.name)
        return found

    def _note_file(self, margins: str) -> None:
        """What holds for the whole file."""
        words = _PAGE_NUMBER.sub(" ", margins)
        if any(sign.isalpha() for sign in words):
            self._noticed.note(Unlike.MARGIN, words)
        if self._styles.is_doubled:
            self._noticed.note(Unlike.DOUBLED)
        if self._package.fills_fields_anew(self._part):
            self._noticed.note(Unlike.FIELD)

    def _margins(self) -> list[str]:
        """Headers and footers: those of the text, and whatever lies where Word puts them."""
        named = [part for kind in _MARGINS for part in self._package.related(self._part, kind)]
        usual = [
            part
            for part in self._package.names()
            if part.startswith(("word/header", "word/footer")) and part.endswith(".xml")
        ]
        known = {part.casefold(): part for part in named + usual if self._package.has(part)}
        return list(known.values())

    def _lines(self) -> Iterator[str]:
        run_on: list[str] = []
        for block in self._blocks():
            if block.tag == TBL:
                yield from self._tables.lines(block)
            elif mark_is_deleted(block):
                self._noticed.note(Unlike.TRACKED)
                run_on.append(self._paragraphs.text(block)[0])
            else:
                yield from self._paragraph(block, "".join(run_on))
                run_on = []
        if run_on:
            yield "".join(run_on)

    def _blocks(self) -> Iterator[Any]:
        """Paragraphs and tables of the body in reading order; each is let go once it is used."""
        stream = self._package.stream(self._part)
        walk = etree.iterparse(stream, events=("end",), tag=(P, TBL, _INSERTED), **SAFELY)
        for _, block in walk:
            self._work.charge()
            if block.tag == _INSERTED:
                self._noticed.note(Unlike.INSERTED_FILE)
            elif (stands := self._stands_alone(block)) is not None:
                if stands:
                    yield block
                self._styles.last_ground = (None, None)  # whoever holds a part makes the clearing a square
                block.clear()
        if walk.root.tag != _DOCUMENT:
            raise self._package.no_word_file()
        left = "".join(islice(walk.root.itertext(*TEXT), _FEW))  # all that was read or told is cleared
        if left.strip():
            self._noticed.note(Unlike.FOREIGN, left)
        if len(walk.root.findall(_BODY)) > 1:
            raise two_readings(self._package.name, "có nhiều phần thân văn bản")

    def _stands_alone(self, block: Any) -> bool | None:
        """Whether the block is the body's own and shown; None: it is read with the cell or box around it."""
        parent = block.getparent()
        if parent is not self._last[0]:
            self._last = (parent, self._is_read_from(parent, block))
        return self._last[1]

    def _is_read_from(self, parent: Any, block: Any) -> bool | None:
        strange, ancestor = False, parent
        while ancestor is not None and ancestor.tag not in _HOLDERS:
            self._work.charge()
            if ancestor.tag == _BODY:
                if strange:
                    self._noticed.note(Unlike.FOREIGN, "".join(block.itertext(W + "t")))
                return not strange
            if ancestor.tag in (CHOICE, FALLBACK):
                if not is_shown(ancestor, self._work):
                    self._noticed.note(Unlike.ALTERNATIVES, "".join(block.itertext(W + "t")))
                    return False
            elif ancestor.tag not in _LETS_THROUGH:
                strange = True
            ancestor = ancestor.getparent()
        return None

    def _paragraph(self, paragraph: Any, run_on: str = "") -> list[str]:
        label = self._numbers.label(paragraph)
        text, boxes = self._paragraphs.text(paragraph)
        text = run_on + text
        lines = (f"{label} {text.strip()}" if label and without_marks(text).strip() else text).split("\n")
        self._work.charge(signs=len(label) + len(run_on))
        for box in boxes:
            said = self._paragraphs.box_text(box)
            self._boxes.append(said)
            lines += [line for line in said.split("\n") if line.strip()] if box.tag.startswith(W) else []
        return lines
