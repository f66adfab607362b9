"""Subjects: what matters most, first; a single task is named by its code, which keeps the thread."""

from collections.abc import Sequence

from notifications.letters.kit.case_answers import brought
from notifications.letters.kit.filters import grouped, lateness, shorten
from notifications.letters.kit.matters import Matter
from rules.deadlines.wording import until
from rules.facts import CaseFacts, Digest, MeetingFacts, TaskLine

Lines = Sequence[TaskLine]

SYSTEM = "[Đôn Đốc]"
_TITLE_LIMIT = 70


def many(words: str) -> str:
    """The subject of a letter about several tasks."""
    return f"{SYSTEM} {words}"


def single(line: TaskLine, words: str) -> str:
    """The subject of a letter about one task."""
    return f"[{line.task.code}] {words} – {shorten(line.task.title, _TITLE_LIMIT)}"


def about(matters: Sequence[Matter], count: int, one: str, several: str) -> str:
    """The subject of a letter about ``count`` matters of a kind: named if it is a single one."""
    return single(matters[0].line, one) if count == 1 else many(f"{grouped(count)} {several}")


def of_case(case: CaseFacts, words: str) -> str:
    """The subject of a letter about an escalated case."""
    return f"[{case.task.code}] {words}"


def assignment(source: str, lines: Sequence[TaskLine]) -> str:
    """New tasks of one document."""
    if len(lines) != 1:
        return many(f"Giao {grouped(len(lines))} nhiệm vụ theo {shorten(source, _TITLE_LIMIT)}")
    due = lines[0].task.due_on
    late = " (đã quá hạn khi giao)" if lines[0].told_too_late else ""
    return single(lines[0], f"Giao nhiệm vụ, thời hạn {until(due)}{late}" if due else "Giao nhiệm vụ")


def morning(late: Lines, pressed: Lines, today: Lines, soon: Lines, reviews: Lines) -> str:
    """The bundled letter: urging before reminding before reviewing; ``pressed`` is urged though not late."""
    urgings = [*late, *pressed]
    lines = [*urgings, *today, *soon, *reviews]
    if len(lines) == 1:
        return single(lines[0], _one(lines[0], bool(urgings), bool(reviews)))
    about = _urging(urgings) if urgings else "Nhắc việc" if today or soon else "Rà soát"
    counts = (
        (len(late), "quá hạn"),
        (len(pressed), "được đôn đốc"),
        (len(today), "đến hạn hôm nay"),
        (len(soon), "sắp đến hạn"),
        (len(reviews), "không thời hạn cần rà soát"),
    )
    return many(f"{about}: {_counted(counts)}")


def _counted(counts: Sequence[tuple[int, str]]) -> str:
    """The two that matter most in words, the rest as a number: subjects are read on phones."""
    some = [(count, words) for count, words in counts if count]
    shown, rest = some[:2], sum(count for count, _ in some[2:])
    parts = [f"{grouped(count)} nhiệm vụ {words}" for count, words in shown]
    return (
        "; ".join([*parts, *([f"{grouped(rest)} nhiệm vụ khác"] if rest else [])]) or "không có nhiệm vụ nào"
    )


def _one(line: TaskLine, urged: bool, reviewed: bool) -> str:
    if reviewed:
        return "Rà soát nhiệm vụ không thời hạn"
    return f"{_urging([line]) if urged else 'Nhắc việc'}: {lateness(line.days)}"


def _urging(lines: Sequence[TaskLine]) -> str:
    """ "Đôn đốc lần 2" when all have the same number; otherwise the highest is named."""
    numbers = {line.urging_number for line in lines if line.urging_number}
    if not numbers:
        return "Đôn đốc"
    return f"Đôn đốc lần {max(numbers)}" if len(numbers) == 1 else f"Đôn đốc (đến lần {max(numbers)})"


def decision(case: CaseFacts) -> str:
    """What came back from above."""
    who = shorten(case.capacity or case.rung.label, _TITLE_LIMIT)
    return of_case(case, brought(case.answer).subject.format(who=who))


def digest(facts: Digest, meetings: Sequence[MeetingFacts] = ()) -> str:
    """The meeting that it is made ahead of, else its day; decisions needed, overdue, due."""
    decisions, overdue, due = facts.count("decisions"), facts.overdue_count, facts.count("due_7")
    counts = [
        f"{grouped(decisions)} việc cần quyết định" if decisions else "",
        f"{grouped(overdue)} nhiệm vụ quá hạn" if overdue else "không có nhiệm vụ quá hạn",
        f"{grouped(due)} nhiệm vụ đến hạn trong 7 ngày" if due else "",
    ]
    nearest = meetings[0].held_on if meetings else None
    about = f"trước cuộc họp ngày {nearest:%d/%m/%Y}" if nearest else f"ngày {facts.as_of:%d/%m/%Y}"
    return many(f"Báo cáo {about}: " + "; ".join(filter(None, counts)))
