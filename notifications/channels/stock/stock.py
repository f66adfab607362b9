"""Any other Apprise URL (Telegram, webhooks, SMS gateways...): sent by Apprise's own plugin.

A stock plugin answers with one bool, and False covers a refused token as well as a time-out after
the message arrived. So the outcome is coarse: True is SENT; False is UNKNOWN, the honest answer,
since to send again might reach somebody twice. The outbox then goes to the next channel; a second
False in a row makes it the channel's trouble, for a refused token refuses everybody.
An address that makes no plugin at all is NEVER: nothing left (``registry.post`` says so). So is one that
leads inside, found when it was about to be connected to (``outward.py``).
"""

from typing import Any

from apprise import Apprise, AppriseAsset, AppriseAttachment, NotifyBase, NotifyFormat, OverflowMode

from notifications.channels.frame.admission import INSIDE, INSIDE_HOST, OPTION, NotAdmitted
from notifications.channels.frame.base import surprised
from notifications.channels.frame.wording import fit, one_line
from notifications.channels.stock.outward import Journey, outward_only
from notifications.outbox.parcel import Letter, Outcome, Parcel, Trouble
from rules.letter_words import OutcomeClass
from rules.outbox.inside_addresses import Permitted
from rules.text.incoming import cleaned


def made(url: str, permitted: Permitted) -> NotifyBase | NotAdmitted | None:
    """The plugin of an address, why it may not be used, or None: it makes none. No server is asked."""
    # async_mode off: in our own thread, where the delivery pass put us and our hush and guard hold.
    asset = AppriseAsset(async_mode=False, http_redirects=False)
    with outward_only(permitted, may_connect=False) as journey:
        plugin = Apprise.instantiate(url, asset=asset)
    if journey.refused:
        return _GIVES_AWAY
    if plugin is None:
        return None
    if not plugin.verify_certificate:
        return NotAdmitted(OPTION, "không được tắt việc kiểm tra chứng thư của máy chủ (verify=no)")
    if any(isinstance(value, AppriseAttachment) and len(value) for value in vars(plugin).values()):
        return _GIVES_AWAY
    plugin.redirects = False
    return plugin


_GIVES_AWAY = NotAdmitted(OPTION, "địa chỉ đòi đọc tệp hoặc chạy chương trình ở máy này")


def post_stock(plugin: NotifyBase, parcel: Parcel, permitted: Permitted) -> Outcome:
    """Send through a plugin made for this letter alone.

    A fresh object has nothing to wait for: Apprise pauses 5.5 s between two sends of the same one.
    """
    plugin.retry, plugin.optional = 0, False  # "optional" would turn a failure into True
    plugin.overflow_mode = OverflowMode.TRUNCATE  # one letter, one message
    caught = _catch(plugin)
    subject = one_line(parcel.letter.subject)
    carrier = Apprise()
    carrier.add(plugin)
    with outward_only(permitted) as journey:
        sent = carrier.notify(
            body=_body(plugin, parcel.letter, subject), title=subject, body_format=NotifyFormat.TEXT
        )
    if journey.refused and not journey.connections:
        return _stayed(journey)
    if caught:
        return surprised(caught[0])
    if sent:
        return Outcome(OutcomeClass.SENT, "apprise", "Đã gửi qua Apprise")
    text = "Apprise báo không gửi được, không rõ tin đã tới hay chưa"
    return Outcome(OutcomeClass.UNKNOWN, "apprise", text, trouble=Trouble.SUSPECTED)


def _stayed(journey: Journey) -> Outcome:
    """Nothing left: the first thing that the plugin tried was forbidden."""
    refused = INSIDE_HOST if journey.refused == "inside" else _GIVES_AWAY
    code = INSIDE if journey.refused == "inside" else OPTION
    return Outcome(OutcomeClass.NEVER, code, f"Không gửi: {refused.reason}", dead_address=True)


def _body(plugin: NotifyBase, letter: Letter, subject: str) -> str:
    """The full text where it fits, else the short one cut to the channel's length with its link kept."""
    room = plugin.body_maxlen - (0 if plugin.title_maxlen > 0 else len(subject) + 2)
    text = cleaned(letter.text).strip()
    if not text or len(text) > room:
        text = fit(letter.short or text, max(room, 1))
    return text or subject


def _catch(plugin: Any) -> list[Exception]:
    """Keep a plugin's exception for us: Apprise would log it with its text, and answer a mere False."""
    caught: list[Exception] = []
    send = plugin.send

    def guarded(**kwargs: Any) -> bool:
        try:
            return bool(send(**kwargs))
        except Exception as error:
            caught.append(error)
            return False

    plugin.send = guarded
    return caught
