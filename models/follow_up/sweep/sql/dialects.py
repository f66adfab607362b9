"""What the two databases say differently, each in a class of its own.

SQLite keeps a day as ISO text, PostgreSQL as a date. SQLite's planner knows averages only, and prefers now
this index, now that: there the choice is ours. PostgreSQL knows how many rows there are on either side of
a day.
"""

from abc import ABC, abstractmethod

from sqlmodel import Session

from models.follow_up.sweep.sql.layout import all_of, laid_out, lines, nested
from models.follow_up.sweep.sql.moves import SetMove
from models.follow_up.sweep.sql.statements import Statements, Values, rows_of, run


class Dialect(ABC):
    """How one database is spoken to; every statement of the sweep is made with one of these."""

    name: str
    json_object: str  # the function that makes one

    @abstractmethod
    def task(self, index: str) -> str:
        """The tasks as ``t``, found by ``index``."""

    @abstractmethod
    def task_by_id(self, index: str, condition: str) -> str:
        """The tasks as ``t`` and the condition on them, where indexes answer it and mostly nobody is left."""

    @abstractmethod
    def iso(self, day: str) -> str:
        """The column ``day`` as ISO text."""

    @abstractmethod
    def shown(self, day: str) -> str:
        """The column ``day`` as people write it: 31/08/2022."""

    @abstractmethod
    def days_since(self, day: str) -> str:
        """Calendar days from ``day`` to today."""

    @abstractmethod
    def day(self, name: str) -> str:
        """The bound day ``name`` where nothing else tells its type."""

    def json(self, **values: str) -> str:
        """A JSON object of SQL expressions."""
        pairs = ", ".join(f"'{name}', {value}" for name, value in values.items())
        return f"{self.json_object}({pairs})"

    @abstractmethod
    def raised(self, column: str) -> str:
        """In a move: the number ``column`` of ``t``, which the move raises by one, after it."""

    @abstractmethod
    def before(self, column: str) -> str:
        """In a move that ``looks_back``: the ``column`` of the task as it was."""

    @abstractmethod
    def told(self, columns: str) -> str:
        """At the end of an insert of a move: the ``columns`` that later ones read from ``just_written``."""

    @abstractmethod
    def just_written(self, insert: str, table: str, those: str) -> tuple[str, str]:
        """What the move's earlier ``insert`` wrote into ``table``: a source, and a condition on it or "".

        ``those`` is true of these rows of the table, and of no others.
        """

    @abstractmethod
    def moving(self, move: SetMove) -> Statements:
        """The finished statements of a move, for ``perform``."""

    @abstractmethod
    def perform(self, session: Session, moving: Statements, values: Values) -> int:
        """SetMove, in the caller's transaction; returns how many rows the last insert wrote."""


class _Postgresql(Dialect):
    """A move is one statement: an UPDATE that looks again at a row it had to wait for feeds the inserts.

    Whose tasks it is about is asked before, in two steps: for a condition on other tables the planner has
    no figures, and would give up the index. Mostly it is about nobody, and the question costs a tenth of
    planning the change.
    """

    name = "postgresql"
    json_object = "json_build_object"

    def task(self, index: str) -> str:
        return "task t"

    def task_by_id(self, index: str, condition: str) -> str:
        return f"task t\nWHERE {condition}"

    def iso(self, day: str) -> str:
        return f"to_char({day}, 'YYYY-MM-DD')"

    def shown(self, day: str) -> str:
        return f"to_char({day}, 'DD/MM/YYYY')"

    def days_since(self, day: str) -> str:
        return f"(CAST(:today AS date) - {day})"

    def day(self, name: str) -> str:
        return f"CAST(:{name} AS date)"

    def raised(self, column: str) -> str:
        return f"t.{column}"  # RETURNING sees the row after the change

    def before(self, column: str) -> str:
        return f"old.{column}"

    def told(self, columns: str) -> str:
        return f"\nRETURNING {columns}"

    def just_written(self, insert: str, table: str, those: str) -> tuple[str, str]:
        return insert, ""  # one statement does not see in the table what it writes there

    def moving(self, move: SetMove) -> Statements:
        *before, last = move.inserts
        parts = [("moved", f"{self._changing(move)}\nRETURNING\n{lines(move.columns)}")]
        parts += [(name, move.inserts[name]) for name in before]
        given = [f"{name} AS {nested(sql)}" for name, sql in parts]
        if move.summed:
            given.insert(0, _summed(move, "task t", "t.id = ANY (:ids)"))
        found = nested(f"SELECT t.id FROM task t\nWHERE {move.found}")
        chosen = all_of(f"t.id = ANY (ARRAY {found})", move.besides)
        moving = {
            "whose": f"SELECT t.id FROM task t\nWHERE {chosen}",
            "change": f"WITH {', '.join(given)}\n{move.inserts[last]}",
        }
        return {name: laid_out(sql) for name, sql in moving.items()}

    def _changing(self, move: SetMove) -> str:
        sources, chosen = [], ["t.id = ANY (:ids)"]
        if move.summed:
            sources.append("s")
            chosen += ["t.id = s.id", move.kept]
        if move.looks_back:
            sources.append("task old")
            chosen.append("t.id = old.id")
        chosen.append(move.found)  # again: somebody else may have changed a row that had to be waited for
        source = f"\nFROM {', '.join(sources)}" if sources else ""
        return f"{move.update}{source}\nWHERE {all_of(*chosen)}"

    def perform(self, session: Session, moving: Statements, values: Values) -> int:
        whose, change = moving.values()
        ids = [key for (key,) in rows_of(session, whose, values)]
        return run(session, change, {**values, "ids": ids}) if ids else 0


