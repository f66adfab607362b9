"""What the process that reads a PDF tells the one that asked: a JSON object a line, one type at both ends.

A file is a stranger's and the process that read it may have been led astray, so each line is looked at.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypedDict, final


@final
class PageFact(TypedDict):
    """A page: its text, whether it rather is a picture, codes of ``pdf_unlike`` with words of the page."""

    text: str
    picture: bool
    notes: dict[str, str]


@final
class FileFact(TypedDict):
    """The last line: codes of what is to be noted of the file, with words where there are any."""

    file: dict[str, str]


@final
class RefusedFact(TypedDict):
    """The last line in place of it: why the file was given up."""

    refused: Literal["password", "broken", "long"]


Fact: TypeAlias = PageFact | FileFact | RefusedFact


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """All that was told; ``refused`` is "" for a file that was read to its end."""

    pages: tuple[PageFact, ...] = ()
    file: dict[str, str] = field(default_factory=dict)
    refused: str = ""


def facts_of(said: bytes) -> PdfFacts:
    """What was told line by line; one that is none of ours, or no line at all, is a broken file."""
    try:
        *told, last = [_fact(line) for line in said.splitlines()]
    except ValueError:
        return PdfFacts(refused="broken")
    pages = tuple(one for one in (*told, last) if "text" in one)
    if "refused" in last:
        return PdfFacts(pages, refused=last["refused"])
    return PdfFacts(pages, last["file"]) if "file" in last else PdfFacts(pages)


def _fact(line: bytes) -> Fact:
    match json.loads(line):
        case {"refused": "password" | "broken" | "long" as why}:
            return {"refused": why}
        case {"text": str(text), "picture": bool(picture), "notes": dict(notes)} if _is_text(notes):
            return {"text": text, "picture": picture, "notes": notes}
        case {"file": dict(notes)} if _is_text(notes):
            return {"file": notes}
    raise ValueError("no fact of a PDF")


def _is_text(notes: dict[Any, Any]) -> bool:
    return all(isinstance(words, str) for words in notes.values())
