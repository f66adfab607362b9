"""Which revision of the schema a database has, and which one this software works with."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.database.address import shown

MIGRATIONS = Path(__file__).parents[1] / "migrations"
NEWER = (
    "Cơ sở dữ liệu ở phiên bản {found}, mới hơn phần mềm này ({expected}): hãy cài bản phần mềm mới hơn, "
    "hoặc khôi phục bản sao lưu được tạo trước khi nâng cấp («dondoc restore»)."
)


def schema_problem(engine: Engine) -> str | None:
    """What is wrong with the tables, in Vietnamese, or None; a password is never repeated."""
    expected = newest_revision()
    with engine.connect() as connection:
        found = revision_of(connection)
    if found is None:
        return f"Cơ sở dữ liệu {shown(engine.url)} chưa có bảng: hãy chạy «dondoc migrate»."
    if found not in known_revisions():
        return NEWER.format(found=found, expected=expected)
    if found != expected:
        return f"Cơ sở dữ liệu ở phiên bản {found}, phần mềm cần {expected}: hãy chạy «dondoc migrate»."
    return None


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the schema as the database tells it; None if it has none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def newest_revision() -> str:
    """The revision of the schema that this software works with."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """Every revision that this software knows."""
    # They are numbered files (0001_...), so that start-up need not import Alembic.
    return frozenset(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
