"""Addresses as Apprise URLs: named and shown. Light: pages import this, and it imports no Apprise."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from rules.outbox.addresses import channel_of
from rules.outbox.channels import CHANNELS, OUR_CHANNELS, Channel

__all__ = ["channel_label", "channel_of", "mask", "masked"]

#: Ours by their names, and the schemas of Apprise's that an office here may use.
_LABELS = {channel.name: channel.label for channel in CHANNELS} | {
    "mailto": "Thư điện tử (Apprise)",
    "mailtos": "Thư điện tử (Apprise)",
    "tgram": "Telegram",
    "viber": "Viber",
    "workflow": "Microsoft Teams",
    "workflows": "Microsoft Teams",
    "gchat": "Google Chat",
    "slack": "Slack",
    "json": "Webhook",
    "jsons": "Webhook",
}


def channel_label(channel: str) -> str:
    """What people read for a channel name or a schema; of Apprise's many an office may use any."""
    if channel in _LABELS:
        return _LABELS[channel]
    return f"Kênh {channel}" if channel else "Không rõ kênh"


def mask(url: str) -> str:
    """An address fit to be shown: people veiled, no secret.

    Any part of a stock address may be a secret (a bot token stands where a host does, a webhook's
    key in its path, which Apprise's own privacy form leaves readable), so all but the schema goes.
    """
    schema, found, _ = url.strip().partition("://")
    schema = schema.strip().lower() if found else ""
    if schema not in OUR_CHANNELS:
        return f"{schema}://..." if schema else "..."
    channel = OUR_CHANNELS[schema]
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # an unbalanced "[" reads as a broken IPv6 host
        return f"{schema}://..."
    first = parts.netloc.rpartition("@")[2] if channel.ids else parts.netloc
    pieces = [first, *filter(None, parts.path.split("/"))]
    account = channel.account_ids
    return masked(channel, [*pieces[:account], *map(unquote, pieces[account:])])


def masked(channel: Channel, places: Sequence[str]) -> str:
    """The one way an address of ours is veiled, here and in ``OfficeChannel.url(privacy=True)``."""
    account, readers = places[: channel.account_ids], places[channel.account_ids :]
    return f"{channel.scheme}://" + "/".join([*filter(None, account), *map(_veil, readers)])


def _veil(target: str) -> str:
    local, at, domain = target.rpartition("@") if "@" in target else (target, "", "")
    local = local.partition(":")[0]  # were there a password, it goes
    shown = f"{local[0]}...{local[-1]}" if len(local) > 2 else "..."
    return f"{shown}{at}{domain}"
