"""Who speaks in a press report, sentence by sentence (labelling guideline §1: only the chair counts).

The chair is whoever the report names with a title of the province or city. From the sentence in which
the chair begins to speak until another speaker takes over, every sentence may hold a directive; where
nobody is named after an interruption, the chair is assumed and the directive is doubted.
"""

import re
from dataclasses import dataclass

from rules.draft import Span
from rules.reading.layout.segments import Block, sentences_of
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.gaps import gaps

CHAIR, ASSUMED, OTHER = "chair", "assumed", "other"

_WORD = rf"[{UPPER}][{LOWER}]+"
_NAME = rf"{_WORD}(?:\s+{_WORD}){{1,4}}"
_PLACE = r"(?:tỉnh|thành phố|TP\.?)(?:\s+(?:Sóc Trăng|Cần Thơ))?"
_HIGH_OFFICE = (
    rf"(?:(?:Phó )?Chủ tịch (?:Thường trực )?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND) {_PLACE}"
    rf"|(?:Phó )?Bí thư (?:Thường trực )?(?:Tỉnh ủy|Thành ủy)(?:\s+(?:Sóc Trăng|Cần Thơ))?)"
)
_CHAIR_NAMES = (
    re.compile(gaps(rf"{_HIGH_OFFICE}\s+(?:\(?(?:đồng chí|ông|bà)\s+)?(?P<name>{_NAME})")),
    re.compile(
        gaps(
            rf"(?:[Đđ]ồng chí|[Ôô]ng"
            rf"|[Bb]à)\s+(?P<name>{_NAME})\s*[,(–-]\s*(?:[^.;\n]{{0,60}}[,;–-]\s*)?{_HIGH_OFFICE}"
        )
    ),
)
_HIGH = (
    r"(?:(?:pho )?chu tich (?:thuong truc )?(?:(?:ubnd|uy ban nhan dan|hdnd) )?(?:tinh|thanh pho"
    r"|tp)\b(?! [a-z]+ la)"
    r"|(?:pho )?bi thu (?:thuong truc )?(?:tinh uy|thanh uy)|lanh dao (?:ubnd )?(?:tinh|thanh pho)"
    r"|nguoi dung dau (?:ubnd|chinh quyen) (?:tinh|thanh pho)|(?:pho )?truong ban chi dao|truong doan|chu toa"
    r"|(?:pho )?thu tuong\b|bo truong\b(?! (?:bo )?[a-z]+ cua)|tong bi thu|chu tich (?:nuoc|quoc hoi)"
    r"|nguoi chu tri)"
)
#: A body that speaks by its papers: "UBND tỉnh yêu cầu …", "Ban Thường vụ Tỉnh ủy giao …".
_INSTITUTION = (
    r"(?:(?:thuong truc |van phong |lanh dao )?(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho"
    r"|tp)(?: [a-z]+){0,3}?"
    r"|(?:ban thuong vu |thuong truc )?(?:tinh|thanh) uy(?: [a-z]+){0,3}?|chinh phu|ban chi dao (?:tinh"
    r"|thanh pho)"
    r"|ban chi huy [a-z ,]{0,60}(?:tinh|thanh pho))"
)
_BIDS = (
    r"(?:(?:cung|con|tiep tuc|vua|dong thoi|thong nhat) ){0,3}"
    r"(?:(?:co|ban hanh|vua co|da ban hanh|da co) (?:cong van|van ban|cong dien|chi thi|ke hoach"
    r"|thong bao)[^.;]{0,90}?)?"
    r"(?:yeu cau|de nghi|giao|chi dao|luu y|phan cong|quan triet)\b"
)
_INSTITUTION_TELLS = re.compile(rf"(?:^|, |: |; |\) ?-? ?){_INSTITUTION},? {_BIDS}")
#: Who speaks where nobody of the province does: the head of the district or commune, or its body.
_LOCAL = (
    r"(?:(?:pho )?(?:chu tich|bi thu) (?:thuong truc )?(?:(?:ubnd|uy ban nhan dan|hdnd) )?(?:huyen|thi xa"
    r"|xa|phuong"
    r"|thi tran|huyen uy|dang uy|thi uy)|(?:ubnd|uy ban nhan dan) (?:huyen|thi xa|xa|phuong|thi tran)"
    r"|huyen uy)"
)
_LOCAL_TELLS = re.compile(
    rf"(?:^|, )(?:[^,.;]{{0,40}} )?{_LOCAL}(?: [a-z]+){{0,6}}?,? (?:cung |con |da )?"
    r"(?:yeu cau|giao|chi dao|luu y|phan cong|quan triet|ket luan)\b"
)
_TELLS = (
    r"(?:yeu cau|luu y|nhan manh|chi dao(?! (?:khac phuc|cong tac|ung pho|buoi|cuoc|hoi nghi|tai cho))"
    r"|giao|de nghi|dan|can dan|nhac|nhac nho|phan cong|quan triet"
    r"|chot|chot lai|neu ro|chi ro|khang dinh|phat bieu|ket luan|quyet dinh|dong y|thong nhat|gop y"
    r"|cho rang|cho biet|thong tin|ghi nhan|danh gia|bieu duong|noi|neu|goi y|dinh huong|phe binh|dat van de)"
)
_CONCLUDES = re.compile(
    r"phat bieu (?:chi dao|ket luan|be mac|y kien chi dao|tai)|(?:^|, )ket luan (?:buoi|cuoc|hoi nghi"
    r"|phien|tai"
    r"|noi dung|dot)|^chi dao tai|^(?:sau khi )?(?:nghe|lang nghe)[^.]{0,120} (?:ket luan|chi dao|yeu cau)"
    r"|^chi dao (?:buoi|cuoc|hoi nghi|phien)"
)
_ASKS_NOW = r"[^.;:]{0,90}?(?<! da)(?<! ban) (?:yeu cau|giao|de nghi|ket luan|luu y)\b"
_STATE_ASKS = re.compile(rf"\b(?:(?:pho )?thu tuong|bo truong|tong bi thu)\b{_ASKS_NOW}")
_PROVINCE_ASKS = re.compile(
    r"\b(?:(?:pho )?chu tich (?:thuong truc )?|(?:pho )?bi thu )?(?:ubnd|uy ban nhan dan|tinh uy|thanh uy)"
    r"(?: tinh| thanh pho)?(?: [a-z]+){0,6}?(?<! da)(?<! ban) (?:yeu cau|giao|luu y|ket luan)\b"
)
_ASKING = re.compile(
    rf"(?:\b{_HIGH}|{_INSTITUTION}|{_LOCAL})[^.;:]{{0,60}}? (?:yeu cau|giao|de nghi|luu y|phan cong)\b"
)
_CAPTIONED = re.compile(
    rf"(?:dong chi |ong |ba )?(?:{_HIGH}|{_LOCAL})"
    r"(?:(?! (?:yeu cau|giao|de nghi|luu y|phan cong|nhan manh))[^,:;]){0,60}? (?:phat bieu|kiem tra"
    r"|khao sat|trao"
    rf"|tham|chu tri|nghe"
    r"|lam viec|bao cao)\b[^:;]{0,80}$"
)
_TELLING_CHAIR = re.compile(rf"\b{_HIGH}[^.;]{{0,70}}?\b{_TELLS}\b|\btheo {_HIGH}")
_LOW_SPEAKER = re.compile(
    r"\b(?:(?:pho )?giam doc|truong phong|(?:pho )?(?:chi )?cuc truong|(?:pho )?chanh van phong|dai dien"
    r"|(?:pho )?chu tich (?:ubnd |uy ban nhan dan )?(?:huyen|thi xa|xa|phuong|hoi|lien minh|hdqt)"
    r"|(?:pho )?chu tich ubnd (?:tp|thanh pho) soc trang|(?:pho )?bi thu (?:huyen|thi|xa|phuong|dang"
    r"|chi bo|doan)"
    r"|lanh dao (?:so|huyen|xa|phuong|thi xa|cac|don vi|dia phuong|ban|lien minh)|don (?:pho|truong)"
    r"|(?:dai|thieu|trung"
    r"|thuong) (?:ta|uy|tuong)|truong ban quan ly|chu (?:dau tu|ho|tau|co so)|nong dan|ngu dan|ba con"
    r"|nguoi dan|cu tri"
    r"|doanh nghiep|nha thau|(?:nhieu|mot so|cac) (?:y kien|dai bieu|dia phuong|ho|doanh nghiep|hop tac xa)"
    r"|to truong|truong ap|hieu truong|chuyen gia|tien si|ky su)\b[^.;]{0,90}?"
    r"\b(?:cho biet|kien nghi|phan anh|de nghi|cam ket|chia se|bao cao|noi|hua|mong|cho rang|de xuat"
    r"|neu|trinh bay"
    r"|thong tin|giai trinh|bay to|xin|khang dinh|cho hay|thua nhan|nhan dinh|lo ngai|ke|tran tro)\b"
)
_REPORTED = re.compile(
    r"^(?:theo (?!(?:do|tinh than|chuc nang|huong|dung|ke hoach|quy dinh|quy che|phan cong|yeu cau"
    r"|lo trinh)\b)"
    r"|bao cao (?:voi|tai|cua)|duoc biet|cung theo|trong khi do|thong tin (?:tai|voi)|trao doi tai"
    r"|(?:cac |dia |don )?(?:huyen|xa|phuong|dia phuong|don vi|so|doanh nghiep)(?: nay)? (?:cung )?"
    r"(?:kien nghi|de xuat|cam ket|mong|xin|hua|cho biet)\b)"
)
_ASIDE = re.compile(
    gaps(
        r"^(?:dip nay|nhan dip nay|truoc do|sau buoi|sau khi tham|cung trong ngay|cung ngay|anh\s*:"
        r"|bai, anh|tin, anh)"
    )
)
_PERSON = re.compile(
    gaps(
        rf"(?<!\w)(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s+(?!Phó |Chủ |Giám |Bí |Trưởng |Chánh |Thường )"
        rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,4}})"
    )
)
#: "Ông cũng giao …", "…, bà yêu cầu": whoever was named last.
_PRONOUN_TELLS = re.compile(rf"(?:^|, )(?:ong|ba|dong chi)(?: (?:cung|con|lai|tiep tuc|da))* {_TELLS}\b")
_QUOTE_MARKS = str.maketrans("", "", '“”"')
_LONGEST_SPEECH = 1200
_LONGEST_TITLE = 260


