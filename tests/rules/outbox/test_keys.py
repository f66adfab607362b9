"""A key is defined once: Python and the sweep's SQL make the same text of it."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from rules.letter_words import Stake, Unreached
from rules.outbox.payloads import keys
from rules.outbox.payloads.key_shape import Key
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import CrossingTrigger

ALL = [key for key in vars(keys).values() if isinstance(key, Key)]
DAY = date(2022, 9, 5)


def test_every_kind_has_its_key_and_only_one() -> None:
    assert sorted(key.kind for key in ALL) == sorted(LetterKind)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (keys.assignment(7), "assignment:7"),
        (keys.assignment(7, 2), "assignment:7:2"),
        (keys.assignment(7, version=2), "assignment:7:2"),
        (keys.reminder(7, DAY, 0), "reminder:7:2022-09-05:0"),
        (keys.confirmation(7, 0), "confirmation:7:0"),
        (keys.confirmation(7, 3, repeat=1), "confirmation:7:3:1"),
        (keys.cooperation(7, "stc"), "cooperation:7:stc"),
        (keys.cooperation(7, "stc", 4), "cooperation:7:stc:4"),
        (keys.no_contact("stc", DAY), "no_contact:stc:2022-09-05"),
        (keys.no_contact("stc", DAY, Unreached.NO_ADDRESS), "no_contact:stc:2022-09-05"),
        (keys.no_contact("stc", DAY, Unreached.REFUSED), "no_contact:stc:2022-09-05:refused"),
        (keys.crossing(7, CrossingTrigger.TIME, 2, DAY), "crossing:7:time:2:2022-09-05"),
        (keys.body_ended("stc", DAY, 7, Stake.LEAD), "body_ended:stc:2022-09-05:7:lead"),
        (keys.unreached_urgings("no_contact:stc:2022-09-05", 7), "no_contact:stc:2022-09-05:urging:7"),
    ],
)
def test_a_key_is_its_kind_and_its_parts(key: str, text: str) -> None:
    assert key == text


def test_a_part_that_is_missing_or_unknown_is_refused() -> None:
    for wrong in ((), (7, 2, 3)):
        with pytest.raises(TypeError):
            keys.urging(*wrong)  # type: ignore[arg-type]
    unknown: dict[str, Any]
    for unknown in ({"task_id": "t.id"}, {"task_id": "t.id", "number": "n", "day": "d"}):
        with pytest.raises(TypeError, match="urging"):
            keys.urging.sql(**unknown)


@pytest.mark.parametrize("key", ALL, ids=lambda key: key.kind)
def test_sql_and_python_make_the_same_key(engine: Engine, key: Key[Any]) -> None:
    """Each part a number, once with what may be left out and once without."""
    needed = len(key.parts) - len(key._unsaid)
    for named in {key.parts, key.parts[:needed]}:
        given = {name: at + 7 for at, name in enumerate(named)}
        with engine.connect() as connection:
            made = connection.execute(sa.text("SELECT " + key.sql(**{n: str(v) for n, v in given.items()})))
            assert made.scalar() == key(**given)
