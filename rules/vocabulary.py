"""The words of the domain, each with the Vietnamese label that people read.

Sources: ``docs/GLOSSARY.md`` ties every English term to the term of the offices.
"""

from enum import StrEnum


class Labelled(StrEnum):
    """A stored word with its Vietnamese label: ``NAME = "stored", "nhãn"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class TaskStatus(Labelled):
    """Workflow status: moves only by an actor (``rules/tasks/status.py``)."""

    ASSIGNED = "assigned", "Mới giao"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    SUBMITTED = "submitted", "Chờ xác nhận"
    CONFIRMED = "confirmed", "Hoàn thành"
    REFUSED = "refused", "Từ chối, trả lại"
    RETURNED = "returned", "Trả lại làm lại"
    PAUSED = "paused", "Tạm dừng"
    WITHDRAWN = "withdrawn", "Đã hủy"
    HANDED_OVER = "handed_over", "Đã chuyển giao"


#: Nothing more is sent or asked for a task in one of these.
CLOSED = frozenset({TaskStatus.CONFIRMED, TaskStatus.WITHDRAWN, TaskStatus.HANDED_OVER})
#: Somebody still owes work: reminders and urging look at these only.
AWAITED = frozenset({TaskStatus.ASSIGNED, TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS, TaskStatus.RETURNED})
#: The lead agency, or whoever refused, still has to move: what counts as overdue or due soon.
#: A submitted result waits for the secretariat, a paused task for a decision from above.
OWED = AWAITED | {TaskStatus.REFUSED}


class DeadlineClass(Labelled):
    """The six cells of done/not done by in time/late/no deadline. Computed, never stored."""

    DONE_IN_TIME = "done_in_time", "Hoàn thành đúng hạn"
    DONE_LATE = "done_late", "Hoàn thành quá hạn"
    DONE_NO_DEADLINE = "done_no_deadline", "Hoàn thành (không thời hạn)"
    OPEN_IN_TIME = "open_in_time", "Đang thực hiện trong hạn"
    OVERDUE = "overdue", "Quá hạn"
    OPEN_NO_DEADLINE = "open_no_deadline", "Đang thực hiện (không thời hạn)"


class Actor(Labelled):
    """Who may move a task."""

    SECRETARIAT = "secretariat", "Văn phòng, Ban Thư ký"
    LEAD = "lead", "Cơ quan chủ trì"
    COOPERATING = "cooperating", "Cơ quan phối hợp"
    MEMBER = "member", "Thành viên Ban Chỉ đạo"
    ASSIGNER = "assigner", "Người giao nhiệm vụ"
    LEADER = "leader", "Lãnh đạo"
    CLOCK = "clock", "Hệ thống"


class Way(Labelled):
    """By which way an act came to us."""

    PAGE = "page", "Trang của hệ thống"
    TERMINAL = "terminal", "Dòng lệnh"
    LINK = "link", "Liên kết trong thư"
    REPLY = "reply", "Thư hoặc tin nhắn trả lời"
    KEY = "key", "Khóa truy cập"
    SWEEP = "sweep", "Lượt chạy theo lịch"


class DocumentState(Labelled):
    """A document between the door and its tasks."""

    DRAFT = "draft", "Dự thảo"
    READY = "ready", "Chờ phát hành"
    ISSUED = "issued", "Đã phát hành"
    RECALLED = "recalled", "Đã thu hồi"
    DISCARDED = "discarded", "Đã bỏ"


class DocumentMove(Labelled):
    """What happened to a document on its way: the append-only history."""

    MADE_READY = "made_ready", "Hẹn phát hành"
    TAKEN_BACK = "taken_back", "Đưa về dự thảo"
    ISSUED = "issued", "Phát hành"
    SUPPLEMENTED = "supplemented", "Bổ sung chỉ đạo"
    RECALLED = "recalled", "Thu hồi"
    DISCARDED = "discarded", "Bỏ dự thảo"
    RESTORED = "restored", "Khôi phục dự thảo"


class PartyRole(Labelled):
    """How a directive names a body."""

    LEAD = "lead", "Chủ trì"
    COOPERATE = "cooperate", "Phối hợp"
    REPORT_TO = "report_to", "Nơi nhận báo cáo"


class EventKind(Labelled):
    """What happened to a task: the append-only history."""

    ASSIGNED = "assigned", "Giao nhiệm vụ"
    RECEIVED = "received", "Tiếp nhận"
    PROGRESS = "progress", "Báo cáo tiến độ"
    SUBMITTED = "submitted", "Báo cáo hoàn thành"
    CONFIRMED = "confirmed", "Xác nhận hoàn thành"
    RETURNED = "returned", "Trả lại làm lại"
    REFUSED = "refused", "Từ chối, trả lại"
    REASSIGNED = "reassigned", "Giao lại"
    WITHDRAWN = "withdrawn", "Hủy nhiệm vụ"
    URGED = "urged", "Đôn đốc"
    ESCALATED = "escalated", "Báo cáo vượt thẩm quyền"
    CLIMBED = "climbed", "Chuyển cấp trên"
    DECIDED = "decided", "Có ý kiến quyết định"
    ACKNOWLEDGED = "acknowledged", "Ghi nhận ý kiến quyết định"
    PAUSED = "paused", "Tạm dừng thực hiện"
    RESUMED = "resumed", "Tiếp tục thực hiện"
    HANDED_OVER = "handed_over", "Chuyển giao nhiệm vụ"
    TAKEN_OVER = "taken_over", "Nhận chuyển giao nhiệm vụ"
    EXTENSION_ASKED = "extension_asked", "Đề nghị gia hạn"
    EXTENSION_COUNTERED = "extension_countered", "Đề xuất thời hạn khác"
    EXTENSION_AGREED = "extension_agreed", "Đồng ý gia hạn"
    EXTENSION_REFUSED = "extension_refused", "Không đồng ý gia hạn"
    EXTENSION_WITHDRAWN = "extension_withdrawn", "Rút đề nghị gia hạn"
    DEADLINE_SET = "deadline_set", "Xác định lại thời hạn"
    COOPERATION = "cooperation", "Cập nhật việc phối hợp"
    CONTRIBUTED = "contributed", "Gửi kết quả phối hợp"
    CROSSED = "crossed", "Báo cáo cấp trên vì chậm"
    REVIEWED = "reviewed", "Đề nghị rà soát"
    PAPER_ISSUED = "paper_issued", "Ban hành công văn đôn đốc"
    CORRECTED = "corrected", "Đính chính nhiệm vụ"
    REOPENED = "reopened", "Mở lại nhiệm vụ"
    OFFICER_NAMED = "officer_named", "Giao người thực hiện"


class Rung(Labelled):
    """The authority ladder of a steering committee, lowest first."""

    MEMBER = "member", "Thành viên Ban Chỉ đạo"
    LEAD_AGENCY = "lead_agency", "Cơ quan chủ trì"
    STANDING = "standing", "Cơ quan thường trực Ban Chỉ đạo"
    CHAIR = "chair", "Trưởng Ban Chỉ đạo"
    PROVINCE = "province", "UBND tỉnh"
    OUTSIDE = "outside", "Cấp trên của tỉnh"


class CaseState(Labelled):
    """Where an escalated case stands."""

    WAITING = "waiting", "Chờ ý kiến"
    DECIDED = "decided", "Đã có ý kiến"
    ACKNOWLEDGED = "acknowledged", "Cơ quan chủ trì đã ghi nhận"
    LAPSED = "lapsed", "Không còn cần ý kiến"


class Answer(Labelled):
    """What a rung may answer to a case (design of follow-up, 'Beyond authority')."""

    DECIDE = "decide", "Quyết định"
    RETURN = "return", "Trả lại vì thuộc thẩm quyền của cơ quan"
    PASS_UP = "pass_up", "Chuyển cấp trên"


class CorrectionField(Labelled):
    """What a person changed in a reading before it was issued (``rules/reading/learning/corrections.py``)."""

    TEXT = "text", "Nội dung chỉ đạo"
    LEAD = "lead", "Cơ quan chủ trì"
    COOPERATE = "cooperate", "Cơ quan phối hợp"
    DUE = "due", "Thời hạn thực hiện"
    REPORT_TO = "report_to", "Nơi nhận báo cáo"
    ESCALATION = "escalation", "Nội dung vượt thẩm quyền"
    ADDED = "added", "Chỉ đạo đọc sót"
    DROPPED = "dropped", "Chỉ đạo đọc thừa"


class CooperationState(Labelled):
    """Where a cooperating body stands with its part of a task."""

    ASKED = "asked", "Đã đề nghị phối hợp"
    ACCEPTED = "accepted", "Đã nhận phối hợp"
    CONTRIBUTED = "contributed", "Đã gửi kết quả phối hợp"
    RELEASED = "released", "Thôi phối hợp"


class ExtensionState(Labelled):
    """Where a request for a later deadline stands; at most one is open or countered a task."""

    OPEN = "open", "Chờ trả lời"
    COUNTERED = "countered", "Đã đề xuất thời hạn khác"
    AGREED = "agreed", "Đã đồng ý gia hạn"
    REFUSED = "refused", "Không đồng ý gia hạn"
    WITHDRAWN = "withdrawn", "Đã rút đề nghị"


class CrossingTrigger(Labelled):
    """Why a late task is reported upward; by content is a case of its own (``CaseState``)."""

    TIME = "time", "Quá hạn kéo dài"
    COUNT = "count", "Đôn đốc nhiều lần"


class DeadlineCause(Labelled):
    """By what a deadline in force came to be what it is; without one of these it never moves."""

    ISSUED = "issued", "Theo văn bản giao"
    RECEIPT = "receipt", "Tính từ ngày nhận văn bản"
    EVENT = "event", "Sự kiện đã diễn ra"
    EXTENSION = "extension", "Được gia hạn"
    PAUSE = "pause", "Cộng thời gian tạm dừng"
    DECISION = "decision", "Theo ý kiến quyết định"
    PARENT = "parent", "Theo thời hạn của cơ quan tổng hợp"
    HAND_OVER = "hand_over", "Giữ nguyên khi chuyển giao"
    CORRECTION = "correction", "Đính chính"
    CALENDAR = "calendar", "Tính lại theo lịch nghỉ chính thức"


class UnremindedReason(Labelled):
    """Why no reminder left before a deadline passed (``docs/decisions/0007-late-reminders.md``)."""

    ASSIGNED_LATE = "assigned_late", "Giao sát hoặc sau ngày phải nhắc"
    DEADLINE_MOVED = "deadline_moved", "Thời hạn thay đổi sau ngày phải nhắc"
    RESTING = "resting", "Không trong diện phải nhắc vào ngày đó"
    SWEEP_AWAY = "sweep_away", "Hệ thống không chạy trong những ngày đó"
    PROVISIONAL_CALENDAR = "provisional_calendar", "Lịch ngày làm việc thay đổi hoặc chưa có"
    NO_CONTACT = "no_contact", "Cơ quan chưa có địa chỉ liên hệ"
    NOT_DELIVERED = "not_delivered", "Thư nhắc không gửi được"
    BODY_ENDED = "body_ended", "Cơ quan chủ trì đã kết thúc hoạt động"


class Fault(Labelled):
    """What is wrong with a result that is returned for re-doing."""

    LATE = "late", "Chậm thời hạn"
    WRONG = "wrong", "Không đúng yêu cầu"
    THIN = "thin", "Chưa đầy đủ, sơ sài"
