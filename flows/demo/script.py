"""What people do in the demo's year: who answers what, when. The engine does the rest by itself."""

from dataclasses import dataclass
from datetime import date

from flows.actions.escalation.escalate import CaseForm
from rules.vocabulary import Actor, EventKind, Fault

E = EventKind
UNION, WEAK, OCOP = "Lúa gạo Thạnh Trị", "yếu kém", "OCOP"
FIELD, PLAN, MARKET = "đi cơ sở", "phân công", "thương mại điện tử"
FUND, WATER, REPORT, TRACK = "vốn điều lệ", "cấp nước", "hằng quý", "đôn đốc"
FAIR, DRYER, SEED, SUMMARY = "hội chợ", "máy sấy lúa", "lúa giống", "củng cố hợp tác xã nông nghiệp"


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """On ``day``, ``who`` says ``what`` about the oldest open task of theirs that names ``about``."""

    day: date
    who: str
    about: str
    what: EventKind
    note: str = ""
    actor: Actor = Actor.LEAD
    faults: tuple[Fault, ...] = ()


def _confirmed(day: date, about: str, *agencies: str) -> list[ScriptLine]:
    return [ScriptLine(day, who, about, E.CONFIRMED, actor=Actor.SECRETARIAT) for who in agencies]


def _said(day: date, what: EventKind, about: str, note: str, *agencies: str) -> list[ScriptLine]:
    return [ScriptLine(day, who, about, what, note) for who in agencies]


PROMPT_DISTRICTS = ("ubnd-ks", "ubnd-mt", "ubnd-mx", "ubnd-tt", "ubnd-td", "ubnd-lp", "ubnd-ct", "ubnd-st")
_NO_SOURCE = "Tờ trình chưa nêu nguồn vốn."
_PLAN_SENT = "Đã gửi phương án củng cố, giải thể từng hợp tác xã cho Sở Kế hoạch và Đầu tư."

