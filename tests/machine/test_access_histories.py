"""The laws of access on histories that are told: in each, the breaks that it names show for certain."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.settings import get_settings
from models.db import open_database
from models.tables.cases import EscalationCase
from models.tables.outbox import OutboxLetter
from models.tables.people import TaskOfficer
from rules.people.seat_roles import SeatRole
from tests.cast import CHAIR, FINANCE, PLANNING, PROVINCE, TRADE, UNREACHABLE, rows, task
from tests.installations import another_installation
from tests.machine.access_machine import AccessMachine
from tests.machine.access_steps import (
    Office,
    Step,
    absent,
    away,
    case_answer,
    days,
    glance,
    handed,
    leaves,
    look,
    mornings,
    part,
    reported,
    sends,
    sits,
)  # fmt: skip
from tests.machine.peopled_office import (
    ADMIN,
    ALONE,
    CLERK,
    COMMITTEE,
    FARMING,
    HEAD,
    LEADER,
    NOBODY,
    OFFICER,
    OTHER,
    SECRETARY,
    STANDING,
    UPPER,
    fill_file,
)
from tests.machine.presses import GATE, Sent


@pytest.fixture(scope="module")
def first_morning(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peopled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONDOC_EVIDENCE_FOLDER", str(folder / "evidence"))
        get_settings.cache_clear()
        path = Path(shutil.copyfile(_migrated_sqlite, folder / "office.db"))
        return fill_file(path)


@pytest.fixture
def office(
    first_morning: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Office]]:
    """``office(step, ...)``: the office after these steps; the laws were looked at after each."""
    monkeypatch.setenv("DONDOC_EVIDENCE_FOLDER", str(first_morning.parent / "evidence"))
    get_settings.cache_clear()
    made: list[Office] = []

    class Here(AccessMachine):
        def open_office(self) -> Engine:
            path = shutil.copyfile(first_morning, tmp_path / "office.db")
            return open_database(another_installation(f"sqlite:///{path}"))

    def tell(*steps: Step) -> Office:
        here = Here()
        made.append(here)
        here.first_morning()
        for step in steps:
            step(here)
            here.only_somebody_in_a_seat_has_acted()
            here.nothing_was_wrong()
        here.the_chain_holds()
        return here

    yield tell
    for here in made:
        here.browsers.__exit__(None, None, None)
        here.engine.dispose()
    get_settings.cache_clear()


def test_everybody_on_the_first_morning(office: Callable[..., Office]) -> None:
    """Breaks: leave the viewer out of ``models/tasks/listing.task_counts``, or of ``_count``; open
    ``POST /nhat-ky/csv`` to everybody.
    """
    office(look(ADMIN, SECRETARY, UPPER, HEAD, CLERK), glance(LEADER, STANDING, COMMITTEE, ALONE, NOBODY))


def test_a_seat_is_open_on_its_days_only(office: Callable[..., Office]) -> None:
    """Breaks: leave either end out of ``models/people/access/viewers.running``."""
    here = office(
        sits(NOBODY, SeatRole.CLERK, FARMING, ahead=2, more=1),
        glance(NOBODY),
        sends(NOBODY, reported(3, FARMING), False),
        days(2),
        glance(NOBODY),
        sends(NOBODY, reported(3, FARMING), True),
        days(1),
        sends(NOBODY, reported(3, FARMING), True),
        days(1),
        glance(NOBODY),
        sends(NOBODY, reported(3, FARMING), False),
    )
    assert here.today.day == 19


def test_a_deputy_has_the_one_seat_that_was_lent(office: Callable[..., Office]) -> None:
    """Breaks: let an absence lend every seat in ``viewers.lent``; forget ``cancelled``, or a bound, in
    ``viewers.away``."""
    one_of_two = 1
    office(
        sits(OTHER, SeatRole.CLERK, UNREACHABLE, ahead=-3),
        absent(OTHER, CLERK, 3, seat=one_of_two),
        glance(CLERK),
        sends(CLERK, reported(3, FARMING), False),
        mornings(1),
        lambda here: here.somebody_is_back(0, 0),
        glance(CLERK),
        days(1),
        glance(CLERK),
        absent(OTHER, CLERK, 3, seat=0),
        sends(CLERK, reported(3, FARMING), True),
        glance(CLERK),
        lambda here: here.somebody_is_back(1, -1),
        glance(CLERK),
        sends(CLERK, reported(3, FARMING), False),
    )


def test_a_deputy_of_who_has_ceased_has_nothing(office: Callable[..., Office]) -> None:
    """Breaks: leave ``Person.active`` out of ``viewers._of_absent``, or of ``seated_contacts._lends``; let
    whoever is away read too, in ``seated_contacts.reads``."""
    here = office(
        sits(NOBODY, SeatRole.CLERK, FARMING),
        absent(NOBODY, ALONE, 9),
        glance(ALONE),
        mornings(1),
        away(True),
        lambda here: here.a_document_is_issued(FARMING, TRADE, PROVINCE),
        mornings(1),
        lambda here: here.somebody_ceases_or_returns(NOBODY, False),
        away(False),
        mornings(1),
        glance(ALONE),
        sends(ALONE, reported(3, FARMING), False),
        lambda here: here.somebody_ceases_or_returns(NOBODY, True),
        glance(ALONE),
    )
    assert here.post.carried > 0


def test_an_officer_works_on_what_was_handed_to_him(office: Callable[..., Office]) -> None:
    """Breaks: let ``models/people/access/officers_hand`` return None; leave the person out of it."""
    here = office(
        sends(OFFICER, reported(1, FINANCE), True),
        sits(NOBODY, SeatRole.OFFICER, FINANCE, ahead=-1),
        glance(OFFICER, NOBODY),
        sends(NOBODY, reported(1, FINANCE), False),
        sends(HEAD, handed(1, FINANCE, NOBODY), True),
        sends(NOBODY, reported(1, FINANCE), True),
        sends(OFFICER, reported(1, FINANCE), False),
        glance(OFFICER, NOBODY),
        mornings(1),
        leaves(NOBODY),
        sends(NOBODY, reported(1, FINANCE), False),
        glance(NOBODY),
        mornings(2),
    )
    assert rows(here.engine, TaskOfficer)[0].person_id == NOBODY


def test_letters_that_wait_when_the_last_seat_ends(office: Callable[..., Office]) -> None:
    """Whoever follows has them; where nobody does, the secretariat is told."""
    here = office(
        away(True),
        mornings(1),
        sits(NOBODY, SeatRole.HEAD, TRADE),
        leaves(CLERK),
        away(False),
        mornings(2),
        away(True),
        lambda here: here.a_document_is_issued(TRADE, FARMING, PROVINCE),
        mornings(1),
        leaves(NOBODY),
        away(False),
        mornings(2),
        glance(CLERK, NOBODY),
    )
    raised = rows(here.engine, OutboxLetter, OutboxLetter.kind == "no_contact")
    assert [one.data["agency_id"] for one in raised] == [TRADE]
    assert here.post.carried > 0


def test_a_case_is_read_by_the_rungs_that_had_it(office: Callable[..., Office]) -> None:
    """Break: leave who declared it out of ``seen.cases_seen``.

    That a rung held it before shows in no history: the province is the last one, and whoever sits on those
    below sees all.
    """
    here = office(
        sends(LEADER, case_answer(1, CHAIR), False),
        sends(STANDING, case_answer(1, PLANNING), True),
        glance(UPPER),
        sends(LEADER, case_answer(1, CHAIR), True),
        glance(UPPER),
        leaves(UPPER),
        sits(UPPER, SeatRole.OFFICER, PROVINCE),
        glance(UPPER),
        sends(UPPER, case_answer(1, PROVINCE, "decide"), False),
        lambda here: here.a_task_is_handed_over(1, FARMING),
        glance(CLERK, OTHER),
        sits(UPPER, SeatRole.HEAD, PROVINCE),
        sends(UPPER, case_answer(1, PROVINCE, "decide"), True),
        sends(UPPER, case_answer(2, PROVINCE), False),
        glance(UPPER, CLERK),
    )
    [decided, waits] = rows(here.engine, EscalationCase)
    assert (decided.state.value, waits.state.value) == ("decided", "waiting")


def test_a_part_is_open_until_it_is_released(office: Callable[..., Office]) -> None:
    """Break: add ``RELEASED`` to the states of ``seen._tasks``."""
    office(
        glance(ALONE),
        sends(SECRETARY, part("van-phong", "asked", UNREACHABLE), True),
        glance(ALONE),
        sends(ALONE, part("phoi-hop", "contributed", UNREACHABLE), True),
        glance(ALONE),
        sends(SECRETARY, part("van-phong", "asked", TRADE, key=1), True),
        glance(CLERK),
        sends(SECRETARY, part("van-phong", "released", TRADE, key=1), True),
        glance(CLERK),
        sends(CLERK, part("phoi-hop", "contributed", TRADE, key=1), False),
    )


def test_who_sits_at_a_body_that_ends(office: Callable[..., Office]) -> None:
    """Its people keep what was theirs, and nothing is written to them; what is handed over is the heir's."""
    here = office(
        sits(NOBODY, SeatRole.CLERK, FARMING),
        lambda here: here.a_body_ends(FARMING, 1),
        mornings(1),
        glance(OTHER),
        mornings(2),
        glance(OTHER),
        lambda here: here.a_task_is_handed_over(2, UNREACHABLE),
        glance(OTHER, ALONE),
        sends(OTHER, reported(3, FARMING), False),
    )
    assert task(here.engine, 3).status.value == "handed_over"


