"""The channels of our own, a row each: all that is known of one without loading it.

A row says what an address of the channel looks like and what people read for it; how a letter leaves
is the plugin's affair (``notifications/channels``), which the row names and the first letter loads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out. ``name`` is what rows of the outbox hold, so it stays for good; at most 24 letters.

    ``plugin``  its module, within ``notifications.channels``
    ``ids``     what stands behind the scheme, in Vietnamese: the last is the reader's and may be repeated,
                those before it are the sender's account, which is shown as it is. None: mailboxes
    ``called``  schemes that people type when they mean this one
    """

    name: str
    scheme: str
    label: str
    plugin: str
    ids: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """How an address of ids is written, for a sentence."""
        return f"{self.scheme}://" + "/".join(f"<{one}>" for one in self.ids)

    @property
    def account_ids(self) -> int:
        """How many of the ids come before the readers'."""
        return max(len(self.ids) - 1, 0)

    def url(self, places: Iterable[str], name: str = "") -> str:
        """The address of these mailboxes or ids, in the one spelling. ``name`` is shown beside a mailbox."""
        first, *others = (place.strip() for place in places)
        local, at, domain = first.rpartition("@")
        head = quote(first, safe="") if self.ids else f"{quote(local, safe='')}{at}{domain}"
        path = "".join(f"/{quote(other, safe='')}" for other in others)
        return f"{self.scheme}://{head}{path}" + (f"?name={quote(name, safe='')}" if name else "")


CHANNELS = (
    Channel(
        "mail",
        scheme="smtpmail",
        label="Thư điện tử",
        plugin="mail.mail",
        called=("mail", "email", "e-mail", "smtp", "smtps"),
    ),
    Channel("folder", scheme="emlfolder", label="Thư mục", plugin="mail.folder", called=("eml", "folder")),
    Channel(
        "zalo",
        scheme="zalooa",
        label="Zalo",
        plugin="zalo.zalo_oa",
        ids=("mã OA", "mã người nhận"),
        called=("zalo", "oa"),
    ),
)
OUR_CHANNELS = {channel.scheme: channel for channel in CHANNELS}
#: Which of them people mean by another word.
MEANT = {word: channel for channel in CHANNELS for word in channel.called}
