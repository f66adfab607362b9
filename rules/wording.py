"""How a deadline is worded, and sentences that the history keeps: the sweep's SQL fills in the same ones."""

from datetime import date

from rules.vocabulary import Rung

URGING = "Đôn đốc lần {number}: quá hạn {days} ngày (hạn {due})."
CROSSING = "Báo cáo {rung}: quá hạn {days} ngày (hạn {due}), đã đôn đốc {urged} lần."


def until(day: date) -> str:
    """The one wording of a deadline, which includes its day: "chậm nhất ngày 31/10/2022"."""
    return f"chậm nhất ngày {day:%d/%m/%Y}"


def urging_text(number: int, due_on: date, today: date) -> str:
    """What the n-th urging says; ``days`` are calendar days."""
    return URGING.format(number=number, days=(today - due_on).days, due=f"{due_on:%d/%m/%Y}")


def crossing_text(rung: Rung, due_on: date, urged: int, today: date) -> str:
    """Why a task is reported to ``rung``."""
    days = (today - due_on).days
    return CROSSING.format(rung=rung.label, days=days, due=f"{due_on:%d/%m/%Y}", urged=urged)
