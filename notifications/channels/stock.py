"""Any other Apprise URL (Telegram, webhooks, SMS gateways...): sent by Apprise's own plugin.

A stock plugin answers with one bool, and False covers a refused token as well as a time-out after
the message arrived. So the outcome is coarse: True is SENT; False is UNKNOWN, the honest answer,
since to send again might reach somebody twice. The outbox then goes to the next channel; a second
False in a row makes it the channel's trouble, for a refused token refuses everybody.
An address that makes no plugin at all is NEVER: nothing left (``registry.post`` says so).
"""

from typing import Any

from apprise import Apprise, NotifyBase, NotifyFormat, OverflowMode

from notifications.channels.base import surprised
from notifications.channels.wording import fit, one_line
from notifications.parcel import Letter, Outcome, Parcel, Trouble
from rules.incoming import cleaned
from rules.letter_words import OutcomeClass


def post_stock(plugin: NotifyBase, parcel: Parcel) -> Outcome:
    """Send through a plugin made for this letter alone.

    A fresh object has nothing to wait for: Apprise pauses 5.5 s between two sends of the same one.
    """
    plugin.retry, plugin.optional = 0, False  # "optional" would turn a failure into True
    plugin.overflow_mode = OverflowMode.TRUNCATE  # one letter, one message
    caught = _catch(plugin)
    subject = one_line(parcel.letter.subject)
    carrier = Apprise()
    carrier.add(plugin)
    sent = carrier.notify(
        body=_body(plugin, parcel.letter, subject), title=subject, body_format=NotifyFormat.TEXT
    )
    if caught:
        return surprised(caught[0])
    if sent:
        return Outcome(OutcomeClass.SENT, "apprise", "Đã gửi qua Apprise")
    text = "Apprise báo không gửi được, không rõ tin đã tới hay chưa"
    return Outcome(OutcomeClass.UNKNOWN, "apprise", text, trouble=Trouble.SUSPECTED)


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
