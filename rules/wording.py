"""Sentences that the history keeps, as templates: Python and the sweep's SQL fill in the same text.

Whoever urges by hand may do so before the deadline, and without one: then the text says that.
"""

from datetime import date

from rules.vocabulary import Rung

URGING = "Đôn đốc lần {number}: quá hạn {days} ngày (hạn {due})."
URGING_DUE_TODAY = "Đôn đốc lần {number}: đến hạn hôm nay ({due})."
URGING_BEFORE = "Đôn đốc lần {number}: còn {days} ngày đến hạn (hạn {due})."
URGING_UNDATED = "Đôn đốc lần {number}: nhiệm vụ không thời hạn, giao ngày {assigned}."
CROSSING = "Báo cáo {rung}: quá hạn {days} ngày (hạn {due}), đã đôn đốc {urged} lần."


def urging_text(number: int, due_on: date, today: date) -> str:
    """What the n-th urging says; ``days`` are calendar days."""
    return URGING.format(number=number, days=(today - due_on).days, due=f"{due_on:%d/%m/%Y}")


def urging_by_hand(number: int, due_on: date | None, assigned_on: date, today: date) -> str:
    """What the n-th urging says when a person decides on it; as ``urging_text`` for what is late."""
    if due_on is None:
        return URGING_UNDATED.format(number=number, assigned=f"{assigned_on:%d/%m/%Y}")
    if due_on < today:
        return urging_text(number, due_on, today)
    template = URGING_DUE_TODAY if due_on == today else URGING_BEFORE
    return template.format(number=number, days=(due_on - today).days, due=f"{due_on:%d/%m/%Y}")


def crossing_text(rung: Rung, due_on: date, urged: int, today: date) -> str:
    """Why a task is reported to ``rung``."""
    days = (today - due_on).days
    return CROSSING.format(rung=rung.label, days=days, due=f"{due_on:%d/%m/%Y}", urged=urged)
