"""One password, one argon2id hash: of somebody's, or of nobody's where there is none, at the same cost.

A hash takes 64 MiB, so only a few are made at once: whoever floods the page with passwords makes others wait
for their turn at the password, and fills neither the memory nor the processors of the office.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from secrets import token_bytes
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class HashCost:
    """The parameters of argon2id; ``memory`` in KiB."""

    rounds: int
    memory: int
    lanes: int


#: RFC 9106, section 4, the second recommended option.
REAL_COST = HashCost(rounds=3, memory=65_536, lanes=4)
#: What a hash costs here; tests put a cheap one (``tests/cheap_passwords.py``).
COST = REAL_COST

_AT_ONCE = BoundedSemaphore(4)
_PATIENCE = 10.0  # seconds


class Busy(Refusal):
    """Too many passwords are being tried at this moment, by whomever."""


def hashed(password: bytes) -> str:
    """The hash that is kept. Raises Busy."""
    with _turn():
        return _hasher(COST).hash(password)


def verified(password: bytes | None, kept: str | None) -> tuple[bool, str | None]:
    """Whether ``password`` is the one of the hash ``kept``, and a hash to keep instead if parameters changed.

    Costs one hash whatever is None: then the answer is no. Raises Busy.
    """
    hasher, nobodys = _hasher(COST), _nobodys(COST)
    with _turn():
        right = hasher.verify(password or b"", kept or nobodys)
        if not (right and kept and password):
            return False, None
        stale = hasher.current_hasher.check_needs_rehash(kept)
        return True, hasher.hash(password) if stale else None


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise Busy("Nhiều người đang đăng nhập cùng lúc; hãy đợi nửa phút rồi thử lại.")
    try:
        yield
    finally:
        _AT_ONCE.release()


@cache
def _hasher(cost: HashCost) -> PasswordHash:
    return PasswordHash((Argon2Hasher(cost.rounds, cost.memory, cost.lanes),))


@cache
def _nobodys(cost: HashCost) -> str:
    """What is verified where there is no password; no password fits it, for nobody knows it."""
    return _hasher(cost).hash(token_bytes(32))
