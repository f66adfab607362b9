"""Copies of a template are the same installation by its secret, as a restored backup is: tell them apart."""

import secrets
import sqlite3

import psycopg
from sqlalchemy.engine import make_url

_ANEW = "UPDATE installation SET secret = '{}'"


def another_installation(url: str) -> str:
    """Give the copied database at ``url`` a secret of its own; returns the URL."""
    parsed, statement = make_url(url), _ANEW.format(secrets.token_hex(32))
    if parsed.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(parsed.database))
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(statement)
        connection.commit()
        connection.close()
        return url
    conninfo = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as session:
        session.execute(statement)
    return url
