"""An office in which an official is invited, asks for a link, and is handed a task."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.letters.to_persons import mail_link, tell_officer
from models.db import unit_of_work
from models.tables.people import TaskOfficer
from models.tables.sign_in import PersonLink
from models.tables.tasks import Task
from notifications.delivery.deliver import deliver
from rules.outbox.payloads.keys import LetterKind
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from rules.vocabulary import Actor
from tests.cast import DATED, FINANCE, Postman, act, at, issue, move_in, office, settings
from tests.notifications.seats import add, hand_on, seated

KINDS = frozenset({LetterKind.INVITATION, LetterKind.SIGN_IN, LetterKind.OFFICER})
NOW = at("2022-08-16", "10:00")


def link_by_mail(engine: Engine, who: int, purpose: LinkPurpose, now: datetime, hours: float = 24) -> int:
    """A link of a person, and its letter."""
    ends = now + timedelta(hours=hours)
    with unit_of_work(engine) as session:
        link = PersonLink(person_id=who, purpose=purpose, made_at=now, expires_at=ends)
        key = add(session, link)
        mail_link(session, key, office(), now)
    return key


class PeopleLife:
    """An empty database."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.post = engine, Postman()

    def through_every_kind(self) -> None:
        """One chapter after another."""
        who = seated(move_in(self.engine), "vien", FINANCE, SeatRole.OFFICER)
        for purpose in LinkPurpose:
            link_by_mail(self.engine, who, purpose, NOW)
        issue(self.engine, DATED)
        part = hand_on(self.engine, 1, FINANCE, who, note="Báo cáo hằng tuần.")
        self.told(part)
        deliver(self.engine, by_clock(NOW, office()), settings(), self.post)

    def told(self, part: TaskOfficer) -> None:
        with unit_of_work(self.engine) as session:
            task = session.get_one(Task, part.task_id)
            tell_officer(session, task, part, act(Actor.LEAD, NOW, FINANCE))
