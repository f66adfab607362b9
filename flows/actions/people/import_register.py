"""Bring a register file into the database: bodies, names, succession, groups, contacts."""

from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa
from pydantic import JsonValue
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel

from config.act import Act
from config.agencies import RegisterFile
from flows.actions.people.person_contacts import keep_admins
from flows.actions.people.register_contacts import checked_contacts, replace_contacts
from flows.actions.trail.note import Noted, note
from models.db import unit_of_work
from models.people.held.persons import SeatShown, seats_outside
from models.tables.agencies import Agency, AgencyAlias, AgencySuccession, Committee, GroupMember
from notifications.outbox.channel_states import wake
from rules.people.bodies import Body
from rules.trail.words import TrailNoun, TrailWhat


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many rows the register has now, and which ids are new or no longer in the file.

    ``outside``: seats, each with its person's name, that the days of their bodies do not hold any more.
    They stay as they are: whose seat ends, and who sits at the body that follows, a person decides.
    """

    bodies: int
    contacts: int
    added: tuple[str, ...]
    kept: tuple[str, ...]  # in the database but not in the file: never deleted
    outside: tuple[tuple[str, SeatShown], ...] = ()


def import_register(engine: Engine, register: RegisterFile, act: Act | None = None) -> ImportReport:
    """Replace names, links and contacts by those of the file, in one transaction.

    Bodies are never deleted: old tasks and documents point to them. Raises ConfigError for an address
    that no channel takes; then nothing has changed. ``act``: who imports, for the trail.
    """
    contacts = checked_contacts(register.contacts)
    with unit_of_work(engine) as session:
        known = {row.id: row for row in session.scalars(sa.select(Agency))}
        with session.no_autoflush:  # else one flush a body
            rows = [_saved(session, _agency(body), known) for body in register.bodies]
        session.flush()
        for row, body in zip(rows, register.bodies, strict=True):
            row.represents = body.represents  # only now is the other body surely there
        _replace_links(session, register.bodies)
        replace_contacts(session, contacts)
        wake(session)  # whoever imports has looked at the addresses: what is owed may try them now
        session.merge(
            Committee(
                id=1,
                body_id=register.committee.body,
                chair_id=register.committee.chair,
                standing_agency_id=register.committee.standing_agency,
                upper_id=register.committee.upper,
                secretariat_id=register.committee.secretariat,
            )
        )
        keep_admins(session)
        if act is not None:
            told: dict[str, JsonValue] = {"did": {"register.imported": 1}, "digest": _digest(register)}
            note(session, Noted(TrailWhat.REGISTER, TrailNoun.REGISTER, data=told), act)
        outside = seats_outside(session, act.today) if act is not None else []
    ids = {body.id for body in register.bodies}
    return ImportReport(
        len(ids), len(contacts), tuple(sorted(ids - known.keys())), tuple(sorted(known.keys() - ids)),
        tuple(outside),
    )  # fmt: skip


def _digest(register: RegisterFile) -> str:
    """Of what the file says: the same file, the same digest."""
    return sha256(repr(register).encode()).hexdigest()


def _saved(session: Session, agency: Agency, known: dict[str, Agency]) -> Agency:
    if agency.id in known:
        return session.merge(agency)
    session.add(agency)
    return agency


def _agency(body: Body) -> Agency:
    return Agency(
        id=body.id,
        name=body.name,
        kind=body.kind,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        vague=body.vague,
        note=body.note,
    )


def _replace_links(session: Session, bodies: tuple[Body, ...]) -> None:
    for table in (AgencyAlias, AgencySuccession, GroupMember):
        session.execute(sa.delete(table))
    rows: list[SQLModel] = []
    for body in bodies:
        rows += [AgencyAlias(agency_id=body.id, position=n, alias=a) for n, a in enumerate(body.aliases)]
        rows += [
            AgencySuccession(
                agency_id=body.id, successor_id=s.body_id, succeeded_on=s.on, legal_basis=s.legal_basis
            )
            for s in body.successions
        ]
        rows += [
            GroupMember(
                group_id=body.id,
                member_id=m.body_id,
                position=n,
                valid_from=m.valid_from,
                valid_to=m.valid_to,
            )
            for n, m in enumerate(body.members)
        ]
    session.add_all(rows)
