"""What an SMTP server's answer speaks of: the recipient's mailbox, our sender, our quota, this letter.

Sources: RFC 3463 and its registry (the enhanced code), RFC 2034 (where it stands), RFC 7505 (5.1.10);
for quotas the answers of Gmail and Exchange Online. Only the code decides whether a mailbox is dead:
words lie, quote other answers and hold numbers of their own.
"""

import re
from enum import Enum, auto

from rules.text.gaps import gaps

# At the start of a line alone; Cisco writes "#" before it. "5.1.1.9" is an address, "5.1.10" another code.
_CODE = re.compile(rb"#?([245])\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})(?=[\s:;,)]|\.(?![0-9])|$)")

#: Subject and detail. Mailbox or domain that does not exist, moved away, takes no mail, is closed.
_MAILBOX = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
_SENDER = frozenset({"1.7", "1.8", "7.60"})  # .60: no right to send as this sender
#: What we send or how fast: 4.5 and 7.28 (Gmail), the others Exchange Online.
_QUOTA = frozenset({"4.5", "7.28", "1.90", "7.232", "7.233", "7.500", "7.650", "7.651", "7.652", "7.705"})
_SIZE = frozenset({"2.3", "3.4"})
_SYSTEM = frozenset({"3.1", "3.2", "3.5"})  # its disk is full, it takes no mail, it is misconfigured

_LOGIN_CODES = frozenset({530, 534, 535, 538})
_TOO_BIG = 552  # at MAIL, where our SIZE= is judged; later a bare 552 is a full mailbox (RFC 5321, 4.2.3)
# Only for suspecting the channel, where no code tells: never for condemning an address.
_RELAYING = re.compile(gaps(r"\brelay(?!\s+recipient)"), re.I)
_BLOCKED = re.compile(r"\bblocked using\b|\b(block|black|deny)[ -]?list|\b(dns|r)bls?\b|\bspamhaus\b", re.I)


class About(Enum):
    """What an answer speaks of."""

    MAILBOX = auto()  # only with 5xx
    SENDER = auto()
    QUOTA = auto()
    LOGIN = auto()
    LETTER = auto()
    SYSTEM = auto()
    POLICY = auto()
    RELAYING = auto()
    UNKNOWN = auto()


def enhanced(code: int, answer: bytes) -> str | None:
    """The enhanced code of a reply, as "5.1.1", or None.

    Every line of a reply may bear one (RFC 2034, section 4). Lines that contradict each other, or a
    class that is not the reply's, say nothing.
    """
    found = {match.groups() for line in answer.splitlines() if (match := _CODE.match(line.strip()))}
    if len(found) != 1:
        return None
    told = b".".join(found.pop()).decode()
    return told if told[0] == str(code)[0] else None


def about(code: int, answer: bytes, words: str) -> About:
    """What a refusal (4xx, 5xx) speaks of, wherever in the transaction it came; code before words."""
    told = enhanced(code, answer)
    subject = told[2:] if told else ""
    if subject in _MAILBOX:
        return About.MAILBOX if code >= 500 else About.UNKNOWN
    if code in _LOGIN_CODES:
        return About.LOGIN
    for group, meaning in _GROUPS:
        if subject in group:
            return meaning
    if subject.startswith("6."):
        return About.LETTER
    if subject.startswith(("1.", "2.")):  # the reader's side, but nothing that lasts
        return About.UNKNOWN
    if _RELAYING.search(words):
        return About.RELAYING
    if subject.startswith("7.") or (not subject and _BLOCKED.search(words)):
        return About.POLICY
    return About.UNKNOWN


def too_big_at_mail(code: int, answer: bytes) -> bool:
    """Whether MAIL was refused because of the size that we announced."""
    told = enhanced(code, answer)
    return code >= 500 and (told[2:] in _SIZE if told else code == _TOO_BIG)


_GROUPS = (
    (_SENDER, About.SENDER),
    (_QUOTA, About.QUOTA),
    (_SIZE, About.LETTER),
    (_SYSTEM, About.SYSTEM),
)
