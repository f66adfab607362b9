"""How a deadline is worded, and sentences that the history keeps: the sweep's SQL fills in the same ones.

Whoever urges by hand may do so before the deadline, and without one: then the text says that.
"""

from collections.abc import Sequence
from datetime import date

from rules.facts import TaskFacts
from rules.vocabulary import Rung

URGING = "Đôn đốc lần {number}: quá hạn {days} ngày (hạn {due})."
URGING_DUE_TODAY = "Đôn đốc lần {number}: đến hạn hôm nay ({due})."
URGING_BEFORE = "Đôn đốc lần {number}: còn {days} ngày đến hạn (hạn {due})."
URGING_UNDATED = "Đôn đốc lần {number}: nhiệm vụ không thời hạn, giao ngày {assigned}."
CROSSING = "Báo cáo {rung}: quá hạn {days} ngày (hạn {due}), đã đôn đốc {urged} lần{unheard}."
#: What follows "đã đôn đốc n lần" where urgings came to nobody, or nobody knows. In the order in which
#: ``unheard_words`` and the sweep's SQL (``models/follow_up/sweep/crossings.py``) choose among them.
UNREACHED_ONCE = ", chưa đến nơi nhận"
UNREACHED_ALL = ", cả {unreached} lần đều chưa đến nơi nhận"
UNREACHED_SOME = ", trong đó {unreached} lần chưa đến nơi nhận"
UNSURE_ONCE = ", chưa rõ đã đến nơi nhận hay chưa"
UNSURE_ALL = ", cả {unsure} lần đều chưa rõ đã đến nơi nhận hay chưa"
UNSURE_SOME = ", trong đó {unsure} lần chưa rõ đã đến nơi nhận hay chưa"
BOTH = ", trong đó {unreached} lần chưa đến nơi nhận, {unsure} lần chưa rõ đã đến nơi nhận hay chưa"


def until(day: date) -> str:
    """The one wording of a deadline, which includes its day: "chậm nhất ngày 31/10/2022"."""
    return f"chậm nhất ngày {day:%d/%m/%Y}"


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


def unheard_words(urged: int, unreached: int, unsure: int) -> str:
    """What must be said in the same breath as ``urged`` urgings; "" where all of them came to somebody."""
    if unreached and unsure:
        words = BOTH
    elif unreached:
        words = UNREACHED_SOME if unreached < urged else UNREACHED_ONCE if urged == 1 else UNREACHED_ALL
    elif unsure:
        words = UNSURE_SOME if unsure < urged else UNSURE_ONCE if urged == 1 else UNSURE_ALL
    else:
        return ""
    return words.format(unreached=unreached, unsure=unsure)


def urged_words(task: TaskFacts) -> str:
    """ "đã đôn đốc 4 lần, trong đó 3 lần chưa đến nơi nhận"; "" for a task that was never urged."""
    if not task.urged:
        return ""
    return f"đã đôn đốc {task.urged} lần{unheard_words(task.urged, task.unreached, task.unsure)}"


def numbers_words(numbers: Sequence[int]) -> str:
    """Numbers of a series in their order: "lần 3", "lần 1, 2, 5", "lần 1 đến lần 4"."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"lần {first} đến lần {last}"
    return f"lần {', '.join(map(str, numbers))}"


def crossing_text(
    rung: Rung, due_on: date, urged: int, today: date, unreached: int = 0, unsure: int = 0
) -> str:
    """Why a task is reported to ``rung``, with what must be said of its urgings."""
    return CROSSING.format(
        rung=rung.label,
        days=(today - due_on).days,
        due=f"{due_on:%d/%m/%Y}",
        urged=urged,
        unheard=unheard_words(urged, unreached, unsure),
    )
