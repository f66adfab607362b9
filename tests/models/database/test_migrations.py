"""The migrations make exactly the tables of the models, on both databases."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel

from flows.actions.tasks.replay import present, replay
from models.db import DatabaseNotReady, alembic_config, connect, migrate, open_database
from models.tables import crossings, extensions, follow_up_days, hand_overs, learned, reports  # noqa: F401
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskCooperation, TaskEvent, Urging
from rules.vocabulary import CooperationState, DeadlineCause
from tests.models.database.old_office import working_under


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


def test_a_database_of_a_newer_release_is_left_alone(migrated_url: str) -> None:
    """To migrate would end in a traceback; the tables are as the newer release made them."""
    engine = connect(migrated_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for act in (migrate, open_database):
        with pytest.raises(DatabaseNotReady, match="9999, mới hơn phần mềm này") as refusal:
            act(migrated_url)
        assert "dondoc migrate" not in str(refusal.value)


def test_a_database_that_cannot_be_reached_says_so_without_its_password() -> None:
    url = "postgresql+psycopg://dondoc:bi-mat@127.0.0.1:1/dondoc"
    with pytest.raises(DatabaseNotReady) as refusal:
        open_database(url)
    assert "bi-mat" not in str(refusal.value)


def test_every_word_of_the_vocabulary_is_allowed_by_the_database(engine: Engine) -> None:
    """Alembic compares no CHECK constraints, so a new word could be forgotten in a revision."""
    inspector, forgotten = sa.inspect(engine), []
    for table in SQLModel.metadata.sorted_tables:
        checks = {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(table.name)}
        for column in table.columns:
            if isinstance(column.type, sa.Enum):
                allowed = checks[f"ck_{table.name}_{column.name}"]
                forgotten += [
                    f"{table.name}.{column.name}: {word}"
                    for word in column.type.enums
                    if f"'{word}'" not in allowed
                ]
    assert forgotten == []


OLD_OFFICE = """
INSERT INTO agency (id, name, kind, vague) VALUES
 ('stc', 'Sở Tài chính', 'so', FALSE), ('sct', 'Sở CT', 'so', FALSE);
INSERT INTO document (id, state, kind, title, text, source_name, draft, version, entered_at)
 VALUES (1, 'issued', 'notice', '', '', '', '{}', 1, '2022-08-15 01:00:00');
INSERT INTO document_event (document_id, seq, happened_at, kind, actor)
 VALUES (1, 1, '2022-08-15 01:00:00', 'issued', 'secretariat');
INSERT INTO directive (id, document_id, ordinal, text, span_start, span_end, due_kind, due_approximate,
 escalation, standing_rule, doubts) VALUES (1, 1, 1, 'Việc.', 0, 5, 'date', FALSE, FALSE, FALSE, '[]');
INSERT INTO task (id, directive_id, agency_id, occurrence, title, status, version, assigned_on, due_on,
 original_due_on, last_report_on, urged, last_urged_on) VALUES
 (1, 1, 'stc', 0, 'Việc', 'in_progress', 3, '2022-08-15',
  '2022-09-30', '2022-08-31', '2022-09-01', 1, '2022-09-05'),
 (2, 1, 'sct', 0, 'Việc', 'assigned', 0, '2022-08-15', NULL, NULL, NULL, 0, NULL);
INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note,
 data) VALUES
 (1, 0, '2022-08-15 01:00:00', '2022-08-15', 'assigned', NULL, 'assigned', 'secretariat', '', '{}'),
 (1, 1, '2022-09-05 01:00:00', '2022-09-05', 'urged', 'assigned', 'assigned', 'clock', '', '{"number": 1}'),
 (1, 2, '2022-09-06 01:00:00', '2022-09-06', 'escalated', 'assigned', 'paused', 'lead', '', '{}'),
 (1, 3, '2022-09-07 01:00:00', '2022-09-07', 'decided', 'paused', 'in_progress', 'leader', '',
  '{"answer": "decide"}'),
 (2, 0, '2022-08-15 01:00:00', '2022-08-15', 'assigned', NULL, 'assigned', 'secretariat', '', '{}');
INSERT INTO task_cooperation (task_id, agency_id) VALUES (1, 'sct');
INSERT INTO urging (task_id, number, urged_on, recipient_id, text)
 VALUES (1, 1, '2022-09-05', 'stc', 'Đôn đốc');
INSERT INTO outbox_letter (key, kind, agency_id, task_id, scheduled_on, not_before, urgent, data, state,
 state_note, written_at) VALUES ('urging:1:1', 'urging', 'stc', 1, '2022-09-05', '2022-09-05 00:30:00', FALSE,
 '{"due_on": "2022-08-31", "number": 1}', 'pending', '', '2022-09-05 00:00:00')
