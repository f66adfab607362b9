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
    POLICY = "policy", "Thay đổi chính sách"
    SETTINGS = "settings", "Thay đổi cấu hình"
    EXPORT = "export", "Xuất dữ liệu"
    OUTBOX = "outbox", "Thao tác với thư và địa chỉ"
    INSTALLATION = "installation", "Thao tác quản trị hệ thống"
    BLACKED_OUT = "blacked_out", "Xóa tên trong nhật ký"
