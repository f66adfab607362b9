"""Fixed words of the pages. A message after an action is named in the address, never spelled there."""

from rules.documents.coverage import BY_HAND
from rules.draft import DocumentKind, DueKind, Mark, Statement
from rules.vocabulary import Actor, EventKind

#: What the page says after an action; the key stands in the address as ``?xong=``.
DONE = {
    "lich-nghi": "Đã ghi quyết định về thời hạn tính lại.",
    EventKind.RECEIVED: "Đã ghi nhận việc tiếp nhận nhiệm vụ.",
    EventKind.PROGRESS: "Đã ghi báo cáo tiến độ.",
    EventKind.SUBMITTED: "Đã gửi báo cáo hoàn thành; Văn phòng sẽ xác nhận.",
    EventKind.CONFIRMED: "Đã xác nhận hoàn thành nhiệm vụ.",
    EventKind.RETURNED: "Đã trả lại để cơ quan chủ trì làm lại.",
    EventKind.REFUSED: "Đã ghi việc từ chối, trả lại nhiệm vụ.",
    EventKind.REASSIGNED: "Đã giao lại nhiệm vụ.",
    EventKind.WITHDRAWN: "Đã hủy nhiệm vụ.",
    EventKind.ESCALATED: "Đã trình việc vượt thẩm quyền; nhiệm vụ tạm dừng để chờ ý kiến.",
    EventKind.PAUSED: "Đã tạm dừng nhiệm vụ; trong khi tạm dừng không nhắc, không đôn đốc.",
    EventKind.RESUMED: "Nhiệm vụ được tiếp tục thực hiện; thời hạn đã cộng số ngày làm việc tạm dừng.",
    EventKind.EXTENSION_ASKED: "Đã gửi đề nghị gia hạn; người giao nhiệm vụ sẽ trả lời.",
    EventKind.EXTENSION_COUNTERED: "Đã đề xuất thời hạn khác; chờ cơ quan chủ trì đồng ý.",
    EventKind.EXTENSION_AGREED: "Đã gia hạn; thời hạn mới có hiệu lực từ hôm nay.",
    EventKind.EXTENSION_REFUSED: "Đã trả lời không đồng ý gia hạn.",
    EventKind.EXTENSION_WITHDRAWN: "Đã rút đề nghị gia hạn.",
    EventKind.CONTRIBUTED: "Đã ghi kết quả phối hợp.",
    EventKind.COOPERATION: "Đã cập nhật việc phối hợp.",
    EventKind.OFFICER_NAMED: "Đã ghi việc giao người thực hiện trong cơ quan.",
    EventKind.HANDED_OVER: "Đã chuyển giao; các cơ quan liên quan sẽ nhận được thông báo.",
    EventKind.CORRECTED: "Đã ghi đính chính; các cơ quan liên quan sẽ nhận được thư đính chính.",
    EventKind.REOPENED: "Đã mở lại nhiệm vụ; kết quả đã báo cáo chờ xác nhận lại.",
    EventKind.URGED: "Đã đôn đốc; thư đôn đốc gửi cơ quan chủ trì ở lượt gửi tới.",
    EventKind.DECIDED: "Đã ghi ý kiến; cơ quan chủ trì sẽ nhận được thông báo.",
    EventKind.CLIMBED: "Đã chuyển lên cấp trên.",
    EventKind.ACKNOWLEDGED: "Đã ghi nhận ý kiến quyết định.",
    "them-nguoi": "Đã thêm người dùng; hãy ghi vị trí ở cơ quan.",
    "sua": "Đã lưu thông tin.",
    "vi-tri": "Đã thêm vị trí.",
    "het-vi-tri": "Đã ghi ngày cuối của vị trí.",
    "ngung": "Người này không sử dụng hệ thống nữa.",
    "mo-lai": "Người này lại sử dụng hệ thống được.",
    "go-ma": "Đã gỡ mã xác thực; mọi phiên đăng nhập của người này đã chấm dứt.",
    "moi-nguoi": "Đã viết thư mời; thư gửi ở lượt gửi tới.",
    "vang-mat": "Đã ghi việc vắng mặt và người được ủy quyền.",
    "het-vang": "Đã ghi ngày vắng mặt cuối cùng.",
    "ghi-hop": "Đã ghi cuộc họp; báo cáo lãnh đạo sẽ được gửi trước cuộc họp.",
    "chuyen-hop": "Đã chuyển cuộc họp sang ngày khác.",
    "huy-hop": "Đã hủy cuộc họp.",
    "su-kien": "Đã ghi ngày của sự kiện; thời hạn của các nhiệm vụ chờ sự kiện được nêu dưới đây.",
    "cong-van": "Đã ghi việc ban hành công văn đôn đốc vào diễn biến của các nhiệm vụ trong phụ lục.",
    "gui-lai": "Đã ghi nhận: thư sẽ được gửi lại ở lượt gửi tới.",
    "da-toi": "Đã ghi nhận: thư đã tới nơi nhận.",
    "gui-lai-tat-ca": "Đã ghi nhận: các thư chưa rõ sẽ được gửi lại ở lượt gửi tới.",
    "da-toi-tat-ca": "Đã ghi nhận: các thư chưa rõ đều đã tới nơi nhận.",
    "thu-dia-chi": "Đã bỏ tạm ngừng; thư chờ gửi tới địa chỉ này sẽ được gửi ở lượt gửi tới.",
    "dong-ho": "Đã xác nhận đồng hồ đúng; lượt quét tới làm bù những việc đến hạn.",
    "doc": "Đã đọc văn bản. Hãy xem lại những chỗ còn nghi vấn trước khi phát hành.",
    "tach": "Đã tách thành hai chỉ đạo; cơ quan, thời hạn của từng phần đã được đọc lại.",
    "ghep": "Đã ghép thành một chỉ đạo; hãy kiểm tra cơ quan và thời hạn.",
    "khoi-phuc": "Đã khôi phục thẻ.",
    "luu": "Đã lưu dự thảo.",
    "doc-lai": "Đã đọc lại văn bản; các nội dung đã sửa trên thẻ trước đó không còn.",
    "nho": "Đã lưu dự thảo và ghi nhớ tên gọi; văn bản đọc từ nay sẽ hiểu tên này.",
    "phat-hanh": "Đã phát hành: các nhiệm vụ dưới đây đã được giao, thư giao nhiệm vụ chờ gửi.",
    "hen": "Đã hẹn phát hành.",
    "bo-sung": "Đã bổ sung chỉ đạo: nhiệm vụ mới đã được giao, thư giao nhiệm vụ chờ gửi.",
    "thu-hoi": "Đã thu hồi văn bản; mỗi cơ quan liên quan sẽ nhận được một thư.",
    "lien-ket": "Nếu địa chỉ vừa nhập thuộc một người sử dụng, thư có liên kết đăng nhập sẽ tới trong ít "
    "phút. Liên kết chỉ dùng được một lần.",
    "dang-xuat": "Bạn đã đăng xuất.",
    "mat-khau": "Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc.",
    "ma-xac-thuc": "Xác thực hai bước đã được bật.",
    "bo-ma-xac-thuc": "Đã bỏ xác thực hai bước, mã dự phòng và các thiết bị được tin cậy.",
    "phien": "Đã kết thúc phiên đăng nhập.",
    "phien-khac": "Đã kết thúc mọi phiên đăng nhập khác.",
    "bo": "Đã bỏ dự thảo; vẫn khôi phục được ở trang này.",
    "khoi-phuc-du-thao": "Đã khôi phục dự thảo.",
    "ve-du-thao": "Đã đưa văn bản về dự thảo; văn bản không tự phát hành nữa.",
}

