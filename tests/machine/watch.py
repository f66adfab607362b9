"""The post of the machine: carries letters as told, and writes down what must never be seen to leave."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy.engine import Engine

from config.clock import OFFICE_ZONE
from config.office import Office
from models.tables.agencies import Agency, Committee, Contact, ContactAddress
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Task
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import LetterState, MessageState, OutcomeClass
from rules.outbox.addresses import channel_of, identity_of
from rules.outbox.kinds import MORNING
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import CLOSED
from tests.cast import AWAY, LOST, rows

GONE = Outcome(OutcomeClass.SENT, "250", "ok")
NEVER = Outcome(OutcomeClass.NEVER, "550", "Nội dung bị từ chối")
DEAD = Outcome(OutcomeClass.NEVER, "550", "5.1.1 Không có hộp thư này", dead_address=True)
#: What asks for work; a decision, a withdrawal or a hand-over is news of the end itself.
ASKING = frozenset(
    {
        LetterKind.ASSIGNMENT,
        LetterKind.REMINDER,
        LetterKind.URGING,
        LetterKind.REVIEW,
        LetterKind.CROSSING,
        LetterKind.CONFIRMATION,
    }
)
MARK_DAYS = timedelta(days=7)


class Died(BaseException):
    """A sweep dies here; no handler of ours may catch it."""


class Watch:
    """``reply`` is what the mail server says next; None: the sweep dies while the letter is on its way.

    ``dead`` are mailboxes that do not exist, ``down`` channels that nobody answers on.
    """

    def __init__(self, engine: Engine) -> None:
        self.reply: Outcome | None = GONE
        self.dead: set[str] = set()
        self.down: set[str] = set()
        self.wrongs: list[str] = []
        self.taken: set[str] = set()  # Message-IDs that a provider took
        self._engine = engine
        self._sent: Counter[tuple[str, str, str]] = Counter()
        self._doubtful: set[tuple[str, str, str]] = set()  # nobody knows: they must not go there again

    def carry(self, url: str, parcel: Parcel, now: datetime, office: Office) -> Outcome:
        """Take one parcel at ``now``."""
        # The same letters to the same place bear the same Message-ID; one of them is on its way.
        ours, sending = OutboxMessage.message_id == parcel.message_id, MessageState.SENDING
        [message] = rows(self._engine, OutboxMessage, ours, OutboxMessage.state == sending)
        if not (message.urgent or _open(now, office)):
            self.wrongs.append(f"{now}: written to {url} outside the office's hours")
        self._look_at_place(message, url, now)
        reply = self._reply(url)
        for letter in self._letters(message.id):
            said = (letter.key, self._about(letter), identity_of(url))
            self._look_at(letter, said)
            self._look_at_body(letter, _day(now))
            if reply is GONE:
                self._sent[said] += 1
            elif reply is LOST or reply is None:
                self._doubtful.add(said)
        if reply is None:
            raise Died
        if reply is GONE:
            self.taken.add(parcel.message_id)
        return reply

    def _reply(self, url: str) -> Outcome | None:
        if channel_of(url) in self.down:
            return AWAY
        return DEAD if identity_of(url) in self.dead and self.reply is GONE else self.reply

    def _look_at_place(self, message: OutboxMessage, url: str, now: datetime) -> None:
        """Whoever has left the register has no place, and a marked address rests for its days."""
        [address] = rows(self._engine, ContactAddress, ContactAddress.id == message.address_id)
        [contact] = rows(self._engine, Contact, Contact.id == message.contact_id)
        rests = address.unusable_since and address.unusable_since + MARK_DAYS > _day(now)
        if not contact.active or address.withdrawn or rests:
            self.wrongs.append(f"{now}: {url} is nobody's place any more, and was written to")

    def _letters(self, message_id: int) -> list[OutboxLetter]:
        """Those that the message still says; obsolete ones were left out of it."""
        links = rows(self._engine, MessageLetter, MessageLetter.message_id == message_id)
        carried = [link.letter_id for link in links]
        said = OutboxLetter.state != LetterState.OBSOLETE
        return rows(self._engine, OutboxLetter, OutboxLetter.id.in_(carried), said)

    def _about(self, letter: OutboxLetter) -> str:
        """What a key stands for: after a restore the same number may be given to another task."""
        if letter.task_id is None:
            return str(sorted(letter.data.items()))
        [task] = rows(self._engine, Task, Task.id == letter.task_id)
        return f"{task.title}: {task.assigned_on}"

    def _look_at(self, letter: OutboxLetter, said: tuple[str, str, str]) -> None:
        if self._sent[said] or said in self._doubtful:
            self.wrongs.append(f"{letter.key} went to {said[2]} a second time")
        if letter.task_id is None or letter.kind not in ASKING:
            return
        [task] = rows(self._engine, Task, Task.id == letter.task_id)
        if task.status in CLOSED:
            self.wrongs.append(f"{letter.key} was sent although the task is {task.status}")

    def _look_at_body(self, letter: OutboxLetter, today: date) -> None:
        """A body that has ended is asked for nothing, and told nothing once its last day is over."""
        [body] = rows(self._engine, Agency, Agency.id == letter.agency_id)
        [committee] = rows(self._engine, Committee)
        seats = {committee.secretariat_id, committee.standing_agency_id}
        over = body.valid_to is not None and body.valid_to < today and body.id not in seats
        if over or (letter.kind in MORNING and body.valid_to is not None and body.valid_to <= today):
            self.wrongs.append(f"{letter.key} was sent to {body.id}, which ended on {body.valid_to}")


def _day(now: datetime) -> date:
    return now.astimezone(OFFICE_ZONE).date()


def _open(now: datetime, office: Office) -> bool:
    """The office's hours, told anew: what is watched must not be asked whether it was right."""
    local = now.astimezone(OFFICE_ZONE)
    return office.calendar.is_working(local.date()) and time(7, 0) <= local.time() < time(17, 30)
