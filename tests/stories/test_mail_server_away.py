"""The mail server is away for a morning, then back, then the sweep runs once more."""

from collections import Counter
from datetime import date

from models.tables.outbox import OutboxMessage
from rules.letter_words import MessageState
from tests.cast import FINANCE, PLANNING, TRADE, by, directive, rows
from tests.stories.told import NEW_TRADE, Told

DUE = date(2026, 3, 20)
ASKED = {"stc", "skhdt"}


def states(told: Told) -> Counter[MessageState]:
    return Counter(message.state for message in rows(told.engine, OutboxMessage))


def test_queued_and_said_so_then_each_letter_once(told: Told) -> None:
    told.issue(
        "2026-03-02", *(directive(f"Việc của {body}.", body, due=by(DUE)) for body in (FINANCE, PLANNING))
    )
    told.mornings("2026-03-02", "2026-03-12")
    before, sent = len(told.mails), states(told)[MessageState.SENT]
    told.sink.stop()
    away = [told.pause_at("2026-03-13", clock) for clock in ("07:30", "08:00", "09:00")]
    assert len(told.mails) == before
    waiting = states(told)[MessageState.QUEUED]
    assert waiting == len(ASKED)  # nothing failed, nothing doubled while trying
    assert all(report.delivery.channels_down for report in away[:1])  # and said so
    assert states(told) == {MessageState.SENT: sent, MessageState.QUEUED: waiting}
    told.sink.start()
    told.pause_at("2026-03-13", "11:30")
    arrived = Counter(mail.to for mail in told.mails[before:])
    assert arrived == dict.fromkeys(ASKED, 1)
    assert states(told) == {MessageState.SENT: sent + waiting}
    told.pause_at("2026-03-13", "11:31")
    told.pause_at("2026-03-13", "14:00")
    assert len(told.mails) == before + len(ASKED)
    assert {TRADE, NEW_TRADE}.isdisjoint(mail.to for mail in told.mails)
