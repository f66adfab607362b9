"""What an action says to the trail stands in its transaction, and whatever tells of a person stands apart."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.trail.note import Noted, note, note_visit
from models.db import unit_of_work
from models.trail.rows import TrailName, TrailRow
from models.trail.write import name_digest
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way
from tests.cast import act
from tests.web.conftest import NOW


def test_a_row_says_who_and_on_what(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        note(
            session,
            Noted(TrailWhat.PERSON, "person", 7, data={"fields": ["name"]}),
            act(Actor.SECRETARIAT, NOW),
        )
    with Session(engine) as session:
        row = session.scalars(sa.select(TrailRow)).one()
        assert (row.what, row.noun, row.noun_key, row.data) == (
            TrailWhat.PERSON, "person", "7", {"fields": ["name"]}
        )  # fmt: skip
        assert (row.actor, row.way, row.person_id) == (Actor.SECRETARIAT, Way.PAGE, None)
        assert row.happened_at == NOW


def test_names_stand_apart_under_a_salt(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        note_visit(session, Noted(TrailWhat.SIGN_IN_FAILED, said="a@b.vn"), NOW, address="10.0.0.9")
        note_visit(session, Noted(TrailWhat.SIGN_IN_FAILED, said="a@b.vn"), NOW)
    with Session(engine) as session:
        first, second = session.scalars(sa.select(TrailName).order_by(TrailName.trail_id))
        assert first.said == "a@b.vn" and first.salt and first.digest == name_digest("a@b.vn", first.salt)
        assert first.digest != second.digest
        assert session.get_one(TrailRow, first.trail_id).address == "10.0.0.9"


def test_what_is_rolled_back_was_not_done(engine: Engine) -> None:
    try:
        with unit_of_work(engine) as session:
            note_visit(session, Noted(TrailWhat.SIGNED_IN), NOW)
            raise ValueError
    except ValueError:
        pass
    with Session(engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(TrailRow)) == 0
