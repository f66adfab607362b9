"""The vocabulary of directives: verbs, connectives and the words of assessment, folded.

Vietnamese marks neither mood nor subject, so a clause is known by the word it opens with. The
lists hold words of administrative Vietnamese, not sentences of any document.
"""

import re

from rules.reading.text.normalise import Views
from rules.reading.text.verbs import ACTION_VERBS, NOUNS_LIKE_VERBS, SHORT_VERBS
from rules.text.folding import fold
from rules.text.gaps import gaps

_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(gaps(r"[^\W\d_]+(?:\s+[^\W\d_]+){0,3}"))


_MODAL = re.compile(
    r"(?:cần|phải|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|không được|không để|tuyệt đối|nhất thiết"
    r"|dứt khoát"
    r"|kiên quyết|đừng|chớ|nên|không (?:tự ý|chủ quan|lơ là|để xảy ra|cho phép|thực hiện|bố trí"
    r"|giải quyết))\b"
)
#: Verbs by which a chair assigns work to whoever is named next.
ASSIGNING = (
    r"(?:giao|giao nhiem vu cho|giao trach nhiem cho|phan cong|yeu cau|de nghi|luu y|chi dao"
    r"|nhac|nhac nho|uy quyen|dan|can dan|quan triet|khuyen nghi|thong nhat giao|dong y giao|tiep tuc giao)"
)
#: Words that join a sentence to the one before without naming its subject.
CONNECTIVE = re.compile(
    r"(?:dong thoi|muon (?:vay|the)|de lam duoc (?:dieu nay|dieu do|viec nay)"
    r"|ben canh do|ngoai ra|cung (?:voi )?do|dac biet(?: la)?|trong do|rieng|mat "
    r"khac|tiep do|tu do"
    r"|truoc mat|truoc het|do do|vi vay|theo do|hon nua|cung voi viec nay|song song do|sau do|tren co so do"
    r"|cu the|trong thoi gian toi|thoi gian toi|qua do|ve phan minh|mat khac|kem theo do|cung luc"
    r"|dong thoi do|va|lai|nhat la|con|tuy nhien|trong "
    r"thoi gian cho)\b[\s,:]*"
)
#: Openings that place a clause in time, topic or condition before its subject.
ADVERBIAL = re.compile(
    r"(?:trong|cu(?= ngay)|ve|doi voi|tren co so|can cu|tu|sau khi|sau|khi|dinh ky|hang|hang thang|truoc"
    r"|cham nhat|ngay|lien quan"
    r"|de(?! nghi| xuat)|nham|qua|tai|theo|qua trinh|neu|truong hop|den|vao|moi|cung voi|ngoai|nhan|cac noi "
    r"dung|nhung|cac van de"
    r"|khong de|thuc hien|song song|ket thuc|xuat phat|voi|o|han|tu nay|toi da|noi|don vi nao|co so"
    r"|chieu|sang|toi|mot|moi|thang|quy|cuoi|dau|giua|tu nay|rieng|ben canh|song hanh|phan|viec|gap"
    r"|phat hien|hoc ky|tuan|lan)\b"
)
ASSESSMENT = re.compile(
    r"(?:ghi nhan|bieu duong|danh gia cao|hoan nghenh|khen ngoi|phe binh|nghiem khac phe binh"
    r"|co ban thong nhat"
    r"|thong nhat (?!giao|voi (?:so|ban|cong an|ubnd|cac))"
    r"|dong y (?!giao)|rut kinh nghiem|chia se|cam on|chuc mung|nguyen nhan|ton tai|han che"
    r"|ket qua(?! (?:bao cao|gui|ve|thuc hien (?:bao cao|gui)))|tuy nhien|den nay|tinh den"
    r"|nhin chung|muc tieu|phan dau|mong|mong muon|keu goi|hy vong|tin tuong|phai tao (?:duoc "
    r")?(?:su )?chuyen bien|phai quyet tam)\b"
)
PAST = re.compile(r"\b(?:đã|vừa qua|thời gian qua|năm qua|trong \d+ tháng qua)\b", re.IGNORECASE)


