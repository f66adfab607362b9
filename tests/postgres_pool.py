"""Databases that are used again: emptied after each test, or thrown away if more than rows has changed.

Copying a template costs the server a sixth of a second and dropping the copy as much again; emptying the
tables of one costs a fifth of that. A test cannot tell: the rows, the counters and the shape are the
template's, and whoever was still connected is not any more.
"""

from dataclasses import dataclass, field

import psycopg

from tests.postgres_server import PostgresServer

_GROWN = 4 * 1024 * 1024  # bytes more than the template: cheaper made anew than emptied
#: Every object of the schema by its last change; rights are part of these rows, so a grant counts too.
_SHAPE = """
SELECT md5(string_agg(was, ' ' ORDER BY was)) FROM (
    SELECT 'class' || oid || '.' || xmin FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT 'column' || attrelid || '.' || attnum || '.' || xmin
        FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0
    UNION ALL SELECT 'constraint' || oid || '.' || xmin FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT 'trigger' || oid || '.' || xmin FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function' || oid || '.' || xmin FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT 'extension' || oid || '.' || xmin FROM pg_extension
    UNION ALL SELECT 'schema' || oid || '.' || xmin FROM pg_namespace
    UNION ALL SELECT 'default' || oid || '.' || xmin FROM pg_default_acl
    UNION ALL SELECT 'setting' || setrole || '.' || xmin FROM pg_db_role_setting
        WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT 'known of ' || starelid || '.' || staattnum FROM pg_statistic WHERE starelid >= 16384
) AS object (was)
"""
_SIZE = "SELECT pg_database_size(current_database())"
_ALONE = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_COUNTERS = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"


@dataclass
class PostgresPool:
    """The copies of ``template`` that nobody uses now."""

    server: PostgresServer
    template: str
    _free: list[str] = field(default_factory=list)
    _rows: dict[str, bytes] = field(default_factory=dict)  # of the template, as COPY gives them
    _counters: dict[str, tuple[int, bool]] = field(default_factory=dict)  # where they stand, and if used
    _like: tuple[str, int] = ("", 0)  # its shape and its bytes

    def take(self) -> str:
        """The name of a database that is like the template."""
        if not self._rows:
            self._learn()
        return self._free.pop() if self._free else self.server.create(self.template)

    def give_back(self, name: str) -> None:
        """Ready it for the next one, or drop it."""
        try:
            with self._connected(name) as session:
                kept = self._emptied(session)
        except psycopg.Error:
            kept = False
        if kept:
            self._free.append(name)
        else:
            self.server.drop(name)

    def _learn(self) -> None:
        with self._connected(self.template) as session:
            for (table,) in session.execute(_TABLES).fetchall():
                with session.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                    self._rows[table] = b"".join(copy)
            for (counter,) in session.execute(_COUNTERS).fetchall():
                stands = session.execute(f'SELECT last_value, is_called FROM "{counter}"').fetchone()
                assert stands
                self._counters[counter] = stands
            self._like = _shape(session)

    def _emptied(self, session: psycopg.Connection) -> bool:
        session.execute(_ALONE)
        shape, size = _shape(session)
        if shape != self._like[0] or size > self._like[1] + _GROWN:
            return False
        # As replica no key is checked and no trigger runs, so the order of the tables does not matter.
        deletes = "; ".join(f'DELETE FROM "{table}"' for table in self._rows)
        session.execute(f"SET session_replication_role = replica; {deletes}")
        for counter, stands in self._counters.items():
            session.execute(f"SELECT setval('\"{counter}\"', {stands[0]}, {stands[1]})")
        for table, rows in self._rows.items():
            if rows:
                with session.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
        return True

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.server.folder), user="postgres", dbname=name)


def _shape(session: psycopg.Connection) -> tuple[str, int]:
    shape, size = session.execute(_SHAPE).fetchone(), session.execute(_SIZE).fetchone()
    assert shape
    assert size
    return shape[0], size[0]
