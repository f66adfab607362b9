"""What the secretariat is told of bodies and channels, and what travels together is said once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading, unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import OutboxMessage
from notifications.outbox.carried import Carried
from notifications.outbox.parcel import Letter
from notifications.writing.compose import compose
from notifications.writing.writers_desk import WritersDesk
from rules.facts import TaskFacts
from rules.letter_words import MessageState, Unreached
from rules.outbox.kinds import FOR_LEADERS, TOGETHER, UNCAPPED
from rules.outbox.payloads.keys import LetterKind
from tests.cast import ON_SQLITE, SECRETARIAT, at, move_in, office
from tests.notifications import letter_cast as cast
from tests.notifications import wordings as letters

NOW = at(cast.TODAY)


def test_why_a_body_was_not_reached_is_told_apart() -> None:
    texts = {
        reason: letters.no_contact_letter(
            cast.SECRETARIAT, cast.TODAY, [letters.OfBody(cast.STC, [], 2)], cast.BASE, reason
        )
        for reason in Unreached
    }
    assert len({letter.subject for letter in texts.values()}) == len(Unreached)
    for reason, letter in texts.items():
        everything = letter.subject + letter.text
        assert ("chưa có địa chỉ liên hệ" in everything) is (reason is Unreached.NO_ADDRESS)
        assert ("từ chối" in everything) is (reason is Unreached.REFUSED)
        assert ("còn nợ" in everything) is (reason is Unreached.NOT_TAKEN)
        assert ("kênh gửi" in everything) is (reason is Unreached.CHANNEL)


def test_a_stopped_channel_with_nothing_waiting_counts_nothing() -> None:
    letter = letters.channel_down_letter(
        cast.SECRETARIAT, letters.ChannelTold("Zalo", cast.SINCE, "", 0), cast.BASE
    )
    assert letter.subject == "[Đôn Đốc] Kênh gửi «Zalo» trục trặc"
    assert "Từ 07:31, ngày 19 tháng 12 năm 2022" in letter.text
    assert "0 thư" not in letter.text
    assert "trả lời" not in letter.text


def carried(number: int, kind: LetterKind, **more: Any) -> Carried:
    """A letter as the outbox has it; ``number`` is also its id."""
    values = {"agency_id": SECRETARIAT, "scheduled_on": cast.TODAY, "due_on": None, "data": {}}
    return Carried(id=number, kind=kind, task_id=None, case_id=None, number=None, **(values | more))


def worded(engine: Engine, *given: Carried) -> Letter:
    with reading(engine) as session:
        return compose(WritersDesk(session, NOW, office().policy, cast.BASE), given)


@ON_SQLITE
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, Unreached.NO_ADDRESS),
        ({"unwritten": True}, Unreached.UNWRITTEN),
        *(({"reason": reason.value}, reason) for reason in Unreached),
        ({"reason": "refused", "unwritten": True}, Unreached.REFUSED),
    ],
)
def test_the_reason_stands_in_the_data(engine: Engine, data: dict[str, Any], reason: Unreached) -> None:
    move_in(engine)
    news = [
        carried(n, LetterKind.NO_CONTACT, data={"agency_id": body, "task_ids": [], **data})
        for n, body in enumerate(("stc", "sct"))
    ]
    bodies = [letters.OfBody("", [], 0)] * 2
    assert (
        worded(engine, *news).subject
        == letters.no_contact_letter("", cast.TODAY, bodies, cast.BASE, reason).subject
    )


def test_a_stopped_channel_counts_what_waits_now(engine: Engine) -> None:
    move_in(engine)
    with unit_of_work(engine) as session:
        place = session.scalars(sa.select(ContactAddress)).first()
        assert place is not None
        for n, (state, channel) in enumerate(
            [*((one, "zalo") for one in MessageState), (MessageState.OWED, "mail")]
        ):
            session.add(
                OutboxMessage(
                    key=f"k{n}", bundle="b", contact_id=place.contact_id, address_id=place.id or 0,
                    channel=channel, message_id=f"<{n}@x>", state=state, next_at=NOW, give_up_at=NOW,
                )
            )  # fmt: skip
    told = {"channel": "zalo", "since": cast.SINCE.isoformat(), "code": "-124", "text": "Mã truy cập hết hạn"}
    letter = worded(engine, carried(1, LetterKind.CHANNEL_DOWN, data=told))
    assert letter.subject == "[Đôn Đốc] Kênh gửi «Zalo» trục trặc: 2 thư chờ gửi"
    assert "Từ 07:31, ngày 19 tháng 12 năm 2022" in letter.text
    assert "Mã truy cập hết hạn" in letter.text
    silent = worded(engine, carried(1, LetterKind.CHANNEL_DOWN, data=told | {"text": ""}))
    assert "-124" in silent.text


def test_news_of_a_channel_goes_alone_and_at_once() -> None:
    assert LetterKind.CHANNEL_DOWN in UNCAPPED
    assert LetterKind.CHANNEL_DOWN not in TOGETHER | FOR_LEADERS


def owed(number: int, kind: LetterKind, facts: TaskFacts, day: date, step: int) -> Carried:
    """A morning letter about a task, written for ``day``."""
    return replace(
        carried(number, kind, agency_id="stc", scheduled_on=day), task=facts, task_id=facts.id, number=step
    )


@ON_SQLITE
def test_owed_mornings_name_a_task_once(engine: Engine) -> None:
    move_in(engine)
    before = cast.TODAY - timedelta(days=7)
    letter = worded(
        engine,
        owed(1, LetterKind.URGING, cast.WEAK, before, 2),
        owed(2, LetterKind.REMINDER, cast.UNION, before, 5),
        owed(3, LetterKind.URGING, cast.FUND, before, 3),
        owed(4, LetterKind.URGING, cast.WEAK, cast.TODAY, 3),
        owed(5, LetterKind.REMINDER, cast.UNION, cast.TODAY, 3),
    )
    assert letter.subject == "[Đôn Đốc] Đôn đốc lần 3: 2 nhiệm vụ quá hạn; 1 nhiệm vụ sắp đến hạn"
    codes = [line.split(" – ")[0] for line in letter.text.splitlines() if "GN-" in line and " – " in line]
    assert [code.split()[-1] for code in codes] == ["GN-0009", "GN-0012", "GN-0028"]


@ON_SQLITE
def test_two_urgings_of_one_day_leave_the_higher_number(engine: Engine) -> None:
    move_in(engine)
    pair = [owed(n, LetterKind.URGING, cast.WEAK, cast.TODAY, step) for n, step in ((1, 3), (2, 2))]
    assert worded(engine, *pair).subject.startswith("[GN-0012] Đôn đốc lần 3")


@ON_SQLITE
@pytest.mark.parametrize("kind", [LetterKind.CONFIRMATION, LetterKind.CROSSING])
def test_what_is_asked_again_is_asked_once(engine: Engine, kind: LetterKind) -> None:
    move_in(engine)
    again = [owed(n, kind, cast.RESULT, cast.TODAY - timedelta(days=3 - n), n) for n in (1, 2)]
    other = owed(3, kind, cast.LATE_RESULT, cast.TODAY, 1)
    letter = worded(engine, *again, other)
    assert letter.text.count("GN-0019 – ") == 1
    assert "(2)" in letter.text


@ON_SQLITE
def test_a_body_unreached_on_two_days_is_one_body(engine: Engine) -> None:
    move_in(engine)
    told = [
        carried(n, LetterKind.NO_CONTACT, data={"agency_id": body, "task_ids": tasks})
        for n, (body, tasks) in enumerate([("stc", [1, 2]), ("sct", [3]), ("stc", [2, 4])])
    ]
    letter = worded(engine, *told)
    assert letter.subject == "[Đôn Đốc] 2 cơ quan chưa có địa chỉ liên hệ dùng được"
    assert "- Sở Tài chính: 3 nhiệm vụ\n- Sở Công Thương: 1 nhiệm vụ\n" in letter.short