def is_caption(folded: str) -> bool:
    """ "Chủ tịch UBND tỉnh phát biểu chỉ đạo.": a line that says what a picture shows, and asks nothing."""
    return len(folded.split()) <= 20 and _CAPTIONED.match(folded.rstrip(" .")) is not None


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """A sentence and by whom it is said; ``voice`` is CHAIR, ASSUMED or OTHER."""

    span: Span
    voice: str


def chairs_of(views: Views) -> frozenset[str]:
    """Full and given names (lower case) of all whom the report calls by a title of the province or city."""
    found: set[str] = set()
    for pattern in _CHAIR_NAMES:
        for person in pattern.finditer(views.clean):
            name = " ".join(person["name"].lower().split())
            found |= {name, name.split()[-1]}
    return frozenset(found)


def voices_in(views: Views, blocks: list[Block]) -> list[list[SpokenSentence]]:
    """For each block, its sentences with their speakers."""
    chairs = chairs_of(views)
    local = not _is_provincial(views)
    state, concluding, person = OTHER, False, None
    said: list[list[SpokenSentence]] = []
    for number, block in enumerate(blocks):
        line: list[SpokenSentence] = []
        if state == OTHER and concluding:
            state = ASSUMED
        for span in _utterances(views, block):
            opens = number or not block_is_title(views, block)
            told = _speaker(views, span, chairs, state, person) if opens else None
            told = CHAIR if local and told != CHAIR and opens and _is_local(views, span) else told
            person = _last_person(views, span, chairs) or person
            concluding = concluding or told == CHAIR
            state = told or state
            line.append(SpokenSentence(span, state))
        said.append(line)
    return said


