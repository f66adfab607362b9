"""The words of letters, messages and deliveries, each with the Vietnamese label that people read."""

from rules.vocabulary import Labelled


class LetterState(Labelled):
    """A letter to a body, before it becomes messages to addresses."""

    PENDING = "pending", "Chờ gửi"
    DISPATCHED = "dispatched", "Đã chuyển sang gửi"
    OBSOLETE = "obsolete", "Không còn cần gửi"
    NO_CONTACT = "no_contact", "Chưa có địa chỉ liên hệ"


class MessageState(Labelled):
    """A message on one channel to one address; what each state means: ``docs/GLOSSARY.md``."""

    QUEUED = "queued", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    SAVED = "saved", "Đã lưu vào thư mục"
    OWED = "owed", "Chưa gửi được, còn nợ"
    MOVED = "moved", "Đã chuyển sang thư khác"
    FAILED = "failed", "Không gửi được"
    UNKNOWN = "unknown", "Chưa rõ đã tới hay chưa"
    OBSOLETE = "obsolete", "Không còn cần gửi"


#: A message that may still leave.
TO_GO = frozenset({MessageState.QUEUED, MessageState.OWED})
#: A provider took it, or it lies in the folder for a person to hand over.
DELIVERED = frozenset({MessageState.SENT, MessageState.SAVED})
#: Its reader has, or may have, what it carries: the same letter never goes to that place again.
HEARD = DELIVERED | {MessageState.UNKNOWN, MessageState.SENDING}


class Unreached(Labelled):
    """Why the secretariat is told that a body did not get its letters."""

    NO_ADDRESS = "no_address", "Chưa có địa chỉ liên hệ dùng được"
    REFUSED = "refused", "Địa chỉ bị máy chủ từ chối"
    NOT_TAKEN = "not_taken", "Nơi nhận chưa nhận được thư"
    CHANNEL = "channel", "Kênh gửi của văn phòng đang trục trặc"
    UNWRITTEN = "unwritten", "Không soạn được thư"


class UrgingReach(Labelled):
    """Whether a numbered urging came to anybody; never stored, see ``rules/follow_up/urging_reach.py``."""

    REACHED = "reached", "Đã đến nơi nhận"
    ON_ITS_WAY = "on_its_way", "Đang trên đường gửi"
    UNSURE = "unsure", "Chưa rõ đã đến nơi nhận hay chưa"
    UNREACHED = "unreached", "Chưa đến nơi nhận"


#: Parts in a corrected task that a body has no more: told to it whatever becomes of the task.
OUT_OF_TASK = frozenset({"old_lead", "released"})


class Stake(Labelled):
    """What a body that has ended has to do with the task that is raised for its sake."""

    LEAD = "lead", "Chủ trì"
    COOPERATES = "cooperates", "Phối hợp"
    DECIDES = "decides", "Cho ý kiến việc vượt thẩm quyền"
    DUTY = "duty", "Nhiệm vụ định kỳ không mở kỳ tiếp theo"


class OutcomeClass(Labelled):
    """What a channel says of one attempt: sent, saved for a person, again, never, or nobody knows."""

    SENT = "sent", "Đã gửi"
    SAVED = "saved", "Đã lưu vào thư mục"
    TRY_AGAIN = "try_again", "Sẽ gửi lại"
    NEVER = "never", "Không thể gửi tới địa chỉ này"
    UNKNOWN = "unknown", "Chưa rõ đã tới hay chưa"
