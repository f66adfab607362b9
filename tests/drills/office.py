"""An office for drills: some hundred readers at a mail server, each with one letter waiting."""

from dataclasses import replace
from datetime import date

from sqlalchemy.engine import Engine

from config.agencies import CommitteeEntry, ContactEntry, RegisterFile
from models.db import migrate, open_database
from rules.people.bodies import Body
from tests.cast import at, by, directive, issue, move_in, register

READERS = 200
#: A Monday morning; the letters of the issue may leave at once.
NOW = at("2022-08-15", "09:00")
DUE = by(date(2022, 9, 30))


def reader(number: int) -> str:
    """The mailbox of a reader, counted from 1."""
    return f"van-thu@so{number}.example"


def town(readers: int = READERS) -> RegisterFile:
    """The shipped register with ``readers`` more bodies; only they and the committee's can be written to."""
    bodies = tuple(Body(f"so-{n}", f"Sở số {n}", "so") for n in range(1, readers + 1))
    contacts = [
        ContactEntry(body.id, "van-thu", body.name, (f"smtpmail://{reader(n)}",))
        for n, body in enumerate(bodies, 1)
    ]
    shipped = register()
    contacts += [
        ContactEntry(body, "van-thu", f"Văn thư {body}", (f"smtpmail://{body}@ban.example",))
        for body in sorted(_committee(shipped.committee))
    ]
    return replace(shipped, bodies=(*shipped.bodies, *bodies), contacts=tuple(contacts))


def _committee(committee: CommitteeEntry) -> set[str]:
    return {committee.chair, committee.secretariat, committee.upper}


def settle(url: str, readers: int = READERS) -> None:
    """Migrate an empty database and fill it: one conclusion, one task and one letter for each reader."""
    migrate(url)
    engine = open_database(url)
    fill(engine, readers)
    engine.dispose()


def fill(engine: Engine, readers: int = READERS) -> None:
    """The same for a database with our tables."""
    move_in(engine, town(readers))
    tasks = (directive(f"Báo cáo số liệu số {n}.", f"so-{n}", due=DUE) for n in range(1, readers + 1))
    issue(engine, *tasks)