def is_reported(views: Views, span: Span) -> bool:
    """Whether the sentence surely is somebody else's: a proposal, a promise, a report, an aside."""
    folded = " ".join(views.folded[span.start : span.end].translate(_QUOTE_MARKS).split())
    return bool(_ASIDE.match(folded) or _LOW_SPEAKER.search(folded) or _REPORTED.match(folded))


def asking_end(views: Views, span: Span) -> int | None:
    """Where the words end by which the chair or an institution asks for something in the sentence."""
    found = _ASKING.search(views.folded, span.start, span.end)
    return found.end() if found else None


def block_is_title(views: Views, block: Block) -> bool:
    """Whether the first block of a report is its title: it is short and does not end as a sentence does."""
    told = views.clean[block.start : block.end].rstrip(' "”)').endswith((".", "!", "…", ":"))
    return not told and block.end - block.start <= _LONGEST_TITLE


def is_of_the_state(views: Views) -> bool:
    """Whether only the state's leaders ask for something: then a province is told, and does not tell."""
    lines = [" ".join(part.split()) for part in re.split(r"[.\n]", views.folded)]
    return any(_STATE_ASKS.search(line) for line in lines) and not any(
        _PROVINCE_ASKS.search(line) for line in lines
    )


def is_spoken(views: Views) -> bool:
    """Whether the text tells that somebody said something: the chair, an institution, a head, anybody."""
    lines = [" ".join(part.split()) for part in re.split(r"[.\n]", views.folded)]
    spoken = (_CONCLUDES, _LOCAL_TELLS, _LOW_SPEAKER)
    return _is_provincial(views) or any(pattern.search(line) for pattern in spoken for line in lines)


