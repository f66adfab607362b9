"""Words that point back at a body named before: "Sở này", "Huyện", "UBND xã", "Tổ công tác".

Whom they mean is told by ``context``, which knows what was said before (labelling guideline §3).
"""

import re

from rules.reading.names.named import Named
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.reading.text.words import action_at
from rules.text.folding import fold

_BACK_REFERENCE = re.compile(
    rf"\b(?:(?P<this>[Ss]ở|[Đđ]ơn vị|[Cc]ơ quan|[Bb]an|[Tt]rung tâm|[Hh]uyện|[Ll]iên minh"
    rf"|[Hh]ội|[Đđ]ịa phương|[Vv]ăn phòng) (?:này|trên|nói trên)"
    rf"|(?P<bare>Sở|Huyện|Thị xã|Thành phố|Ban|Liên minh|Hội|Trung tâm|Chi cục|Đài|Công ty|Quỹ"
    rf"|Địa phương|Đơn vị|Xã|Phường|Văn phòng|VP|Ban Chỉ đạo|BCĐ)"
    rf"(?! (?:nào|hành|cán|thường|chấp|quản|giám|điều|giao|bố|nghị|hội|đồng|thảo|thọ|đất|chỉ|nhân|biên"
    rf"|bảo|liên|nội)(?!\w))"
    rf"(?= [{LOWER}])"
    rf"|(?P<group>Tổ công tác|Tổ giúp việc|Đoàn kiểm tra|Tổ(?!\s+chức)|Đoàn(?! thể| kết| viên))"
    rf"(?= [{LOWER}]|[.,;:]|$)"
    rf"|(?:(?<![^\W\d_] )|(?<=[Pp]hía )|(?<= gì )|(?<= nào )|(?<=thì )|(?<=nếu )|(?<=Nếu )|(?<=mà ))"
    rf"(?P<told>huyện"
    rf"|thị xã|thành phố|xã|phường|sở|chi cục|trung tâm|liên minh|ban|hội|quỹ|đài|đơn vị"
    r"|địa phương)(?= (?:(?:cũng |thì )?(?:phải|cần)|có trách nhiệm|có nhiệm vụ|chủ động|khẩn trương"
    r"|sớm|tiếp tục"
    r"|tập trung|không được"
    r"|không để|tự|làm không|làm được|không (?:làm|xử lý|giải quyết)))"
    rf"|(?<!HĐND&)UBND (?P<office>huyện|thị xã|xã|phường)\b(?! [{UPPER}]|,| và )"
    rf"|(?:(?<=của )|(?<=lãnh đạo )|(?<=đề nghị )|(?<=yêu cầu )|(?<=giao )|(?<=lưu ý ))"
    rf"(?P<low>huyện|thị xã|sở)\b"
    rf"(?! [{UPPER}])|(?<=, )(?P<does>huyện|thị xã|sở|xã|phường|địa phương|chi cục|trung tâm)(?= [{LOWER}])"
    rf"|(?<=với )(?P<with>huyện|sở|thị xã|xã|phường)\b(?! [{UPPER}])|(?<=để )(?P<so>Sở)\b(?! [{UPPER}]))"
)

#: Every reference begins with one of these; finding them first is several times as fast.
_NOUNS = (
    "sở", "đơn vị", "cơ quan", "ban", "trung tâm", "huyện", "liên minh", "hội", "địa phương",
    "văn phòng", "thị xã", "thành phố", "chi cục", "đài", "công ty", "quỹ", "xã", "phường", "tổ", "đoàn",
)  # fmt: skip
#: After these a lower-case noun goes on with a list ("các xã, phường làm …").
_LISTED = frozenset({"xa", "phuong", "huyen", "so", "nganh", "ban", "tinh", "cap", "don", "vi", "cac"})
_NOUN = re.compile("|".join((*_NOUNS, *(noun.capitalize() for noun in _NOUNS), "VP", "BCĐ", "UBND")))


def back_references_in(views: Views) -> list[Named]:
    """All of them, in order."""
    found: list[Named] = []
    for noun in _NOUN.finditer(views.clean):
        if found and noun.start() < found[-1].end:
            continue
        reference = _BACK_REFERENCE.match(views.clean, noun.start())
        if reference and reference["does"] and not _is_subject(views, noun.start(), reference.end()):
            continue
        if reference:
            words = next(group for group in reference.groups() if group)
            found.append(Named(reference.start(), reference.end(), refers_to=fold(words)))
    return found


def _is_subject(views: Views, start: int, end: int) -> bool:
    """ "Về khu tái định cư, huyện lập phương án": something to do follows, no list goes before."""
    before = views.folded[max(0, start - 24) : start].rstrip(" ,").rsplit(",", 1)[-1].split()
    listed = bool(before) and (before[-1] in _LISTED or (len(before) < 3 and before[0] in _LISTED))
    together = views.folded.startswith("cung ", end + 1)
    return not listed and (together or action_at(views, end + 1, len(views.clean)))
