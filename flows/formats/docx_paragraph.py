"""The text of one Word paragraph as it reads once all tracked changes are accepted.

Insertions and moved-in text count, deletions and moved-out text do not. Comments, footnotes, field
codes and hidden text are no part of it, and what is left out or hard to see is noted. Text boxes are
handed back apart: they hang on a paragraph but are not in its line.
"""

import re
from collections.abc import Iterator
from typing import Any

from flows.formats.docx_choice import ALTERNATE, CHOICE, FALLBACK, branches, chosen, is_known
from flows.formats.docx_fields import Fields
from flows.formats.docx_parts import W
from flows.formats.docx_pictures import BLIP, IMAGE_DATA, Pictures
from flows.formats.docx_sight import Sight
from flows.formats.docx_styles import Styles
from flows.formats.docx_unlike import Noticed, Unlike
from flows.formats.work import MAX_COLUMNS, Work

P, R, TBL = W + "p", W + "r", W + "tbl"
_TEXT_BOX = W + "txbxContent"
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_T = W + "t"
TEXT = {_T, "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_FIELD_SIGNS = {W + "fldChar", W + "instrText", W + "fldSimple"}
_DROPPED = {W + tag for tag in ("pPr", "rPr", "instrText")}
_DELETED = {W + "del", W + "moveFrom"}
_ADDED = {W + "ins", W + "moveTo"}
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
_TOLD = {
    W + "commentReference": Unlike.COMMENT, W + "footnoteReference": Unlike.NOTE,
    W + "endnoteReference": Unlike.NOTE, W + "object": Unlike.EMBEDDED, W + "subDoc": Unlike.INSERTED_FILE,
    W + "delText": Unlike.TRACKED, W + "bdo": Unlike.TURNED, W + "dir": Unlike.TURNED,
    "{urn:schemas-microsoft-com:office:office}OLEObject": Unlike.EMBEDDED, W + "control": Unlike.EMBEDDED,
} | dict.fromkeys(
    [
        *(W + tag for tag in ("sym", "rt", "contentPart", "dayShort", "dayLong", "monthShort")),
        *(W + tag for tag in ("monthLong", "yearShort", "yearLong")),
        *(_DRAWN + tag for tag in ("main}t", "chart}chart", "diagram}relIds")),
    ],
    Unlike.UNREAD,
)  # fmt: skip
#: What is told and not gone into.
_LEFT_OUT = {W + "rt", W + "delText"}
_LABEL = re.compile(r"^(\S{1,6})\t+")
_MANY_TABS = re.compile(f"\t{{{MAX_COLUMNS + 1},}}")
_GAP = "    "
_COLUMNS = 4  # a row of a table pasted as text, rather than a letterhead


class ParagraphReader:
    """Reads the paragraphs of one part, each once and in reading order; charges ``work``."""

    def __init__(self, styles: Styles, noticed: Noticed, work: Work, pictures: Pictures) -> None:
        self._styles, self._noticed, self._work, self._pictures = styles, noticed, work, pictures
        self._fields = Fields(noticed)

    def text(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The text, lines separated by line feeds, and the text boxes anchored in the paragraph.

        A tab after a short label is a blank; elsewhere it parts columns and becomes four blanks, unless
        the line is a row of a table that somebody pasted as text: that one keeps its tabs.
        """
        boxes: list[Any] = []
        if not len(paragraph):
            self._work.charge()
            return "", boxes
        pieces = list(self._pieces(paragraph, boxes, Sight(paragraph, self._styles)))
        self._fields.end_paragraph()
        text = "".join(pieces)
        self._work.charge(2 * len(pieces) + 1, signs=len(text), cells=text.count("\t"))
        if "\t" in text or "\n" in text:
            text = "\n".join(_without_tabs(line) for line in text.split("\n"))
        return text, boxes

    def box_text(self, box: Any) -> str:
        """All text of a text box, or the words of a watermark."""
        if box.tag == _WATERMARK:
            return str(box.get("string", ""))
        return "\n".join(self.text(paragraph)[0] for paragraph in self._paragraphs(box))

    def margin_text(self, root: Any) -> str:
        """Everything written in a header or footer, text boxes and watermarks too."""
        lines = [self.text(paragraph)[0] for paragraph in root.iter(P)]
        return "\n".join(lines + [self.box_text(mark) for mark in root.iter(_WATERMARK)])

    def _paragraphs(self, element: Any) -> Iterator[Any]:
        """Paragraphs at any depth, those inside of others too; of two forms the one that is shown."""
        for child in element:
            self._work.charge()
            if child.tag == P:
                yield child
            branch = chosen(child, self._work) if child.tag == ALTERNATE else child
            if branch is not None and len(branch):
                yield from self._paragraphs(branch)

    def _pieces(self, element: Any, boxes: list[Any], sight: Sight) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in TEXT:
                yield self._seen(_words(child), sight)
            elif tag in _SIGNS:
                yield _SIGNS[tag] if not (sight.hidden or self._fields.in_code) else ""
            elif tag == R:
                yield from self._pieces(child, boxes, sight.of_run(child))
            elif tag in _FIELD_SIGNS:
                self._fields.meet(child)
                yield from self._pieces(child, boxes, sight)
            elif tag in _DROPPED:
                continue
            elif tag in (_TEXT_BOX, _WATERMARK):
                if tag == _WATERMARK:
                    self._noticed.note(Unlike.UNREAD, child.get("string", ""))
                if not sight.hidden:
                    boxes.append(child)
            else:
                yield from self._inner(child, boxes, sight)

    def _inner(self, child: Any, boxes: list[Any], sight: Sight) -> Iterator[str]:
        """What stands in an element that only holds others."""
        tag = child.tag
        if tag in _DELETED or tag in _ADDED:
            self._noticed.note(Unlike.TRACKED)
        if tag in _TOLD:
            self._noticed.note(_TOLD[tag], "" if len(child) else child.text or "")
        if tag in _LEFT_OUT:
            return
        if tag == W + "sdtPr":
            if child.find(W + "dataBinding") is not None:
                self._noticed.note(Unlike.BOUND)
        elif tag == ALTERNATE:
            yield from self._pieces(self._branch(child), boxes, sight)
        elif tag in (BLIP, IMAGE_DATA):
            yield self._picture(child, sight)
        elif tag not in _DELETED and tag not in (CHOICE, FALLBACK) and len(child):
            if not is_known(tag):
                self._noticed.note(Unlike.FOREIGN, self._words_in(child))
            elif not sight.hides(child):
                if sight.loses(child):
                    self._noticed.note(Unlike.FAINT, self._words_in(child))
                yield from self._pieces(child, boxes, sight)
            else:
                self._noticed.note(Unlike.HIDDEN, self._words_in(child))

    def _picture(self, child: Any, sight: Sight) -> str:
        """The mark that keeps a picture's place; what is not shown is told like hidden words."""
        if sight.hidden:
            self._noticed.note(Unlike.HIDDEN)
        return "" if sight.hidden or self._fields.in_code else self._pictures.meet(child, self._work)

    def _branch(self, alternate: Any) -> Any:
        """The form that Word shows; said where another one has other words."""
        shown = chosen(alternate, self._work)
        said = {" ".join(self._words_in(branch).split()): branch for branch in branches(alternate)}
        other = next((words for words, branch in said.items() if words and branch is not shown), "")
        if len(said) > 1 and other:
            self._noticed.note(Unlike.ALTERNATIVES, other)
        return () if shown is None else shown

    def _words_in(self, element: Any) -> str:
        """All words in an element, of which nothing is read: paid for, as nests hold them many times."""
        words = "".join(element.itertext(*TEXT))
        self._work.charge(signs=len(words))
        return words

    def _seen(self, words: str, sight: Sight) -> str:
        if not words:
            return ""
        if self._fields.in_code:
            self._noticed.note(Unlike.FIELD_CODE, words)
            return ""
        if sight.hidden:
            self._noticed.note(Unlike.HIDDEN, words)
            return ""
        if words.strip():
            if sight.rare.struck:  # the paper says that these words count no more
                self._noticed.note(Unlike.STRUCK, words)
                return ""
            if sight.is_faint(len(words)):
                self._noticed.note(Unlike.FAINT, words)
            if sight.rare.turned:
                self._noticed.note(Unlike.TURNED, words)
        return words


def mark_is_deleted(paragraph: Any) -> bool:
    """Whether the end of the paragraph was deleted, so that it runs on into the next one."""
    return bool(paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None)


def _words(element: Any) -> str:
    """The letters of a ``w:t``; an end of a line in them is a blank to Word."""
    words = "".join(element.itertext()) if len(element) else (element.text or "")
    return words.replace("\n", " ").replace("\r", " ") if "\n" in words or "\r" in words else words


def _without_tabs(line: str) -> str:
    line = _MANY_TABS.sub("\t" * MAX_COLUMNS, line)
    cells = line.split("\t")
    filled = sum(1 for cell in cells if cell.strip())
    if len(cells) >= _COLUMNS and (filled >= _COLUMNS - 1 or _LABEL.match(line)):
        return line
    first, *others = _LABEL.sub(r"\1 ", line.strip("\t")).split("\t")
    if not others:
        return first
    return _GAP.join([first.rstrip(" "), *(part.strip(" ") for part in others if part.strip(" "))])
