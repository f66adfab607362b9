"""Whether somebody runs the sweeps: when they were here last, and what should have left by now."""

from collections.abc import Iterator
from datetime import time, timedelta

from config.clock import office_time
from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong
from flows.actions.installation.instant import clock_words
from models.db import reading
from models.installation.last_sweeps import LastSweeps, last_sweeps, left_lying
from models.outbox.reachability import stopped_channels
from notifications.letters.kit.filters import grouped

_MEND = "Cho chạy «dondoc work», hoặc «python -m flows», hoặc cron gọi «dondoc tick» (docs/runbook.md)."
_FOLLOWED_BY = time(10)  # the last pass of the morning is at 09:10
_PATIENCE = timedelta(minutes=30)
_DIGEST_RARE = timedelta(days=16)  # a week, and the longest Tết break


def look(premises: Premises) -> Iterator[Finding]:
    """By what the database tells: it does not know who runs, only what was done."""
    if premises.engine is None:
        return
    with reading(premises.engine) as session:
        last, stopped = last_sweeps(session), stopped_channels(session)
        lying = left_lying(session, premises.now - _PATIENCE)
    yield _followed(premises, last)
    yield _digest(premises, last)
    for one in stopped:
        words = f"Kênh {one.channel} trục trặc từ {clock_words(one.since)}: {one.text.rstrip('.')}."
        yield wrong(words, f"{grouped(one.waiting)} thư đang chờ kênh này; xem các mục thư và Zalo ở trên.")
    if lying and _open_for_a_while(premises):
        words = f"{grouped(lying)} thư đã đến giờ gửi từ hơn nửa giờ mà chưa ai gửi."
        yield wrong(words, _MEND)
    else:
        yield good("Không có thư nào bị bỏ quên.")


def _followed(premises: Premises, last: LastSweeps) -> Finding:
    if last.followed is None or last.followed_at is None:
        return wrong("Chưa có lượt theo dõi, đôn đốc nào.", _MEND)
    late = office_time(premises.now).time() >= _FOLLOWED_BY
    expected = premises.today if late else premises.today - timedelta(days=1)
    words = f"Lượt theo dõi, đôn đốc gần nhất: {clock_words(last.followed_at)}"
    if last.followed < expected:
        return wrong(f"{words}; sau đó không có lượt nào.", _MEND)
    return good(f"{words}.")


def _digest(premises: Premises, last: LastSweeps) -> Finding:
    if last.digest_on is None:
        return note("Chưa có báo cáo lãnh đạo nào.", "Báo cáo đầu tiên được lập vào ngày gửi hằng tuần.")
    words = f"Báo cáo lãnh đạo gần nhất: ngày {last.digest_on:%d/%m/%Y}"
    if premises.today - last.digest_on > _DIGEST_RARE:
        return wrong(f"{words}, quá lâu so với mỗi tuần một lần.", _MEND)
    return good(f"{words}.")


def _open_for_a_while(premises: Premises) -> bool:
    """Whether people may be written to, and might half an hour ago: else letters wait as they should."""
    office, instants = premises.office, (premises.now - _PATIENCE, premises.now)
    if office is None:
        return True
    days = office.calendar.guessing
    return all(office.policy.soonest(instant, days) == instant for instant in instants)
