"""The post of the machine: carries letters as told, and writes down what must never be seen to leave."""

from collections import Counter
from datetime import datetime, time

from sqlalchemy.engine import Engine

from config.clock import OFFICE_ZONE
from flows.actions.office import Office
from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tasks import Task
from notifications.parcel import Outcome, Parcel, Trouble
from rules.vocabulary import CLOSED, LetterKind, LetterState, OutcomeClass
from tests.cast import rows

GONE = Outcome(OutcomeClass.SENT, "250", "ok")
AWAY = Outcome(OutcomeClass.TRY_AGAIN, "connect", "Không kết nối được", trouble=Trouble.CHANNEL)
LOST = Outcome(OutcomeClass.UNKNOWN, "lost", "Mất kết nối")
NEVER = Outcome(OutcomeClass.NEVER, "550", "Nội dung bị từ chối")
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


class Died(BaseException):
    """A sweep dies here; no handler of ours may catch it."""


class Watch:
    """``reply`` is what the mail server says next; None: the sweep dies while the letter is on its way."""

    def __init__(self, engine: Engine) -> None:
        self.reply: Outcome | None = GONE
        self.wrongs: list[str] = []
        self._engine = engine
        self._sent: Counter[tuple[str, str]] = Counter()
        self._doubtful: set[tuple[str, str]] = set()  # nobody knows, so they must not go there again

    def carry(self, url: str, parcel: Parcel, now: datetime, office: Office) -> Outcome:
        """Take one parcel at ``now``."""
        [message] = rows(self._engine, OutboxMessage, OutboxMessage.message_id == parcel.message_id)
        if not (message.urgent or _open(now, office)):
            self.wrongs.append(f"{now}: written to {url} outside the office's hours")
        for letter in self._letters(message.id):
            self._look_at(letter, url)
            if self.reply is GONE:
                self._sent[letter.key, url] += 1
            elif self.reply is LOST or self.reply is None:
                self._doubtful.add((letter.key, url))
        if self.reply is None:
            raise Died
        return self.reply

    def _letters(self, message_id: int) -> list[OutboxLetter]:
        """Those that the message still says; obsolete ones were left out of it."""
        links = rows(self._engine, MessageLetter, MessageLetter.message_id == message_id)
        carried = [link.letter_id for link in links]
        said = OutboxLetter.state == LetterState.DISPATCHED
        return rows(self._engine, OutboxLetter, OutboxLetter.id.in_(carried), said)

    def _look_at(self, letter: OutboxLetter, url: str) -> None:
        if self._sent[letter.key, url] or (letter.key, url) in self._doubtful:
            self.wrongs.append(f"{letter.key} went to {url} a second time")
        if letter.task_id is None or letter.kind not in ASKING:
            return
        [task] = rows(self._engine, Task, Task.id == letter.task_id)
        if task.status in CLOSED:
            self.wrongs.append(f"{letter.key} was sent although the task is {task.status}")


def _open(now: datetime, office: Office) -> bool:
    """The office's hours, told anew: what is watched must not be asked whether it was right."""
    local = now.astimezone(OFFICE_ZONE)
    return office.calendar.is_working(local.date()) and time(7, 0) <= local.time() < time(17, 30)