#: Short verbs as somebody types them who leaves the tone marks out; what is a common noun too is none.
_NOUNS_TOO = "hop bao ca can chi thu cap tu phan loai luu nam ky giao quy in tap hien"
_BARE_VERBS = frozenset(map(fold, SHORT_VERBS)) - frozenset(_NOUNS_TOO.split()) | {"di", "do", "chi"}
_BARE_LENGTH = 40


def action_at(views: Views, at: int, limit: int) -> bool:
    """Whether an action verb begins at ``at``."""
    found = _OPENING.match(views.folded, at, limit)
    if not found:
        return False
    words = found.group().split()
    if any(" ".join(words[:n]) in ACTION_VERBS for n in (4, 3, 2) if n <= len(words)):
        return True
    if " ".join(words[:2]) in NOUNS_LIKE_VERBS:
        return False
    if views.clean[at : at + len(words[0])].lower() in SHORT_VERBS:
        return True
    return words[0] in _BARE_VERBS and _has_no_marks(views, at, limit)


def _has_no_marks(views: Views, at: int, limit: int) -> bool:
    """Whether a line was typed without tone marks: then "doi" may be "dời", "chi" is "chi"."""
    some = views.clean[at : min(limit, at + _BARE_LENGTH)]
    return some.isascii() and len(some.split()) >= 3


def verb_phrase_at(views: Views, at: int, limit: int) -> bool:
    """Whether a verb of two syllables or more begins at ``at``: it is hardly a noun."""
    found = _OPENING.match(views.folded, at, limit)
    words = found.group().split() if found else []
    return any(" ".join(words[:n]) in ACTION_VERBS for n in (4, 3, 2) if n <= len(words))


_RELATIONS = (
    "của và với tại trong ở về theo từ đến cho để do bởi vì là có còn đã đang sẽ vừa được bị gồm bao như"
    " khi nếu thì mà nào này đó kia trên dưới ngoài nêu nói mới cũ đạt chiếm tăng giảm không chưa chẳng"
    " vẫn cũng đều rất hơn kém cần phải nên qua lại hay hoặc cùng các những một hai ba"
    " bốn năm mọi mỗi từng cả số tỉnh thành huyện xã phường thị cấp sở ban ngành phòng đơn cơ địa ấp"
    " khóm đồng ông bà anh chị tổng cộng trước sau đối liên thuộc hiện khoảng gần nhất thứ lần đây riêng"
    " nhưng song tuy mong hứa kiến cam xin thống đánh ghi biểu cảm chúc phê thấy nhận hỏi đáp phản phát"
    " vắng thiếu dự nằm thừa nợ chậm"
)
#: No order begins with these words: relations, states, counts, what a name goes on with.
_NO_ORDER = frozenset(_RELATIONS.split())
#: "cho học sinh nghỉ học": somebody is let do something.
_LETS = re.compile(
    gaps(r"cho\s+(?:phép|tạm|dừng|thôi|nghỉ|mượn|thuê|vay|học sinh|người|cán bộ|toàn bộ|các)(?!\w)")
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+")


def order_at(views: Views, at: int, limit: int) -> bool:
    """Whether what stands at ``at`` may be told to somebody though its verb is on no list.

    The verbs of orders are an open class ("vớt lục bình", "cưỡng chế"): behind whoever is told, any word
    in small letters with a few more behind it is one, unless it says how things are.
    """
    found = _PLAIN_WORD.match(views.clean, at, limit)
    if not found or not found.group().islower():
        return False
    if found.group() in _NO_ORDER and not _LETS.match(views.clean, at, limit):
        return False
    return len(views.clean[at:limit].split()) >= 2


def modal_at(views: Views, at: int, limit: int) -> bool:
    """Whether "cần", "phải", "có trách nhiệm"... stands at ``at`` (with its tone marks)."""
    return _MODAL.match(views.clean[at : min(at + 24, limit)].lower()) is not None


def first_action(views: Views, start: int, limit: int, words: int) -> int | None:
    """Where the first action verb or modal begins within so many words after ``start``."""
    for count, found in enumerate(_WORD.finditer(views.folded, start, limit)):
        if count >= words:
            return None
        if action_at(views, found.start(), limit) or modal_at(views, found.start(), limit):
            return found.start()
    return None


def action_within(views: Views, start: int, limit: int, words: int) -> bool:
    """Whether an action verb or modal begins within so many words after ``start``."""
    return first_action(views, start, limit, words) is not None
