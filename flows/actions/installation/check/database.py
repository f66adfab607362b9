"""Whether the database can be opened, is of this release, and lets letters leave."""

from collections.abc import Iterator

from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong
from models.db import reading, shown
from models.tables.outbox import Installation
from notifications.witness.restore_guard import halted_reason


def look(premises: Premises) -> Iterator[Finding]:
    """Opening it was tried before; its password is not repeated."""
    if premises.settings is None:
        return
    if premises.engine is None:
        words = premises.why.get("database", "Chưa mở được cơ sở dữ liệu.")
        yield wrong(words, "Xem DONDOC_DATABASE_URL; lần đầu cài đặt thì chạy «dondoc migrate».")
        return
    yield good(f"Mở được cơ sở dữ liệu, đúng phiên bản: {shown(premises.settings.database_url)}")
    with reading(premises.engine) as session:
        found = session.get(Installation, 1)
    if found is not None and found.purpose is not None:
        yield note("Đây là bản sao để thử hoặc cơ sở dữ liệu của bản trình diễn: không thư nào được gửi.")
    elif reason := halted_reason(premises.engine, premises.settings):
        yield wrong(reason, "Xem docs/runbook.md, mục «Backup, restore, copies».")
