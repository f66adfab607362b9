"""What is not a directive, rule by rule (labelling guideline §1); each rule has a name."""

import re

from rules.draft import DocumentKind, DueKind, Genre
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.subjects import opening_of
from rules.reading.text.words import (
    ADVERBIAL,
    ASSESSMENT,
    action_at,
    action_within,
    modal_at,
    order_at,
)
from rules.text.gaps import gaps

_PAST = re.compile(
    r"\bđã\b(?! được giao| và đang| ban hành)(?![^.;]{1,40} thì\b)|\bvừa qua\b|\bthời gian qua\b"
    r"|\btrong \d+ tháng qua\b",
    re.IGNORECASE,
)
#: "tại các điểm đã xóa", "cho các hộ đã có phương án": which ones, not what was done.
_WHICH = re.compile(
    r"\b(?:các|những|từng|số|mỗi|khối lượng|phần|diện tích|nội dung|kết quả|số liệu)"
    r"(?: [^\s,;]{1,12}){0,4} đã\b"
)
_FUTURE = re.compile(r"\bsẽ\b|\bchúng tôi\b", re.IGNORECASE)
_OTHER_SPEECH = re.compile(
    r"\b(?:cho biết|cho rằng|kiến nghị (?:UBND|Sở|tỉnh|với)|cam kết|phản ánh (?:có|còn|việc)"
    r"|chia sẻ(?! (?:danh sách|dữ liệu|thông tin|số liệu|hồ sơ))"
    r"|bày tỏ|đề xuất được|mong muốn|mong\b|kêu gọi)\b"
)
_CLOSING = re.compile(
    r"(?:[^;]{0,60}?thong bao (?:den|de|cho) [^;]{0,80}?\bbiet,? ?(?:va )?(?:to chuc |trien khai )?thuc hien"
    r"(?: theo [^;]{0,30})?$|"
    r"(?:(?:nhan duoc|can cu) (?:cong dien|thong bao|van ban|chi thi|cong van|noi dung) (?:nay|tren),? )?"
    r"(?:(?:(?<=nay, )|(?<=tren, ))(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho) )?"
    r"(?:yeu cau|de nghi) (?:cac |thu truong )?[^;]{0,110}?"
    r"(?:nghiem tuc|khan truong|tich cuc|quan triet)?"
    r",? ?(?:to chuc |trien khai )*+(?<!viec )(?:thuc hien|chap hanh)(?: nghiem(?: tuc)?| "
    r"tot| co hieu qua)?(?: (?:cac noi dung|thong bao|ket luan)[^,;]{0,40}"
    r"| (?:y kien |noi dung )?(?:chi dao|cong van|cong dien|chi thi|van ban) (?:nay|tren))?$)"
)
_LIST_INTRODUCTION = re.compile(gaps(r"(?:sau day|sau|nhu sau|cu the|noi dung|nhiem vu|viec)\s*$"))
_ACCOUNTABLE = re.compile(
    gaps(
        r"chiu trach nhiem(?: (?:toan dien|ca nhan|chinh|hoan toan))*(?= (?:truoc|ve|neu|khi|doi "
        r"voi|trong|cua)\b|\s*$)"
    )
)
_DUE_LABEL = re.compile(
    r"(?:thoi (?:han|gian|diem)|han)\b[^,;]{0,30}?(?::|\bla\b|\btruoc|\bcham nhat|\btrong)"
)
#: From the first "phải" or "cần" of a line: what stands after a later one stands after that one too.
_DUTY_AND_MORE = re.compile(r"^(?:(?!\b(?:phai|can) ).)*+(?:phai|can) .*\b(?:va|,)", re.MULTILINE)
_WHOEVER = re.compile(
    r"(?:don vi|dia phuong|co quan|noi|nganh|huyen|so) nao\b|(?:[a-z]{1,30}+ ){1,3}nao\b[^;]{3,90}\bthi\b"
)


_PAST_DOCUMENT = re.compile(
    r"(?:[^;]{0,60}, )?(?:truoc do|truoc day|vua qua|nam \d{4}"
    r"|tai (?:cong dien|cong van|thong bao|van ban|quyet dinh|ke hoach|ket luan))\b"
    r"[^;]{0,90}\bda (?:yeu cau|giao|chi dao|de nghi|co )"
)


