"""Letters to one person, written in the transaction of the act: a link, a task that the own body hands on."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from config.act import Act
from config.clock import office_day
from flows.actions.letters.about_tasks import letter
from models.sign_in.accounts import letter_body_of
from models.tables.people import TaskOfficer
from models.tables.sign_in import PersonLink
from models.tables.tasks import Task
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.outbox.payloads import keys
from rules.outbox.payloads.people import Invitation, OfficerNamed, SignIn
from rules.sign_in.words import LinkPurpose


def mail_link(session: Session, link_id: int, act: Act) -> None:
    """Mail a link to its person, for whom a token is made when the letter leaves."""
    link = session.get_one(PersonLink, link_id)
    asked = link.purpose is LinkPurpose.SIGN_IN
    _mail(session, link, act.now, act.now if asked else act.office.soonest(act.now))


def mail_asked(session: Session, link: PersonLink, now: datetime) -> bool:
    """One that somebody waits for: it leaves at once, also at night. False where no body can send it."""
    return _mail(session, link, now, now)


def _mail(session: Session, link: PersonLink, now: datetime, leaves: datetime) -> bool:
    assert link.id is not None
    asked, today = link.purpose is LinkPurpose.SIGN_IN, office_day(now)
    body = letter_body_of(session, link.person_id, today)
    if body is None:
        return False
    key = (keys.sign_in if asked else keys.invitation)(link.id, int(link.made_at.timestamp()))
    payload = (SignIn if asked else Invitation)(link.id, link.expires_at)
    mail = NewLetter(key, payload, body, today, leaves, urgent=asked, person_id=link.person_id)
    return bool(enqueue(session, [mail], now))


def tell_officer(session: Session, task: Task, part: TaskOfficer, act: Act) -> None:
    """Tell the officer of ``part`` that the own body hands the task on, and by which inner date."""
    assert task.id is not None
    key = keys.officer(task.id, part.body_id, part.version)
    told = letter(OfficerNamed(part.note), key, part.body_id, task, act)
    enqueue(session, [replace(told, due_on=part.due_on, person_id=part.person_id)], act.now)
