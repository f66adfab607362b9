"""Rows of signing in go a month after they opened anything for the last time, and nothing else does.

Seen red: with ``KEPT`` of no days; with a cut of hours instead of days; without the tokens; with one batch
only; with ``SignedIn.ended_at`` instead of the longest that one may stand.
"""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.sign_in import cleared
from flows.actions.sign_in.cleared import clear_sign_ins
from flows.actions.sign_in.second_factor import trust_device
from flows.actions.sign_in.sign_ins import end_one, open_sign_in, sign_in_of
from models.db import reading
from models.sign_in import bygone
from models.tables.sign_in import Credential, LinkToken, PersonLink, SignedIn, TrustedDevice
from models.trail.rows import TrailRow
from rules.sign_in.words import LinkPurpose, SignInWay
from rules.trail.words import TrailWhat
from tests.cast import office, settings
from tests.flows.sign_in.people import NOW, SEEN, link, noted, person, rows_of

DAY = timedelta(days=1)
TABLES = (PersonLink, LinkToken, SignedIn, TrustedDevice)


def filled(engine: Engine) -> int:
    """One of each, all of the same instant."""
    hoa = person(engine)
    link(engine, hoa)
    open_sign_in(engine, hoa, SignInWay.PASSWORD, SEEN, NOW)
    trust_device(engine, hoa, NOW)
    return hoa


def left(engine: Engine) -> tuple[int, ...]:
    """How many rows each table has."""
    return tuple(len(rows_of(engine, table)) for table in TABLES)


def clear(engine: Engine, days: float) -> None:
    clear_sign_ins(engine, by_clock(NOW + days * DAY, office()), settings())


@pytest.mark.parametrize(
    ("days", "rows"),
    [(29, (1, 1, 1, 1)), (31, (0, 0, 1, 1)), (36, (0, 0, 1, 1)), (38, (0, 0, 0, 1)), (61, (0, 0, 0, 0))],
)
def test_each_goes_when_it_is_over_for_a_month(engine: Engine, days: int, rows: tuple[int, ...]) -> None:
    """A link of 20 minutes, a sign-in of 7 days at most, a browser that is trusted for 30 days."""
    filled(engine)
    clear(engine, days)
    assert left(engine) == rows


def test_what_opens_something_stays_however_old_its_neighbours(engine: Engine) -> None:
    hoa = filled(engine)
    later = NOW + 60 * DAY
    token = open_sign_in(engine, hoa, SignInWay.PASSWORD, SEEN, later)
    clear(engine, 61)
    with reading(engine) as session:
        assert sign_in_of(session, token, later + timedelta(hours=1)) is not None
    assert len(rows_of(engine, Credential)) == 1


def test_an_invitation_of_a_week_is_kept_by_its_own_end(engine: Engine) -> None:
    link(engine, person(engine), LinkPurpose.INVITATION)
    clear(engine, 36)
    assert left(engine)[0] == 1
    clear(engine, 38)
    assert left(engine)[0] == 0


def test_one_that_was_ended_is_kept_as_long(engine: Engine) -> None:
    """It can be looked up for as long as any other."""
    hoa = filled(engine)
    [row] = rows_of(engine, SignedIn)
    end_one(engine, hoa, row.id, NOW)
    clear(engine, 36)
    assert left(engine)[2] == 1


def test_it_is_one_row_of_the_day_and_the_trail_keeps_the_rest(engine: Engine) -> None:
    hoa = filled(engine)
    before = [(row.id, row.what, row.noun_key) for row in rows_of(engine, TrailRow)]
    clear(engine, 61)
    clear(engine, 61.1)
    [swept] = noted(engine, TrailWhat.SWEEP)
    assert swept.data["did"] == {"link.cleared": 1, "sign_in.cleared": 1, "sign_in.devices_cleared": 1}
    assert [(row.id, row.what, row.noun_key) for row in rows_of(engine, TrailRow)][: len(before)] == before
    assert {row.noun_key for row in noted(engine, TrailWhat.SIGNED_IN)} == {str(hoa)}


def test_only_the_first_pass_of_a_day_does_it(engine: Engine) -> None:
    """What is over in the course of a day waits for the next one: else each pass would be a row."""
    filled(engine)
    for days in (30, 30.6):  # the link was over 20 minutes after NOW, on a morning
        clear(engine, days)
        assert left(engine)[0] == 1
    clear(engine, 30.7)  # midnight has passed
    assert left(engine)[0] == 0


def test_more_than_is_looked_at_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bygone, "OLDEST", 2)
    hoa = person(engine)
    for _ in range(5):
        open_sign_in(engine, hoa, SignInWay.PASSWORD, SEEN, NOW)
    clear(engine, 61)
    assert left(engine)[2] == 0
    assert cleared.KEPT == 30 * DAY
