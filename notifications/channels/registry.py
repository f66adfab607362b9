"""The one door out: ``post(url, parcel)``. Apprise is imported when the first letter leaves."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from config.files.errors import ConfigError
from notifications.channels.frame.addresses import channel_label, channel_of, mask
from notifications.channels.frame.admission import NotAdmitted, not_admitted, permitted, schema_not_admitted
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import OutcomeClass
from rules.outbox.address_spelling import schema_hint
from rules.outbox.channels import CHANNELS, OUR_CHANNELS

if TYPE_CHECKING:
    from apprise import NotifyBase

    from notifications.channels.frame.base import OfficeChannel

__all__ = ["channel_label", "channel_of", "mask", "post", "register_channels", "why_no_address"]

_lock = threading.Lock()
_hushed: ContextVar[bool] = ContextVar("apprise_hushed", default=False)


@cache
def our_channels() -> "dict[str, type[OfficeChannel]]":
    """The plugins of ``rules/outbox/channels.CHANNELS`` by their schemas, loaded by the first call."""
    from notifications.channels.frame.base import loaded

    logging.getLogger("apprise").addFilter(_may_log)
    return {channel.scheme: loaded(channel) for channel in CHANNELS}


def register_channels() -> None:
    """Make our schemas known to Apprise in this process; any number of times.

    Loads the 130 plugins that Apprise brings, which a letter of our own channels does without.
    Raises RuntimeError if Apprise gives a schema of ours to another plugin: a letter must never
    go out through something that merely bears the same name.
    """
    from apprise.manager_plugins import NotificationManager

    known = NotificationManager()
    with _lock:
        for schema, channel in our_channels().items():
            if schema not in known:
                known.add(channel)
            if schema not in known or known[schema] is not channel:
                raise RuntimeError(f"Apprise does not take the schema {schema}:// from us")


def post(url: str, parcel: Parcel) -> Outcome:
    """Send one parcel to one address, through Apprise. Never raises for what a channel does.

    NEVER when the office does not let the address out (codes "schema", "inside", "option") or it makes no
    plugin (code "address"), and dead: until the register is imported anew it reaches nobody, whatever the
    channel. UNKNOWN with the exception's type when a plugin breaks.
    """
    from notifications.channels.frame.base import misconfigured, surprised

    with _hush():
        try:
            return _post(url, parcel)
        except ConfigError as error:
            return misconfigured(error)
        except Exception as error:
            return surprised(error)


def _post(url: str, parcel: Parcel) -> Outcome:
    from notifications.channels.stock.stock import post_stock

    if (refused := _refused(url)) is not None:
        return _not_let_out(refused, url)
    channel = our_channels().get(_schema(url))
    if channel is not None:
        ours = _ours(channel, url)
        return _post_ours(ours, parcel) if ours else _no_address(url)
    stock = _stock(url)
    if isinstance(stock, NotAdmitted):
        return _not_let_out(stock, url)
    return post_stock(stock, parcel, permitted()) if stock else _no_address(url)


def why_no_address(url: str) -> str | None:
    """Why no letter goes to an address, in Vietnamese and without the address; None if one may.

    Makes the plugin and throws it away: nothing is sent, no server is asked. Only an address of another
    schema than ours loads the plugins that Apprise brings. Raises ConfigError.
    """
    schema = _schema(url)
    with _hush():
        try:
            if (refused := _refused(url)) is not None:
                return refused.reason if schema in OUR_CHANNELS or _known(schema) else schema_hint(schema)
            channel = our_channels().get(schema)
            plugin = _ours(channel, url) if channel else _stock(url)
        except ConfigError:
            raise
        except Exception:  # whatever a plugin makes of it, it is no address for a letter
            plugin = None
    if isinstance(plugin, NotAdmitted):
        return plugin.reason
    return _UNFIT if plugin is None else None


_UNFIT = "địa chỉ không hợp lệ với kênh gửi của nó"


def _refused(url: str) -> NotAdmitted | None:
    """Why the office does not let an address out, as far as its text tells. Raises ConfigError."""
    schema = _schema(url)
    return schema_not_admitted(schema) or not_admitted(url, _names_its_host(schema))


def _known(schema: str) -> bool:
    from apprise.manager_plugins import NotificationManager

    register_channels()
    return schema in NotificationManager()


def _names_its_host(schema: str) -> bool:
    """Whether what stands behind this schema is a server's name, not a token."""
    from apprise.manager_plugins import NotificationManager

    if schema in OUR_CHANNELS or not _known(schema):
        return False
    return any("{host}" in template for template in NotificationManager()[schema].templates)


def _schema(url: str) -> str:
    schema, found, _ = url.strip().partition("://")
    return schema.lower() if found else ""


def _ours(channel: "type[OfficeChannel]", url: str) -> "OfficeChannel | None":
    """The plugin of an address of ours, or None if it cannot be one, as ``Apprise.instantiate`` says."""
    from apprise import AppriseAsset

    told = channel.parse_url(url.strip())
    if not told:
        return None
    try:
        return channel(asset=AppriseAsset(async_mode=False), **told)
    except TypeError:
        return None


def _stock(url: str) -> "NotifyBase | NotAdmitted | None":
    from notifications.channels.stock.stock import made

    return made(url.strip(), permitted())


def _post_ours(plugin: "OfficeChannel", parcel: Parcel) -> Outcome:
    from apprise import Apprise

    from notifications.channels.frame.base import combined

    plugin.parcel = parcel
    carrier = Apprise()
    carrier.add(plugin)
    # The channel reads the parcel; Apprise merely insists on some text.
    carrier.notify(body=parcel.letter.short.strip() or ".", title="")
    return combined(plugin.outcomes)


def _no_address(url: str) -> Outcome:
    text = f"Địa chỉ không hợp lệ: {mask(url)}"
    return Outcome(OutcomeClass.NEVER, "address", text, dead_address=True)


def _not_let_out(refused: NotAdmitted, url: str) -> Outcome:
    text = f"Không gửi tới {mask(url)}: {refused.reason}"
    if refused.code == "schema" and not _known(_schema(url)):
        text = f"Không có kênh gửi nào cho địa chỉ: {mask(url)}"
    return Outcome(OutcomeClass.NEVER, refused.code, text, dead_address=True)


@contextmanager
def _hush() -> Iterator[None]:
    """Silence Apprise's log meanwhile: stock plugins write bodies, tokens and addresses into it."""
    before = _hushed.set(True)
    try:
        yield
    finally:
        _hushed.reset(before)


def _may_log(record: logging.LogRecord) -> bool:
    return not _hushed.get()
