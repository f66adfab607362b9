"""The demo's table of letters: what lies in a folder is saved, and is not counted as sent."""

from io import StringIO

from rich.console import Console
from sqlalchemy.engine import Engine

from flows.demo.timeline import _delivery
from models.db import reading, unit_of_work
from models.tables.outbox import OutboxMessage
from rules.letter_words import MessageState
from tests.cast import ON_SQLITE, at, move_in

NOW = at("2022-08-15")


@ON_SQLITE
def test_saved_is_not_sent(engine: Engine) -> None:
    move_in(engine)
    kept = [("folder", MessageState.SAVED)] * 3 + [("mail", MessageState.SENT)] * 2
    with unit_of_work(engine) as session:
        for n, (channel, state) in enumerate(kept):
            session.add(
                OutboxMessage(
                    key=f"k{n}", bundle="b", contact_id=1, address_id=1, channel=channel,
                    message_id=f"<{n}@x>", state=state, next_at=NOW, give_up_at=NOW,
                )
            )  # fmt: skip
    with reading(engine) as session:
        table = _delivery(session)
    console = Console(width=100, file=StringIO())
    console.print(table)
    rows = [line.split() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    assert ["Thư", "mục", *["Đã", "lưu", "vào", "thư", "mục"], "3"] in rows
    assert ["Thư", "điện", "tử", "Đã", "gửi", "2"] in rows
