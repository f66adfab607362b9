"""How much of a text could be Vietnamese: judged syllable by syllable, by spelling alone."""

import re
from functools import lru_cache

from rules.text.stacked_marks import composed

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED_TONES = {"\u0301", "\u0323"}  # sắc and nặng: the only tones before c, ch, p, t
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:i?êu|yêu|iê|yê|uyê|uya|uyu|uây|uôi|uô|uơ|uâ|uê|uy|ui|ua|ươi|ươu|ươ|ưa|ưi|ưu"
    r"|oai|oay|oao|oeo|oă|oa|oe|oi|oo|ôi|ơi|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|[aăâeêioôơuưy])"
    r"(?P<coda>ch|ng|nh|[cmnpt])?"
)


def accented_words(text: str) -> list[str]:
    """The words that hold a letter beyond a-z: only they can tell one encoding from another."""
    return [word for word in _WORD.findall(composed(text)) if not word.isascii()]


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a Vietnamese word could be spelt so, whatever it means."""
    letters: list[str] = []
    tones: list[str] = []
    for letter in composed(word.lower(), "NFD"):
        (tones if letter in _TONES else letters).append(letter)
    found = _SYLLABLE.fullmatch(composed("".join(letters)))
    if found is None or len(tones) > 1:
        return False
    return found["coda"] not in ("c", "ch", "p", "t") or bool(_STOPPED_TONES & set(tones))


def share_of_syllables(words: list[str]) -> float:
    """The share of ``words`` that could be Vietnamese, 0 to 1."""
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
