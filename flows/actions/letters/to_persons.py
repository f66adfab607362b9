"""Letters to one person, written in the transaction of the act: a link, a task that the own body hands on."""

from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from config.clock import office_day
from flows.actions.letters.about_tasks import letter
from models.people.access.viewers import running
from models.people.register import the_committee
from models.tables.people import SeatRow, TaskOfficer
from models.tables.sign_in import PersonLink
from models.tables.tasks import Task
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.outbox.payloads import keys
from rules.outbox.payloads.people import Invitation, OfficerNamed, SignIn
from rules.sign_in.words import LinkPurpose


def mail_link(session: Session, link_id: int, act: Act) -> None:
    """Mail a link to its person, for whom a token is made when the letter leaves.

    Where nobody is known yet to have acted it is the clock's (``by_clock``). One that was asked for leaves
    at once, also at night: somebody waits for it.
    """
    link = session.get_one(PersonLink, link_id)
    asked = link.purpose is LinkPurpose.SIGN_IN
    key = (keys.sign_in if asked else keys.invitation)(link_id, int(link.made_at.timestamp()))
    payload = (SignIn if asked else Invitation)(link_id, link.expires_at)
    body = _body_of(session, link)
    leaves = act.now if asked else act.office.soonest(act.now)
    mail = NewLetter(key, payload, body, act.today, leaves, urgent=asked, person_id=link.person_id)
    enqueue(session, [mail], act.now)


def _body_of(session: Session, link: PersonLink) -> str:
    """Where the person sits, for the list of letters; whoever sits at no body is the secretariat's."""
    sits = sa.select(SeatRow.body_id).where(SeatRow.person_id == link.person_id, SeatRow.body_id.is_not(None))
    first = sa.case((sa.and_(*running(office_day(link.made_at))), 0), else_=1)
    found: str | None = session.scalar(sits.order_by(first, SeatRow.id).limit(1))
    return found or the_committee(session).secretariat_id


def tell_officer(session: Session, task: Task, part: TaskOfficer, act: Act) -> None:
    """Tell the officer of ``part`` that the own body hands the task on, and by which inner date."""
    assert task.id is not None
    key = keys.officer(task.id, part.body_id, part.version)
    told = letter(OfficerNamed(part.note), key, part.body_id, task, act)
    enqueue(session, [replace(told, due_on=part.due_on, person_id=part.person_id)], act.now)
