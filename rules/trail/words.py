"""What the trail can say."""

from rules.vocabulary import Labelled


class TrailWhat(Labelled):
    """What was done, as far as the trail tells it; the row says on what."""

    ACT = "act", "Thao tác nghiệp vụ"
    SWEEP = "sweep", "Lượt chạy theo lịch"
    SIGNED_IN = "signed_in", "Đăng nhập"
    SIGN_IN_FAILED = "sign_in_failed", "Đăng nhập không thành công"
    SIGNED_OUT = "signed_out", "Đăng xuất"
    SIGN_IN_ENDED = "sign_in_ended", "Chấm dứt phiên đăng nhập"
    LINK_MADE = "link_made", "Cấp liên kết dùng một lần"
    CREDENTIAL = "credential", "Thay đổi mật khẩu, mã xác thực"
    REFUSED = "refused", "Truy cập bị từ chối"
    PERSON = "person", "Thay đổi người sử dụng"
    SEAT = "seat", "Thay đổi vị trí"
    ABSENCE = "absence", "Vắng mặt, ủy quyền"
    REGISTER = "register", "Thay đổi sổ cơ quan"
    POLICY = "policy", "Thay đổi chính sách, lịch làm việc"
    SETTINGS = "settings", "Thay đổi cấu hình"
    EXPORT = "export", "Xuất dữ liệu"
    OUTBOX = "outbox", "Thao tác với thư và địa chỉ"
    INSTALLATION = "installation", "Thao tác quản trị hệ thống"
    BLACKED_OUT = "blacked_out", "Xóa tên trong nhật ký"


class TrailNoun(Labelled):
    """On what something was done, the widest first: an act that touches several is told of that."""

    DOCUMENT = "document", "Văn bản"
    PAPER = "paper", "Công văn đôn đốc"
    EVENT = "event", "Sự kiện được chờ"
    CASE = "case", "Việc trình"
    TASK = "task", "Nhiệm vụ"
    RECOUNT = "recount", "Thời hạn tính lại"
    ALIAS = "alias", "Tên gọi của cơ quan"
    MEETING = "meeting", "Cuộc họp"
    LETTER = "letter", "Thư"
    MESSAGE = "message", "Tin gửi đi"
    ADDRESS = "address", "Địa chỉ liên hệ"
    PERSON = "person", "Người sử dụng"
    SEAT = "seat", "Vị trí"
    ABSENCE = "absence", "Vắng mặt"
    LINK = "link", "Liên kết"
    SIGN_IN = "sign_in", "Phiên đăng nhập"
    FILE = "file", "Tệp kèm theo"
    REGISTER = "register", "Sổ cơ quan"
    POLICY = "policy", "Chính sách"
    CALENDAR = "calendar", "Lịch làm việc"
    SETTINGS = "settings", "Cấu hình"
    CLOCK = "clock", "Đồng hồ"
    DATABASE = "database", "Cơ sở dữ liệu"
    TRAIL = "trail", "Nhật ký"
    PAGE = "page", "Trang"


#: The committee's work: who keeps the installation is told nothing of it (``docs/access.md``).
OF_THE_WORK = frozenset(
    {
        TrailNoun.DOCUMENT, TrailNoun.PAPER, TrailNoun.EVENT, TrailNoun.CASE, TrailNoun.TASK,
        TrailNoun.RECOUNT, TrailNoun.ALIAS, TrailNoun.MEETING, TrailNoun.LETTER,
    }
)  # fmt: skip
