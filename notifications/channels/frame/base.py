"""What our channels have in common: an Apprise plugin that says, for each target, what happened."""

import html
import logging
import uuid
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, TypeVar

from apprise import NotifyBase, NotifyFormat, NotifyType, OverflowMode

from config.files.errors import ConfigError
from config.settings import get_settings
from notifications.channels.frame.addresses import masked
from notifications.outbox.parcel import Letter, Outcome, Parcel, Trouble
from rules.letter_words import OutcomeClass
from rules.outbox.channels import OUR_CHANNELS, Channel

_log = logging.getLogger(__name__)
_ROOM = "notifications.channels"  # where the modules lie that rows name

Parsed = dict[str, Any]  # an address as Apprise takes it apart: arguments for a plugin's ``__init__``

#: The reader has it, or a person who hands it over does.
_DONE = frozenset({OutcomeClass.SENT, OutcomeClass.SAVED})


class OfficeChannel(NotifyBase):
    """Base of our Apprise plugins. A subclass says how one target is reached: ``deliver``.

    ``parcel``    the rich letter; the caller attaches it. None (an operator's script, a Prefect
                  block): a Parcel is made of Apprise's title and body.
    ``outcomes``  after ``notify``: the typed outcome of each target.

    One ``notify`` is one ``send``, whatever the URL asks: no throttle, no retry, never optional
    (the outbox owns all that), and overflow stays UPSTREAM on purpose, because SPLIT would send a
    parcel once per piece; channels fit their text to ``body_maxlen`` themselves (``wording.fit``).

    An address of ids is taken apart here; one of mailboxes by ``MailboxChannel``.
    """

    channel: ClassVar[Channel]  # its row, by ``plugin_of``
    # Apprise types these as None in its own base.
    service_name: Any = None
    secure_protocol: Any = None
    setup_url: Any = "docs/channels.md"
    templates: Any = ("{schema}://{targets}",)
    template_tokens = dict(
        NotifyBase.template_tokens,
        targets={"name": "Ids", "type": "list:string", "required": True},
    )
    url_identifier: Any = False  # nothing of ours is kept in Apprise's persistent store
    category = "custom"
    notify_format = NotifyFormat.TEXT
    overflow_mode = OverflowMode.UPSTREAM
    request_rate_per_sec = 0
    attachment_support = False
    to_name = ""  # shown beside a mailbox

    def __init__(
        self, targets: list[str] | None = None, account: list[str] | None = None, **kwargs: Any
    ) -> None:
        """``account``: the sender's ids. TypeError (what Apprise 1.x expects) on an id that is none."""
        super().__init__(**kwargs)
        if self.password or self.port:
            raise TypeError("An address holds no password and no port: these are settings.")
        if self.user and self.channel.ids:
            raise TypeError("An address of ids holds no user name and no token.")
        self.retry, self.wait, self.optional = 0, 0.0, False
        self.overflow_mode, self.notify_format = OverflowMode.UPSTREAM, type(self).notify_format
        self.account = [self.checked(one) for one in account or []]
        self.targets = list(dict.fromkeys(self.checked(target) for target in targets or []))
        if not self.targets:
            raise TypeError("An address needs at least one target.")
        self.parcel: Parcel | None = None
        self.outcomes: dict[str, Outcome] = {}

    def checked(self, target: str) -> str:
        """The target in its canonical form; TypeError if it is none. A subclass's duty."""
        raise NotImplementedError

    def deliver(self, target: str, parcel: Parcel) -> Outcome:
        """Carry the parcel to one target, now. A subclass's duty; it should not raise."""
        raise NotImplementedError

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: Any
    ) -> bool:
        """Apprise's entry: True if every target's outcome is SENT or SAVED.

        Once the channel itself is in trouble, the targets left share its outcome untried.
        """
        parcel, self.outcomes = self.parcel or parcel_of(title, body), {}
        stopped: Outcome | None = None
        for target in self.targets:
            outcome = stopped or self._attempt(target, parcel)
            stopped = outcome if outcome.trouble is Trouble.CHANNEL else None
            self.outcomes[target] = outcome
        return all(outcome.kind in _DONE for outcome in self.outcomes.values())

    def _attempt(self, target: str, parcel: Parcel) -> Outcome:
        try:
            outcome = self.deliver(target, parcel)
        except ConfigError as error:
            outcome = misconfigured(error)
        except Exception as error:  # a bug of ours must not stop the batch, nor send twice
            outcome = surprised(error)
        if outcome.kind not in _DONE:
            # No target, no text: addresses are personal and a provider may quote the letter.
            _log.warning("channel %s: %s, code %s", self.service_name, outcome.kind, outcome.code)
        return outcome

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """The address again; with ``privacy`` in the veiled form. ``parse_url`` gives back the same."""
        places = [*self.account, *self.targets]
        return masked(self.channel, places) if privacy else self.channel.url(places, self.to_name)

    @classmethod
    def parse_url(cls, url: str, *args: Any, **kwargs: Any) -> Parsed | None:
        """Apprise's arguments for ``__init__``, or None when it is no URL."""
        found: Parsed | None = NotifyBase.parse_url(url, verify_host=False)
        if found:
            places = [cls.unquote(found["host"] or ""), *cls.split_path(found["fullpath"])]
            named = cls.channel.account_ids
            found["account"], found["targets"] = places[:named], places[named:]
        return found

    def __len__(self) -> int:
        """Number of targets."""
        return len(self.targets)