"""


@pytest.fixture
def old_office(database_url: str) -> Engine:
    """An office that has worked under revision 0006, upgraded."""
    with working_under("0006", database_url, OLD_OFFICE):
        pass
    return open_database(database_url)


def test_an_office_with_tasks_is_upgraded(old_office: Engine) -> None:
    with Session(old_office) as session:
        first, second = session.scalars(sa.select(Task).order_by(Task.id))
        assert (first.due_set_on, first.due_unpaused_on) == (date(2022, 9, 7), date(2022, 9, 30))
        assert (second.due_set_on, second.due_unpaused_on) == (date(2022, 8, 15), None)
        assert session.scalars(sa.select(TaskCooperation.state)).all() == [CooperationState.ASKED]
        assert session.scalars(sa.select(Urging.letter_key)).all() == ["urging:1:1"]
        letter = session.scalars(sa.select(OutboxLetter)).one()
        assert (letter.number, letter.due_on) == (1, date(2022, 8, 31))
        changes = session.scalars(sa.select(DeadlineChange).order_by(DeadlineChange.seq)).all()
        assert [(c.old_due_on, c.due_on, c.cause, c.event_seq) for c in changes] == [
            (None, date(2022, 8, 31), DeadlineCause.ISSUED, 0),
            (date(2022, 8, 31), date(2022, 9, 30), DeadlineCause.DECISION, 3),
        ]
        for task in (first, second):
            events = session.scalars(
                sa.select(TaskEvent).where(TaskEvent.task_id == task.id).order_by(TaskEvent.seq)
            )
            assert replay(events) == present(task)
    old_office.dispose()


OLD_PAPERS = """
INSERT INTO document (id, state, kind, title, text, source_name, draft, version, entered_at)
 VALUES (1, 'issued', 'notice', '', '', '', '{}', 0, '2022-08-15 02:00:00');
INSERT INTO agency (id, name, kind, vague) VALUES ('stc', 'Sở Tài chính', 'so', FALSE);
INSERT INTO directive (id, document_id, ordinal, text, span_start, span_end, due_kind, due_approximate,
 escalation, standing_rule, doubts, due_basis, urgency)
 VALUES (1, 1, 1, 'Việc.', 0, 5, 'date', FALSE, FALSE, FALSE, '[]', '', '');
INSERT INTO urging_paper (id, agency_id, prepared_on, number, signed_by, issued_on) VALUES
 (1, 'stc', '2022-09-12', '5/VP', 'Chánh Văn phòng', '2022-09-13'),
 (2, 'stc', '2022-09-19', NULL, NULL, NULL)
"""


def test_what_papers_carried_is_told_to_older_urgings(database_url: str) -> None:
    """The paper of the first task named it, that of the second left it out, that of the third waits."""
    with working_under("0012", database_url, OLD_PAPERS) as connection:
        for key, paper in ((1, 1), (2, 1), (3, 2)):
            connection.exec_driver_sql(
                "INSERT INTO task (id, directive_id, agency_id, occurrence, title, status, version,"
                " assigned_on, urged, due_set_on, late_step, count_step, urgent) VALUES"
                f" ({key}, 1, 'stc', {key}, '', 'assigned', 0, '2022-08-15', 2, '2022-08-15', 0, 0, FALSE)"
            )
            connection.exec_driver_sql(
                "INSERT INTO urging (task_id, number, urged_on, recipient_id, text, sender, paper_id)"
                f" VALUES ({key}, 2, '2022-09-12', 'stc', '', '', {paper})"
            )
        connection.exec_driver_sql(
            "INSERT INTO task_event (task_id, seq, happened_at, happened_on, kind, actor, note, data)"
            " VALUES (1, 1, '2022-09-13 01:00:00', '2022-09-13', 'paper_issued', 'secretariat', '',"
            " '{\"paper\": 1}')"
        )
    upgraded = open_database(database_url)
    with Session(upgraded) as session:
        carried = session.scalars(sa.select(Urging.carried_on).order_by(Urging.task_id)).all()
    upgraded.dispose()
    assert carried == [date(2022, 9, 13), None, None]


def test_a_meeting_of_one_name_stands_once_a_day(engine: Engine) -> None:
    """The index is the last word, should two ever get past the action; a cancelled one does not count."""

    def enter(cancelled_at: str) -> None:
        columns = "held_on, title, entered_at, cancelled_at"
        values = f"'2022-12-20', 'Họp', '2022-12-19 02:00:00', {cancelled_at}"
        with engine.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO meeting ({columns}) VALUES ({values})")

    for when in ("'2022-12-19 03:00:00'", "'2022-12-19 03:00:00'", "NULL"):
        enter(when)
    with pytest.raises(sa.exc.IntegrityError):
        enter("NULL")
