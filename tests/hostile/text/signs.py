"""One table of signs that nobody sees or that act on a terminal, for every door and the console."""

#: One of each kind: C0, DEL, C1, turns of direction, zero width, byte order, tags, fillers, selectors.
SIGNS = (
    "\x01", "\x07", "\x08", "\x1b", "\x1f", "\x7f", "\x80", "\x9b", "\x9d", "\u00ad", "\u034f", "\u061c",
    "\u115f", "\u17b4", "\u180e", "\u200b", "\u200e", "\u202e", "\u2060", "\u2063", "\u2069", "\u2800",
    "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\uffff", "\U000e0001", "\U000e0041", "\U000e0100",
)  # fmt: skip
#: A name with all of them; without them it reads "Sở Y tế".
HOSTILE = f"Sở{''.join(SIGNS)} Y{''.join(SIGNS)} tế"
HONEST = "Sở Y tế"


def hidden_in(text: str) -> list[str]:
    """Those of the table that ``text`` holds, as code points."""
    return [f"U+{ord(sign):04X}" for sign in SIGNS if sign in text]
