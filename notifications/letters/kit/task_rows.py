"""A task line in the words its reader needs: the same facts read differently in each letter."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.kit.filters import day, lateness, shorten, upper_first
from notifications.letters.kit.matters import Matter
from notifications.letters.kit.rows import Facts, ShownRow, deadline_facts, row
from rules.deadlines.wording import numbers_words, until
from rules.facts import TaskFacts, TaskLine
from rules.vocabulary import DeadlineClass

_NOTE_LIMIT = 600


def assigned_row(line: TaskLine, to_name: str, base_url: str) -> ShownRow:
    """A newly assigned task: deadline, cooperating bodies, where larger matters go.

    One that its lead hears of only after the deadline says so: a later urging presupposes it.
    """
    facts = of_lead(line.task, to_name) + deadline_facts(line.task)
    if line.cooperating:
        facts += (("Cơ quan phối hợp", "; ".join(line.cooperating)),)
    if line.escalation_to:
        facts += (("Trường hợp vượt thẩm quyền", f"báo cáo {line.escalation_to}"),)
    if line.told_too_late:
        return row(line, base_url, "Đã quá hạn khi giao", "late", facts)
    return row(line, base_url, facts=facts)


def cooperating_row(matter: Matter, base_url: str) -> ShownRow:
    """A task that another body leads: who, by when, and the reader's own date."""
    task = matter.line.task
    facts: Facts = (("Cơ quan chủ trì", task.agency_name), *deadline_facts(task))
    if matter.day:
        facts += (("Thời hạn gửi kết quả phối hợp", until(matter.day)),)
    return row(matter.line, base_url, facts=facts)


def urged_row(line: TaskLine, as_of: date, to_name: str, base_url: str) -> ShownRow:
    """An urged task: the number of the urging, how late or how long still, when it was urged before."""
    late = lateness(line.days)
    mark = f"Đôn đốc lần {line.urging_number}, {late}" if line.urging_number else upper_first(late)
    facts = of_lead(line.task, to_name) + deadline_facts(line.task)
    if line.task.last_urged_on and line.task.last_urged_on < as_of:
        facts += (("Lần đôn đốc trước", f"ngày {day(line.task.last_urged_on)}"),)
    if line.note:
        facts += (("Ý kiến đôn đốc", shorten(line.note, _NOTE_LIMIT)),)
    return row(line, base_url, mark, "late" if (line.days or 0) < 0 else "today", facts)


def due_row(line: TaskLine, to_name: str, base_url: str) -> ShownRow:
    """A task that is due today or soon."""
    facts = of_lead(line.task, to_name) + deadline_facts(line.task)
    return row(line, base_url, upper_first(lateness(line.days)), "calm" if line.days else "today", facts)


def review_row(line: TaskLine, as_of: date, to_name: str, base_url: str) -> ShownRow:
    """A task without a deadline: its age and its last report."""
    task = line.task
    age = f"ngày {day(task.assigned_on)} (đã {(as_of - task.assigned_on).days} ngày)"
    report = f"ngày {day(task.last_report_on)}" if task.last_report_on else "chưa có"
    facts = (("Giao", age), ("Báo cáo tiến độ gần nhất", report))
    return row(line, base_url, facts=of_lead(task, to_name) + facts)


def submitted_row(line: TaskLine, as_of: date, base_url: str) -> ShownRow:
    """A result that waits for confirmation: who, since when, in time or not."""
    task = line.task
    facts: Facts = (("Cơ quan chủ trì", task.agency_name),)
    if task.submitted_on:
        facts += (("Báo cáo kết quả", f"ngày {day(task.submitted_on)}{_waited(as_of, task.submitted_on)}"),)
    if line.deadline_class in (DeadlineClass.OVERDUE, DeadlineClass.DONE_LATE):
        mark = f"Báo cáo khi đã {lateness(line.days)}"
        return row(line, base_url, mark, "late", facts + deadline_facts(task))
    mark = "Báo cáo trong hạn" if task.due_on else "Không thời hạn"
    return row(line, base_url, mark, facts=facts + (deadline_facts(task) if task.due_on else ()))


def unsent_row(line: TaskLine, base_url: str, urgings: Sequence[int] = ()) -> ShownRow:
    """A task that its body could not be told about; ``urgings`` are the numbers that came to nobody."""
    mark = f"Đôn đốc {numbers_words(urgings)} chưa đến nơi nhận" if urgings else ""
    return row(line, base_url, mark, "late" if urgings else "calm", deadline_facts(line.task))


def of_lead(task: TaskFacts, to_name: str) -> Facts:
    """The lead agency, where it is not the addressee."""
    return () if task.agency_name == to_name else (("Cơ quan chủ trì", task.agency_name),)


def _waited(as_of: date, since: date) -> str:
    days = (as_of - since).days
    return f" (đã chờ {days} ngày)" if days > 0 else ""
