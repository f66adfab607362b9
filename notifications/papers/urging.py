"""The công văn đôn đốc to one body, with the annex that lists its tasks.

Source: design of follow-up, "Reminders and urging"; Nghị định 30/2020/NĐ-CP, phụ lục I and mẫu 1.5.
The paper names no day for the answer: nobody has decided one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.letters.kit.filters import day, formal_day, one_line, upper_first
from notifications.papers.letterhead import Letterhead

SUBJECT = "V/v đôn đốc thực hiện nhiệm vụ được giao đã quá thời hạn"
HEADINGS = ("STT", "Nhiệm vụ", "Văn bản giao", "Thời hạn", "Số ngày quá hạn", "Lần đôn đốc")
_NO_NUMBER = "Số:          /"


@dataclass(frozen=True, slots=True)
class AnnexTask:
    """A task as the annex names it."""

    code: str
    title: str
    source: str  # the document that gave it
    due_on: date
    days_late: int  # calendar days, on the day of the paper
    urging_number: int
    unreached: int = 0  # urgings before this one that came to nobody


@dataclass(frozen=True, slots=True)
class Issue:
    """Under which number, by whom and when a paper went out."""

    number: str
    signed_by: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """A row of the annex: one cell for each heading; the code stands below the task's title."""

    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrgingSheet:
    """The finished words, part by part, in the order of the form."""

    head: Letterhead
    number: str
    subject: str
    place_and_day: str
    to_name: str
    paragraphs: tuple[str, ...]
    recipients: tuple[str, ...]
    signed_by: str
    annex_title: str
    annex_of: str
    headings: tuple[str, ...]
    rows: tuple[AnnexLine, ...]


def urging_sheet(
    head: Letterhead,
    to_name: str,
    as_of: date,
    tasks: Sequence[AnnexTask],
    reports_to: str,
    issue: Issue | None,
) -> UrgingSheet:
    """The paper as of a day; until it is issued, number, day and signatory stay blank.

    ``reports_to`` is who gets a copy and is told of the answers: the chair of the committee.
    """
    to_name, reports_to = one_line(to_name), one_line(reports_to)
    number = f"Số: {issue.number}" if issue else _NO_NUMBER
    when = formal_day(issue.issued_on) if issue else _blank_day(as_of)
    cited = f"Công văn số {issue.number}" if issue else "Công văn số         /        "
    return UrgingSheet(
        head=head,
        number=number,
        subject=SUBJECT,
        place_and_day=f"{head.place}, {when}",
        to_name=to_name,
        paragraphs=_text(head, to_name, as_of, tasks, reports_to),
        recipients=("Như trên;", f"{reports_to} (để báo cáo);", "Lưu: VT."),
        signed_by=one_line(issue.signed_by).upper() if issue else "",
        annex_title=f"Danh mục nhiệm vụ quá thời hạn giao {to_name} thực hiện",
        annex_of=f"(Kèm theo {cited} {when} của {head.issuer_name})",
        headings=HEADINGS,
        rows=tuple(_row(place, task) for place, task in enumerate(tasks, 1)),
    )


def _text(
    head: Letterhead, to_name: str, as_of: date, tasks: Sequence[AnnexTask], reports_to: str
) -> tuple[str, ...]:
    worst = max((task.days_late for task in tasks), default=0)
    late = f"quá hạn {worst} ngày" if len(tasks) == 1 else f"nhiệm vụ chậm nhất đã quá hạn {worst} ngày"
    return (
        f"Qua theo dõi việc thực hiện các nhiệm vụ được giao, đến {formal_day(as_of)}, {to_name} còn "
        f"{len(tasks):02} nhiệm vụ đã quá thời hạn, đã được đôn đốc nhưng chưa có báo cáo kết quả hoàn "
        f"thành; {late} (chi tiết tại Phụ lục kèm theo).",
        *_unheard(to_name, tasks),
        f"{upper_first(head.issuer_name)} đề nghị {to_name}:",
        "1. Khẩn trương thực hiện và báo cáo kết quả hoàn thành các nhiệm vụ nêu tại Phụ lục.",
        "2. Đối với nhiệm vụ chưa thể hoàn thành, báo cáo rõ tiến độ, nguyên nhân chậm, khó khăn, vướng mắc "
        "và thời gian dự kiến hoàn thành; nội dung vượt thẩm quyền thì báo cáo cấp có thẩm quyền xem xét, "
        "quyết định.",
        f"Báo cáo gửi về {head.issuer_name} để tổng hợp, báo cáo {reports_to}./.",
    )


def _unheard(to_name: str, tasks: Sequence[AnnexTask]) -> tuple[str, ...]:
    """That letters of earlier urgings did not arrive, where that is so: here the body reads of them first."""
    count = sum(task.unreached > 0 for task in tasks)
    if not count:
        return ()
    of = "" if count == len(tasks) else f" của {count:02} nhiệm vụ"
    return (
        f"Một số lần đôn đốc bằng thư{of} trước đây chưa đến được {to_name}; số lần được ghi rõ đối với từng "
        "nhiệm vụ tại Phụ lục.",
    )


def _row(place: int, task: AnnexTask) -> AnnexLine:
    title, source = upper_first(one_line(task.title)), one_line(task.source)
    unheard = f" ({task.unreached} lần trước chưa đến nơi nhận)" if task.unreached else ""
    figures = (f"{task.days_late}", f"{task.urging_number}{unheard}")
    return AnnexLine(task.code, (f"{place}", title, source, day(task.due_on), *figures))


def _blank_day(as_of: date) -> str:
    return f"ngày       tháng       năm {as_of.year}"
