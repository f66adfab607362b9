"""Whether the machine's clock is believed, and by which time the database lives."""

from collections.abc import Iterator

from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong
from flows.actions.installation.instant import clock_words, read_clock


def look(premises: Premises) -> Iterator[Finding]:
    """A leap stops everything but letters that waited."""
    if premises.engine is None:
        return
    clock = read_clock(premises.engine)
    if clock.leap is not None:
        yield wrong(f"{clock.leap.words}.", "Chỉnh lại đồng hồ; nếu đồng hồ đúng: «dondoc clock confirm».")
    elif clock.simulated:
        words = f"Cơ sở dữ liệu sống theo thời điểm được đặt, {clock_words(clock.now)}, không theo đồng hồ."
        yield note(words, "Trở lại đồng hồ thật: «dondoc clock real».")
    else:
        yield good(f"Đồng hồ đúng theo những gì hệ thống biết: {clock_words(clock.now)}.")
