"""Who a clause is addressed to: the list of names in subject position, and who cooperates.

"A phối hợp với B" makes A lead and B cooperate; "A, B, C làm X" are all leads; "A chỉ đạo B làm X"
is A alone (labelling guideline §3).
"""

import re
from dataclasses import dataclass

from rules.draft import DocumentKind, Party
from rules.reading.clauses.asking import asks_elsewhere, is_chair_voice, passes_on
from rules.reading.clauses.context import Context
from rules.reading.clauses.joined_names import find_cooperators, take_list, unique
from rules.reading.text.words import (
    ADVERBIAL,
    ASSIGNING,
    CONNECTIVE,
    action_at,
    first_action,
    modal_at,
    order_at,
)
from rules.text.gaps import gaps

_ASSIGN_END = re.compile(
    gaps(
        rf"(?:^|[\s,])(?:(?:cung|tiep tuc|da|con|thang than)\s+){{0,6}}{ASSIGNING}(?:\s+(?:nhiem vu"
        rf"|trach nhiem))?(?:\s+cho)?(?:\s+rang)?(?:,\s+(?:trong|tu|den"
        rf"|thoi gian)\s[^,;]{{3,40}})?\s*[,:]?\s*$"
    )
)
_STATE = re.compile(
    gaps(
        r"^\s*,?\s*(?:đã(?! được giao)|đang(?! thực hiện|chủ trì)"
        r"|là\b(?! (?:cơ quan |đơn vị )?(?:đầu mối|chủ trì|thường trực|tổ trưởng))"
        r"|hiện\b|sẽ\b|vừa\b|cho biết"
        r"|cho rằng|khẳng định|cam kết|kiến nghị|phản ánh(?! về| kịp thời| đầy đủ| chính xác)|thông tin,"
        r"|được (?!giao|phân công|yêu cầu|đề nghị|lưu ý)|bị\b|đạt\b"
        r"|có (?:\d|nhiều|trên|hơn|gần)|gồm\b|chưa (?:thực|nghiêm|quyết)|vẫn\b|nhận thấy|nêu\b|hứa\b|xin\b"
        r"|thống nhất cao|vắng\b(?![^;]*(?:đề nghị|yêu cầu|giao)))"
    )
)
#: "Chủ đầu tư đề nghị gia hạn đến …": what somebody asks for himself, of nobody below.
_FOR_ITSELF = re.compile(
    gaps(
        r"\s*(?:cũng\s+|đã\s+|tiếp tục\s+)?đề nghị\s+(?:được|gia hạn|hỗ trợ"
        r"|cho (?:phép|chủ trương|gia hạn|điều chỉnh)"
        r"|chấp thuận|xem xét|tháo gỡ|bổ sung (?:vốn|kinh phí|biên chế)|lùi|kéo dài)(?!\w)"
    )
)
#: "Đối với Chi cục X, Phó Chủ tịch UBND tỉnh giao trực …": the topic is the addressee.
_TOPICAL = re.compile(r"(?:(?:rieng )?(?:doi )?voi|rieng|ve phia|phia)(?: cac dong chi| dong chi| lanh dao)?")
#: "Phía thị xã cũng phải chủ động …": no comma stands behind whoever is told.
_MUST_TOO = re.compile(gaps(r"\s+(?:(?:cũng|thì)\s+)?(?=(?:phải|cần)\s)"))
_CHAIR_ASKS = re.compile(
    gaps(
        rf",\s*(?:[^,;.]{{0,70}}?\s)?{ASSIGNING}(?:\s+(?:nhiem vu|tiep tuc))?\s*:?\s*(?=[^\W\d_])".replace(
            " ", r"\s+"
        )
    )
)
#: "Công tác tuyên truyền cũng được quan tâm, theo đó Đài … duy trì": what follows is told of its own.
_SO_THEN = re.compile(
    gaps(r"(?:^|[,;]\s*)(?:theo do|do do|vi vay|vi the|do vay|boi vay|qua do|tu do|nen)\s*,?$")
)
#: "Văn bản cũng nêu rõ, Báo A tăng thời lượng …".
_PAPER_SAYS = re.compile(
    gaps(
        r"(?:(?:tai )?(?:van ban|cong van|cong dien|chi thi|thong bao|ket luan|ke hoach)[^,;.]{0,40}?"
        r" )?(?:cung |con )?(?:neu ro|nhan manh|chi ro|quan triet)(?: rang)?\s*[,:]"
    )
)
_APPOSITION = re.compile(
    gaps(
        r"\s*,\s*(?:nơi|là|vốn|địa bàn|nhất là|đặc biệt là|những nơi"
        r"|trong đó có)\s[^,;]{3,110},\s*"
    )
)
#: "Gói thầu nào … thì Sở …", "Nếu … thì Sở …".
_IF_THEN = re.compile(
    r"(?:neu|truong hop|khi|[a-z]{1,30}+(?: [a-z]{1,30}+){0,2} nao|(?:viec|noi dung) gi"
    r"|tinh huong|phan|gap)\b"
)
#: "Phía các huyện, mỗi nơi cân đối …".
_EACH_OF_THEM = re.compile(gaps(r"(?:moi|tung)\s+(?:noi|don\s+vi|dia\s+phuong|huyen|xa|so)\s+"))
#: "Các kiến nghị còn lại, từng sở, ngành trả lời …": what it is about stands first.
_MATTER = re.compile(
    r"(?:cac|nhung|moi|tung) (?:kien nghi|van de|noi dung|vuong mac|de xuat|vu viec|truong hop|ho so|du an"
    r"|cong trinh|nhiem vu|chi tieu|y kien)\b[^,;:]{0,60},$"
)
#: "Phó Chủ tịch UBND tỉnh … được phân công …": the chair gives a deputy something to do.
_CHARGED = re.compile(gaps(r"[^,;.:]{0,60}?\bduoc\s+(?:phan\s+cong|giao)\b"))
#: "… thì phối hợp với Tòa án nhân dân huyện, Sở A …": one of those who help.
_HELPERS = re.compile(r"\bphoi hop voi [^,;]{3,80},$")
_COMMA = re.compile(gaps(r"\s*,\s*"))
#: "…, căn cứ chức năng, nhiệm vụ được giao, tổ chức thực hiện …", and in how many words something is to do.
_BY_DUTY = re.compile(r"(?:can cu|theo chuc nang|trong pham vi|tren co so|tuy theo)\b")
_LONGEST_DUTY = 36
_DONE = re.compile(r"\bđã\b(?! được)")
_ROLE = re.compile(gaps(r"\s*\(([^)]{0,40})\)"))


