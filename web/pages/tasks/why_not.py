"""Why what a role may expect on a task's page is not possible now, a sentence each.

A form that is absent without a word is looked for in vain, and then asked about by telephone.
"""

from dataclasses import dataclass

from config.act import Act
from models.tables.tasks import Task
from rules.calendar.workdays import NoCalendar
from rules.tasks.extensions import why_no_request
from rules.tasks.refusing import why_no_refusal
from rules.vocabulary import AWAITED, CLOSED, Actor, TaskStatus

S = TaskStatus
#: What an officer is told instead, who neither refuses a task nor brings a matter before a higher rung.
_OTHERS_OFFICER = "Báo cáo kết quả và đề nghị gia hạn do cơ quan chủ trì thực hiện."
_OTHERS = "Báo cáo kết quả, đề nghị gia hạn và trình cấp trên do cơ quan chủ trì thực hiện."
_REPORTED = "Cơ quan chủ trì đã báo cáo về nhiệm vụ này nên không từ chối được nữa."
_NO_RESULT = "Xác nhận hoàn thành hoặc trả lại làm lại được khi cơ quan chủ trì đã báo cáo hoàn thành."
_NO_REQUEST = "Không có đề nghị gia hạn nào chờ trả lời."
#: What stands still in a status in which the lead agency owes nothing.
_LEAD_WAITS = {
    S.SUBMITTED: "Kết quả đang chờ xác nhận nên chưa báo cáo thêm, chưa gia hạn hay trình cấp trên được; "
    "nếu kết quả bị trả lại thì lại làm được.",
    S.REFUSED: "Cơ quan chủ trì đã trả lại nhiệm vụ; chờ Văn phòng giao lại, chuyển giao hoặc hủy.",
}
_OFFICER_WAITS = _LEAD_WAITS | {
    S.SUBMITTED: "Kết quả đang chờ xác nhận nên chưa báo cáo thêm, chưa gia hạn được; nếu kết quả bị trả lại "
    "thì lại làm được.",
}
#: Of every status in which a task is neither closed nor paused.
_OFFICE_WAITS = dict.fromkeys(AWAITED, _NO_RESULT) | {
    S.SUBMITTED: "Kết quả đang chờ xác nhận nên chưa tạm dừng hay trình cấp trên được.",
    S.REFUSED: "Cơ quan chủ trì đã trả lại nhiệm vụ: chưa giao lại thì không báo cáo, gia hạn được.",
}


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """What is open about a task: a case above, a request for a later deadline."""

    case: bool = False
    request: bool = False


def why_not_of_officer(task: Task, waiting: OpenMatters, act: Act) -> list[str]:
    """The same for an officer who acts for a body: of what he may expect, and of nothing else."""
    if task.status in CLOSED:
        return [_closed(task.status, "báo cáo, gia hạn hay phối hợp")]
    if act.actor is Actor.COOPERATING:
        return [_OTHERS_OFFICER]
    if task.status is S.PAUSED:
        return [_paused(waiting.case, act.actor, "báo cáo hay gia hạn")]
    if task.status not in AWAITED:
        return [_OFFICER_WAITS[task.status]]
    extension = "" if waiting.request else why_no_request(task.due_on, act.today, raises=False)
    return [extension] if extension else []


def why_not(task: Task, waiting: OpenMatters, act: Act) -> list[str]:
    """The sentences for the role of ``act``; what is possible, or was never theirs, is not among them."""
    if task.status in CLOSED:
        return [_closed(task.status, "báo cáo, gia hạn, phối hợp hay trình cấp trên")]
    if act.actor is Actor.COOPERATING:
        return [_OTHERS]
    if task.status is S.PAUSED:
        return [_paused(waiting.case, act.actor, "báo cáo, gia hạn hay trình cấp trên")]
    if act.actor is Actor.LEAD:
        return _for_the_lead(task, waiting, act)
    found = [] if waiting.request else [_NO_REQUEST]
    return [_OFFICE_WAITS[task.status], *found]


def _closed(status: TaskStatus, what: str) -> str:
    moved = " Việc được theo dõi tiếp ở nhiệm vụ nhận chuyển giao." if status is S.HANDED_OVER else ""
    return f"Nhiệm vụ ở trạng thái «{status.label}» nên không {what} được nữa.{moved}"


def _paused(case: bool, actor: Actor, what: str) -> str:
    if case:
        return (
            "Nhiệm vụ tạm dừng để chờ ý kiến về việc đã trình: chưa báo cáo, chưa gia hạn được; "
            "chỉ ý kiến đó cho nhiệm vụ tiếp tục."
        )
    until = "khi cho tiếp tục" if actor is Actor.SECRETARIAT else "khi Văn phòng cho tiếp tục"
    return f"Nhiệm vụ đang tạm dừng: chỉ {what} được sau {until}."


def _for_the_lead(task: Task, waiting: OpenMatters, act: Act) -> list[str]:
    if task.status not in AWAITED:
        return [_LEAD_WAITS[task.status]]
    extension = "" if waiting.request else why_no_request(task.due_on, act.today)
    return [text for text in (extension, _refusal(task, act)) if text]


def _refusal(task: Task, act: Act) -> str:
    if task.status not in (S.ASSIGNED, S.ACCEPTED):
        return _REPORTED
    within, calendar = act.office.policy.refusal.within_working_days, act.office.calendar
    try:
        return why_no_refusal(task.assigned_on, act.today, within, calendar)
    except NoCalendar as error:
        return f"Không tính được ngày cuối cùng được từ chối: {error}"
