"""Deleting the letterhead, with the date given, changes only the document's own data (issue 14)."""

import re
from pathlib import Path

import pytest

from config.agencies import load_register
from rules.draft import DocumentKind, Draft
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
CORPUS = Path(__file__).parents[2] / "corpus"
_DATED = re.compile(r"^.*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}[^\n]*\n", re.MULTILINE)
_TITLED = re.compile(r"^\s*THÔNG BÁO[^\n]*\n", re.MULTILINE)
PAPERS = sorted(
    [*(CORPUS / "dev").glob("*.txt"), *(CORPUS / "fourth").glob("*.txt"), *(CORPUS / "real").glob("*.txt")]
)


def told(draft: Draft) -> list[tuple[str, list[str], str]]:
    return [
        (" ".join(d.text.split()), [p.body_id or p.phrase for p in d.lead], str(d.due.date or d.due.rule))
        for d in draft.directives
    ]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_paper_without_its_letterhead(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = read_text(text, REGISTRY)
    if whole.document.kind is not DocumentKind.NOTICE or whole.document.date is None:
        return
    for head in (_DATED.search(text[:900]), _TITLED.search(text[:1500])):
        if head:
            bare = read_text(text[head.end() :], REGISTRY, whole.document.date)
            assert told(bare) == told(whole)
