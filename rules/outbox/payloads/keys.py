"""Kinds of letters, and the keys that make a letter unique: ids, a rung or step, and dates; never a person.

A definition has no body: its parameters are the parts, in Python and in the sweep's SQL
(``keys.urging(7, 2)``, ``keys.urging.sql(task_id="t.id", number="n")``). With the deadline in force in the
key, an extension re-arms the reminders by itself.
"""

from datetime import date

from rules.letter_words import Stake, Unreached
from rules.outbox.payloads.key_shape import key_of
from rules.vocabulary import CrossingTrigger, Labelled, Rung


class LetterKind(Labelled):
    """What a letter is about; its wording is in ``notifications/letters/templates``."""

    ASSIGNMENT = "assignment", "Giao nhiệm vụ"
    REMINDER = "reminder", "Nhắc việc"
    URGING = "urging", "Đôn đốc"
    REVIEW = "review", "Rà soát nhiệm vụ không thời hạn"
    CONFIRMATION = "confirmation", "Đề nghị xác nhận kết quả"
    ESCALATION = "escalation", "Xin ý kiến việc vượt thẩm quyền"
    ESCALATION_NOTICE = "escalation_notice", "Thông báo việc đã chuyển cấp trên"
    DECISION = "decision", "Ý kiến quyết định"
    DIGEST = "digest", "Báo cáo lãnh đạo"
    NO_CONTACT = "no_contact", "Chưa gửi được thư cho cơ quan"
    CHANNEL_DOWN = "channel_down", "Kênh gửi trục trặc"
    CROSSING = "crossing", "Báo cáo nhiệm vụ chậm"
    EXTENSION = "extension", "Đề nghị gia hạn"
    EXTENSION_ANSWER = "extension_answer", "Trả lời đề nghị gia hạn"
    RETURNED = "returned", "Kết quả bị trả lại làm lại"
    REFUSED = "refused", "Nhiệm vụ bị từ chối"
    WITHDRAWN = "withdrawn", "Thông báo hủy nhiệm vụ"
    HANDED_OVER = "handed_over", "Thông báo chuyển giao nhiệm vụ"
    COOPERATION = "cooperation", "Đề nghị phối hợp thực hiện"
    PAPER_DUE = "paper_due", "Đề nghị ký công văn đôn đốc"
    DEADLINE = "deadline", "Thông báo thời hạn"
    CORRECTION = "correction", "Đính chính nhiệm vụ"
    REOPENED = "reopened", "Mở lại nhiệm vụ"
    RECALLED = "recalled", "Thu hồi văn bản"
    BODY_ENDED = "body_ended", "Cơ quan kết thúc hoạt động còn nhiệm vụ"
    CALENDAR = "calendar", "Thời hạn tính lại theo lịch nghỉ"
    CLOCK = "clock", "Đồng hồ của hệ thống sai"
    INVITATION = "invitation", "Lời mời sử dụng"
    SIGN_IN = "sign_in", "Liên kết đăng nhập"
    OFFICER = "officer", "Giao người thực hiện"


@key_of(LetterKind.ASSIGNMENT)
def assignment(task_id: int, version: int = 0) -> None:
    """One assignment letter a task, and one more whenever it is given again: ``version`` is the task's."""


@key_of(LetterKind.REMINDER)
def reminder(task_id: int, due_on: date, step: int) -> None:
    """One reminder a task, deadline in force, and step (working days before; 0 = the day)."""


@key_of(LetterKind.URGING)
def urging(task_id: int, number: int) -> None:
    """One letter for each number of the series."""


@key_of(LetterKind.REVIEW)
def review(task_id: int, review_on: date) -> None:
    """One letter a review date."""


@key_of(LetterKind.CONFIRMATION)
def confirmation(task_id: int, version: int, repeat: int = 0) -> None:
    """One letter for each submission (the task's version tells them apart), and one for each repeat.

    ``repeat`` is 1, 2, 3... for each time that the secretariat is asked again.
    """


@key_of(LetterKind.ESCALATION)
def escalation(case_id: int, rung: Rung) -> None:
    """One letter for each rung that a case reaches."""


@key_of(LetterKind.ESCALATION_NOTICE)
def escalation_notice(case_id: int, rung: Rung, agency_id: str) -> None:
    """Each body is told once that the case has reached ``rung``."""