@dataclass(frozen=True, slots=True)
class Actors:
    """Lead and cooperators of a clause; ``after`` is where its predicate begins."""

    lead: tuple[Party, ...]
    cooperate: tuple[Party, ...]
    after: int
    read_by: str


def opening_of(context: Context, start: int, end: int) -> int:
    """Where a clause begins once connectives ("Đồng thời,", "trong đó,") and quote marks are passed over."""
    at = start
    while at < end and context.views.clean[at] in '“"':
        at += 1
    while True:
        found = CONNECTIVE.match(context.views.folded, at, end)
        if not found or found.end() == at:
            return at
        at = found.end()


def find_actors(context: Context, start: int, end: int, sentence_start: int) -> Actors | None:
    """The actors that a clause names itself, or None if its subject is left out."""
    opening = opening_of(context, start, end)
    is_issued = context.header.kind in (DocumentKind.NOTICE, DocumentKind.MINUTES)
    for index in context.names_between(opening, end):
        named = context.names[index]
        how = _position(context, opening, named.start)
        if how is None:
            continue
        items, after = take_list(context, index, end)
        told = how == "assigned" or not (
            _is_upper_voice(context, index)
            or passes_on(context, index, after, end)
            or asks_elsewhere(context, index, after, end)
        )
        if not told:
            continue
        asked = _asked_at(context, after, end) if how != "assigned" else None
        if asked and how == "subject":
            after = asked.end()
        if how == "topical":
            after = _past_topic(context, context.names[items[-1]].end, after, end, asked)
            if not (action_at(context.views, after, end) or modal_at(context.views, after, end)):
                continue
        begin = _past_time(context, after, end) if how == "assigned" else after
        if not _has_predicate(
            context,
            begin,
            end,
            is_open=how == "assigned" or (is_issued and named.refers_to in (None, "vp", "van phong")),
        ):
            continue
        lead, listed = _split_roles(context, items, sentence_start)
        cooperate = listed + find_cooperators(context, after, end, sentence_start)
        return Actors(lead, _without(cooperate, lead), after, f"{how}_addressee")
    return None


def _past_topic(context: Context, name_end: int, after: int, end: int, asked: re.Match[str] | None) -> int:
    """Where what is told begins behind whoever stands as the topic of a clause."""
    must = _MUST_TOO.match(context.views.clean, name_end, end)
    if must:
        return must.end()
    comma = _COMMA.match(context.views.folded, after, end)
    after = asked.end() if asked else comma.end() if comma else end
    each = _EACH_OF_THEM.match(context.views.folded, after, end)
    return each.end() if each else after


def _asked_at(context: Context, after: int, end: int) -> re.Match[str] | None:
    """Where the chair's asking behind a name ends, a few words of whom it is about in between."""
    folded = context.views.folded
    beside = _APPOSITION.match(context.views.clean, after, end)
    asked = _CHAIR_ASKS.match(folded, after, end)
    return asked or (_CHAIR_ASKS.match(folded, beside.end() - 2, end) if beside else None)


