"""Creating and upgrading the tables."""

import sys
from typing import Any

import sqlalchemy as sa

from models.db import DatabaseNotReady, connect, not_opened
from models.revisions import MIGRATIONS, NEWER, known_revisions, newest_revision, revision_of


def migrate(url: str) -> None:
    """Create or upgrade the tables of the database at ``url``.

    Raises DatabaseNotReady, also when a newer release has upgraded it already.
    """
    from alembic import command

    engine = connect(url)
    if engine.dialect.name == "sqlite":
        # Some changes remake a table; with foreign keys on, dropping the old one would empty its children.
        sa.event.listen(engine, "connect", _loosen_foreign_keys)
    try:
        engine.connect().close()
    except sa.exc.DatabaseError as error:
        raise not_opened(url, error) from None
    try:
        with engine.begin() as connection:
            found = revision_of(connection)
            if found is not None and found not in known_revisions():
                raise DatabaseNotReady(NEWER.format(found=found, expected=newest_revision()))
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _refuse_broken_references(connection)
    finally:
        engine.dispose()


def _loosen_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF").close()


def _refuse_broken_references(connection: sa.Connection) -> None:
    """SQLite did not look while it migrated: look now, before anything is committed."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise DatabaseNotReady(
            f"Nâng cấp cơ sở dữ liệu làm hỏng liên kết ở bảng «{broken[0][0]}»: đã hủy bỏ."
        )


def alembic_config() -> Any:
    """Alembic's configuration, independent of the working directory."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # Alembic's default is the one of the day it was imported
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
