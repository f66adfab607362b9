"""Whom somebody asks, where common nouns are all that names them: "yêu cầu cấp ủy, chính quyền các cấp, các
sở, ban, ngành khẩn trương …".

What stands between an assigning verb and what is to be done is a list of whoever is told; a part of it
that no name covers is kept as written (labelling guideline §3). A list that does not end before an action is
none, and nothing is taken from it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from rules.reading.names.named import Named
from rules.reading.text.normalise import Views
from rules.reading.text.words import action_at, modal_at
from rules.text.gaps import gaps

_ASK = re.compile(
    gaps(r"(?<!\w)(?:[Yy]êu cầu|[Gg]iao|[Đđ]ề nghị|[Ll]ưu ý)(?: cho)?(?: các đồng chí)?,?\s+(?=\w)")
)
#: Whoever opens a sentence and is told something: "Tất cả cơ quan, trường học và nhà dân phải …".
_OPENS = re.compile(
    gaps(
        r"(?:^|(?<=[.;!?]\s)|(?<=\n))[ \t]*(?:\d{1,2}[.)/]\s*|[-+]\s*)?"
        r"(?=(?:Tất cả|Toàn thể|Thủ trưởng|Người đứng đầu|Lực lượng)\s)"
    )
)
#: Nouns of bodies and of people in office that may be told something without a name of their own.
_ALONE = (
    r"cấp (?:ủy|uỷ)|[Tt]ất cả(?: các)? (?:cơ quan|đơn vị)|tổ chức (?:đảng|chính trị|đoàn thể|xã hội"
    r"|hành nghề|tín dụng)|chính quyền|cơ quan|đơn vị"
    r"|[Ll]ực lượng|doanh nghiệp|nhà thầu|nhà đầu tư|chủ đầu tư|chủ (?:hồ|rừng|dự án|phương tiện|tàu"
    r"|công trình"
    r"|cơ sở|trang trại)|cơ sở|hợp tác xã|[Tt]hủ trưởng|[Tt]rưởng (?:phòng|ban|trạm|công an|ấp|khóm"
    r"|thôn|đoàn)"
    r"|[Hh]iệu trưởng|[Gg]iám đốc|[Nn]gười đứng đầu|[Cc]án bộ|[Cc]ông chức|đảng viên|đoàn viên|hội viên"
    r"|[Cc]hủ tịch UBND|UBND|ban quản lý|đoàn thể|mặt trận|hiệp hội"
)
#: Nouns that tell no body unless the list says that all of them are meant, or they go on with one.
_LISTED = (
    r"ngân hàng|trường|bệnh viện|công ty|trạm|nhà máy|hội(?! nghị| ý)|ngành|sở|ban(?! hành)"
    r"|phòng(?!,? chống| ngừa)|huyện|quận|thị xã|thành phố|xã"
    r"|phường|thị trấn|địa phương|cấp(?! phát| bù)|báo(?! cáo| ngay| về)|đài|tổ(?! chức)|đội"
)
#: What stands in such a list behind bodies, and names none.
_PEOPLE = (
    r"xí nghiệp|trường học|nhà dân|hộ gia đình|công sở|hộ dân|nhân dân|người dân|quân đội|công an|kiểm lâm"
    r"|bộ đội|nhà trường|chủ nhà|Đoàn thể|Nhà nước"
)
_ALL_OF = r"(?:[Cc]ác|[Tt]ừng|[Mm]ỗi|[Tt]oàn thể|[Nn]hững)\s+"
_HEAD = re.compile(gaps(rf"(?:{_ALL_OF}(?:{_LISTED}|{_ALONE})|{_ALONE})(?!\w)"))
_FURTHER = re.compile(gaps(rf"(?:{_ALL_OF})?(?:{_LISTED}|{_ALONE}|{_PEOPLE})(?!\w)"))
_JOINT = re.compile(gaps(r"(?:\s*(?:,\s*(?:và\s+)?|;\s*|/)|\s+và\s+)(?:cùng\s+)?"))
#: What tells which bodies are meant, and no action: "đóng trên địa bàn tỉnh", "có liên quan".
_WHICH = re.compile(
    gaps(
        r"\s+(?:(?:đóng|có trụ sở|hoạt động)\s+)?trên địa bàn(?:\s+(?:tỉnh|huyện|thành phố|xã|phường))?(?!\w)"
        r"|\s+(?:có\s+)?liên quan(?!\w)|\s+(?:cấp|trực thuộc|thuộc|của)\s+(?:tỉnh|huyện|xã|cơ sở|sở"
        r"|thành phố|UBND tỉnh|Sở)(?!\w)|\s+trực thuộc(?!\w)|\s+chức năng(?!\w)|\s+các cấp(?!\w)"
        r"|\s+(?:trong|toàn) tỉnh(?!\w)|\s+Việt Nam(?!\w)"
    )
)
#: A trade right behind its noun tells which bodies are meant: "các cơ sở nuôi tôm phải …".
TRADE = re.compile(
    gaps(
        r"\s+(?:quản lý|sản xuất|kinh doanh|chăn nuôi|nuôi|khai thác|vận hành|thi công|tư vấn|giám sát"
        r"|cung cấp|cung ứng|chế biến|đào tạo|vận tải|thu mua|thu gom|trồng|thiết kế|giết mổ|xét nghiệm)"
        r"(?! (?:chặt|tốt|nghiêm|hiệu quả|có hiệu|theo|các|việc))(?!\w)"
    )
)
#: "…, căn cứ chức năng, nhiệm vụ của đơn vị mình tổ chức thực hiện …".
_BY = re.compile(r"(?:căn cứ|theo chức năng|trong phạm vi|trên cơ sở|tùy theo|tuỳ theo)(?!\w)")
_WORD = re.compile(r"[ ]{1,64}+(?P<word>[^\W\d_]++(?:[&-][^\W\d_]++)*+)")
_MOST_ITEMS = 16
_MOST_WORDS = 9

Spans = list[tuple[int, int]]


def with_asked(views: Views, names: list[Named]) -> list[Named]:
    """The names, and those that only such lists tell; one name inside of which only its office was left out
    ("lực lượng Công an tỉnh") takes the words before it."""
    kept = list(names)
    for start, end in _asked(views, names):
        inside = [named for named in kept if start <= named.start and named.end <= end]
        kept = [named for named in kept if named not in inside]
        if len(inside) == 1 and inside[0].body_ids and inside[0].start > start:
            kept.append(replace(inside[0], start=start, end=end))
        else:
            kept.append(Named(start, end, stranger=True))
    return sorted(kept, key=lambda named: named.start)


def _asked(views: Views, names: Sequence[Named]) -> Spans:
    """Sorted spans of whoever is told something and is covered by no name."""
    ends = {named.start: named.end for named in names}
    busy = sorted((named.start, named.end) for named in names)
    found: Spans = []
    asks = sorted((*_ASK.finditer(views.clean), *_OPENS.finditer(views.clean)), key=lambda ask: ask.end())
    for ask in asks:
        if found and ask.end() < found[-1][1]:
            continue
        found += _list(views, ask.end(), ends, busy)
    return found


def _list(views: Views, at: int, ends: dict[int, int], busy: Spans) -> Spans:
    """What no name covers in the list that begins at ``at``; nothing if it is no list before an action."""
    taken: Spans = []
    for number in range(_MOST_ITEMS):
        end, covered = _item(views, at, ends, busy, _FURTHER if number else _HEAD)
        if end is None:
            return []
        if not covered:
            taken.append((at, end))
        if _acts(views, end):
            return taken
        joint = _JOINT.match(views.clean, end)
        if not joint:
            return []
        further = joint.end() in ends or _FURTHER.match(views.clean, joint.end())
        over = _acts(views, joint.end() - 1) or _BY.match(views.clean, joint.end())
        if "và" not in joint.group() and over and not further:
            return taken
        at = joint.end()
    return []


def _item(
    views: Views, at: int, ends: dict[int, int], busy: Spans, nouns: re.Pattern[str]
) -> tuple[int | None, bool]:
    """Where one of the told ends, and whether a name covers it; None if nobody is named here."""
    known = ends.get(at)
    head = nouns.match(views.clean, at) if known is None else None
    if known is None and head is None:
        return None, False
    begin = _past(views, known) if known is not None else head.end() if head else at
    trade = TRADE.match(views.clean, begin)
    if trade and (end := _noun_end(views, trade.end(), busy)) and _leads_on(views, end, ends):
        return end, False
    if known is not None:
        return begin, True
    return _noun_end(views, begin, busy), False


def _leads_on(views: Views, at: int, ends: dict[int, int]) -> bool:
    """Whether something to do follows, or one more who is told: then what stood before named the first."""
    joint = _JOINT.match(views.clean, at)
    further = joint and (joint.end() in ends or _FURTHER.match(views.clean, joint.end()))
    return bool(further) or (not joint and _acts(views, at))


def _noun_end(views: Views, at: int, busy: Spans) -> int:
    """The end of a noun with what tells which one is meant: before an action, a mark or another name."""
    for _ in range(_MOST_WORDS):
        at = _past(views, at)
        word = _WORD.match(views.clean, at)
        if _over(views, at) or word is None or word["word"] in ("và", "phải", "cần", "không", "để"):
            return at
        at = max(word.end(), _name_end(busy, word.start("word")))
    return at


def _name_end(busy: Spans, at: int) -> int:
    """The end of a name that begins at ``at`` (whose office it is), else 0."""
    index = bisect_left(busy, (at,))
    return busy[index][1] if index < len(busy) and busy[index][0] == at else 0


def _past(views: Views, at: int) -> int:
    while which := _WHICH.match(views.clean, at):
        at = which.end()
    return at


def _over(views: Views, at: int) -> bool:
    return views.clean[at : at + 1] in (",", ";", ":", ".", "\n", "") or _acts(views, at)


def _acts(views: Views, at: int) -> bool:
    """Whether something to do begins behind the blank at ``at``."""
    while at < len(views.clean) and views.clean[at] in " \n":
        at += 1
    return action_at(views, at, len(views.clean)) or modal_at(views, at, at + 24)
