"""The next letter is worded while a server takes in the last one, and never says what no longer holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from flows.actions.answer import answer
from flows.actions.follow_up import daily_follow_up
from models.tasks import Task
from notifications import ahead
from notifications import deliver as delivering
from notifications.channels import registry
from notifications.deliver import deliver
from notifications.parcel import Outcome, Parcel
from notifications.sandbox.smtp_sink import SmtpSink
from rules.vocabulary import Actor, EventKind, OutcomeClass
from tests.cast import (
    FINANCE,
    FINANCE_MAIL,
    TRADE,
    at,
    by,
    change,
    directive,
    issue,
    move_in,
    office,
    settings,
)  # fmt: skip

EVE = date(2022, 8, 25)  # both tasks are due on it
BOTH = (directive("Báo cáo quyết toán.", FINANCE, due=by(EVE)), directive("Mở chợ.", TRADE, due=by(EVE)))


@pytest.fixture
def morning(engine: Engine) -> Engine:
    """Two bodies with a reminder each, to be sent on the morning of 24/8/2022."""
    move_in(engine)
    issue(engine, *BOTH)
    deliver_by(engine, "2022-08-15", lambda url, parcel: Outcome(OutcomeClass.SENT))
    daily_follow_up(engine, at("2022-08-24", "06:00"), office())
    return engine


def deliver_by(engine: Engine, day: str, post: Callable[[str, Parcel], Outcome]) -> dict[str, int]:
    made = office()
    return deliver(engine, at(day, "09:00"), made.policy, made.calendar, settings(), post).by_state


def test_the_words_of_the_next_letter_are_ready(morning: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    late: list[str] = []
    compose = delivering.compose

    def counted(*args: Any) -> Any:
        late.append("worded after the claim")
        return compose(*args)

    monkeypatch.setattr("notifications.deliver.compose", counted)
    said: list[str] = []

    def post(url: str, parcel: Parcel) -> Outcome:
        said.append(parcel.letter.text)
        assert parcel.meanwhile is not None
        parcel.meanwhile()
        return Outcome(OutcomeClass.SENT)

    assert deliver_by(morning, "2022-08-24", post) == {"sent": 2}
    assert len(late) == 1, "only the first of a pass has nothing before it"
    assert ["GN-0001" in text for text in said] == [True, False]


@pytest.mark.parametrize("when", ["before the look ahead", "after it"])
def test_what_was_done_meanwhile_is_not_asked_for(morning: Engine, when: str) -> None:
    said: list[str] = []

    def post(url: str, parcel: Parcel) -> Outcome:
        said.append(parcel.letter.subject)
        assert parcel.meanwhile is not None
        if when == "after it":
            parcel.meanwhile()
        if len(said) == 1:
            now = at("2022-08-24", "09:00")
            answer(morning, 2, EventKind.SUBMITTED, Actor.LEAD, now, office(), note="Xong.")
        if when == "before the look ahead":
            parcel.meanwhile()
        return Outcome(OutcomeClass.SENT)

    assert deliver_by(morning, "2022-08-24", post)["obsolete"] == 1
    assert [subject for subject in said if "GN-0002" in subject and "đến hạn" in subject] == []


def test_a_letter_worded_ahead_tells_the_later_facts(morning: Engine) -> None:
    """A task that changes but still is to be reminded of: its letter is worded anew."""
    said: list[str] = []

    def post(url: str, parcel: Parcel) -> Outcome:
        said.append(parcel.letter.text)
        assert parcel.meanwhile is not None
        parcel.meanwhile()
        if len(said) == 1:
            change(morning, Task, 2, title="Mở chợ huyện.", version=99)
        return Outcome(OutcomeClass.SENT)

    assert deliver_by(morning, "2022-08-24", post) == {"sent": 2}
    assert "Mở chợ huyện." in said[1]


def test_trouble_while_looking_ahead_is_met_by_the_turn_itself(
    morning: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(ahead, "compose", broken)

    def post(url: str, parcel: Parcel) -> Outcome:
        assert parcel.meanwhile is not None
        parcel.meanwhile()
        return Outcome(OutcomeClass.SENT)

    assert deliver_by(morning, "2022-08-24", post) == {"sent": 2}


def test_the_mail_channel_leaves_time_once_a_letter(sink: SmtpSink, parcel: Callable[..., Parcel]) -> None:
    calls: list[int] = []

    def meanwhile() -> None:
        calls.append(len(sink.messages))

    sent = registry.post(FINANCE_MAIL, replace(parcel(), meanwhile=meanwhile))
    assert (sent.kind, len(calls)) == (OutcomeClass.SENT, 1)
    sink.refuse_content(451, "later")
    registry.post(FINANCE_MAIL, replace(parcel(), meanwhile=meanwhile))
    assert len(calls) == 2
