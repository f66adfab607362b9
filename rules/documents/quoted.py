"""What somebody types to find one thing: a task's code, or the number of a paper, in any writing.

"GN-0015", "gn15", "#GN 0015" and a code pasted with a long dash, in signs of full width or in letters
that only look Latin are one code. A paper is found by its whole number, by its figure alone ("412"), or
by the kind and the figure ("TB412", "thông báo số 412"). What is typed is never changed: this only says
what it may name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.documents.paper_numbers import number_key
from rules.text.folding import fold
from rules.text.gaps import gaps
from rules.text.stacked_marks import composed

#: Capitals that look like those of a code, and round and straight signs in place of 0 and 1.
_ALIKE = str.maketrans("ΝɴԌԍɢΟο⁄∕", "NnGggOo//")
_NOUGHT_AND_ONE = str.maketrans("oil|", "0111")
_CODE = r"gn[\W_]*+(?P<digits>[oil|]*+[0-9][0-9oil|]*+|[0-9]{1,3}(?:[., ][0-9]{3})+)"
_EXACT = re.compile(rf"(?<![\W_])(?:(?:ma|so|nhiem|vu|viec)[\W_]++)*+[\W_]*+{_CODE}[\W_]*+")
_NAMED = re.compile(r"(?<![^\W_])gn[\W_]{0,3}([0-9]{1,18})(?![^\W_])")
_BARE = re.compile(r"(?<![\W_])[\W_]*+([0-9]{1,18})[\W_]*+")
_MOST_NAMED = 20
_MOST_DIGITS = 200  # of what is no task for sure; Python reads numbers of 4,300

_FIGURE = r"(?P<figure>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})"
_AROUND = re.compile(gaps(r"\s*([/-])\s*"))
_WHOLE = re.compile(rf"(?<![\w/.-]){_FIGURE}(?P<symbol>(?:[/-][a-z0-9&.]+)+)")
_YEAR = r"(?:/(?:19|20)[0-9]{2})?"  # "15/2022": laws and decisions have it in the number
_AFTER = re.compile(rf"(?<![\W_])[\W_]*+{_FIGURE}{_YEAR}[\W_]*+(?P<symbol>[a-z][a-z0-9&./ -]*+)?")
_BEFORE = re.compile(
    rf"(?<![a-z&./ -])(?P<symbol>[a-z]++(?:[&./ -]++[a-z]++)*+)[\W_]*+{_FIGURE}{_YEAR}[\W_]*+"
)
_SAYS_NOTHING = re.compile(r"[^a-z0-9]")
#: Kinds of papers as people say them, and what stands for each in a symbol; longer names first.
_KINDS = {
    "thong bao ket luan": "tb",
    "phieu giao viec": "",
    "nghi quyet": "nq",
    "quyet dinh": "qd",
    "thong bao": "tb",
    "cong van": "",
    "ket luan": "",
    "ke hoach": "kh",
    "bien ban": "bb",
    "to trinh": "ttr",
    "van ban": "",
    "bao cao": "bc",
    "chi thi": "ct",
}
_KIND = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b")
_NUMBER_WORD = re.compile(r"\bso\b[:.]?")


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """The figure of a number and the letters of its symbol: "412/TB-UBND" is 412 and "tbubnd"."""

    figure: int
    symbol: str = ""


def code_quoted(text: str) -> int | None:
    """The number of the task whose code ``text`` is and nothing else; None if it is no code."""
    found = _EXACT.fullmatch(_plain(text))
    digits = re.sub(r"\D", "", found["digits"].translate(_NOUGHT_AND_ONE)) if found else ""
    return int(digits) if 0 < len(digits) <= _MOST_DIGITS else None


def codes_named(text: str) -> tuple[int, ...]:
    """The numbers of the tasks that ``text`` names among other words, or by a bare figure."""
    plain = _plain(text)
    bare = _BARE.fullmatch(plain)
    found = [bare[1]] if bare else _NAMED.findall(plain)[:_MOST_NAMED]
    return tuple(dict.fromkeys(map(int, found)))


def papers_named(text: str) -> tuple[PaperNumber, ...]:
    """The numbers of papers that ``text`` may name; dates are none."""
    return tuple(dict.fromkeys(_papers(_AROUND.sub(r"\1", _plain(text)))))


def names_paper(asked: PaperNumber, number: str) -> bool:
    """Whether ``number``, as a paper has it, may be the one that was asked for."""
    known = _known(number)
    return known is not None and known.figure == asked.figure and asked.symbol in known.symbol


@lru_cache(maxsize=16_384)
def _known(number: str) -> PaperNumber | None:
    key = number_key(composed(number, "NFKC"))
    found = re.search(r"[0-9]{1,18}", key)
    if found is None:
        return None
    return PaperNumber(int(found[0]), _SAYS_NOTHING.sub("", key[: found.start()] + key[found.end() :]))


def _papers(plain: str) -> Iterator[PaperNumber]:
    for found in _WHOLE.finditer(plain):
        if any(sign.isalpha() for sign in found["symbol"]):
            yield _paper(found)
    short = _NUMBER_WORD.sub(" ", _KIND.sub(lambda kind: _KINDS[kind[0]], plain)).strip()
    if whole := _AFTER.fullmatch(short) or _BEFORE.fullmatch(short):
        yield _paper(whole)


def _paper(found: re.Match[str]) -> PaperNumber:
    return PaperNumber(int(found["figure"].replace(".", "")), _SAYS_NOTHING.sub("", found["symbol"] or ""))


def _plain(text: str) -> str:
    return fold(composed(text.translate(_ALIKE), "NFKC"))
