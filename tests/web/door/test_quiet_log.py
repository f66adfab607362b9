"""What must not stand in the log of the server."""

import logging
import sys

from web.door.quiet_log import Quiet


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
