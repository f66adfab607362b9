"""Agencies that the register does not know: named with candidates, never dropped (guideline §3).

Only where an agency is expected: at the opening of a clause, after an assigning verb, after "phối hợp với".
"""

import re
from bisect import bisect_left

from rules.people.registry import RegistryView
from rules.reading.names.asked_lists import TRADE
from rules.reading.names.stranger_names import first_verb, name_end
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.reading.text.words import modal_at
from rules.text.gaps import gaps

_HEADS = (
    r"Sở|Hội|Chi cục|Trung tâm|Tổng công ty|Công ty|Ban Quản lý|Ban quản lý|Trường|Bệnh viện|Phòng|Cục"
    r"|Quỹ|Liên đoàn|Bộ|Tập đoàn|Tổng cục|Công an|Thanh tra|Văn phòng|Đài|Báo|Học viện"
    r"|Tòa án(?: nhân dân)?|Viện kiểm sát(?: nhân dân)?"
    r"|Đảng ủy|Đảng bộ|Đảng đoàn|Ban cán sự đảng|Ban Cán sự đảng|Huyện ủy|Thị ủy|Thành ủy|Tỉnh đoàn"
    r"|Huyện đoàn|Ủy ban|Uỷ ban|Đồn|Bộ Chỉ huy|Ban Chỉ huy|Hạt|Đội|Hợp tác xã|Liên minh|Mặt trận|Hiệp hội"
    r"|Nông trường"
    r"|Ngân hàng|Viện|Trạm|Xí nghiệp|Nhà máy|Câu lạc bộ|Chi nhánh|Kho bạc|Bảo hiểm"
    r"|Điện lực|Cảng vụ|Vườn"
    r"|VNPT|Viettel|Mobi[Ff]one|Vina[Pp]hone|Bảo tàng|Thư viện|Nhà hát|Ban|P\.|CA|TT(?= [A-ZĐ]{2})|Cổng"
    r"|BCH|BQL|Công đoàn"
)
#: "UBND huyện Thanh Trì", "UBND TX Thuận An": the name is the words with a capital behind the level.
_COMMITTEE = (
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) "
    r"(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|TX|TP|H|P)\.?"
)
#: What follows where the head opens another word: "Báo cáo", "Ban hành", "Phòng chống", "Hội nghị".
_NO_NAME = (
    r"(?:cáo|chí|hành|giao|bố|chống|ngừa|họp|cháy|bệnh|nghị|thảo|phận|trưởng|phó|tuyên|viên|sở"
    r"|đồng|Thường trực|Thường vụ|Chấp hành)(?!\w)"
)
_STRANGER = re.compile(rf"(?<!\w)(?:(?P<committee>{_COMMITTEE})|(?:{_HEADS}))(?= [{UPPER}\w])(?! {_NO_NAME})")
_PLACE = re.compile(rf" \d{{1,2}}(?![\w/.])|(?: {{1,2}}(?!UBND |Ủy ban |Phó |Chủ )[{UPPER}][^\W\d_]*)+")
_LONGEST_PLACE = 4
#: "Các chủ công trình hạ tầng", "UBND 13 tỉnh trong vùng": a group that only its own words name.
_GROUP = re.compile(
    gaps(
        r"(?:[Cc]ác|[Tt]ừng|[Nn]hững) (?:chủ|doanh nghiệp|tổ chức|hiệp hội|công ty|cấp ủy|bộ|trường|bệnh viện"
        r"|phòng|trạm|ban|hội|đảng ủy|huyện ủy|nhà máy|nhà mạng|lực lượng|tổ|cơ sở|tỉnh)(?! nào)(?!\w)"
        r"|UBND \d{1,2} tỉnh(?!\w)"
        r"|Ban [Qq]uản lý (?:rừng|chợ|cảng|bến|di tích|khu)(?!\w)"
    )
)
#: Committees of the Party below the province, each a body of its own: "các huyện ủy, thị ủy".
_PARTY = re.compile(
    gaps(
        rf"(?<!\w)(?:(?:[Cc]ác )?(?:[Hh]uyện|[Tt]hị|[Tt]hành|[Đđ]ảng) (?:ủy|uỷ)(?! viên)"
        rf"(?: trực thuộc| cấp trên cơ sở)?"
        rf"(?: [{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)?(?!\w))?"
        rf"|[Đđ]ảng đoàn các tổ chức chính trị(?: - |-)xã hội(?: tỉnh| thành phố)?(?!\w)"
        rf"|[Cc]ác cấp (?:ủy|uỷ)(?:(?:, | và )(?:tổ chức đảng|chính quyền)){{0,2}})"
    )
)
#: What a board builds, and whose it is: "… công trình Giao thông và Nông nghiệp tỉnh".
_TRADES = (
    rf"(?:(?:,| và)? [{UPPER}][{LOWER}]+(?: (?:thông|nghiệp|dụng|thôn|tầng|lợi|sự|tế))?){{0,6}}"
    rf"(?: (?:tỉnh|thành phố|huyện|thị xã)(?: [{UPPER}][{LOWER}]+){{0,3}}(?!\w))?"
)
#: Bodies named by what they are for, or whose people they lead: "Ban Chỉ đạo phòng, chống dịch bệnh tỉnh
#: Hà Giang", "Ban nhân dân các ấp".
_TOPICAL = re.compile(
    gaps(
        rf"(?<!\w)(?:Ban nhân dân (?:các )?(?:ấp|khóm|khu vực)(?:(?:, | và )(?:ấp|khóm|khu vực))*"
        rf"(?: (?:[{UPPER}][{LOWER}]+|\d+))*(?!\w)"
        rf"|Ban (?:[Qq]uản lý (?:các )?dự án|QLDA)(?: đầu tư xây dựng(?:(?: các)? công trình)?{_TRADES})?"
        rf"(?! [{UPPER}\d])(?!\w)"
        rf"|(?:Ban [Cc]hỉ (?:đạo|huy)|Hội đồng|Tổ công tác|Đoàn công tác) (?:(?! (?:phải|cần|yêu cầu|chủ trì"
        rf"|có trách nhiệm|rà soát|báo cáo|tiếp tục|khẩn trương|được|đã)(?!\w))[^.;:\n]){{3,90}}?"
        rf" (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|các cấp|Nhà nước|[Qq]uốc gia|Trung ương)"
        rf"(?: [{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)?)?(?![\w])(?!,? (?:các|thị|huyện|xã|phường)))"
    )
)
_TOLD = re.compile(
    gaps(
        r"\b(?:truoc|cham nhat|den het|xong)\s+(?:het\s+)?(?:ngay\s+|thang\s+|quy\s+|nam\s+)?\d"
        r"|\bhoan thanh truoc\b|\b(?:truoc|trong|den)\s+(?:cuoi\s+)?(?:tuan|thang|quy|nam)\b"
    )
)
_SENTENCE = 240
#: What stands before an agency that is addressed or named to help.
_OPENINGS = (
    "\n", ". ", "; ", ": ", "\n ", "- ", "+ ", ", ", ",", ") ", " và ", "giao ", "Giao ",
    "yêu cầu ", "Yêu cầu ",
    "đề nghị ", "Đề nghị ", "phân công ", "Phân công ", "phối hợp với ", "phối hợp ", "cùng với ", "cùng ",
    "Giám đốc ", "Thủ trưởng ", "Chủ tịch ", "chủ tịch ", "lãnh đạo ", "Lãnh đạo ", "ối với ",
    "thì ", "do ", "lưu ý ", "chỉ đạo ",
    "Bí thư ", "hướng dẫn ", "trưởng ", "các ",
)  # fmt: skip
_GROUP_OPENINGS = (
    "Chủ tịch ",
    "Riêng ",
    "\n",
    ". ",
    "; ",
    "- ",
    "+ ",
    ") ",
    "giao ",
    "Giao ",
    "yêu cầu ",
    "Yêu cầu ",
    "đề nghị ",
    "Đề nghị ",
)