LINES: list[ScriptLine] = [
    *_said(date(2022, 8, 31), E.RECEIVED, PLAN, "", "skhdt"),
    *_said(date(2022, 8, 31), E.RECEIVED, UNION, "", "lmhtx"),
    *_said(date(2022, 9, 5), E.RECEIVED, WEAK, "", *PROMPT_DISTRICTS, "ubnd-vc"),
    *_said(date(2022, 9, 5), E.RECEIVED, OCOP, "", "snn"),
    *_said(date(2022, 9, 5), E.RECEIVED, FUND, "", "stc"),
    *_said(date(2022, 9, 6), E.RECEIVED, FIELD, "", "tv-skhdt", "tv-snn", "tv-lmhtx", "tv-sct"),
    *_said(date(2022, 9, 6), E.RECEIVED, MARKET, "", "sct"),
    *_said(date(2022, 9, 12), E.PROGRESS, PLAN, "Đã dự thảo bảng phân công, đang lấy ý kiến.", "skhdt"),
    *_said(date(2022, 9, 14), E.SUBMITTED, PLAN, "Đã trình Trưởng Ban Chỉ đạo bảng phân công.", "skhdt"),
    *_confirmed(date(2022, 9, 16), PLAN, "skhdt"),
    *_said(date(2022, 9, 19), E.SUBMITTED, REPORT, "Đã gửi báo cáo quý III.", "snn", "lmhtx"),
    *_confirmed(date(2022, 9, 22), REPORT, "snn", "lmhtx"),
    *_said(date(2022, 9, 28), E.SUBMITTED, WEAK, _PLAN_SENT, *PROMPT_DISTRICTS),
    *_confirmed(date(2022, 10, 3), WEAK, *PROMPT_DISTRICTS),
    *_said(date(2022, 10, 6), E.SUBMITTED, WEAK, _PLAN_SENT, "ubnd-vc"),
    *_confirmed(date(2022, 10, 10), WEAK, "ubnd-vc"),
    *_said(date(2022, 10, 10), E.PROGRESS, UNION, "Đã họp 05 hợp tác xã, thống nhất điều lệ.", "lmhtx"),
    *_said(date(2022, 10, 20), E.SUBMITTED, WEAK, _PLAN_SENT, "ubnd-nn"),
    ScriptLine(
        date(2022, 10, 20), "ttns", WATER, E.SUBMITTED, "Báo cáo giấy gửi Văn phòng.", Actor.SECRETARIAT
    ),
    *_confirmed(date(2022, 10, 24), WATER, "ttns"),
    *_confirmed(date(2022, 10, 24), WEAK, "ubnd-nn"),
    *_said(date(2022, 10, 25), E.RECEIVED, FAIR, "", "sct"),
    *_said(date(2022, 10, 25), E.REFUSED, DRYER, "Dự toán này do Sở Kế hoạch và Đầu tư thẩm định.", "stc"),
    *_said(date(2022, 10, 25), E.SUBMITTED, SEED, "Đã thống kê: cần 420 tấn lúa giống.", "snn"),
    ScriptLine(date(2022, 10, 27), "stc", DRYER, E.REASSIGNED, "Giữ nguyên phân công.", Actor.SECRETARIAT),
    *_confirmed(date(2022, 10, 27), SEED, "snn"),
    *_said(date(2022, 11, 3), E.SUBMITTED, DRYER, "Đã trình kết quả thẩm định dự toán.", "stc"),
    *_confirmed(date(2022, 11, 4), DRYER, "stc"),
    *_said(date(2022, 11, 9), E.SUBMITTED, FAIR, "Hội chợ có 64 gian hàng của hợp tác xã.", "sct"),
    *_said(date(2022, 11, 10), E.PROGRESS, FIELD, "Đã làm việc với 03 hợp tác xã.", "tv-snn", "tv-lmhtx"),
    *_confirmed(date(2022, 11, 11), FAIR, "sct"),
    *_said(date(2022, 11, 14), E.SUBMITTED, SUMMARY, "Đã báo cáo kết quả củng cố hợp tác xã.", "lmhtx"),
    *_confirmed(date(2022, 11, 16), SUMMARY, "lmhtx"),
    *_said(date(2022, 11, 15), E.PROGRESS, MARKET, "Đã đưa 24 sản phẩm lên sàn.", "sct"),
    *_said(date(2022, 12, 13), E.SUBMITTED, OCOP, "Đã hoàn thiện hồ sơ nâng hạng của 09 sản phẩm.", "snn"),
    *_said(date(2022, 12, 14), E.SUBMITTED, UNION, "Đã trình đề án sau khi được giao đất.", "lmhtx"),
    *_said(date(2022, 12, 14), E.SUBMITTED, WEAK, _PLAN_SENT, "ubnd-cld"),
    *_confirmed(date(2022, 12, 15), OCOP, "snn"),
    *_confirmed(date(2022, 12, 16), UNION, "lmhtx"),
    *_confirmed(date(2022, 12, 16), WEAK, "ubnd-cld"),
    *_said(date(2022, 12, 19), E.SUBMITTED, REPORT, "Đã gửi báo cáo quý IV.", "lmhtx"),
    *_confirmed(date(2022, 12, 21), REPORT, "lmhtx"),
    *_said(date(2022, 12, 27), E.SUBMITTED, REPORT, "Gửi báo cáo quý IV sau khi được đôn đốc.", "snn"),
    *_said(date(2022, 12, 28), E.PROGRESS, FUND, "Đang rà soát nguồn tăng thu.", "stc"),
    *_confirmed(date(2022, 12, 29), REPORT, "snn"),
    *_said(date(2023, 1, 18), E.SUBMITTED, FUND, "Đã có tờ trình bổ sung vốn điều lệ.", "stc"),
    ScriptLine(date(2023, 1, 19), "stc", FUND, E.RETURNED, _NO_SOURCE, Actor.SECRETARIAT, (Fault.THIN,)),
    *_said(date(2023, 2, 7), E.SUBMITTED, FUND, "Đã bổ sung phương án nguồn vốn.", "stc"),
    *_confirmed(date(2023, 2, 9), FUND, "stc"),
    *_said(date(2023, 3, 17), E.SUBMITTED, REPORT, "Đã gửi báo cáo quý I.", "snn"),
    *_confirmed(date(2023, 3, 20), REPORT, "snn"),
    *_said(date(2023, 4, 12), E.SUBMITTED, REPORT, "Gửi báo cáo quý I sau ba lần đôn đốc.", "lmhtx"),
    *_confirmed(date(2023, 4, 13), REPORT, "lmhtx"),
    *_said(date(2023, 6, 16), E.SUBMITTED, REPORT, "Đã gửi báo cáo quý II.", "snn", "lmhtx"),
    *_confirmed(date(2023, 6, 20), REPORT, "snn", "lmhtx"),
    *_said(date(2023, 7, 10), E.PROGRESS, MARKET, "Lũy kế 41 sản phẩm trên sàn.", "sct"),
]

RAISED_ON = date(2022, 10, 12)
RAISED_BY = "lmhtx"
CASE = CaseForm(
    missing_authority="Giao 2,4 ha đất công tại huyện Thạnh Trị làm nhà máy sấy, kho lúa cho Liên hiệp.",
    basis="Thẩm quyền giao đất, cho thuê đất cho tổ chức thuộc UBND cấp tỉnh.",
    tried="Đã làm việc với UBND huyện Thạnh Trị và Sở Tài nguyên và Môi trường; cả hai thống nhất về vị trí.",
    opinions="UBND huyện Thạnh Trị, Sở Nông nghiệp và PTNT: đồng ý.",
    options="Phương án 1: giao đất công, có kho trước vụ Đông Xuân. "
    "Phương án 2: thuê kho tư nhân, tốn 1,1 tỷ đồng một năm.",
    recommendation="Chọn phương án 1.",
    needed_by=date(2022, 11, 15),
)

DECIDED_ON = date(2022, 11, 4)
DECISION = (
    "Đồng ý phương án 1. Giao Sở Tài nguyên và Môi trường hướng dẫn Liên minh Hợp tác xã tỉnh "
    "hoàn tất thủ tục giao đất trước ngày 30/11/2022."
)
CAPACITY = "Chủ tịch UBND tỉnh"
NEW_DUE = date(2022, 12, 16)
ACKNOWLEDGED_ON = date(2022, 11, 7)
