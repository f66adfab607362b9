"""The bodies of a row, as the rules of ``rules/people`` compare them with who acts.

A door asks for one act, so only what that act is compared with is read: for most acts nothing at all.
"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.people.register import agency_names, the_committee
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.tasks import Task, TaskCooperation
from rules.people.bodies import MEMBER
from rules.people.on_cases import CaseBodies
from rules.people.on_tasks import TaskBodies
from rules.people.seats import FOR_THE_COMMITTEE, CommitteeBodies, Named, Seat
from rules.vocabulary import Actor


def seat_of(act: Act) -> Seat:
    """Who acts, as the rules see it."""
    return Seat(act.actor, act.body)


def task_bodies(session: Session, task: Task, act: Act) -> TaskBodies:
    """The bodies of ``task`` with which ``act`` is compared."""
    parts = act.actor in (Actor.COOPERATING, Actor.MEMBER)
    return TaskBodies(
        lead=task.agency_id,
        cooperating=_cooperating(session, task) if parts else frozenset(),
        members=_members(session, act.today) if act.actor is Actor.MEMBER else frozenset(),
        committee=committee_of(session, act),
        named=names_of(session),
    )


def case_bodies(session: Session, case: EscalationCase, act: Act) -> CaseBodies:
    """The bodies of ``case`` with which ``act`` is compared."""
    answers = None
    if act.actor is Actor.LEADER and act.body is not None:
        answers = committee_bodies(session).on_rung(case.rung)
    return CaseBodies(case.rung, answers, task_bodies(session, session.get_one(Task, case.task_id), act))


def committee_of(session: Session, act: Act) -> CommitteeBodies | None:
    """The committee's own bodies where ``act`` names one, else nothing."""
    named = act.body is not None and act.actor in FOR_THE_COMMITTEE
    return committee_bodies(session) if named else None


def committee_bodies(session: Session) -> CommitteeBodies:
    """The committee's own bodies. Raises NotFound before the register was imported."""
    found = the_committee(session)
    return CommitteeBodies(
        found.secretariat_id, found.chair_id, found.standing_agency_id, found.upper_id, found.body_id
    )


def names_of(session: Session) -> Named:
    """What bodies are called in the sentence of a refusal; an id that nobody knows is quoted."""

    def named(body: str) -> str:
        return agency_names(session, [body]).get(body, f"«{body[:40]}»")

    return named


def _cooperating(session: Session, task: Task) -> frozenset[str]:
    query = sa.select(TaskCooperation.agency_id).where(TaskCooperation.task_id == task.id)
    return frozenset(session.scalars(query))


def _members(session: Session, today: date) -> frozenset[str]:
    """The committee's members of ``today``; the register has them as bodies of their own kind."""
    query = sa.select(Agency.id).where(
        Agency.kind == MEMBER,
        sa.or_(Agency.valid_from.is_(None), Agency.valid_from <= today),
        sa.or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
    )
    return frozenset(session.scalars(query))