#: "Theo quy định hiện hành, Công an cấp huyện chịu trách nhiệm …": what the law says, no order.
_LAW = re.compile(
    r"(?:theo|can cu) (?:quy dinh (?:hien hanh|tai|cua|chung)|(?:dieu|khoan) \d"
    r"|(?:luat|nghi dinh|thong tu)\b)"
    r"[^;]{0,120}, ?[^;,]{0,90}?\b(?:chiu trach nhiem|co trach nhiem|co tham quyen|duoc"
    r"|thi|la|cap|tiep nhan)\b"
)
_ORDERS = re.compile(r"\b(?:phai|can|giao|yeu cau|de nghi|khan truong|chu dong|luu y|chi dao|tiep tuc)\b")
#: "phải phát huy tinh thần trách nhiệm, quyết tâm cao": nothing to do.
_EXHORTS = re.compile(
    r"(?:dac biet )?(?:luu y |yeu cau |de nghi )?(?:phai |can )?(?:luon )?"
    r"(?:phat huy|neu cao|de cao|giu vung)"
    r" (?:cao )?(?:hon nua )?(?:tinh than|trach nhiem|vai tro|quyet tam|y thuc|truyen thong)"
    r"(?![^;]{0,200}\b(?:ra soat|kiem tra|bao cao|thuc hien|trien khai|to chuc|xay dung|tham muu|xu ly)\b)"
    r"|(?:phai |can )?(?:coi|xem|xac dinh) (?:day|do|viec nay|cong tac nay) la (?:mot )?(?:nhiem vu"
    r"|trach nhiem|viec)"
    r"(?! cua)(?![^;]{0,160}[,;] ?(?:phai |can )?(?:ra soat|kiem tra|bao cao|trien khai|to chuc"
    r"|tham muu|xu ly)\b)"
    r"|(?:phai |can )(?:quyet tam|quyet liet|co gang|no luc) (?:cao )?hon(?: nua)?$"
)


#: "Danh sách gửi về Sở Nội vụ trước ngày …": handed in by whoever was told before.
_HANDED_IN = re.compile(
    r"(?:ket qua|danh sach|bao cao|van ban|ho so|so lieu|y kien|du thao|ke hoach|phuong an|bien ban)\b"
    r"(?: (?!gui|nop|trinh|bao)[a-z]+){0,5} (?:gui|nop|trinh|bao cao)\b"
)


def rejection(context: Context, start: int, end: int, has_actors: bool) -> str | None:
    """The name of the rule by which a clause is no directive, or None."""
    views = context.views
    at = opening_of(context, start, end)
    folded = " ".join(views.folded[at:end].split())
    clean = views.clean[start:end]
    if views.clean[end : end + 1] == "?":
        return "question"
    if (
        not has_actors
        and ASSESSMENT.match(folded)
        and not re.match(r"phan dau (?:thuc hien|hoan thanh nhiem vu)", folded)
    ):
        return "assessment_or_goal"
    if _PAST_DOCUMENT.match(folded):
        return "past_document"
    if _CLOSING.fullmatch(folded) and "phoi hop" not in folded:  # who is to help is told something
        return "closing"
    if cites_law(context, start, end):
        return "rule_of_law"
    if has_actors:
        return None
    if _EXHORTS.match(folded) and context.deadlines.read(start, end).span is None:
        return "exhortation"
    words, acts = clean.split(), action_at(views, at, end)
    told = " ".join(words[:14])
    told = (
        _WHICH.sub("", told) if acts or folded.startswith(("doi voi ", "hang ", "dinh ky ", "moi ")) else told
    )
    past = _PAST.search(_WHICH.sub("", " ".join(words)) if told != " ".join(words[:14]) else " ".join(words))
    if past and past.start() < len(told) and not _WHOEVER.match(folded):
        return "past_fact"
    expected = folded.startswith("du kien ") and _FUTURE.search(" ".join(words))
    if expected or _FUTURE.search(" ".join(words[:8])):
        return "promise"
    if acts or not _OTHER_SPEECH.search(" ".join(words[:25])):
        return None
    return None if is_escalation(views, start, end, recurring=False) else "other_speaker"


