"""What our statements rest on is pinned for each session, whatever the server has as its default."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from models.db import connect
from models.installation.workers import worker
from tests.cast import at

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True),
]
OTHERS = (
    "default_transaction_isolation = 'serializable'",
    "DateStyle = 'German'",
    "TimeZone = 'America/New_York'",
)
INSTANT = at("2026-03-04", "07:30")


@pytest.fixture
def strange(migrated_url: str) -> str:
    """A database whose administrator prefers other defaults than ours."""
    engine = connect(migrated_url)
    name = make_url(migrated_url).database
    with engine.begin() as connection:
        for setting in OTHERS:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET {setting}')
    engine.dispose()
    return migrated_url


def test_dates_instants_and_isolation(strange: str) -> None:
    engine = connect(strange)
    asked = sa.text(
        "SELECT current_setting('transaction_isolation'), DATE '2026-02-01', CAST(:now AS timestamptz)"
    )
    with engine.connect() as connection:
        isolation, day, instant = connection.execute(asked, {"now": INSTANT}).one()
    engine.dispose()
    assert (isolation, day) == ("read committed", date(2026, 2, 1))
    assert instant == INSTANT
    assert instant.utcoffset() == timedelta(0)


def test_a_worker_too(strange: str) -> None:
    engine = connect(strange)
    with worker(engine) as ours:
        assert ours is not None
        with ours.unit_of_work() as session:
            found = session.scalar(sa.text("SELECT current_setting('transaction_isolation')"))
    engine.dispose()
    assert found == "read committed"
