"""What must not stand in the log of the server."""

import logging
import sys

from uvicorn.logging import AccessFormatter

from web.door.quiet_log import Quiet, keep_quiet


def test_a_one_time_link_is_blacked_out() -> None:
    """In messages and in tracebacks. Break: leave ``_ONE_TIME`` out of ``visible``."""
    try:
        raise RuntimeError("GET /lien-ket/abc-DEF_123?x=1 failed")
    except RuntimeError:
        record = logging.LogRecord(
            "uvicorn.error", 40, "x.py", 1, "bad: %s", ("/lien-ket/abc-DEF_123",), sys.exc_info()
        )
    assert Quiet().filter(record)
    assert record.getMessage() == "bad: /lien-ket/***"
    assert "abc-DEF" not in (record.exc_text or "")
    assert "/lien-ket/***?x=1 failed" in (record.exc_text or "")


def test_an_access_log_that_somebody_keeps_holds_no_link() -> None:
    """``uvicorn --factory web.app:create_app`` keeps one, in the form of its own formatter."""
    path = "/lien-ket/abc-DEF_123?x=1"
    record = logging.LogRecord(
        "uvicorn.access",
        20,
        "x.py",
        1,
        '%s - "%s %s HTTP/%s" %d',
        ("10.0.0.7:5", "GET", path, "1.1", 303),
        None,
    )
    assert Quiet().filter(record)
    said = AccessFormatter("%(client_addr)s %(request_line)s %(status_code)s", use_colors=False).format(
        record
    )
    assert said == "10.0.0.7:5 GET /lien-ket/***?x=1 HTTP/1.1 303 See Other"
    keep_quiet()
    assert any(isinstance(one, Quiet) for one in logging.getLogger("uvicorn.access").filters)