def _is_provincial(views: Views) -> bool:
    """Whether anybody of the province or the state speaks in the text."""
    return any(
        _TELLING_CHAIR.search(line) or _INSTITUTION_TELLS.search(line)
        for line in (" ".join(part.split()) for part in re.split(r"[.\n]", views.folded))
    )


def _is_local(views: Views, span: Span) -> bool:
    folded = " ".join(views.folded[span.start : span.end].translate(_QUOTE_MARKS).split())
    return _LOCAL_TELLS.search(folded) is not None and not _ASIDE.match(folded)


def _utterances(views: Views, block: Block) -> list[Span]:
    """Sentences, those of one quotation together with the words that say whose it is."""
    whole: list[Span] = []
    for span in sentences_of(views, block):
        before = whole[-1] if whole else None
        if before and span.end - before.start < _LONGEST_SPEECH and _is_open(views, before):
            whole[-1] = Span(before.start, span.end)
        else:
            whole.append(span)
    return whole


def _is_open(views: Views, span: Span) -> bool:
    text = views.clean[span.start : span.end]
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _speaker(views: Views, span: Span, chairs: frozenset[str], state: str, before: str | None) -> str | None:
    """Who takes the floor in a sentence; None if it says nothing of it."""
    folded = " ".join(views.folded[span.start : span.end].translate(_QUOTE_MARKS).split())
    if _ASIDE.match(folded):
        return OTHER
    person = _person_telling(views, span, chairs)
    if person is None and before == CHAIR and _PRONOUN_TELLS.search(folded):
        person = before
    if person == CHAIR or (person is None and (_CONCLUDES.search(folded) or _TELLING_CHAIR.search(folded))):
        return CHAIR
    if _INSTITUTION_TELLS.search(folded):
        return CHAIR
    if person == OTHER or _LOW_SPEAKER.search(folded) and not _is_told(folded, state):
        return OTHER
    return OTHER if _REPORTED.match(folded) and state != CHAIR else None


def _is_told(folded: str, state: str) -> bool:
    """In the chair's speech an office is spoken to ("Giám đốc Sở Y tế báo cáo …"), not speaking."""
    claims = re.search(
        r"\b(?:cho biet|cho hay|kien nghi|cam ket|chia se|phan anh|hua|mong|bay to|xin"
        r"|noi)\b",
        folded,
    )
    return state in (CHAIR, ASSUMED) and claims is None


def _last_person(views: Views, span: Span, chairs: frozenset[str]) -> str | None:
    """Whether the last person that a sentence names is the chair; None if it names nobody."""
    last = None
    for person in _PERSON.finditer(views.clean, span.start, span.end):
        last = _voice_of(person["name"], chairs)
    return last


def _voice_of(name: str, chairs: frozenset[str]) -> str:
    words = " ".join(name.lower().split())
    return CHAIR if words in chairs or words.split()[-1] in chairs else OTHER


def _person_telling(views: Views, span: Span, chairs: frozenset[str]) -> str | None:
    """CHAIR or OTHER when a person called by name says something in the sentence."""
    for person in _PERSON.finditer(views.clean, span.start, span.end):
        tells = re.compile(
            rf"[^.;]{{0,90}}?\b(?:{_TELLS}|kien nghi|phan anh|cam ket|chia se|de xuat"
            rf"|bao cao)\b"
        )
        if not tells.match(views.folded, person.end(), span.end):
            continue
        return _voice_of(person["name"], chairs)
    return None
