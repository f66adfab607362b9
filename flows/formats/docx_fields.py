"""Fields of a Word file: what stands between "begin" and "separate" is code, and Word shows the result."""

from typing import Any

from flows.formats.docx_parts import W
from flows.formats.docx_unlike import Noticed, Unlike

_KIND = W + "fldCharType"
_CHAR, _CODE, _SIMPLE = W + "fldChar", W + "instrText", W + "fldSimple"
#: Fields that Word fills anew when the file is opened or printed, or from another file.
_FILLED_ANEW = {"DATE", "TIME", "PRINTDATE", "SAVEDATE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO", "IF"}
#: Fields that show something of their code, or a choice, and store no result.
_SHOWN_UNSTORED = {
    "MACROBUTTON", "GOTOBUTTON", "EQ", "SYMBOL", "ADVANCE", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT",
    "FORMDROPDOWN", "INCLUDEPICTURE",
}  # fmt: skip
#: Fields that show nothing, or a number of a page, whether they have a result or not.
_SILENT = {
    "XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "NEXT",
    "FORMCHECKBOX", "FORMTEXT", "HYPERLINK", "BIBLIOGRAPHY", "ADDIN",
}  # fmt: skip
_DEEPEST = 50
_LONGEST = 400  # letters of a code that are kept


class Fields:
    """The fields that are open while paragraphs are read in order."""

    def __init__(self, noticed: Noticed) -> None:
        self._noticed = noticed
        self._open: list[list[str] | None] = []  # a field's code, or None once its result has begun
        self.in_code = False

    def meet(self, element: Any) -> None:
        """Follow one sign of a field."""
        if element.tag == _CODE:
            self._keep_code(element.text or "")
        elif element.tag == _SIMPLE:
            self._weigh(element.get(W + "instr", ""), element)
        else:
            self._turn(element.get(_KIND), element)
            self.in_code = any(code is not None for code in self._open)

    def end_paragraph(self) -> None:
        """A code that goes on into the next paragraph may swallow the rest: it is read all the same."""
        if self.in_code:
            self._noticed.note(Unlike.OPEN_FIELD)
            self._open, self.in_code = [], False

    def _turn(self, kind: str | None, element: Any) -> None:
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append([])
            self._weigh("", element)
        elif kind in ("separate", "end") and self._open:
            code = self._open.pop()
            if code is not None:
                self._weigh("".join(code), element, is_stored=kind == "separate")
            if kind == "separate":
                self._open.append(None)

    def _keep_code(self, written: str) -> None:
        code = self._open[-1] if self._open else None
        if code is not None and len(code) < _LONGEST:
            code.append(written[:_LONGEST])

    def _weigh(self, code: str, element: Any, is_stored: bool = True) -> None:
        name = next(iter(code.split(maxsplit=1)), "").upper()
        dirty = element.get(W + "dirty") in ("1", "true", "on")
        unstored = not is_stored and name and name not in _SILENT
        if dirty or unstored or name in _FILLED_ANEW or name in _SHOWN_UNSTORED:
            self._noticed.note(Unlike.FIELD)
