"""A person's word that the database was restored: what the witness names was said, the rest may go.

Run on each host that delivers; where the witness of one is not at hand, whatever it may have sent since
the backup is in doubt, and a person decides about it on /thu. See ``docs/decisions/0009``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import JsonValue
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day, office_time
from config.settings import Settings
from models.database.predicates import among
from models.db import one_at_a_time, unit_of_work
from models.installation.restores import HowSaid, Restore, SaidBefore, WitnessStream
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.trail.write import Noted, Signer, write
from notifications.witness.book import Scribe, Stream
from notifications.witness.interrupted import settle_by_witness
from notifications.witness.lines import WitnessEntry
from notifications.witness.standing import TEST_COPY, WitnessStanding, is_mine, witness_standing
from rules.calendar.workdays import WorkCalendar
from rules.installation.machine_troubles import system_words
from rules.letter_words import LetterState, MessageState, OutcomeClass
from rules.refusal import Refusal
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Actor, Way

#: Clocks of hosts differ, and people round: entries from so long before the instant are taken too. They
#: are true of their letters in any case.
_SLACK = timedelta(days=1)
#: A host that had sent nothing for so long before the backup is not asked for.
_GONE = timedelta(days=30)
_SOME = 500
_Letter = tuple[str, str, str]  # key, place, mark
_Word = tuple[HowSaid, str]  # and the Message-ID of the message that carried it
_REACHED = frozenset({OutcomeClass.SENT, OutcomeClass.SAVED})


@dataclass(frozen=True, slots=True)
class Restored:
    """What was found. ``said`` and ``in_the_air`` count letters to places, ``in_doubt`` letters."""

    at: datetime
    said: int
    in_the_air: int
    in_doubt: int
    missing: tuple[str, ...]  # hosts whose witness is not at hand, or not whole; "?" if there is none

    @property
    def complete(self) -> bool:
        """Whether the witness of every host was at hand, so that what it does not name was not said."""
        return not self.missing


def restored(
    engine: Engine,
    at: datetime | None,
    now: datetime,
    settings: Settings,
    calendar: WorkCalendar,
) -> Restored:
    """Declare that the database is the state of ``at``, and let letters leave again. Safe to repeat.

    ``at`` None: it has not been set back at all, only the witness is lost; then nothing is in doubt.
    Raises Refusal: ``at`` lies ahead, or the database is a copy for tests, which never sends.
    """
    since = at or now
    if since > now:
        shown = f"{office_time(since):%H:%M ngày %d/%m/%Y}"
        raise Refusal(f"Thời điểm {shown} ở sau thời điểm hiện tại của cơ sở dữ liệu.")
    try:
        found = witness_standing(engine, settings)
        entries = found.witness.entries(since - _SLACK)
    except OSError as error:
        raise Refusal(f"Không đọc được sổ chứng: {system_words(error)}.") from None
    if found.halted == TEST_COPY:
        raise Refusal(TEST_COPY)
    missing = tuple(_missing(found, entries, since)) if at else ()
    with unit_of_work(engine) as session:
        one_at_a_time(session, "restored")
        row = _declared(session, since, now, not missing, calendar)
        known = _known(found, entries, since)
        _keep(session, known)
        settle_by_witness(session, [one for some in entries.values() for one in some], now)
        in_doubt = _doubt(session, row) if missing else _trust(session)
        _move_on(session, found, now)
        told: dict[str, JsonValue] = {"did": {"database.restored": 1}, "at": since.isoformat()}
        noted = Noted(TrailWhat.INSTALLATION, TrailNoun.DATABASE, data=told)
        write(session, noted, now, Signer(Actor.SECRETARIAT, Way.TERMINAL))
    _admit_gaps(found, now)
    said = sum(1 for one, _ in known.values() if one is HowSaid.SENT)
    return Restored(since, said, len(known) - said, in_doubt, missing)


def _missing(
    found: WitnessStanding, entries: Mapping[Stream, Sequence[WitnessEntry]], at: datetime
) -> Iterator[str]:
    """Hosts of which something may have left that is not named here."""
    if not found.at_hand:
        yield from sorted({row.host for row in found.known.values()}) or ["?"]
        return
    streams = set(found.at_hand) | {
        stream for stream, row in found.known.items() if row.noted_at > at - _GONE
    }
    lost = set()
    for stream in streams:
        noted = found.known[stream].noted if stream in found.known else 0
        last = found.at_hand.get(stream, 0)
        named = {entry.number for entry in entries.get(stream, ())}
        if last < noted - 1 or not named.issuperset(range(noted + 1, last + 1)):
            lost.add(stream[0])
    yield from sorted(lost)


def _known(
    found: WitnessStanding, entries: Mapping[Stream, Sequence[WitnessEntry]], at: datetime
) -> dict[_Letter, _Word]:
    """What the witness says of each letter to each place."""
    known: dict[_Letter, _Word] = {}
    for stream, some in entries.items():
        noted = found.known[stream].noted if stream in found.known else 0
        for entry in some:
            said = _said(entry, entry.number > noted)
            if said is None or (entry.number <= noted and entry.at < at - _SLACK):
                continue
            for key, mark in entry.letters.items():
                if (
                    known.get((key, entry.place, mark), (said, ""))[0] is not HowSaid.SENT
                    or said is HowSaid.SENT
                ):
                    known[key, entry.place, mark] = said, entry.message_id
    return known


def _said(entry: WitnessEntry, is_news: bool) -> HowSaid | None:
    """None: it did not get through, or the database itself knows that nobody knows."""
    if entry.outcome in _REACHED:
        return HowSaid.SENT
    if entry.outcome in (None, OutcomeClass.UNKNOWN) and is_news:
        return HowSaid.UNKNOWN
    return None


def _declared(
    session: Session, at: datetime, now: datetime, complete: bool, calendar: WorkCalendar
) -> Restore:
    row = session.scalars(sa.select(Restore).where(Restore.at == at).order_by(Restore.id.desc())).first()
    if row is None:
        row = Restore(at=at, declared_at=now, complete=complete)
        row.catch_up_on = _catch_up(session, office_day(now), calendar)
    row.complete = complete
    session.add(row)
    session.flush()
    return row


def _catch_up(session: Session, today: date, calendar: WorkCalendar) -> date | None:
    """The first working day on which the follow-up makes up for days that the backup does not know."""
    followed = session.scalar(sa.select(sa.func.max(FollowUpDay.day)))
    if followed is not None and followed >= today:
        return None
    return calendar.guessing.on_or_after(today)


def _keep(session: Session, known: Mapping[_Letter, _Word]) -> None:
    rows = [
        {"key": key, "place": place, "mark": mark, "said": said, "message_id": message_id}
        for (key, place, mark), (said, message_id) in known.items()
    ]
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SaidBefore)
    statement = statement.on_conflict_do_update(
        index_elements=["key", "place", "mark"],
        set_={"said": statement.excluded.said, "message_id": statement.excluded.message_id},
        where=SaidBefore.said == HowSaid.UNKNOWN,
    )
    for start in range(0, len(rows), _SOME):
        session.connection().execute(statement, rows[start : start + _SOME])


def _doubt(session: Session, row: Restore) -> int:
    """Every letter that could have left between the backup and its declaration; returns how many."""
    going = sa.or_(
        OutboxMessage.state == MessageState.OWED,
        sa.and_(OutboxMessage.state == MessageState.QUEUED, OutboxMessage.next_at <= row.declared_at),
        OutboxMessage.state == MessageState.SENDING,
    )
    carried = (
        sa.select(MessageLetter.letter_id)
        .join(OutboxMessage, OutboxMessage.id == MessageLetter.message_id)
        .where(going)
    )
    waiting = among(OutboxLetter.state, (LetterState.PENDING, LetterState.NO_CONTACT))
    doubtful = sa.select(OutboxLetter.key).where(
        sa.or_(sa.and_(waiting, OutboxLetter.not_before <= row.declared_at), OutboxLetter.id.in_(carried)),
        OutboxLetter.written_at <= row.declared_at,
    )
    any_place = {(key, "", ""): (HowSaid.UNKNOWN, "") for key in session.scalars(doubtful)}
    _keep(session, any_place)
    return len(any_place)


def _trust(session: Session) -> int:
    """The witness is whole: what it does not name was not said."""
    session.execute(
        sa.delete(SaidBefore).where(SaidBefore.place == "", SaidBefore.said == HowSaid.UNKNOWN),
        execution_options={"synchronize_session": False},
    )
    return 0


def _move_on(session: Session, found: WitnessStanding, now: datetime) -> None:
    """The database knows of the entries at hand from now on, and that it lies here."""
    session.execute(sa.update(WitnessStream).values(fingerprint=found.here, ahead_since=None))
    for (host, worker), last in found.at_hand.items():
        row = session.get(WitnessStream, (host, worker)) or WitnessStream(
            host=host, worker=worker, noted_at=now, fingerprint=found.here
        )
        row.noted = max(row.noted, last)
        session.add(row)
    for host in {host for host, _ in found.known if host != found.witness.host}:
        if is_mine(found, host) and not any(one == host for one, _ in found.at_hand):
            session.execute(sa.delete(WitnessStream).where(WitnessStream.host == host))  # it will not return


def _admit_gaps(found: WitnessStanding, now: datetime) -> None:
    """What this host's witness has lost is said in it, so that its numbers go on behind the database's."""
    for (host, worker), row in found.known.items():
        last = found.at_hand.get((host, worker), 0)
        if host != found.witness.host or row.noted - last <= 1:
            continue
        scribe = Scribe(found.witness, worker, last)
        try:
            scribe.admit_gap(row.noted, now)
        except OSError as error:
            raise Refusal(f"Không ghi được sổ chứng: {system_words(error)}. Hãy chạy lại lệnh này.") from None
        finally:
            scribe.close()
