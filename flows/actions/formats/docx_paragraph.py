"""The text of one Word paragraph as it reads once all tracked changes are accepted.

Insertions and moved-in text count, deletions and moved-out text do not. Comments, footnotes, field
codes and hidden text are no part of it. Text boxes are handed back apart: they hang on a paragraph
but are not in its line.
"""

import re
from collections.abc import Iterator
from typing import Any

from flows.actions.formats.docx_parts import W

P, R, TBL = W + "p", W + "r", W + "tbl"
_TEXT_BOX = W + "txbxContent"
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACK = _MARKUP + "Fallback"  # says again, in older words, what Choice has said
_TEXT = {W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_DROPPED = {W + tag for tag in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "instrText", "delText", "rt")}
_DROPPED |= {_FALLBACK}
_LABEL = re.compile(r"^(\S{1,6})\t+")
_GAP = "    "
_COLUMNS = 4  # a row of a table pasted as text, rather than a letterhead


def paragraph_text(paragraph: Any) -> tuple[str, list[Any]]:
    """The text, lines separated by line feeds, and the text boxes anchored in the paragraph.

    A tab after a short label is a blank; elsewhere it parts columns and becomes four blanks, unless
    the line is a row of a table that somebody pasted as text: that one keeps its tabs.
    """
    boxes: list[Any] = []
    if not len(paragraph):
        return "", boxes
    text = "".join(_pieces(paragraph, boxes))
    if "\t" in text or "\n" in text:
        text = "\n".join(_without_tabs(line) for line in text.split("\n"))
    return text, boxes


def box_text(box: Any) -> str:
    """All text of a text box, or the words of a watermark."""
    if box.tag == _WATERMARK:
        return str(box.get("string", ""))
    return "\n".join(paragraph_text(paragraph)[0] for paragraph in box.iter(P))


def margin_text(root: Any) -> str:
    """Everything written in a header or footer, text boxes and watermarks too."""
    lines = [paragraph_text(paragraph)[0] for paragraph in root.iter(P)]
    return "\n".join(lines + [box_text(mark) for mark in root.iter(_WATERMARK)])


def mark_is_deleted(paragraph: Any) -> bool:
    """Whether the end of the paragraph was deleted, so that it runs on into the next one."""
    return bool(paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag in _DROPPED or (tag == R and _is_hidden(child)):
            continue
        elif tag in (_TEXT_BOX, _WATERMARK):
            boxes.append(child)
        elif len(child):
            yield from _pieces(child, boxes)


def _is_hidden(run: Any) -> bool:
    properties = run.find(W + "rPr")
    hidden = properties.find(W + "vanish") if properties is not None else None
    return hidden is not None and hidden.get(W + "val") not in ("0", "false", "off")


def _without_tabs(line: str) -> str:
    cells = line.split("\t")
    filled = sum(1 for cell in cells if cell.strip())
    if len(cells) >= _COLUMNS and (filled >= _COLUMNS - 1 or _LABEL.match(line)):
        return line
    first, *others = _LABEL.sub(r"\1 ", line.strip("\t")).split("\t")
    if not others:
        return first
    return _GAP.join([first.rstrip(" "), *(part.strip(" ") for part in others if part.strip(" "))])
