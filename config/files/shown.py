"""A stranger's words in a refusal: short, on one line, and without signs that act on a terminal."""

MOST_SHOWN = 60


def shown_key(words: object, most: int = MOST_SHOWN) -> str:
    """``words`` (a key, a value, a file's name) fit to be quoted: at most ``most`` signs and «…».

    A sign that nobody sees becomes «�»: control characters, turns of the writing's direction, halves of
    a pair (bytes of a name that are no UTF-8).
    """
    text = str(words)
    clipped = text[:most] + ("…" if len(text) > most else "")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in clipped)


def shown_path(path: object) -> str:
    """A file's path likewise; only one that no folder tree has is clipped."""
    return shown_key(path, 300)
