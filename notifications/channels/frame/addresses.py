"""Addresses as Apprise URLs: built, named and shown. Light: pages import this, and it imports no Apprise."""

from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

from rules.outbox.addresses import OUR_SCHEMAS, channel_of

__all__ = [
    "OUR_SCHEMAS",
    "channel_label",
    "channel_of",
    "folder_url",
    "mail_url",
    "mask",
    "masked",
    "zalo_url",
]

_LABELS = {
    "mail": "Thư điện tử",
    "folder": "Thư mục",
    "zalo": "Zalo",
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


def mail_url(address: str, name: str = "") -> str:
    """The address of a mailbox; ``name`` is shown before it in the letter's To."""
    return f"smtpmail://{_mailbox(address)}" + (f"?name={quote(name, safe='')}" if name else "")


def folder_url(address: str, name: str = "") -> str:
    """As ``mail_url``, but the letter is written as a file instead of being sent."""
    return f"emlfolder://{_mailbox(address)}" + (f"?name={quote(name, safe='')}" if name else "")


def zalo_url(oa_id: str, user_id: str) -> str:
    """A follower of an Official Account. The access token is a setting, never part of an address."""
    return f"zalooa://{quote(oa_id, safe='')}/{quote(user_id, safe='')}"


def channel_label(channel: str) -> str:
    """What people read for a channel name or a schema."""
    return _LABELS.get(channel, f"Kênh {channel}" if channel else "Không rõ kênh")


def mask(url: str) -> str:
    """An address fit to be shown: people veiled, no secret.

    Any part of a stock address may be a secret (a bot token stands where a host does, a webhook's
    key in its path, which Apprise's own privacy form leaves readable), so all but the schema goes.
    """
    channel = channel_of(url)
    if channel not in OUR_SCHEMAS.values():
        return f"{channel}://..." if channel else "..."
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # an unbalanced "[" reads as a broken IPv6 host
        return f"{url.strip().partition('://')[0].lower()}://..."
    targets = [unquote(piece) for piece in parts.path.split("/") if piece]
    if channel == "zalo":
        return masked(parts.scheme, targets, host=parts.netloc.rpartition("@")[2])
    return masked(parts.scheme, [unquote(parts.netloc), *targets])


def masked(schema: str, targets: Iterable[str], host: str = "") -> str:
    """The one way an address of ours is veiled, here and in ``OfficeChannel.url(privacy=True)``."""
    return f"{schema}://" + "/".join([*([host] if host else []), *map(_veil, targets)])


def _veil(target: str) -> str:
    local, at, domain = target.rpartition("@") if "@" in target else (target, "", "")
    local = local.partition(":")[0]  # were there a password, it goes
    shown = f"{local[0]}...{local[-1]}" if len(local) > 2 else "..."
    return f"{shown}{at}{domain}"


def _mailbox(address: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    return f"{quote(local, safe='')}@{domain}"