def cites_law(context: Context, start: int, end: int) -> bool:
    """ "Theo quy định hiện hành, Công an cấp huyện …": a rule of law, with no order and no day of its own."""
    at = opening_of(context, start, end)
    if not context.views.folded.startswith(("theo ", "can cu "), at):
        return False
    folded = " ".join(context.views.folded[at:end].split())
    if not _LAW.match(folded) or _ORDERS.search(folded):
        return False
    return context.deadlines.read(start, end).span is None


def is_list_introduction(context: Context, start: int, end: int) -> bool:
    """ "Yêu cầu … thực hiện nghiêm các nội dung sau:" only introduces what follows."""
    return context.views.clean[start:end].rstrip().endswith(":") or bool(
        _LIST_INTRODUCTION.search(context.views.folded[start:end])
        and context.views.clean[end : end + 1] == ":"
    )


def is_accountability(context: Context, start: int, end: int) -> bool:
    """Bare "… chịu trách nhiệm trước …" with no other action in the clause."""
    folded = context.views.folded
    found = _ACCOUNTABLE.search(folded, start, end)
    if not found:
        return False
    lead_in = folded[start : found.start()]
    if _DUTY_AND_MORE.search(lead_in):
        return False
    later = re.compile(gaps(r"[,;]\s*(?:dong thoi,?\s+|va\s+)?")).finditer(folded, found.end(), end)
    return not any(_is_new_action(context, comma.end(), end) for comma in later)


def _is_new_action(context: Context, at: int, end: int) -> bool:
    """An action after a comma that does not go on with a list of matters answered for."""
    views = context.views
    if re.search(r"\b(?:phải|cần)\b", re.split(r"[,;]", views.clean[at:end])[0]):
        return True
    return (
        action_at(views, at, end) and views.folded[at:end].split()[0] not in ("lam", "quy", "chi", "to")
    ) or (modal_at(views, at, end))


def elliptical_rule(
    context: Context, start: int, end: int, under_heading: bool, continuing: bool = False
) -> str | None:
    """Why a clause without a subject of its own may continue the one before, or None."""
    views = context.views
    at = opening_of(context, start, end)
    if is_escalation(views, start, end, recurring=False):
        return "escalation_clause"
    if action_at(views, at, end) or modal_at(views, at, end):
        return "ellipsis_verb"
    if _WHOEVER.match(views.folded, at, end):
        return "whoever_clause"
    due = context.deadlines.read(start, end)
    if due.span and due.span.start <= at + 20 and action_within(views, due.span.end, end, 6):
        return "ellipsis_deadline_first"
    if views.folded.startswith("dinh ky", at) and action_within(views, at + 7, end, 12):
        return "ellipsis_recurring"
    if views.folded.startswith("doi voi", at) and action_within(views, at + 8, end, 16):
        return "further_topic" if continuing else "ellipsis_topic"
    if under_heading and not ADVERBIAL.match(views.folded, at, end) and action_within(views, at, end, 12):
        return "heading_bullet"
    if under_heading and action_within(views, at, end, 16):
        return "heading_adverbial"
    noted = context.header.kind is DocumentKind.MINUTES or context.header.genre is Genre.LIST
    if under_heading and noted and order_at(views, at, end):
        return "heading_note"
    if due.span and due.kind is DueKind.DATE and _HANDED_IN.match(views.folded, at, end):
        return "ellipsis_passive"
    labelled = _DUE_LABEL.match(views.folded, at, end)
    if continuing and due.span and (labelled or not action_within(views, at, end, 16)):
        return "ellipsis_deadline_only"
    adverbial = ADVERBIAL.match(views.folded, at, end)
    if continuing and adverbial and action_within(views, at, end, 12):
        return "further_adverbial"
    comma = views.clean.find(",", at, min(end, at + 60))
    if due.span and adverbial and comma >= 0 and action_at(views, comma + 2, end):
        return "ellipsis_adverbial"
    if continuing and due.span and views.folded.startswith("rieng ", start):
        return "further_topic"
    return None
