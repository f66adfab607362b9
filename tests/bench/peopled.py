"""The benches' province with people in it: 2,000 with an account and a sign-in, seats, and shared tasks.

Body ``a0`` is large: it leads a task of each directive and cooperates on others; ``upper`` is reported to of
every tenth directive. Every third task has an officer within its lead, every other third a body that
cooperates. The clerk of ``a1`` stands in for the one of ``a0``.
"""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from models.db import open_database
from rules.people.seat_roles import SeatRole
from rules.vocabulary import CooperationState, PartyRole
from tests.bench.full_sections import settle_full
from tests.bench.province import opened
from tests.bench.province_tasks import AGENCIES, AT, DIRECTIVE_OF, TODAY

PERSONS = 2_000
LARGE, DEPUTY = "a0", "a1"
_EACH = (SeatRole.HEAD, SeatRole.CLERK, *(SeatRole.OFFICER,) * 7)  # who sits at one body
_ABOVE = (
    ("sec", SeatRole.SECRETARY), ("chair", SeatRole.CHAIR), ("chair", SeatRole.DEPUTY_CHAIR),
    ("upper", SeatRole.HEAD), ("standing", SeatRole.HEAD),
)  # fmt: skip
#: In the order of the persons' numbers, from 1 on; whoever comes after them holds no seat.
SEATS = (*_ABOVE, *((f"a{body}", role) for body in range(AGENCIES) for role in _EACH))
_COLUMNS = {
    "person": "id, name, email, email_key, active, version, added_at",
    "credential": "person_id, password, totp_step, version",
    "seat": "id, person_id, body_id, role, valid_from, version",
    "absence": "id, person_id, deputy_id, first_on, last_on, note, cancelled, version",
    "signed_in": "id, digest, person_id, way, began_at, seen_at, seats, address, agent",
    "task_cooperation": "task_id, agency_id, state, version",
    "task_officer": "task_id, body_id, person_id, note, version",
    "directive_party": "directive_id, role, position, agency_id",
}
_TO_THE_LARGE = f"""
UPDATE task SET agency_id = '{LARGE}' WHERE id IN (
    SELECT min(id) FROM task GROUP BY directive_id
    HAVING max(CASE WHEN agency_id = '{LARGE}' THEN 1 ELSE 0 END) = 0
)"""

Row = tuple[Any, ...]


def person_at(body: str, role: SeatRole) -> int:
    """The first person who sits there in that role."""
    return SEATS.index((body, role)) + 1


def settle_peopled(url: str, tasks: int) -> None:
    """A province of ``tasks`` tasks, every section of its report full, and its people."""
    settle_full(url, tasks)
    leads = _given_to_the_large(url)
    tables = {**_people(), "task_cooperation": _parts(tasks), "task_officer": _officers(leads)}
    tables["directive_party"] = _reported_to(DIRECTIVE_OF(tasks))
    with opened(url) as door:
        for table, rows in tables.items():
            door.put(table, _COLUMNS[table], rows)


def _given_to_the_large(url: str) -> dict[int, str]:
    """The lead of every third task, once the large body has its own."""
    engine = open_database(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(_TO_THE_LARGE)
        found = connection.execute(sa.text("SELECT id, agency_id FROM task WHERE id % 3 = 0"))
        leads = {row[0]: row[1] for row in found}
    engine.dispose()
    return leads


def _people() -> dict[str, Iterator[Row]]:
    numbers = range(1, PERSONS + 1)
    absent, deputy = person_at(LARGE, SeatRole.CLERK), person_at(DEPUTY, SeatRole.CLERK)
    days = f"{TODAY - timedelta(2)}", f"{TODAY + timedelta(5)}"
    mails = {n: f"nguoi{n}@example.org" for n in numbers}
    seats = ((n, n, body, role.value, "2025-01-01", 0) for n, (body, role) in enumerate(SEATS, 1))
    return {
        "person": ((n, f"Nguyễn Thị Hoa {n}", mails[n], mails[n], 1, 0, AT) for n in numbers),
        "credential": ((n, "of no password", 0, 0) for n in numbers),
        "seat": seats,
        "absence": iter([(1, absent, deputy, *days, "", 0, 0)]),
        "signed_in": ((n, _digest(n), n, "password", AT, AT, "", "192.0.2.1", "") for n in numbers),
    }


def _digest(number: int) -> str:
    return sha256(f"{number}".encode()).hexdigest()


def _parts(tasks: int) -> Iterator[Row]:
    states = [state.value for state in CooperationState]
    for number in range(1, tasks + 1, 3):
        body = LARGE if number % 50 == 1 else f"a{1 + number * 31 % (AGENCIES - 1)}"
        yield number, body, states[number // 3 % len(states)], 0


def _officers(leads: dict[int, str]) -> Iterator[Row]:
    first = {body: person_at(body, SeatRole.OFFICER) for body in set(leads.values())}
    for number, body in leads.items():
        yield number, body, first[body] + number % 7, "", 0


def _reported_to(directives: int) -> Iterator[Row]:
    for number in range(1, directives + 1):
        body = f"a{number // 10 % AGENCIES}" if number % 10 else "upper"
        yield number, PartyRole.REPORT_TO.value, 0, body
