"""PostgreSQL's own pg_dump and pg_restore: found, old enough, run without a password on the command line."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, Engine

from rules.refusal import Refusal

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
#: Connection parameters that are secrets: they travel in the environment, which only our account can read.
_SECRET = {"password": "PGPASSWORD", "sslpassword": "PGSSLPASSWORD"}
_WHERE = (
    "Hãy đặt thư mục chương trình của chính máy chủ đó lên đầu PATH (ví dụ /usr/lib/postgresql/{major}/bin)."
)


def dump_database(engine: Engine, file: Path) -> int:
    """Write the database to ``file`` by pg_dump, one snapshot; returns pg_dump's release. Raises Refusal."""
    server = server_major(engine)
    program, major = _program("pg_dump", server)
    if major < server:
        raise Refusal(
            f"pg_dump {major} cũ hơn máy chủ PostgreSQL {server} nên không sao lưu được. "
            f"{_WHERE.format(major=server)}"
        )
    _run(program, engine.url, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    return major


def load_database(engine: Engine, file: Path, made_by: int) -> None:
    """Fill the empty database from a dump of pg_dump ``made_by``, wholly or not at all. Raises Refusal."""
    program, major = _program("pg_restore", server_major(engine))
    if major < made_by:
        raise Refusal(
            f"Bản sao lưu do pg_dump {made_by} tạo, pg_restore ở đây là {major}, cũ hơn. "
            f"{_WHERE.format(major=made_by)}"
        )
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run(program, engine.url, *options, str(file))


def server_major(engine: Engine) -> int:
    """The server's release: 18."""
    with engine.connect() as connection:
        return int(connection.scalar(sa.text("SHOW server_version_num")) or 0) // 10_000


def _program(name: str, server: int) -> tuple[str, int]:
    path = shutil.which(name)
    if path is None:
        raise Refusal(f"Không tìm thấy {name} của PostgreSQL. {_WHERE.format(major=server)}")
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = _VERSION.search(told)
    if found is None:
        raise Refusal(f"{name} không cho biết phiên bản. {_WHERE.format(major=server)}")
    return path, int(found[1])


def _run(program: str, url: URL, *options: str) -> None:
    parameters = {**url.translate_connect_args(username="user", database="dbname"), **url.query}
    secret = {_SECRET[name]: str(value) for name, value in parameters.items() if name in _SECRET}
    plain = {name: value for name, value in parameters.items() if name not in _SECRET}
    command = [program, *options[:-1], f"--dbname={make_conninfo('', **plain)}", options[-1]]
    environment = {**os.environ, **secret, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Refusal(f"{Path(program).name} không thành công: {last}")