def _position(context: Context, opening: int, name_start: int) -> str | None:
    """How a name stands in its clause: as its subject, as one assigned to, or neither (None)."""
    head = " ".join(context.views.folded[opening:name_start].split())
    if not head:
        return "subject"
    if head in ("cai gi", "viec gi", "noi dung gi", "phan nao", "viec nao"):
        return "subject"
    if head == "cac" and context.views.folded.startswith("pho ", name_start):
        return "subject"
    if _TOPICAL.fullmatch(head):
        return "topical"
    if _MATTER.match(head) and head.endswith(","):
        return "subject"
    if _IF_THEN.match(head) and context.views.clean[opening:name_start].rstrip(" ,").endswith("thì"):
        return "subject"
    assigning = _ASSIGN_END.search(head)
    if assigning:
        voice = is_chair_voice(head[: assigning.start()], assigning.group(), context.from_a_department)
        return "assigned" if voice else None
    if _SO_THEN.search(head) or _PAPER_SAYS.fullmatch(head):
        return "subject"
    riding = context.views.folded[max(0, opening - 6) : opening].strip(" ,") == "rieng"
    if riding and head.endswith(","):
        return "subject"
    if _HELPERS.search(head):
        return None
    if head.endswith((",", ":")) and (ADVERBIAL.match(head) or re.search(r"vuot|kho khan|vuong mac", head)):
        return (
            None
            if action_at(context.views, opening, name_start) and not head.startswith("thuc hien")
            else "subject"
        )
    if ADVERBIAL.match(head) and re.search(
        r"(?:(?:hang|moi|cuoi) (?:ngay|thang|quy|tuan|nam)|quy|\d|neu tren|tren)$", head
    ):
        return "subject"
    return None


def _is_upper_voice(context: Context, index: int) -> bool:
    named = context.names[index]
    words = context.views.folded[named.start : named.end]
    if not context.is_upper(named) or (context.from_the_state and words.startswith("ubnd")):
        return False
    several = context.views.folded.endswith("cac ", 0, named.start) and words.startswith("pho ")
    charged = _CHARGED.match(context.views.folded, named.end)
    return not (words.startswith(("cac dong chi", "cac pho")) or several or charged)


def _has_predicate(context: Context, after: int, end: int, is_open: bool) -> bool:
    """Whether something to do follows the names, and not what was or is the case.

    ``is_open``: any verb will do, for somebody is surely told something here.
    """
    rest = context.views.clean[after:end].lower()
    if not rest.strip(" ,"):
        return False
    if _FOR_ITSELF.match(rest):
        return False
    if _STATE.match(rest) and not _APPOSITION.match(rest):
        return re.match(gaps(r"\s*(?:chưa|hiện|còn|được|là [^;]{3,80},)"), rest) is not None and bool(
            re.search(r"\b(?:phải|cần)\b", rest)
        )
    comma = _APPOSITION.match(rest) or _COMMA.match(rest)
    at = after + (comma.end() if comma else 0)
    while at < end and context.views.clean[at].isspace():
        at += 1
    if comma and _BY_DUTY.match(context.views.folded, at, end):
        return first_action(context.views, at, end, _LONGEST_DUTY) is not None
    if comma and not (action_at(context.views, at, end) or modal_at(context.views, at, end)):
        return False
    if is_open and not comma and order_at(context.views, at, end):
        return True
    first = first_action(context.views, at, end, 16)
    return first is not None and _DONE.search(context.views.clean[at:first].lower()) is None


def _past_time(context: Context, after: int, end: int) -> int:
    """Past a time put between commas: "lưu ý Công an tỉnh, trong quý III này, hoàn tất …"."""
    folded = context.views.folded
    comma = _COMMA.match(context.views.clean, after, end)
    if not comma or not ADVERBIAL.match(folded, comma.end(), end) or _BY_DUTY.match(folded, comma.end(), end):
        return after
    closing = context.views.clean.find(",", comma.end(), end)
    return closing if 0 <= closing - comma.end() <= 60 else after


def _split_roles(
    context: Context, items: list[int], sentence_start: int
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """ "Sở A (chủ trì), Sở B (phối hợp)": the role stands in brackets after the name."""
    lead: list[Party] = []
    helping: list[Party] = []
    waiting: list[Party] = []
    led = False
    for item in items:
        end = context.names[item].end
        role = _ROLE.match(context.views.folded, end, end + 45)
        waiting += context.parties_of(item, sentence_start)
        if led and role is None:
            continue  # "…, Sở B, Sở C (phối hợp)" after a "(chủ trì)" tells the role of both
        target = helping if role and "phoi hop" in role[1] and "chu tri" not in role[1] else lead
        target += waiting
        waiting = []
        led = led or bool(role and "chu tri" in role[1])
    lead += waiting
    return unique(tuple(lead)), unique(tuple(helping))


def _without(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    taken = {party.body_id for party in others if party.body_id}
    return tuple(party for party in unique(parties) if party.body_id not in taken)
