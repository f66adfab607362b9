"""Each act of a person is one row of the trail, whatever it moves; so is what a sweep does at once."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from flows.actions.committee.meetings import cancel_meeting, plan_meeting
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.withdraw import withdraw
from models.db import unit_of_work
from models.tables.tasks import Task
from models.trail.deeds import did, did_to_many, part_of_its_own
from models.trail.rows import TrailRow
from rules.refusal import NotAllowed
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Actor, Way
from tests.cast import EVERY_KIND, act, at, issue, move_in, office

SECRETARY = act(Actor.SECRETARIAT, at("2022-08-16"))


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """An office that has issued a conclusion with every kind of addressee."""
    issue(move_in(engine), *EVERY_KIND)
    return engine


def trail(engine: Engine) -> list[TrailRow]:
    with Session(engine) as session:
        return list(session.scalars(sa.select(TrailRow).order_by(TrailRow.id)))


def test_a_whole_document_is_one_row(at_work: Engine) -> None:
    with Session(at_work) as session:
        tasks = session.scalar(sa.select(sa.func.count()).select_from(Task))
    [issued] = [row for row in trail(at_work) if row.noun == TrailNoun.DOCUMENT]
    assert issued.what is TrailWhat.ACT
    assert (issued.actor, issued.way, issued.noun_key) == (Actor.SECRETARIAT, Way.PAGE, "1")
    assert isinstance(issued.data["did"], dict)
    assert issued.data["did"]["document.issued"] == 1
    assert issued.data["did"]["task.assigned"] == tasks


def test_an_act_on_a_task_is_one_row(at_work: Engine) -> None:
    before = len(trail(at_work))
    withdraw(at_work, 1, "Không còn cần.", SECRETARY)
    [row] = trail(at_work)[before:]
    assert (row.noun, row.noun_key, row.data) == ("task", "1", {"did": {"task.withdrawn": 1}})
    assert row.happened_at == SECRETARY.now


def test_what_passes_no_door_of_a_task(at_work: Engine) -> None:
    before = len(trail(at_work))
    number = plan_meeting(at_work, at("2022-12-20").date(), "Họp quý", SECRETARY)
    cancel_meeting(at_work, number, SECRETARY)
    assert [(row.noun, row.data["did"]) for row in trail(at_work)[before:]] == [
        ("meeting", {"meeting.planned": 1}), ("meeting", {"meeting.cancelled": 1})
    ]  # fmt: skip


def test_a_sweep_is_one_row_and_a_second_pass_none(at_work: Engine) -> None:
    clock = by_clock(at("2022-09-12"), office())
    daily_follow_up(at_work, clock)
    swept = [row for row in trail(at_work) if row.what is TrailWhat.SWEEP]
    assert [(row.actor, row.way, row.noun) for row in swept] == [(Actor.CLOCK, Way.SWEEP, "")]
    assert "task.letter_urging" in str(swept[0].data["did"])
    assert [row.what for row in trail(at_work)].count(TrailWhat.POLICY) == 1
    daily_follow_up(at_work, clock)
    assert len([row for row in trail(at_work) if row.what is TrailWhat.SWEEP]) == 1


def test_many_ids_are_counted_and_hashed(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        did_to_many(session, SECRETARY, TrailNoun.TASK, range(100), "withdrawn")
    [row] = trail(engine)
    assert row.data["did"] == {"task.withdrawn": 100}
    ids = row.data["ids"]
    assert isinstance(ids, dict)
    assert isinstance(ids["task"], dict)
    assert ids["task"]["count"] == 100


def test_what_was_taken_back_was_not_done(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        did(session, SECRETARY, TrailNoun.TASK, 1, "withdrawn")
        try:
            with part_of_its_own(session):
                did(session, SECRETARY, TrailNoun.TASK, 2, "withdrawn")
                raise NotAllowed("nein")
        except NotAllowed:
            pass
    [row] = trail(engine)
    assert row.noun_key == "1"


def test_what_follows_of_itself_belongs_to_the_act(engine: Engine) -> None:
    leader = act(Actor.LEADER, at("2022-08-16"))
    with unit_of_work(engine) as session:
        did(session, leader.by_clock(), TrailNoun.CASE, 4, "lapsed")
        did(session, leader, TrailNoun.TASK, 1, "withdrawn")
    [row] = trail(engine)
    assert row.actor is Actor.LEADER
    assert row.data["did"] == {"case.lapsed": 1, "task.withdrawn": 1}
