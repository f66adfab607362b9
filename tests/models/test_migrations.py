"""The migrations make exactly the tables of the models, on both databases."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import Engine

from models.db import DatabaseNotReady, alembic_config, connect, migrate, open_database


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.check(config)  # raises when a model has changed without a revision


def test_migrating_twice_changes_nothing(migrated_url: str) -> None:
    migrate(migrated_url)


def test_a_word_that_is_not_in_the_vocabulary_is_refused_by_the_database(engine: Engine) -> None:
    insert = sa.text(
        "INSERT INTO document (state, kind, title, text, source_name, draft, version, entered_at)"
        " VALUES ('nonsense', 'notice', '', '', '', '{}', 0, '2022-08-30 02:00:00')"
    )
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(insert)


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReady, match="dondoc migrate"):
        open_database(f"sqlite:///{tmp_path / 'empty.db'}")


def test_an_older_database_says_what_to_do(migrated_sqlite_url: str) -> None:
    with connect(migrated_sqlite_url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(DatabaseNotReady, match="0001"):
        open_database(migrated_sqlite_url)


def test_a_database_that_cannot_be_reached_says_so_without_its_password() -> None:
    url = "postgresql+psycopg://dondoc:bi-mat@127.0.0.1:1/dondoc"
    with pytest.raises(DatabaseNotReady) as refusal:
        open_database(url)
    assert "bi-mat" not in str(refusal.value)