@key_of(LetterKind.DECISION)
def decision(case_id: int) -> None:
    """One decision a case."""


@key_of(LetterKind.DIGEST)
def digest(as_of: date, agency_id: str) -> None:
    """One digest a date and reader."""


@key_of(LetterKind.NO_CONTACT)
def no_contact(agency_id: str, on: date, why: Unreached = Unreached.NO_ADDRESS) -> None:
    """The secretariat is told once a day, and once a reason, of a body that got no letter."""


def unreached_urgings(key: str, first_task: int) -> str:
    """... and once more of urgings of the same day that the letter with ``key`` does not name."""
    return f"{key}:{LetterKind.URGING}:{first_task}"


@key_of(LetterKind.CHANNEL_DOWN)
def channel_down(channel: str, on: date) -> None:
    """The secretariat is told once a day of a channel that does not work."""


@key_of(LetterKind.CROSSING)
def crossing(task_id: int, trigger: CrossingTrigger, step: int, due_on: date) -> None:
    """Each step of climbing is told once a deadline in force."""


@key_of(LetterKind.EXTENSION)
def extension(request_id: int, version: int) -> None:
    """The assigner is told once of each state that a request takes."""


@key_of(LetterKind.EXTENSION_ANSWER)
def extension_answer(request_id: int, version: int) -> None:
    """The lead is told once of each answer: a counter-proposal, then the decision."""


@key_of(LetterKind.RETURNED)
def returned(task_id: int, version: int) -> None:
    """One letter each time that a result is returned."""


@key_of(LetterKind.REFUSED)
def refused(task_id: int, version: int) -> None:
    """One letter each time that a task is refused."""


@key_of(LetterKind.WITHDRAWN)
def withdrawn(task_id: int, agency_id: str) -> None:
    """The lead and each cooperating body are told once."""


@key_of(LetterKind.HANDED_OVER)
def handed_over(task_id: int, agency_id: str) -> None:
    """Each body that it concerns is told once; ``task_id`` is the task that closed."""


@key_of(LetterKind.COOPERATION)
def cooperation(task_id: int, agency_id: str, version: int = 0) -> None:
    """Each cooperating body is asked once, and once more if it was released: ``version`` is its part's."""


@key_of(LetterKind.DEADLINE)
def deadline(task_id: int, version: int, agency_id: str) -> None:
    """Each body is told once of a deadline that was set or moved; ``version`` is the task's after it."""


@key_of(LetterKind.BODY_ENDED)
def body_ended(agency_id: str, ended_on: date, task_id: int, stake: Stake) -> None:
    """The secretariat is told once of each task in which a body that has ended has a stake.

    Another last day is another end.
    """


@key_of(LetterKind.CALENDAR)
def calendar(counted_on: date, first_id: int) -> None:
    """The secretariat is told once of what one count by a changed calendar found."""


@key_of(LetterKind.CORRECTION)
def correction(task_id: int, version: int, agency_id: str) -> None:
    """Each body that a correction concerns is told once; ``version`` is the task's."""


@key_of(LetterKind.REOPENED)
def reopened(task_id: int, version: int, agency_id: str) -> None:
    """The lead and each cooperating body are told once, each time that a task is opened again."""


@key_of(LetterKind.RECALLED)
def recalled(document_id: int, agency_id: str) -> None:
    """Each body that works on a document is told once that it was taken back."""


@key_of(LetterKind.PAPER_DUE)
def paper_due(agency_id: str, prepared_on: date) -> None:
    """The secretariat is asked once to sign the paper of a day to a body."""


@key_of(LetterKind.CLOCK)
def clock(over_on: date) -> None:
    """The secretariat is told of a leap of the clock when it is over; once a day, however often that is."""


@key_of(LetterKind.INVITATION)
def invitation(link_id: int, made: int) -> None:
    """One letter a link. ``made`` is the second since 1970 at which it was made: after a restore another
    link may have the same id."""


@key_of(LetterKind.SIGN_IN)
def sign_in(link_id: int, made: int) -> None:
    """The same for a link that somebody asked for."""


@key_of(LetterKind.OFFICER)
def officer(task_id: int, agency_id: str, version: int) -> None:
    """The officer is told once of each time that the body hands a task on; ``version`` is that of
    ``task_officer``."""
