"""The register: brought in once or many times, bodies never lost, contacts kept by their ids."""

from dataclasses import replace
from datetime import date

from sqlalchemy.engine import Engine

from config.agencies import ContactEntry, RegisterFile
from flows.actions.people.import_register import import_register
from models.db import reading
from models.people.register import load_registry
from models.tables.agencies import (
    Agency,
    AgencyAlias,
    AgencySuccession,
    Committee,
    Contact,
    ContactAddress,
    GroupMember,
)
from tests.cast import DATED, FINANCE, change, dump, issue, register, rows

MAIL, ZALO = "smtpmail://van-thu@stc.soctrang.example", "zalooa://1/2"


def with_contacts(*contacts: ContactEntry) -> RegisterFile:
    return replace(register(), contacts=contacts)


def finance(*urls: str, label: str = "Văn thư") -> ContactEntry:
    return ContactEntry(FINANCE, "van-thu", label, urls)


def book(engine: Engine) -> list[tuple[int, str, bool]]:
    """Addresses as (position, url, withdrawn), in the order to try."""
    found = sorted(rows(engine, ContactAddress), key=lambda row: row.position)
    return [(row.position, row.url, row.withdrawn) for row in found]


def test_the_database_reads_back_as_the_file(engine: Engine) -> None:
    report = import_register(engine, register())
    assert (report.bodies, report.contacts) == (len(register().bodies), len(register().contacts))
    assert len(report.added) == report.bodies
    with reading(engine) as session:
        found = {body.id: body for body in load_registry(session).bodies}
    assert found == {body.id: body for body in register().bodies}
    [committee] = rows(engine, Committee)
    assert (committee.chair_id, committee.secretariat_id) == ("truong-bcd", "vpubnd")


def test_twice_is_once(engine: Engine) -> None:
    import_register(engine, register())
    before = _without_ids(engine)
    report = import_register(engine, register())
    assert (report.added, report.kept) == ((), ())
    assert _without_ids(engine) == before


def _without_ids(engine: Engine) -> dict[str, list[object]]:
    """Membership rows are replaced, so their own ids may change; all else must stay."""
    found: dict[str, list[object]] = {**dump(engine)}
    found[GroupMember.__tablename__] = [row[1:] for row in dump(engine)[GroupMember.__tablename__]]
    return found


def test_bodies_are_never_deleted(engine: Engine) -> None:
    import_register(engine, register())
    issue(engine, DATED)
    smaller = replace(register(), bodies=tuple(b for b in register().bodies if not b.id.startswith("x-")))
    report = import_register(engine, smaller)
    assert report.kept
    assert all(key.startswith("x-") for key in report.kept)
    assert {agency.id for agency in rows(engine, Agency)} >= set(report.kept)


def test_a_body_may_stand_before_those_it_points_to(engine: Engine) -> None:
    import_register(engine, replace(register(), bodies=tuple(reversed(register().bodies))))
    assert len(rows(engine, Agency)) == len(register().bodies)


def test_a_body_that_ends_and_its_successor(sqlite_engine: Engine) -> None:
    import_register(sqlite_engine, register())
    ended = tuple(
        replace(body, valid_to=date(2022, 6, 30), aliases=("Sở TC cũ",)) if body.id == FINANCE else body
        for body in register().bodies
    )
    import_register(sqlite_engine, replace(register(), bodies=ended))
    [row] = rows(sqlite_engine, Agency, Agency.id == FINANCE)
    assert row.valid_to == date(2022, 6, 30)
    aliases = rows(sqlite_engine, AgencyAlias, AgencyAlias.agency_id == FINANCE)
    assert [alias.alias for alias in aliases] == ["Sở TC cũ"]
    assert rows(sqlite_engine, AgencySuccession, AgencySuccession.agency_id == FINANCE)


def test_an_address_that_left_stays_but_is_withdrawn(engine: Engine) -> None:
    import_register(engine, with_contacts(finance(MAIL, ZALO)))
    import_register(engine, with_contacts(finance(ZALO)))
    assert book(engine) == [(0, ZALO, False), (1, MAIL, True)]
    import_register(engine, with_contacts(finance(MAIL, ZALO)))
    assert book(engine) == [(0, MAIL, False), (1, ZALO, False)]


def test_contacts_keep_their_ids_and_those_gone_go_quiet(engine: Engine) -> None:
    import_register(engine, with_contacts(finance(MAIL), finance(ZALO, label="Trực")))
    before = {row.label: row.id for row in rows(engine, Contact)}
    import_register(engine, with_contacts(finance(MAIL)))
    assert {row.label: (row.id, row.active) for row in rows(engine, Contact)} == {
        "Văn thư": (before["Văn thư"], True),
        "Trực": (before["Trực"], False),
    }


def test_an_address_named_twice_is_one(sqlite_engine: Engine) -> None:
    import_register(sqlite_engine, with_contacts(finance(MAIL, MAIL)))
    assert [url for _, url, _ in book(sqlite_engine)] == [MAIL]


def test_a_dead_address_is_tried_again_after_the_next_import(sqlite_engine: Engine) -> None:
    import_register(sqlite_engine, with_contacts(finance(MAIL)))
    change(sqlite_engine, ContactAddress, 1, unusable_since=date(2022, 8, 15))
    import_register(sqlite_engine, with_contacts(finance(MAIL)))
    [address] = rows(sqlite_engine, ContactAddress)
    assert address.unusable_since is None
