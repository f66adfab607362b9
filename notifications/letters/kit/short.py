"""The short form for chat channels: what it is about, the first few items, the link last."""

from collections.abc import Sequence

from notifications.letters.kit.filters import grouped, shorten, upper_first
from notifications.letters.kit.rows import ShownRow

LIMIT = 2000
FIRST_FEW = 6
_HEAD_LIMIT = 300
_TITLE_LIMIT = 90


def item(row: ShownRow) -> str:
    """One task in a chat message: code, short title, deadline, what is due."""
    words = "; ".join(filter(None, (row.mark[:1].lower() + row.mark[1:], row.deadline)))
    return f"- {row.code}: {shorten(row.title, _TITLE_LIMIT)}" + (f" ({words})" if words else "")


def short_letter(
    head: str, items: Sequence[str], link: str, noun: str = "nhiệm vụ", total: int | None = None
) -> str:
    """At most ``LIMIT`` characters: the head, the first few items, how many more, the link.

    ``total`` where ``items`` are only the first of them.
    """
    kept, total = list(items[:FIRST_FEW]), len(items) if total is None else total
    while len(text := _joined(head, kept, total - len(kept), link, noun)) > LIMIT and kept:
        kept.pop()
    return text


def tasks_short(head: str, rows: Sequence[ShownRow], link: str, total: int | None = None) -> str:
    """About tasks: the link leads to the task if there is one, to ``link`` if there are more."""
    total = len(rows) if total is None else total
    if total == 1 and rows:  # the head names the task already
        return short_letter(head, [upper_first(rows[0].deadline)], rows[0].url)
    return short_letter(head, [item(row) for row in rows[:FIRST_FEW]], link, total=total)


def _joined(head: str, kept: Sequence[str], more: int, link: str, noun: str) -> str:
    rest = [f"và {grouped(more)} {noun} khác"] if more else []
    return "\n".join([shorten(head, _HEAD_LIMIT), *kept, *rest, link])
