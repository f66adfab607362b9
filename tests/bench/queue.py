"""An office whose outbox is full: readers with a task each, and messages that wait for them.

Every message carries a letter that is still true, so that what is measured does all that a morning does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tests.bench.province import COMMITTEE, OFFICES, PLACES, TEXT, Row, address, opened
from tests.bench.province_tasks import ASSIGNED_ON, AT, TABLES, TITLE, TODAY

DUE = "2026-03-11"
MORNING, TOMORROW = "2026-03-04 00:20:00.000000", "2026-03-05 00:20:00.000000"
GIVE_UP = "2026-03-12 00:20:00.000000"
LETTER = f"id, {TABLES['outbox_letter']}"
MESSAGE = (
    "id, key, bundle, contact_id, address_id, channel, message_id, urgent, subject, state, next_at, "
    "give_up_at, attempts, claim, outcome_code, outcome_text"
)


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: ``readers`` readers, ``each`` messages to each of them that may leave at once.

    And, older than those, to each of them: ``paused`` messages on a channel that was stopped, ``later``
    urgent ones that wait for another try, ``loose`` letters that are in no message yet.
    """

    readers: int
    each: int = 0
    paused: int = 0
    later: int = 0
    loose: int = 0
    told: int | None = None  # so many of the readers get all this, the others nothing; None: all do

    @property
    def getting(self) -> int:
        """How many readers get letters."""
        return self.readers if self.told is None else self.told


def fill(url: str, queue: Queue) -> None:
    """Fill a migrated, empty database, and have it analysed."""
    with opened(url) as door:
        for table, rows in _places(queue.readers).items():
            door.put(table, PLACES[table], rows)
        door.put("task", TABLES["task"], map(_task, range(1, queue.readers + 1)))
        letters = queue.getting * (queue.each + queue.paused + queue.later)
        loose = queue.getting * queue.loose
        states = [("dispatched", letters), ("pending", loose)]
        door.put("outbox_letter", LETTER, _letters(queue.getting, states))
        door.put("outbox_message", MESSAGE, _messages(queue))
        door.put("message_letter", "message_id, letter_id", ((n, n) for n in range(1, letters + 1)))
        if queue.paused:
            state = ("zalo", 0, 1, AT, TOMORROW, "", "")
            door.put("channel_state", "channel, strikes, stops, since, paused_until, code, text", [state])


def _places(readers: int) -> dict[str, list[Row]]:
    bodies = [f"a{n}" for n in range(1, readers + 1)]
    numbers = range(1, readers + 1)
    directive = (1, 1, 1, TEXT, 0, 10, "date", None, 0, "", "", 0, 0, "[]")
    mails = [address(n, n, f"smtpmail://a{n}@example.org") for n in numbers]
    zalos = [address(readers + n, n, f"zalooa://{n:012}", 1) for n in numbers]
    return {
        "agency": [
            *((body, f"Sở Nông nghiệp và Môi trường số {body}", "so", 0) for body in bodies),
            *((key, key, kind, 0) for key, kind in OFFICES.items()),
        ],
        "committee": list(COMMITTEE),
        "contact": [(n, body, "van-thu", f"Văn thư {body}", 1) for n, body in enumerate(bodies, 1)],
        "contact_address": [*mails, *zalos],
        "document": [(1, "issued", "notice", "1/TB", "2026-01-23", "", "", "", "{}", 1, AT)],
        "directive": [directive],
        "policy_version": [("of yesterday", "", AT)],
        "follow_up_day": [(str(TODAY), AT, AT, "of yesterday", "{}")],
    }


def _task(number: int) -> Row:
    known = (number, 1, f"a{number}", 0, TITLE, "accepted", 1, ASSIGNED_ON, DUE, DUE)
    return (*known, None, None, 0, None, ASSIGNED_ON, DUE, 0, 0, 0)


def _letters(readers: int, states: list[tuple[str, int]]) -> Iterator[Row]:
    numbers = count(1)
    for state, many in states:
        for _ in range(many):
            n = next(numbers)
            reader = (n - 1) % readers + 1
            about = (f"L{n}", "reminder", f"a{reader}", reader, str(TODAY), MORNING, 0, 5, DUE)
            yield (n, *about, "{}", state, "", AT)


def _messages(queue: Queue) -> Iterator[Row]:
    numbers = count(1)
    lots = [
        *(("zalo", 0, AT, queue.readers) for _ in range(queue.paused)),
        *(("mail", 1, TOMORROW, 0) for _ in range(queue.later)),
        *(("mail", 0, MORNING, 0) for _ in range(queue.each)),
    ]
    for lot, (channel, urgent, next_at, after) in enumerate(lots):
        for reader in range(1, queue.getting + 1):
            n = next(numbers)
            place = (n, f"L{n}", f"{TODAY}:lot:{lot}", reader, after + reader, channel)
            yield (*place, "", urgent, "", "queued", next_at, GIVE_UP, 0, 0, "", "")
