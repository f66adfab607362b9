"""Letters about what became of a task: returned, refused, withdrawn, handed over."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.kit.about_tasks import ToldTasks, letter_about
from notifications.letters.kit.filters import clean, day
from notifications.letters.kit.matters import MOST_ROWS, Matter
from notifications.letters.kit.rows import Facts, ShownRow, deadline_facts, row
from notifications.outbox.parcel import Letter


def returned_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the lead agency: results that the secretariat returned for re-doing, each with the fault."""

    def one(matter: Matter) -> ShownRow:
        facts = _reason("Lý do trả lại", matter) + deadline_facts(matter.line.task)
        mark = "; ".join(fault.label for fault in matter.faults)
        return row(matter.line, base_url, mark[:1] + mark[1:].lower(), "late", facts)

    words = ("Kết quả bị trả lại làm lại", "kết quả bị trả lại làm lại")
    told = ToldTasks(to_name, as_of, matters, base_url, most)
    return letter_about("returned", told, one, words, "Kết quả phải thực hiện lại")


def refused_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the secretariat: tasks that a body refused, with its reasons. ``Matter.body`` is that body."""

    def one(matter: Matter) -> ShownRow:
        task = matter.line.task
        facts: Facts = (("Cơ quan trả lại", matter.body or task.agency_name),)
        if matter.body and matter.body != task.agency_name:
            facts += (("Cơ quan chủ trì", task.agency_name),)
        return row(matter.line, base_url, facts=facts + _reason("Lý do", matter) + deadline_facts(task))

    words = ("Nhiệm vụ bị từ chối, trả lại", "nhiệm vụ bị từ chối, trả lại")
    told = ToldTasks(to_name, as_of, matters, base_url, most)
    return letter_about("refused", told, one, words, "Nhiệm vụ bị từ chối, trả lại")


def withdrawn_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the lead and cooperating bodies: tasks that the assigner withdrew."""

    def one(matter: Matter) -> ShownRow:
        return row(matter.line, base_url, facts=_reason("Lý do", matter))

    words = ("Hủy nhiệm vụ", "nhiệm vụ được hủy")
    told = ToldTasks(to_name, as_of, matters, base_url, most)
    return letter_about("withdrawn", told, one, words, "Nhiệm vụ không phải thực hiện")


def handed_over_letter(told: ToldTasks, legal_basis: str, taken: bool) -> Letter:
    """One hand-over, to the body that takes over (``taken``) or to the one that gives.

    ``Matter.body`` is the other one. Who takes over hears how often the body before was urged, and what was
    overdue when it came.
    """

    def one(matter: Matter) -> ShownRow:
        task = matter.line.task
        late = taken and task.due_on is not None and task.due_on < task.assigned_on
        mark, tone = ("Đã quá hạn khi chuyển giao", "late") if late else ("", "calm")
        facts = deadline_facts(task) + _reason("Lý do chuyển giao", matter)
        return row(matter.line, told.base_url, mark, tone, facts + (_urged_before(matter) if taken else ()))

    side = "Tiếp nhận nhiệm vụ chuyển giao" if taken else "Chuyển giao nhiệm vụ"
    words = (side, "nhiệm vụ chuyển giao đến" if taken else "nhiệm vụ chuyển giao đi")
    more = {"legal_basis": clean(legal_basis), "taken": taken, "other": clean(told.matters[0].body)}
    return letter_about("handed_over", told, one, words, "Nhiệm vụ chuyển giao", **more)


def new_lead_letter(told: ToldTasks, legal_basis: str) -> Letter:
    """One hand-over, to a body that cooperates: another one leads now. ``Matter.body`` led before."""

    def one(matter: Matter) -> ShownRow:
        task = matter.line.task
        facts: Facts = (("Cơ quan chủ trì mới", task.agency_name), ("Cơ quan chủ trì trước", matter.body))
        return row(matter.line, told.base_url, facts=facts + deadline_facts(task))

    words = ("Thay đổi cơ quan chủ trì", "nhiệm vụ phối hợp thay đổi cơ quan chủ trì")
    basis = clean(legal_basis)
    return letter_about("new_lead", told, one, words, "Nhiệm vụ phối hợp", legal_basis=basis)


def _urged_before(matter: Matter) -> Facts:
    """What decision 0008 promises: the new lead's series begins at 1, and the old one is not forgotten."""
    if not matter.urged_before:
        return ()
    last = f", lần gần nhất ngày {day(matter.urged_before_on)}" if matter.urged_before_on else ""
    return (
        ("Cơ quan chủ trì trước", f"đã được đôn đốc {matter.urged_before} lần{matter.unheard_before}{last}"),
    )


def _reason(label: str, matter: Matter) -> Facts:
    return ((label, matter.reason),) if matter.reason else ()