#: The ways in which a directive may have a deadline.
DUE_LABELS = {DueKind.NONE: "Không thời hạn", DueKind.DATE: "Chậm nhất ngày", DueKind.RECURRING: "Định kỳ"}

#: What a button says: the label of the event, but where something shorter fits.
BUTTONS = {event: event.label for event in EventKind} | {
    EventKind.RECEIVED: "Đã tiếp nhận",
    EventKind.CONFIRMED: "Xác nhận hoàn thành",
    EventKind.WITHDRAWN: "Hủy nhiệm vụ",
    EventKind.REOPENED: "Mở lại nhiệm vụ đã xác nhận nhầm",
    EventKind.PAUSED: "Tạm dừng",
    EventKind.RESUMED: "Cho tiếp tục",
}

#: Who may act on a task's page; the key stands in the address as ``?vai=``, and beside it the body for
#: which (``web/forms/seats.py``). The last is offered to leaders of the committee who have signed in.
ROLES = {
    "chu-tri": Actor.LEAD,
    "phoi-hop": Actor.COOPERATING,
    "van-phong": Actor.SECRETARIAT,
    "lanh-dao": Actor.ASSIGNER,
}
ROLE_LABELS = {
    "chu-tri": "Cơ quan chủ trì",
    "phoi-hop": "Cơ quan phối hợp",
    "van-phong": "Văn phòng",
    "lanh-dao": "Lãnh đạo Ban Chỉ đạo",
}
#: What a body is to the task, behind its name.
SEAT_LABELS = {"chu-tri": "chủ trì", "phoi-hop": "phối hợp"}

#: Statements of the operative part that give no task, as the proof of coverage names them.
_ASIDE_LABELS = {Mark.ORIENTATION: "định hướng", Mark.NO_TASK: "không phát sinh nhiệm vụ"}

KIND_LABELS = {
    DocumentKind.NOTICE: "Thông báo kết luận",
    DocumentKind.PRESS: "Tin báo chí về kết luận",
    DocumentKind.MINUTES: "Biên bản",
    DocumentKind.TABLE: "Bảng phân công nhiệm vụ",
    DocumentKind.SLIP: "Phiếu giao việc",
}
#: What the reader's patterns for deadlines are called before people; an unknown one is not spelled out.
_READINGS = {
    "absolute_day": "ngày ghi rõ",
    "cell_day": "ngày ghi rõ",
    "relative_days": "số ngày kể từ một mốc",
    "event_offset": "số ngày so với một sự kiện",
    "event_wait": "chờ một sự kiện",
    "weekday_of_week": "thứ trong tuần",
    "week": "hết tuần",
    "month": "hết tháng",
    "cell_month": "hết tháng",
    "quarter": "hết quý",
    "cell_quarter": "hết quý",
    "half_year": "hết nửa năm",
    "year": "hết năm",
    "cell_year": "hết năm",
    "today_or_tomorrow": "ngày gần",
    "this_month": "kỳ này",
    "season": "mùa vụ",
    "daily": "hằng ngày",
}


def read_by(pattern: str) -> str:
    """What a pattern of the reader takes a phrase for."""
    return _READINGS.get(pattern, "thời hạn định kỳ" if "_" in pattern or "ly" in pattern else "thời hạn")


def aside_label(statement: Statement) -> str:
    """What a statement without a task is called beside it; a person's word is told from the reader's."""
    if statement.read_by == BY_HAND:
        return "Văn phòng: không phải nhiệm vụ"
    return _ASIDE_LABELS[statement.mark]


ANCHOR_LABELS = {
    "document": "tính từ ngày văn bản",
    "receipt": "tính từ ngày nhận",
    "event": "tính từ một sự kiện",
}
