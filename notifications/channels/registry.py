"""The one door out: ``post(url, parcel)``. Apprise is imported when the first letter leaves."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from notifications.channels.addresses import OUR_SCHEMAS, channel_label, channel_of, mask
from notifications.parcel import Outcome, Parcel
from rules.address_spelling import schema_hint
from rules.letter_words import OutcomeClass

if TYPE_CHECKING:
    from apprise import NotifyBase

    from notifications.channels.base import OfficeChannel

__all__ = ["channel_label", "channel_of", "mask", "post", "register_channels", "why_no_address"]

_lock = threading.Lock()
_hushed: ContextVar[bool] = ContextVar("apprise_hushed", default=False)


@cache
def our_channels() -> "dict[str, type[OfficeChannel]]":
    """Our plugins by their schemas."""
    from notifications.channels.folder import EmlFolder
    from notifications.channels.mail import SmtpMail
    from notifications.channels.zalo_oa import ZaloOA

    logging.getLogger("apprise").addFilter(_may_log)
    return {channel.secure_protocol: channel for channel in (SmtpMail, EmlFolder, ZaloOA)}


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

    NEVER when the address makes no plugin (unknown schema, or unreadable), with code "schema" or
    "address", and dead: until the register is imported anew it reaches nobody, whatever the channel.
    UNKNOWN with the exception's type when a plugin breaks.
    """
    from notifications.channels.base import surprised
    from notifications.channels.stock import post_stock

    channel = our_channels().get(_schema(url))
    if channel is None:
        register_channels()
    with _hush():
        try:
            if channel is not None:
                ours = _ours(channel, url)
                return _post_ours(ours, parcel) if ours else _no_address(url)
            stock = _stock(url)
            return post_stock(stock, parcel) if stock else _no_address(url)
        except Exception as error:
            return surprised(error)


def why_no_address(url: str) -> str | None:
    """Why no plugin takes an address, in Vietnamese and without the address; None if one does.

    Makes the plugin and throws it away: nothing is sent, no server is asked. Only an address of another
    schema than ours loads the plugins that Apprise brings.
    """
    from apprise.manager_plugins import NotificationManager

    channel = our_channels().get(_schema(url))
    if channel is None:
        register_channels()
    with _hush():
        try:
            if (_ours(channel, url) if channel else _stock(url)) is not None:
                return None
        except Exception:  # whatever a plugin makes of it, it is no address for a letter
            return "địa chỉ không hợp lệ với kênh gửi của nó"
    known = channel is not None or _schema(url) in NotificationManager()
    return "địa chỉ không hợp lệ với kênh gửi của nó" if known else schema_hint(_schema(url))


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


def _stock(url: str) -> "NotifyBase | None":
    from apprise import Apprise, AppriseAsset

    # async_mode off: in our own thread, where the delivery pass put us and our hush holds.
    return Apprise.instantiate(url.strip(), asset=AppriseAsset(async_mode=False))


def _post_ours(plugin: "OfficeChannel", parcel: Parcel) -> Outcome:
    from apprise import Apprise

    from notifications.channels.base import combined

    plugin.parcel = parcel
    carrier = Apprise()
    carrier.add(plugin)
    # The channel reads the parcel; Apprise merely insists on some text.
    carrier.notify(body=parcel.letter.short.strip() or ".", title="")
    return combined(plugin.outcomes)


def _no_address(url: str) -> Outcome:
    from apprise.manager_plugins import NotificationManager

    if _schema(url) in OUR_SCHEMAS or _schema(url) in NotificationManager():
        text = f"Địa chỉ không hợp lệ: {mask(url)}"
        return Outcome(OutcomeClass.NEVER, "address", text, dead_address=True)
    text = f"Không có kênh gửi nào cho địa chỉ: {mask(url)}"
    return Outcome(OutcomeClass.NEVER, "schema", text, dead_address=True)


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