class _Sqlite(Dialect):
    """There is one writer at a time, so nothing can come between the statements of a move.

    Its tasks are put down in a temporary table, written about, then changed.
    """

    name = "sqlite"
    json_object = "json_object"

    def task(self, index: str) -> str:
        return f"task t INDEXED BY {index}"

    def task_by_id(self, index: str, condition: str) -> str:
        found = nested(f"SELECT t.id FROM {self.task(index)}\nWHERE {condition}")
        return f"task t\nWHERE t.id IN {found}"

    def iso(self, day: str) -> str:
        return day

    def shown(self, day: str) -> str:
        return f"strftime('%d/%m/%Y', {day})"

    def days_since(self, day: str) -> str:
        return f"CAST(julianday(:today) - julianday({day}) AS integer)"

    def day(self, name: str) -> str:
        return f"CAST(:{name} AS text)"

    def raised(self, column: str) -> str:
        return f"t.{column} + 1"  # nothing has changed yet

    def before(self, column: str) -> str:
        return f"t.{column}"

    def told(self, columns: str) -> str:
        return ""

    def just_written(self, insert: str, table: str, those: str) -> tuple[str, str]:
        return table, those

    def moving(self, move: SetMove) -> Statements:
        given, source, chosen = "", self.task(move.index), all_of(move.found, move.besides)
        if move.summed:
            given = f"WITH {_summed(move, source, chosen)}\n"
            source, chosen = "s CROSS JOIN task t", all_of("t.id = s.id", move.kept)
        found = f"{given}SELECT\n{lines(move.columns)}\nFROM {source}\nWHERE {chosen}"
        moving = {
            "whose": f"CREATE TEMP TABLE moved AS\n{found}",
            "anybody": "SELECT 1 FROM moved LIMIT 1",
            **move.inserts,
            "change": f"{move.update}\nWHERE t.id IN (SELECT id FROM moved)",
            "done": "DROP TABLE temp.moved",
        }
        return {name: laid_out(sql) for name, sql in moving.items()}

    def perform(self, session: Session, moving: Statements, values: Values) -> int:
        whose, anybody, *inserts, change, done = moving.values()
        written = 0
        run(session, whose, values)
        if rows_of(session, anybody, {}):
            for insert in inserts:
                written = run(session, insert, values)
            run(session, change, values)
        run(session, done, {})
        return written


def _summed(move: SetMove, source: str, chosen: str) -> str:
    # Materialized: once a task, though more than one expression asks for it.
    columns = lines({"id": "t.id", **move.summed})
    return "s AS MATERIALIZED " + nested(f"SELECT\n{columns}\nFROM {source}\nWHERE {chosen}")


DIALECTS: dict[str, Dialect] = {one.name: one for one in (_Sqlite(), _Postgresql())}


def dialect_of(session: Session) -> Dialect:
    """How the session's database is spoken to."""
    return DIALECTS[session.get_bind().dialect.name]
