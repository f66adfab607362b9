"""Where the name of an agency ends that no register holds: before what it does, not inside a word.

A name goes on over "và", a comma or a dash where a capital follows that opens no other agency ("Phòng
Giáo dục và Đào tạo", "Trung tâm Văn hóa, Thể thao và Truyền thanh"), and over the known name that tells
whose it is ("Đảng ủy Công an tỉnh").
"""

import re
from bisect import bisect_left

from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.reading.text.verbs import ACTION_VERBS, SHORT_VERBS
from rules.reading.text.words import action_at, modal_at

_WORD = re.compile(r"[ ]{1,64}+(?P<word>[^\W\d_]+(?:[&-][^\W\d_]+)*+(?:(?<=[IVX])\.\d{1,2}(?!\d))?)")
_LEVEL = re.compile(rf" (?:huyện|thị xã|xã|phường|thị trấn)(?!\w)(?! [{UPPER}]|,(?! [{UPPER}]))")
_OWNER_REST = re.compile(rf" Việt Nam(?: (?:tỉnh|thành phố|huyện|thị xã|xã|phường)(?! [{UPPER}])(?!\w))?")
_JOINT = re.compile(
    rf"(?: - |-| và (?!UBND)|, (?=[{UPPER}][{LOWER}]+(?: [{LOWER}]+)? và [{UPPER}])|, (?=chống ))"
    rf"(?P<word>[{UPPER}][{LOWER}]+|chống)(?!\w)"
)
OTHER_HEAD = re.compile(
    r"(?:Sở|Hội|Chi cục|Trung tâm|Tổng|Công(?! (?:trình|nghệ|nghiệp|thương|ích))"
    r"|Ban|Trường|Bệnh|Phòng|Cục|Quỹ|Liên đoàn|Bộ|Tập|Thanh tra"
    r"|Văn phòng|Đài|Báo|Tòa|Viện|Đảng|Huyện|Thị|Thành|Tỉnh|Ủy|Uỷ|Đồn|Hạt|Đội|Liên minh|Mặt trận|Hiệp|Ngân"
    r"|Trạm|Kho|Chủ|Phó|Giám|Thủ|Bí|Chánh|Các|Đoàn|Điện lực|Chi nhánh|Bảo hiểm|Giao|Yêu|Đề|Xã|Phường)(?!\w)"
)
#: Another agency behind "và": the first one's name is over ("P. KT-HT và Công an phường").
_ANOTHER = re.compile(
    r" (?:Công (?:an|ty|đoàn)|UBND|Ủy ban|Uỷ ban|Sở|Phòng|P\.|Ban |Trạm|Trung tâm|Chi cục|Cục|Hội|Đoàn|Trường"
    r"|Văn phòng|Các|Đội|Hạt|Bệnh viện|Đảng|Huyện|Báo|Đài)"
)
_STOP = frozenset(
    {
        "này", "trên", "nói", "có", "đã", "đang", "sẽ", "không", "là", "bị", "được", "để", "tại",
        "trong", "theo", "nào", "gồm", "về", "phối", "cùng", "với", "chưa", "vẫn", "nhanh", "luôn",
        "phải", "cần", "kịp", "giúp", "cho", "nếu", "khi", "thì", "trước", "sau", "vào", "từ",
        "đến", "mỗi", "vừa", "cũng", "hằng",
    }
)  # fmt: skip
#: Words of two syllables whose second one alone would be a verb.
_COMPOUNDS = frozenset(
    {
        "cong trinh", "chuong trinh", "quy trinh", "tien trinh", "lo trinh", "cai tao", "che tao",
        "dao tao", "tai tao", "trung cap", "cao cap", "so cap", "cung cap", "canh bao",
        "thong bao", "du bao", "tinh bao", "viec lam", "doc lap", "cong lap", "thanh lap",
        "giao thong", "thong tin", "mua ban", "bien che", "xuat ban", "van tai", "khai thac",
    }
)  # fmt: skip
_LONGEST = 14


def name_end(views: Views, at: int, taken: list[tuple[int, int]]) -> int | None:
    """The end of a name whose head noun ends at ``at``; None if nothing follows that names it."""
    end, capital, before = at, False, ""
    for _ in range(_LONGEST):
        known = _known_at(taken, end)
        if known is not None:  # whose it is
            return _whole_owner(views, known)
        word = _WORD.match(views.clean, end) or (_JOINT.match(views.clean, end) if capital else None)
        if not word or word["word"].lower() in _STOP:
            break
        start = word.start("word")
        if _busy(taken, start) or (start > end + 1 and OTHER_HEAD.match(views.clean, start)):
            break
        if word["word"] == "và" and capital and before != "HĐND" and _ANOTHER.match(views.clean, word.end()):
            break
        if word["word"][0].islower() and _is_verb(views, start, before):
            break
        capital = capital or word["word"][0].isupper()
        before = word["word"]
        end = word.end()
    if capital and end > at:
        return end
    level = _LEVEL.match(views.clean, at)  # "Công an huyện", "Thanh tra huyện"
    return level.end() if level else None


def _whole_owner(views: Views, end: int) -> int:
    """Past what a known name goes on with inside another one: "Đảng đoàn Mặt trận Tổ quốc Việt Nam tỉnh"."""
    rest = _OWNER_REST.match(views.clean, end)
    return rest.end() if rest else end


def first_verb(views: Views, start: int, at: int, stop: int) -> int | None:
    """Where what a group does begins, within so many words after ``at``; None if nothing does."""
    before = views.clean[start:at].split()[-1]
    for count, word in enumerate(_WORD.finditer(views.clean, at, stop)):
        begin = word.start("word")
        if count >= _LONGEST or views.clean[word.start() - 1 : word.start()] in (".", ";", ":", "\n"):
            return None
        if _is_verb(views, begin, before):
            return begin
        before = word["word"]
    return None


def _is_verb(views: Views, start: int, before: str) -> bool:
    """Whether a verb begins here that is not the second syllable of a word."""
    if not (action_at(views, start, len(views.clean)) or modal_at(views, start, start + 20)):
        return False
    if not before:
        return True
    word = views.folded[start : start + 12].split()[0] if views.folded[start : start + 12].split() else ""
    said = views.clean[start : start + 24].split()
    if len(said) > 1 and said[1][0].isupper() and said[0] not in SHORT_VERBS:
        return False  # "Cổ phần Cấp thoát nước": no verb of two syllables goes on with a capital
    pair = f"{views.folded[start - len(before) - 1 : start].strip()} {word}"
    return pair not in _COMPOUNDS and not (before[0].isupper() and pair in ACTION_VERBS)


def _known_at(taken: list[tuple[int, int]], end: int) -> int | None:
    """The end of a known name that follows after one blank."""
    index = bisect_left(taken, (end,))
    return taken[index][1] if index < len(taken) and taken[index][0] == end + 1 else None


def _busy(taken: list[tuple[int, int]], at: int) -> bool:
    index = bisect_left(taken, (at + 1,)) - 1
    return index >= 0 and taken[index][1] > at
