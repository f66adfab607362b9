"""A stranger's words in a sentence of ours: cut short, and nothing in them that is not seen."""

import unicodedata

_MOST = 60
_MOST_NAME = 100
_NAME_END = 24  # what a person tells files by: the end with the suffix


def quoted(words: str, most: int = _MOST) -> str:
    """The beginning of ``words`` on one line, at most ``most`` signs."""
    seen = " ".join(_seen(words[: most * 4]).split())
    return seen if len(seen) <= most else f"{seen[: most - 1].rstrip()}…"


def shown_file_name(name: str) -> str:
    """A file's name for people, its suffix kept; at most 100 signs."""
    seen = _seen(name[:_MOST_NAME] + name[max(len(name) - _MOST_NAME, _MOST_NAME) :])
    if len(seen) <= _MOST_NAME:
        return seen
    return f"{seen[: _MOST_NAME - _NAME_END - 1]}…{seen[-_NAME_END:]}"


def _seen(words: str) -> str:
    """Control signs and signs of no width become blanks; U+200C and U+200D are letters' own."""
    return "".join(
        " " if unicodedata.category(sign)[0] == "C" and sign not in "\u200c\u200d" else sign for sign in words
    )
