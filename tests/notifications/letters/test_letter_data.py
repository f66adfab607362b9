"""What is written into a letter is what its wording reads, kind by kind; every kind has its rows.

One office lives through every kind of letter. Its payloads are watched: what the acts and sweeps write are
all fields of the kind, and so is what delivery reads.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from models.db import unit_of_work
from models.people.ended_bodies import EndedBodies
from models.tables.outbox import OutboxLetter
from notifications.delivery import dispatch, still_true
from notifications.outbox import carried
from notifications.outbox.enqueue import NewLetter, enqueue
from notifications.writing import compose
from notifications.writing.kinds import KINDS
from rules.outbox.kinds import ROWS
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.row import Travels
from rules.outbox.payloads.row import row as of_kind
from rules.outbox.payloads.tasks import Refused
from rules.text.stored import Unreadable
from tests.cast import (
    at,
    move_in,
    rows,
)
from tests.flows.installation.wall import wall_of
from tests.notifications import mended_life, people_life
from tests.notifications.letter_life import Life
from tests.notifications.letters.test_relevance import TASK
from tests.notifications.payload_cast import SAMPLES

Reads = dict[LetterKind, set[str]]


def watched(payload: Payload, read: set[str]) -> Payload:
    """The same payload; whatever is asked of its fields is remembered, by the key of the field."""
    keys = {part.name: part.key for part in payload.plan}

    def asked(self: Payload, name: str) -> Any:
        read.update([keys[name]] if name in keys else [])
        return object.__getattribute__(self, name)

    mine = type(payload)
    seen = object.__new__(type(mine.__name__, (mine,), {"__slots__": (), "__getattribute__": asked}))
    for name in keys:
        object.__setattr__(seen, name, getattr(payload, name))
    return seen


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """What delivery has read so far, by kind."""
    found: Reads = defaultdict(set)

    def of(cls: type[Payload], data: Mapping[str, Any]) -> Payload:
        return watched(cls._read(cls.of_old(data)), found[cls.kind])

    monkeypatch.setattr(Payload, "of", classmethod(of))
    return found


def test_what_is_written_is_what_is_read(engine: Engine, reads: Reads) -> None:
    Life(move_in(engine)).through_every_kind()
    check(engine, reads, set(LetterKind) - mended_life.KINDS - people_life.KINDS)


def test_also_in_an_office_that_writes_to_persons(engine: Engine, reads: Reads) -> None:
    people_life.PeopleLife(engine).through_every_kind()
    check(engine, reads, set(people_life.KINDS))


def test_also_in_an_office_that_mends_what_it_issued(
    engine: Engine, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended_life.MendedLife(engine, wall_of(monkeypatch)).through_every_kind()
    check(engine, reads, set(mended_life.KINDS))


def check(engine: Engine, reads: Reads, kinds: set[LetterKind]) -> None:
    """Of these kinds, every key of the table was written and read, and no other."""
    written: Reads = defaultdict(set)
    for row in rows(engine, OutboxLetter):
        written[row.kind] |= set(row.data)
        assert row.key.startswith(f"{row.kind}:")
    fields = {kind: {part.key for part in ROWS[kind].payload.plan} for kind in kinds}
    assert {kind: mine for kind, mine in written.items() if kind in kinds} == fields
    assert {kind: reads[kind] for kind in kinds} == fields


def test_every_kind_has_its_rows_and_its_words() -> None:
    assert set(ROWS) == set(KINDS) == set(SAMPLES) == set(LetterKind)
    assert all(kind.label for kind in LetterKind)
    for kind, row in ROWS.items():
        assert row.kind is row.key.kind is row.payload.kind is kind


def test_a_kind_without_a_writer_is_no_morning_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = LetterKind.CORRECTION
    monkeypatch.setattr(compose, "KINDS", {one: row for one, row in KINDS.items() if one is not kind})
    letter = carried.Carried(1, kind, "stc", date(2022, 8, 15), None, None, None, None, {})
    with pytest.raises(LookupError, match=kind.value):
        compose._writer_of([letter])


def test_letters_of_two_writers_are_not_worded_as_one() -> None:
    one = carried.Carried(1, LetterKind.RETURNED, "stc", date(2022, 8, 15), 1, None, None, None, {})
    with pytest.raises(LookupError):
        compose._writer_of([one, replace(one, kind=LetterKind.REFUSED)])


@pytest.mark.parametrize("kind", LetterKind)
def test_a_payload_is_read_as_it_was_written(kind: LetterKind) -> None:
    payload = SAMPLES[kind]
    stored = json.loads(json.dumps(payload.stored()))
    assert set(stored) == {part.key for part in payload.plan}  # none at its default
    assert type(payload).of(stored | {"of an older release": 1}) == payload
    for gone in stored:
        rest = {name: value for name, value in stored.items() if name != gone}
        known = type(payload).of_old(rest)
        if gone in known or any(part.key == gone and not part.must for part in payload.plan):
            continue
        with pytest.raises(Unreadable, match=kind.value):
            type(payload).of(rest)


@pytest.mark.parametrize("wrong", [{"reason": None}, {"reason": 7}, {}])
def test_what_is_not_what_the_kind_says_is_not_read(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="refused"):
        Refused.of(wrong)


def test_the_database_takes_every_kind(engine: Engine) -> None:
    """Its CHECK knows the words, and its JSON gives back what was written."""
    move_in(engine)
    now = at("2022-08-15")
    letters = [NewLetter(f"{kind}:1", one, "stc", now.date(), now) for kind, one in SAMPLES.items()]
    with unit_of_work(engine) as session:
        enqueue(session, letters, now)
    found = {row.kind: ROWS[row.kind].payload.of(row.data) for row in rows(engine, OutboxLetter)}
    assert found == SAMPLES


def test_a_kind_without_a_row_is_never_written(engine: Engine) -> None:
    class Unknown(Payload):
        pass

    now = at("2022-08-15")
    with pytest.raises(AttributeError, match="Unknown"), unit_of_work(engine) as session:
        enqueue(session, [NewLetter("unknown:1", Unknown(), "stc", now.date(), now)], now)


def test_a_kind_has_one_payload() -> None:
    with pytest.raises(ValueError, match="refused"):
        of_kind(keys.refused, Travels.ALONE)(Refused)


def test_a_letter_is_read_as_its_own_kind_only() -> None:
    letter = carried.Carried(
        1, LetterKind.WITHDRAWN, "stc", date(2022, 8, 15), 1, None, None, None, {"reason": ""}
    )
    with pytest.raises(TypeError, match="refused"):
        letter.told(Refused)


def test_what_cannot_be_read_travels_alone_and_fails_at_its_writer() -> None:
    letter = carried.Carried(1, LetterKind.EXTENSION, "stc", date(2022, 8, 15), 1, None, None, None, {}, TASK)
    assert dispatch._group(1, letter.kind, "stc", {"state": "open"}) == "letter 1"
    assert still_true._why_not(letter, EndedBodies(date(2022, 8, 15))) is None