def unknown_agencies(
    views: Views, view: RegistryView, taken: list[tuple[int, int]]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """(start, end, candidates) of names that look like agencies.

    A known name may be the last part of one ("Đảng ủy Công an tỉnh"); no other known name is touched.
    """
    found: list[tuple[int, int, tuple[str, ...]]] = _party(views, taken)
    busy = sorted([*taken, *((start, end) for start, end, _ in found)])
    for hit in _TOPICAL.finditer(views.clean):
        opens = hit.start() == 0 or views.clean.endswith(_OPENINGS, 0, hit.start())
        if opens and not _inside(busy, hit.start()):
            found.append((hit.start(), hit.end(), view.resolve(hit.group()).candidates[:3]))
    found.sort()
    own = [(start, end) for start, end, _ in found]
    for hit in _STRANGER.finditer(views.clean):
        if hit.start() and not views.clean.endswith(_OPENINGS, 0, hit.start()):
            continue
        if _inside(taken, hit.start()) or _inside(own, hit.start()):
            continue
        end = _place_end(views, hit.end()) if hit["committee"] else name_end(views, hit.end(), taken)
        if end is None or (found and found[-1][0] < hit.start() < found[-1][1]):
            continue
        name = views.clean[hit.start() : end]
        found.append((hit.start(), end, view.resolve(name).candidates[:3]))
    busy = sorted([*taken, *((start, end) for start, end, _ in found)])
    return sorted([*found, *((start, end, ()) for start, end in _groups(views, busy))])


def _party(views: Views, taken: list[tuple[int, int]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Committees that are no part of a longer known name ("Thành ủy Cần Thơ")."""
    hits = [(hit.start(), hit.end()) for hit in _PARTY.finditer(views.clean)]
    whole = [(start, end) for start, end in hits if views.clean[start : start + 9].lower() == "đảng đoàn"]
    return [(start, end, ()) for start, end in hits if (start, end) in whole or not _inside(taken, end - 1)]


def _groups(views: Views, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Groups that have something to do by a day, or must do it: anything else is no order to them."""
    found = []
    for hit in _GROUP.finditer(views.clean):
        if hit.start() and not views.clean.endswith(_GROUP_OPENINGS, 0, hit.start()):
            continue
        stop = min(len(views.clean), hit.start() + _SENTENCE)
        trade = TRADE.match(views.clean, hit.end())  # "Các cơ sở nuôi tôm phải …"
        end = first_verb(views, hit.start(), trade.end() if trade else hit.end(), stop)
        if end is None or overlaps(taken, hit.start(), end):
            continue
        rest = views.folded[end:stop].partition("\n")[0]
        counted = hit.group().startswith("UBND")  # whatever they are to do
        if counted or modal_at(views, end, stop) or _TOLD.search(rest.partition(". ")[0]):
            found.append((hit.start(), hit.start() + len(views.clean[hit.start() : end].rstrip(" ,"))))
    return found


def overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``[start, end)`` meets one of the sorted, disjoint intervals."""
    index = bisect_left(taken, (end,)) - 1
    return index >= 0 and taken[index][1] > start


def _inside(taken: list[tuple[int, int]], at: int) -> bool:
    return overlaps(taken, at, at + 1)


def _place_end(views: Views, at: int) -> int | None:
    words = _PLACE.match(views.clean, at)
    if not words:
        return None
    end = at
    for word in list(re.finditer(r"\S+", words.group()))[:_LONGEST_PLACE]:
        end = at + word.end()
    return end
