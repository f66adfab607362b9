"""What one transaction did, gathered by the doors on its way and written as one row just before its commit.

An act that moves a hundred tasks is one row with counts, and so is what a sweep does in a transaction. Where
a part is taken back alone, ``part_of_its_own`` forgets what it did. The commit is ``models/db.unit_of_work``;
whoever commits otherwise (a test) writes no row.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import cast

from pydantic import JsonValue
from sqlmodel import Session

from config.act import Act
from models.trail.write import Noted, signer_of, write
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Actor, Way

#: So many ids stand in the row as they are; of more their number and hash.
MOST_IDS = 20
_KEY = "dondoc.deeds"
#: What a row is about, if its act touched several: the widest.
_WIDEST = list(TrailNoun)
_OF_THE_OUTBOX = frozenset({TrailNoun.MESSAGE, TrailNoun.ADDRESS})


@dataclass(slots=True)
class _Deed:
    act: Act
    noun: TrailNoun
    word: str
    keys: tuple[str | int, ...]
    count: int


@dataclass(slots=True)
class _Sum:
    """What one doer did in the transaction."""

    act: Act
    did: Counter[str] = field(default_factory=Counter)
    keys: dict[TrailNoun, dict[str | int, None]] = field(default_factory=dict)

    def add(self, deed: _Deed) -> None:
        if self.act.actor is Actor.CLOCK:
            self.act = deed.act
        self.did[f"{deed.noun}.{deed.word}"] += deed.count
        self.keys.setdefault(deed.noun, {}).update(dict.fromkeys(deed.keys))


def did(session: Session, act: Act, noun: TrailNoun, key: str | int | None, word: str) -> None:
    """``act`` did ``word`` to one thing, in the caller's transaction."""
    assert key is not None
    did_to_many(session, act, noun, (key,), word)


def did_to_many(
    session: Session, act: Act, noun: TrailNoun, keys: Iterable[str | int], word: str, count: int = 0
) -> None:
    """The same to several. ``count`` is how many there were, if not all of their keys are known."""
    known = tuple(keys)
    if known or count:
        deed = _Deed(act, noun, word, known, count or len(known))
        session.info.setdefault(_KEY, []).append(deed)


@contextmanager
def part_of_its_own(session: Session) -> Iterator[None]:
    """A savepoint: an error takes back what was done since, also what would be written of it."""
    before = len(session.info.get(_KEY, ()))
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del session.info.get(_KEY, [])[before:]
        raise


def write_deeds(session: Session) -> None:
    """Write what the transaction did: a row for each doer, nearly always one."""
    deeds: list[_Deed] = session.info.pop(_KEY, [])
    if not deeds:
        return
    session.flush()
    sums: dict[object, _Sum] = {}
    people = [deed for deed in deeds if deed.act.actor is not Actor.CLOCK]
    first = people[0].act.doer if people else None
    for deed in deeds:  # what follows of itself belongs to the act that it follows from
        doer = first if deed.act.actor is Actor.CLOCK else deed.act.doer
        sums.setdefault(doer, _Sum(deed.act)).add(deed)
    for one in sums.values():
        _write(session, one)


def _write(session: Session, one: _Sum) -> None:
    swept = one.act.way is Way.SWEEP
    noun = min(one.keys, key=_WIDEST.index)
    keys = list(one.keys[noun])
    shown: dict[str, JsonValue] = {str(name): _ids(list(found)) for name, found in one.keys.items() if found}
    data: dict[str, JsonValue] = {"did": cast(dict[str, JsonValue], dict(sorted(one.did.items())))}
    if swept or len(shown) > 1 or len(keys) > 1:
        data["ids"] = shown
    if one.act.capacity and not swept:
        data["capacity"] = one.act.capacity
    if swept:
        write(session, Noted(TrailWhat.SWEEP, data=data), one.act.now, signer_of(one.act.by_clock()))
        return
    what = TrailWhat.OUTBOX if noun in _OF_THE_OUTBOX else TrailWhat.ACT
    noted = Noted(what, noun, keys[0] if len(keys) == 1 else "", data=data)
    write(session, noted, one.act.now, signer_of(one.act))


def _ids(keys: list[str | int]) -> JsonValue:
    if len(keys) <= MOST_IDS:
        return list(keys)
    return {"count": len(keys), "sha256": ids_hash(keys)}


def ids_hash(keys: Iterable[str | int]) -> str:
    """The hash of ids: of their JSON list, sorted."""
    return sha256(json.dumps(sorted(keys, key=str), separators=(",", ":")).encode()).hexdigest()
