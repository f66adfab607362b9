"""What is typed as a code of the second factor: six digits of a telephone, or a recovery code."""

import re

from rules.sign_in.totp_steps import DIGITS

_MOST = 64  # characters that are looked at
_RECOVERY = re.compile(r"[a-z2-7]{16}")
_GROUP = 4


def totp_code(typed: str) -> str | None:
    """The digits, if it is that."""
    found = _joined(typed)
    return found if len(found) == DIGITS and found.isascii() and found.isdigit() else None


def recovery_code(typed: str) -> str | None:
    """A recovery code as it is hashed, if it looks like one: 16 signs of base32, 80 bits."""
    found = _joined(typed)
    return found if _RECOVERY.fullmatch(found) else None


def shown(code: str) -> str:
    """A recovery code in groups, as it is printed and typed off."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _joined(typed: str) -> str:
    return "".join(typed[:_MOST].split()).replace("-", "").lower()