Plugin = TypeVar("Plugin", bound=type[OfficeChannel])
_plugins: dict[str, type[OfficeChannel]] = {}


def plugin_of(scheme: str) -> Callable[[Plugin], Plugin]:
    """Mark the class that carries letters to addresses of this scheme; KeyError if no row has it."""

    def taken(plugin: Plugin) -> Plugin:
        plugin.channel, plugin.secure_protocol = OUR_CHANNELS[scheme], scheme
        _plugins[scheme] = plugin
        return plugin

    return taken


def loaded(channel: Channel) -> type[OfficeChannel]:
    """The plugin of a row, its module imported. KeyError if that marks no class with the row's scheme."""
    import_module(f"{_ROOM}.{channel.plugin}")
    return _plugins[channel.scheme]


def misconfigured(error: ConfigError) -> Outcome:
    """Settings that cannot be used, met before anything could leave."""
    text = f"Cần kiểm tra cấu hình. {error}"
    return Outcome(OutcomeClass.TRY_AGAIN, "config", text, trouble=Trouble.CHANNEL)


def surprised(error: Exception) -> Outcome:
    """An exception nobody foresaw. The letter may have left; the message may hold anything: type only.

    Two in a row, and it is no longer about one letter.
    """
    text = f"Lỗi ngoài dự kiến trong kênh gửi: {type(error).__name__}"
    return Outcome(OutcomeClass.UNKNOWN, "exception", text, trouble=Trouble.SUSPECTED)


def parcel_of(title: str, body: str) -> Parcel:
    """A parcel from what Apprise carries, for callers outside the outbox."""
    subject = title or next((line for line in body.splitlines() if line.strip()), "Thông báo")
    page = f"<p>{html.escape(body).replace(chr(10), '<br>')}</p>"
    message_id = f"<ap-{uuid.uuid4().hex}@{get_settings().mail_domain}>"
    return Parcel(Letter(subject=subject, text=body, html=page, short=body), message_id)


def combined(outcomes: dict[str, Outcome]) -> Outcome:
    """One outcome for an address with several targets; the outbox settles one row per address.

    Any doubt, or some reached and some not: UNKNOWN, because sending again would reach somebody
    twice. Nobody reached: TRY_AGAIN if any target may still be reached. The address is dead only if
    all its targets are; the channel is in trouble if it was for any of them.
    """
    answers = list(outcomes.values())
    if not answers:
        text = "Kênh gửi chưa được gọi (có thể bị tắt trong cấu hình)"
        return Outcome(OutcomeClass.TRY_AGAIN, "not-called", text, trouble=Trouble.CHANNEL)
    kinds = {answer.kind for answer in answers}
    reached = sum(answer.kind in _DONE for answer in answers)
    if len(kinds) > 1 and (reached or OutcomeClass.UNKNOWN in kinds):
        text = f"Đã gửi tới {reached}/{len(answers)} người nhận"
        return Outcome(OutcomeClass.UNKNOWN, "partial", text, trouble=_worst(answers))
    if kinds == {OutcomeClass.NEVER}:
        return min(answers, key=lambda answer: answer.dead_address)
    told = kinds - {OutcomeClass.NEVER}
    return max((answer for answer in answers if answer.kind in told), key=_gravity)


def _gravity(answer: Outcome) -> int:
    return (None, Trouble.SUSPECTED, Trouble.CHANNEL).index(answer.trouble)


def _worst(answers: list[Outcome]) -> Trouble | None:
    return max(answers, key=_gravity).trouble
