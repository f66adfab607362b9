"""The address of the database: of which kinds it may be, and what of it people may see."""

from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from rules.refusal import Refusal

FORMS = "DONDOC_DATABASE_URL phải có dạng sqlite:////đường-dẫn/tên.db hoặc postgresql://tài-khoản@máy-chủ/tên"
WRONG_URL = f"Địa chỉ cơ sở dữ liệu không hợp lệ: {FORMS}."
_NO_QUERY = f"Địa chỉ của SQLite không có phần sau dấu «?»: {FORMS}."
_NO_FILE = f"Cơ sở dữ liệu SQLite phải là một tệp: {FORMS}."
#: Parameters of libpq that hold no secret; of all others only the name is shown.
_SHOWN = frozenset({"host", "hostaddr", "port", "dbname", "user", "sslmode", "connect_timeout"})
_HIDDEN = "***"


class DatabaseNotReady(Refusal):
    """The database cannot be used as it is; the message is Vietnamese and says what to do."""


def parsed_url(url: str) -> sa.URL:
    """The URL with the driver that we ship. Raises DatabaseNotReady, which never repeats the URL."""
    try:
        parsed = make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseNotReady(WRONG_URL) from None
    scheme = parsed.drivername.partition("+")[0]
    if scheme in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername != "sqlite":
        raise DatabaseNotReady(f"Không hỗ trợ cơ sở dữ liệu loại «{scheme[:24]}»: {FORMS}.")
    # Every process has a database in memory of its own, and options (uri, mode, vfs) undo what we rest on.
    if parsed.query:
        raise DatabaseNotReady(_NO_QUERY)
    if parsed.database in (None, "", ":memory:"):
        raise DatabaseNotReady(_NO_FILE)
    return parsed


def shown(url: str | sa.URL) -> str:
    """The URL as people may see it: no password, wherever it stands."""
    parsed = make_url(url)
    query = {key: value if key in _SHOWN else _HIDDEN for key, value in parsed.query.items()}
    return parsed.set(query=query).render_as_string(hide_password=True).replace(quote(_HIDDEN), _HIDDEN)
