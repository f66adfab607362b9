"""Requests for a later deadline, as the rules see them.

Source: design of follow-up, "Extension, refusal, return": one open request at a time, with a reason,
before the deadline; only the assigner decides; a new date is later than the old one and not later
than the parent's; from the third extension on the task is flagged.
"""

from dataclasses import dataclass
from datetime import date

from rules.refusal import NotAllowed, NotInThisSeat
from rules.vocabulary import Actor, ExtensionState


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it stands; ``wanted_on`` is asked for, ``counter_on`` proposed instead."""

    task_id: int
    state: ExtensionState
    asked_on: date
    reason: str
    wanted_on: date
    counter_on: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a new deadline of a task is judged by. ``granted`` counts the extensions so far."""

    due_on: date | None
    parent_due_on: date | None = None  # not later than the aggregator's own
    granted: int = 0


def check_request(reason: str, wanted_on: date, limits: Limits, today: date) -> None:
    """Whether a later deadline may be asked for today; the day of the deadline is still before it.

    Raises NotAllowed, in Vietnamese.
    """
    if not reason.strip():
        raise NotAllowed("Đề nghị gia hạn cần nêu lý do.")
    closed = why_no_request(limits.due_on, today)
    if closed:
        raise NotAllowed(closed)
    check_new_date(wanted_on, limits, today)


def why_no_request(due_on: date | None, today: date, raises: bool = True) -> str:
    """Why no later deadline can be asked for today, and what can be done instead; "" if it can.

    An officer of a body, who brings nothing before a higher rung (not ``raises``), is not told of that way.
    """
    if due_on is None:
        return "Nhiệm vụ không có thời hạn nên không cần gia hạn."
    if today > due_on:
        beyond = "; việc vượt thẩm quyền thì trình cấp trên" if raises else ""
        return (
            f"Phải đề nghị gia hạn trước khi hết thời hạn; thời hạn đã qua ngày {due_on:%d/%m/%Y}. Nay hãy "
            f"báo cáo tiến độ, nêu lý do chậm và ngày hoàn thành{beyond}."
        )
    return ""


def check_new_date(new_on: date, limits: Limits, today: date) -> None:
    """Whether a date may become the deadline: later than the old one, not over, within the parent's.

    Raises NotAllowed, in Vietnamese.
    """
    if limits.due_on is not None and new_on <= limits.due_on:
        raise NotAllowed(f"Thời hạn mới phải sau thời hạn hiện hành ({limits.due_on:%d/%m/%Y}).")
    if new_on < today:
        raise NotAllowed(f"Thời hạn mới ({new_on:%d/%m/%Y}) đã qua; hãy chọn một ngày từ hôm nay trở đi.")
    if limits.parent_due_on is not None and new_on > limits.parent_due_on:
        raise NotAllowed(
            f"Thời hạn mới không được sau thời hạn của cơ quan tổng hợp ({limits.parent_due_on:%d/%m/%Y})."
        )


def check_decider(actor: Actor, is_the_secretariats_own: bool) -> None:
    """Only the assigner decides, or who acts for him, never the requester. Raises NotAllowed."""
    if actor is Actor.LEAD:
        raise NotInThisSeat("Cơ quan đề nghị gia hạn không tự quyết định; chờ người giao nhiệm vụ trả lời.")
    if actor is Actor.SECRETARIAT and is_the_secretariats_own:
        raise NotInThisSeat(
            "Văn phòng là cơ quan đề nghị gia hạn nên phải do người giao nhiệm vụ quyết định."
        )


def extended_often(granted: int, flag_from: int) -> bool:
    """Whether a task is flagged "gia hạn nhiều lần"; ``granted`` are the extensions so far."""
    return granted >= flag_from