def test_whoever_ceases_is_out_at_once(office: Callable[..., Office]) -> None:
    """With the cookie of before too. Break: write another digest of a name than the seal covers, in
    ``models/trail/write._write_name``."""
    office(
        glance(HEAD),
        lambda here: here.somebody_ceases_or_returns(HEAD, False),
        glance(HEAD),
        sends(HEAD, reported(1, FINANCE), False),
        mornings(1),
        lambda here: here.somebody_ceases_or_returns(HEAD, True),
        glance(HEAD),
        sends(HEAD, reported(1, FINANCE), True),
    )


def test_who_records_and_who_decides(office: Callable[..., Office]) -> None:
    """The secretariat records a signed slip, a leader's deputy decides in the leader's name."""
    slip = {"so-phieu": "45/PTr-VP", "nguoi-ky": "Nguyễn Văn An", "ngay-ky": "15/08/2022"}
    scan = {"files": {"tep": ("a.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}}
    said = {"cach": "pass_up", "noi-dung": "Trình lên.", "tu-cach": "Giám đốc"}
    office(
        sends(SECRETARY, case_answer(1, PLANNING), False),
        sends(SECRETARY, Sent("trinh", 1, "theo-phieu-trinh", said | slip, scan), True),
        glance(SECRETARY, CLERK, OTHER),
        absent(LEADER, SECRETARY, 2),
        sends(SECRETARY, case_answer(1, CHAIR, "decide"), True),
        sends(CLERK, Sent("viec", 5, "vuot-tham-quyen", {"vai": "chu-tri", "co-quan": TRADE} | GATE), True),
        glance(UPPER),
    )
