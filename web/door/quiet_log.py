"""The server's log: nothing that strangers can make it say at will, no sign that acts on a terminal."""

import asyncio
import logging
import re
import traceback

from rules.text.signs import ODD, is_unseen

#: What uvicorn warns of whenever somebody sends what is no HTTP, or asks for another protocol.
_NOISE = (
    "Invalid HTTP request received.",
    "Unsupported upgrade request.",
    "No supported WebSocket library detected.",
)
#: Kept by nobody who starts the pages with ``dondoc serve``; by ``uvicorn`` alone, unless it is told not to.
_ACCESS = "uvicorn.access"
#: An address that opens something for whoever reads it.
_ONE_TIME = re.compile(r"(/lien-ket/)[^\s\"'?#]+")


class Quiet(logging.Filter):
    """Drops the noise, and writes unseen signs of messages and tracebacks as ``\\x1b``."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; it is cleaned on the way."""
        said = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if said.startswith(_NOISE) or isinstance(error, asyncio.CancelledError):  # cancelled: the server ends
            return False
        if record.name == _ACCESS and isinstance(record.args, tuple):  # its formatter wants them one by one
            record.args = tuple(visible(one) if isinstance(one, str) else one for one in record.args)
        elif not hasattr(record, "color_message"):  # uvicorn's own words, with its own places for values
            record.msg, record.args = visible(said), None
        if error is not None:
            record.exc_text = visible("".join(traceback.format_exception(error)).rstrip())
        return True


def visible(text: str) -> str:
    """The text with the signs that nobody sees written out and one-time links blacked out; lines stay."""
    text = _ONE_TIME.sub(r"\1***", text)
    return ODD.sub(lambda found: ascii(found[0])[1:-1] if is_unseen(found[0]) else found[0], text)


def keep_quiet() -> None:
    """Put the filter before the loggers of the server, once; the form parser's warnings are left out."""
    for name in ("uvicorn.error", "asyncio", _ACCESS):
        logger = logging.getLogger(name)
        if not any(isinstance(one, Quiet) for one in logger.filters):
            logger.addFilter(Quiet())
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
