"""A week of the committee in December 2022, by role and body: what the letters are rendered from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from notifications.outbox.parcel import Letter
from rules.deadlines.classes import line
from rules.facts import CaseFacts, Digest, ExtensionLine, LeagueRow, MeetingFacts, TaskFacts, TaskLine
from rules.letter_words import Unreached
from rules.vocabulary import Answer, ExtensionState, Fault, Rung, TaskStatus
from tests.notifications import wordings as letters
from tests.notifications.wordings import Matter, OfBody

BASE = "https://dondoc.example"
TODAY = date(2022, 12, 19)
SOURCE = "Thông báo số 412/TB-UBND ngày 16/12/2022"
OLDER = "Thông báo số 265/TB-UBND ngày 31/8/2022"
SNN = "Sở Nông nghiệp và Phát triển nông thôn"
SCT = "Sở Công Thương"
SKHDT = "Sở Kế hoạch và Đầu tư"
STC = "Sở Tài chính"
STNMT = "Sở Tài nguyên và Môi trường"
LMHTX = "Liên minh Hợp tác xã tỉnh"
SECRETARIAT = "Văn phòng UBND tỉnh – Bộ phận giúp việc Ban Chỉ đạo"
COMMITTEE = "Ban Chỉ đạo Đổi mới, phát triển và nâng cao hiệu quả kinh tế tập thể tỉnh Sóc Trăng"


def task(number: int, title: str, agency: str, due: date | None = None, **more: object) -> TaskFacts:
    facts = TaskFacts(
        number, f"GN-{number:04}", title, f"agency-{agency}", agency, TaskStatus.IN_PROGRESS,
        assigned_on=date(2022, 9, 5), due_on=due, original_due_on=due, source=OLDER,
    )  # fmt: skip
    return replace(facts, **more)


def on_day(facts: TaskFacts, urging: int | None = None) -> TaskLine:
    return line(facts, TODAY, urging)


WEAK = task(
    12, "Rà soát, phân loại các hợp tác xã hoạt động yếu kém; xây dựng phương án củng cố hoặc giải thể, báo"
    " cáo Ủy ban nhân dân tỉnh kết quả thực hiện", LMHTX, date(2022, 12, 9),
    urged=1, last_urged_on=date(2022, 12, 12), last_report_on=date(2022, 10, 20),
)  # fmt: skip
TRADE = task(
    17, "Tổ chức hội nghị kết nối tiêu thụ sản phẩm của hợp tác xã với doanh nghiệp trong và ngoài tỉnh", SCT,
    date(2022, 12, 22), last_report_on=date(2022, 12, 5),
)  # fmt: skip
LAND = task(
    21, "Hỗ trợ hợp tác xã thuê đất xây dựng nhà kho, sân phơi phục vụ sơ chế, bảo quản lúa", STNMT,
    date(2022, 12, 30), status=TaskStatus.PAUSED, last_report_on=date(2022, 12, 12),
)  # fmt: skip
PLAN = task(
    25, "Hoàn chỉnh dự thảo Kế hoạch hỗ trợ, phát triển kinh tế tập thể, hợp tác xã năm 2023", SKHDT,
    date(2022, 12, 19), last_report_on=date(2022, 12, 15),
)  # fmt: skip
FUND = task(
    9, "Đề xuất bổ sung vốn điều lệ cho Quỹ hỗ trợ phát triển hợp tác xã", STC, date(2022, 10, 31), urged=3,
    original_due_on=date(2022, 9, 30), last_urged_on=date(2022, 12, 12), last_report_on=date(2022, 9, 28),
)  # fmt: skip
CODES = task(
    6, "Cấp và quản lý mã số vùng trồng phục vụ xuất khẩu cho các hợp tác xã cây ăn trái", SNN,
    date(2022, 9, 15), urged=4, last_urged_on=date(2022, 12, 13), last_report_on=date(2022, 11, 2),
)  # fmt: skip
CHAIN = task(
    14, "Hướng dẫn hợp tác xã xây dựng chuỗi giá trị gắn với sản phẩm OCOP", SNN,
    review_on=date(2022, 12, 19), last_report_on=date(2022, 10, 3),
)  # fmt: skip
TRAINING = task(15, "Đào tạo, tập huấn nâng cao năng lực quản trị cho Hội đồng quản trị hợp tác xã", LMHTX)
LOANS = task(
    27, "Lập danh sách hợp tác xã đề nghị vay vốn Quỹ hỗ trợ phát triển hợp tác xã đợt đầu năm 2023",
    LMHTX, TODAY
)  # fmt: skip
UNION = task(
    28, "Trình phương án thành lập liên hiệp hợp tác xã lúa gạo", LMHTX, date(2022, 12, 22),
    original_due_on=date(2022, 11, 30),
)  # fmt: skip
RESULT = task(
    19, "Tổng hợp nhu cầu vay vốn của các hợp tác xã trên địa bàn tỉnh", LMHTX, date(2022, 12, 20),
    status=TaskStatus.SUBMITTED, submitted_on=date(2022, 12, 15), last_report_on=date(2022, 12, 15),
)  # fmt: skip
LATE_RESULT = task(
    11, "Báo cáo kết quả khuyến công hỗ trợ cơ sở công nghiệp nông thôn năm 2022", SCT, date(2022, 12, 9),
    status=TaskStatus.SUBMITTED, submitted_on=date(2022, 12, 16), last_report_on=date(2022, 12, 16),
)  # fmt: skip
DONE = task(
    8, "Kiện toàn Tổ giúp việc Ban Chỉ đạo", SKHDT, date(2022, 12, 16), status=TaskStatus.CONFIRMED,
    submitted_on=date(2022, 12, 14), confirmed_on=date(2022, 12, 16),
)  # fmt: skip
NEW = tuple(
    replace(
        on_day(replace(facts, assigned_on=date(2022, 12, 16), status=TaskStatus.ASSIGNED, source=SOURCE)),
        cooperating=bodies, escalation_to=above,
    )
    for facts, bodies, above in (
        (task(31, "Xây dựng mô hình hợp tác xã điểm gắn với vùng nguyên liệu lúa đặc sản", SNN,
              date(2022, 12, 28)), (SCT, LMHTX, "UBND các huyện, thị xã, thành phố"), "UBND tỉnh"),
        (task(32, "Kiểm tra điều kiện công nhận sản phẩm OCOP của các hợp tác xã", SNN,
              review_on=date(2023, 1, 15)), (SCT,), None),
    )
)  # fmt: skip
CASE = CaseFacts(
    7, LAND, raised_on=date(2022, 12, 12), rung=Rung.CHAIR, rung_since=date(2022, 12, 16),
    answer_by=date(2022, 12, 23),
    missing_authority="Điều chỉnh kế hoạch sử dụng đất cấp huyện để bố trí 2,4 ha đất cho ba hợp tác xã.",
    basis="Luật Đất đai năm 2013: kế hoạch sử dụng đất cấp huyện do Ủy ban nhân dân tỉnh phê duyệt.",
    tried="Đã làm việc với UBND huyện Thạnh Trị ngày 06/12/2022.\n"
    "Đã rà soát quỹ đất công ích của xã, không còn đủ diện tích.",
    opinions="Sở Kế hoạch và Đầu tư: thống nhất phương án 1.\n"
    "Sở Tài chính: cần xác định nguồn kinh phí giải phóng mặt bằng.",
    options="Phương án 1: điều chỉnh kế hoạch sử dụng đất năm 2023, hợp tác xã có kho trước vụ Hè Thu.\n"
    "Phương án 2: thuê lại kho của doanh nghiệp trong hai năm, chi phí khoảng 600 triệu đồng.",
    recommendation="Chọn phương án 1; giao UBND huyện Thạnh Trị lập hồ sơ điều chỉnh trước ngày 15/01/2023.",
    needed_by=date(2022, 12, 28), days_waiting=7,
)  # fmt: skip
DECIDED = replace(
    CASE, answer=Answer.DECIDE, decided_on=TODAY, capacity="Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo",
    decision="Đồng ý phương án 1. Giao Sở Tài nguyên và Môi trường chủ trì, phối hợp với UBND huyện Thạnh Trị"
    " lập hồ sơ điều chỉnh kế hoạch sử dụng đất năm 2023, trình UBND tỉnh trước ngày 15/01/2023.",
)  # fmt: skip
SENT_BACK = replace(
    DECIDED, answer=Answer.RETURN, capacity=None, rung=Rung.STANDING,
    decision="Việc bố trí quỹ đất công ích thuộc thẩm quyền của UBND cấp huyện, cấp xã.",
)  # fmt: skip
DIGEST = Digest(
    TODAY, COMMITTEE, (CASE,), (on_day(WEAK),), (on_day(FUND),), (on_day(CODES),),
    (on_day(CODES), on_day(FUND)),
    (on_day(PLAN), on_day(TRADE)), (NEW[0],), (on_day(CHAIN), on_day(TRAINING)),
    (on_day(FUND), on_day(CODES), on_day(TRAINING)), (on_day(RESULT), on_day(LATE_RESULT)), (on_day(DONE),),
    (LeagueRow(SKHDT, 6, 5, 0, 100.0, 100.0), LeagueRow(SCT, 7, 4, 0, 75.0, 100.0),
     LeagueRow(LMHTX, 8, 4, 1, 80.0, 62.5), LeagueRow(SNN, 9, 3, 1, 66.7, 83.3),
     LeagueRow(STC, 3, 0, 1, None, 0.0)),
    extensions=(ExtensionLine(on_day(TRADE), 1, date(2022, 12, 16), date(2023, 1, 13)),),
    extended_often=(ExtensionLine(on_day(FUND), 3),),
    previous=TODAY - timedelta(days=7), total=41, total_open=22, completed_rate=48.5, updated_rate=77.3,
    silent_days=30,
    standing_rules=("Việc vượt thẩm quyền: báo cáo Ủy ban nhân dân tỉnh để giải quyết kịp thời.",),
)  # fmt: skip

#: A province late with everything: only the first rows stand in the letter.
LARGE_DIGEST = replace(
    DIGEST,
    counts={"overdue_1_30": 18_963, "silent": 6_120, "league": 214, "due_7": 1_204},
    total=100_000,
    total_open=86_113,
)
#: Two meetings that the digest of the day is made ahead of.
MEETINGS = (
    MeetingFacts(date(2022, 12, 20), "Họp Ban Chỉ đạo quý IV năm 2022"),
    MeetingFacts(date(2022, 12, 20), "Họp Tổ giúp việc"),
)
HANDED = Matter(on_day(WEAK), body=SNN)
ASKED = Matter(
    on_day(TRADE),
    "Doanh nghiệp tiêu thụ đề nghị lùi hội nghị sang tháng 01/2023.",
    number=3,
    day=date(2023, 1, 13),
)
ANSWERS_GIVEN = (
    Matter(
        on_day(replace(TRADE, due_on=date(2023, 1, 13))),
        day=date(2023, 1, 13),
        state=ExtensionState.AGREED,
        decided_by="Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo",
    ),
    Matter(
        on_day(UNION),
        "Cần trình trước kỳ họp tháng 01.",
        day=date(2022, 12, 28),
        state=ExtensionState.COUNTERED,
    ),
    Matter(on_day(LOANS), "Đã gia hạn hai lần.", state=ExtensionState.REFUSED),
)

SINCE = datetime(2022, 12, 19, 0, 31, tzinfo=UTC)
#: The end of a chain of the trail: how many rows, and its digest.
SEALED = (1204, "0123456789abcdef" * 4)


def _unreached(reason: Unreached) -> Letter:
    bodies = [OfBody(LMHTX, [on_day(WEAK), on_day(TRAINING)], 2), OfBody(STC, [on_day(FUND)], 1)]
    return letters.no_contact_letter(SECRETARIAT, TODAY, bodies, BASE, reason)


#: Of one case, not of tasks.
WITHOUT_ROWS = frozenset({"escalation", "escalation_notice", "decision"})
LETTERS: dict[str, Callable[[], Letter]] = {
    "assignment": lambda: letters.assignment_letter(SNN, SOURCE, NEW, BASE),
    "morning": lambda: letters.morning_letter(
        LMHTX, TODAY,
        letters.Morning([on_day(WEAK, 2)], [on_day(LOANS), on_day(UNION)], [on_day(TRAINING)]), BASE
    ),
    "morning_one": lambda: letters.morning_letter(SCT, TODAY, letters.Morning(due=[on_day(TRADE)]), BASE),
    "confirmation": lambda: letters.confirmation_letter(
        SECRETARIAT, TODAY, [on_day(RESULT), on_day(LATE_RESULT)], BASE
    ),
    "escalation": lambda: letters.escalation_letter("Trưởng Ban Chỉ đạo", TODAY, CASE, BASE),
    "escalation_notice": lambda: letters.escalation_notice(STNMT, TODAY, CASE, Rung.STANDING, BASE),
    "escalation_passed_up": lambda: letters.escalation_notice(
        STNMT, TODAY, CASE, Rung.STANDING, BASE, silent=False
    ),
    "decision": lambda: letters.decision_letter(STNMT, TODAY, DECIDED, BASE),
    "decision_returned": lambda: letters.decision_letter(
        STNMT, TODAY, SENT_BACK, BASE
    ),
    "digest": lambda: letters.digest_letter("Trưởng Ban Chỉ đạo", DIGEST, BASE),
    "digest_before_meeting": lambda: letters.digest_letter("Trưởng Ban Chỉ đạo", DIGEST, BASE, MEETINGS),
    "digest_sealed": lambda: letters.digest_letter("Trưởng Ban Chỉ đạo", DIGEST, BASE, trail=SEALED),
    "digest_large": lambda: letters.digest_letter("UBND tỉnh", LARGE_DIGEST, BASE),
    "no_contact": lambda: letters.no_contact_letter(
        SECRETARIAT,
        TODAY,
        [OfBody(LMHTX, [on_day(WEAK), on_day(TRAINING)], 2), OfBody(STC, [on_day(FUND)], 1)],
        BASE,
    ),
    "unwritten": lambda: letters.no_contact_letter(
        SECRETARIAT, TODAY, [OfBody(STC, [on_day(FUND)], 1)], BASE, Unreached.UNWRITTEN
    ),
    **{
        f"no_contact_{reason}": partial(_unreached, reason)
        for reason in (Unreached.REFUSED, Unreached.NOT_TAKEN, Unreached.CHANNEL)
    },
    "channel_down": lambda: letters.channel_down_letter(
        SECRETARIAT,
        letters.ChannelTold("Thư điện tử", SINCE, "535 5.7.8 Tài khoản gửi thư bị từ chối.", 1_204), BASE
    ),
    "morning_long": lambda: letters.morning_letter(
        LMHTX, TODAY,
        letters.Morning([on_day(WEAK, 2)] * 2, [on_day(LOANS), *[on_day(UNION)] * 1_500],
                        [on_day(TRAINING)] * 496), BASE, most=4
    ),
    "returned": lambda: letters.returned_letter(LMHTX, TODAY, [
        Matter(on_day(replace(WEAK, status=TaskStatus.RETURNED)), "Chưa nêu phương án giải thể 3 hợp tác xã.",
               faults=(Fault.THIN,))
    ], BASE),
    "refused": lambda: letters.refused_letter(SECRETARIAT, TODAY, [
        Matter(on_day(replace(TRADE, status=TaskStatus.REFUSED)), "Thuộc chức năng của đơn vị khác."),
        Matter(on_day(PLAN), "Không được bố trí kinh phí.", body=STC),
    ], BASE),
    "withdrawn": lambda: letters.withdrawn_letter(LMHTX, TODAY, [
        Matter(on_day(replace(UNION, status=TaskStatus.WITHDRAWN)), "Đã có chủ trương khác.")
    ], BASE),
    "handed_over": lambda: letters.handed_over_letter(
        letters.ToldTasks(LMHTX, TODAY, [HANDED], BASE), "", taken=False
    ),
    "taken_over": lambda: letters.handed_over_letter(
        letters.ToldTasks(
            SNN, TODAY,
            [replace(HANDED, body=LMHTX, urged_before=2, urged_before_on=date(2022, 12, 12),
                     reason="Sáp nhập."), replace(HANDED, body=LMHTX)], BASE,
        ),
        "Nghị quyết số 202/2025/QH15", taken=True,
    ),
    "new_lead": lambda: letters.new_lead_letter(
        letters.ToldTasks(STC, TODAY, [replace(HANDED, body=SNN)], BASE), "Nghị quyết số 202/2025/QH15"
    ),
    "counter_taken": lambda: letters.counter_taken_letter(
        SECRETARIAT, TODAY,
        [replace(ASKED, line=on_day(UNION), state=ExtensionState.AGREED, number=1)], BASE,
    ),
    "cooperation": lambda: letters.cooperation_letter(SCT, SOURCE, [
        Matter(NEW[0], day=date(2022, 12, 23)), Matter(NEW[1])
    ], BASE),
    "extension": lambda: letters.extension_letter(SECRETARIAT, TODAY, [ASKED], BASE),
    "extension_answer": lambda: letters.extension_answer(LMHTX, TODAY, ANSWERS_GIVEN, BASE),
    "extension_agreed": lambda: letters.extension_answer(SCT, TODAY, ANSWERS_GIVEN[:1], BASE),
    "crossing": lambda: letters.crossing_letter(
        "Trưởng Ban Chỉ đạo", TODAY, [Matter(on_day(CODES)), Matter(on_day(FUND))], BASE
    ),
    "paper_due": lambda: letters.paper_due_letter(
        SECRETARIAT, TODAY, [OfBody(SNN, [on_day(CODES)], 1), OfBody(STC, [on_day(FUND)], 1)], BASE
    ),
}  # fmt: skip
