"""The words by which somebody is told to speak, to ask or to be shown, and what can be told from them alone.

Patterns of a sentence that is folded and whose blanks are single, unless they say otherwise; who speaks
from sentence to sentence is for ``voices``.
"""

import re

from rules.draft import Span
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.gaps import gaps

WORD = rf"[{UPPER}][{LOWER}]+"
NAME = rf"{WORD}(?:\s+{WORD}){{1,4}}"
PLACE = r"(?:tỉnh|thành phố|TP\.?)(?:\s+(?:Sóc Trăng|Cần Thơ))?"
HIGH_OFFICE = (
    rf"(?:(?:Phó )?Chủ tịch (?:Thường trực )?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND) {PLACE}"
    rf"|(?:Phó )?Bí thư (?:Thường trực )?(?:Tỉnh ủy|Thành ủy)(?:\s+(?:Sóc Trăng|Cần Thơ))?)"
)
CHAIR_NAMES = (
    re.compile(gaps(rf"{HIGH_OFFICE}\s+(?:\(?(?:đồng chí|ông|bà)\s+)?(?P<name>{NAME})")),
    re.compile(
        gaps(
            rf"(?:[Đđ]ồng chí|[Ôô]ng"
            rf"|[Bb]à)\s+(?P<name>{NAME})\s*[,(–-]\s*(?:[^.;\n]{{0,60}}[,;–-]\s*)?{HIGH_OFFICE}"
        )
    ),
)
HIGH = (
    r"(?:(?:pho )?chu tich (?:thuong truc )?(?:(?:ubnd|uy ban nhan dan|hdnd) )?(?:tinh|thanh pho"
    r"|tp)\b(?! [a-z]+ la)"
    r"|(?:pho )?bi thu (?:thuong truc )?(?:tinh uy|thanh uy)|lanh dao (?:ubnd )?(?:tinh|thanh pho|tp)\b"
    r"|nguoi dung dau (?:ubnd|chinh quyen) (?:tinh|thanh pho)|(?:pho )?truong ban chi dao|truong doan|chu toa"
    r"|(?:pho )?thu tuong\b|bo truong\b(?! (?:bo )?[a-z]+ cua)|tong bi thu|chu tich (?:nuoc|quoc hoi)"
    r"|nguoi chu tri)"
)
#: The verb, not the name of a department: "Sở Giao thông vận tải", "Sở Giáo dục và Đào tạo".
GIVES = r"giao(?! (?:thong|duc|dich|luu)\b)"
#: A body that speaks by its papers: "UBND tỉnh yêu cầu …", "Ban Thường vụ Tỉnh ủy giao …".
INSTITUTION = (
    r"(?:(?:thuong truc |van phong |lanh dao )?(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho"
    r"|tp)(?: [a-z]+){0,3}?"
    r"|(?:ban thuong vu |thuong truc )?(?:tinh|thanh) uy(?: [a-z]+){0,3}?|chinh phu|ban chi dao (?:tinh"
    r"|thanh pho)"
    r"|ban chi huy [a-z ,]{0,60}(?:tinh|thanh pho))"
)
BIDS = (
    r"(?:(?:cung|con|tiep tuc|vua|dong thoi|thong nhat) ){0,3}"
    r"(?:(?:co|ban hanh|vua co|da ban hanh|da co) (?:cong van|van ban|cong dien|chi thi|ke hoach"
    r"|thong bao)[^.;]{0,90}?)?"
    r"(?:yeu cau|de nghi|" + GIVES + r"|chi dao|luu y|phan cong|quan triet)\b"
)
#: "UBND tỉnh vừa ban hành Công văn … Theo đó:": what the paper orders comes next.
ISSUES = re.compile(
    rf"(?:{INSTITUTION}|{HIGH})[^.;:]{{0,40}}? (?:ban hanh|co|ky|gui) (?:cong van|van ban|cong dien"
    rf"|chi thi|ke hoach"
    r"|thong bao|quyet dinh)\b"
)
THEREBY = re.compile(r"(?:theo do|trong do|cu the|noi dung|van ban neu|tai (?:cong van|van ban|cong dien)\b)")
#: "UBND tỉnh thông báo việc treo cờ … như sau:".
ANNOUNCES = re.compile(
    rf"(?:{INSTITUTION}|{HIGH})[^.;:]{{0,30}}? (?:thong bao|quyet dinh|huong dan)\b[^.;:]{{0,160}} nhu sau\b"
)
#: An order without a speaker: "Theo đó, với các công trình …, giao Sở A …" at the head of an excerpt.
BIDS_NOW = re.compile(
    r"(?:^theo do,?|,) (?:yeu cau|de nghi|" + GIVES + r") (?:cac |giam doc |chu tich )?(?:so|ubnd|ban)\b"
)
INSTITUTION_TELLS = re.compile(rf"(?:^|, |: |; |\) ?-? ?){INSTITUTION},? {BIDS}")
#: Who speaks where nobody of the province does: the head of the district or commune, or its body.
LOCAL = (
    r"(?:(?:pho )?(?:chu tich|bi thu) (?:thuong truc )?(?:(?:ubnd|uy ban nhan dan|hdnd) )?(?:huyen|thi xa"
    r"|xa|phuong"
    r"|thi tran|huyen uy|dang uy|thi uy)|(?:ubnd|uy ban nhan dan) (?:huyen|thi xa|xa|phuong|thi tran)"
    r"|huyen uy)"
)
LOCAL_TELLS = re.compile(
    rf"(?:^|, )(?:[^,.;]{{0,40}} )?{LOCAL}(?: [a-z]+){{0,6}}?,? (?:cung |con |da )?"
    r"(?:yeu cau|" + GIVES + r"|chi dao|luu y|phan cong|quan triet|ket luan)\b"
)
#: Who speaks where neither the province nor a district does: a ministry or department by its papers.
DEPARTMENT = (
    r"(?:bo (?!phan|truong|sung|tri)|so |tong cuc |cuc |cong an tinh|bo chi huy|ban quan ly |van phong "
    r"|thanh tra tinh)[a-z&, -]{0,60}?"
)
DEPARTMENT_TELLS = re.compile(
    rf"^(?:(?:ngay|theo do|de|thuc hien|can cu)\b[^;.]{{0,160}}[,;] )?{DEPARTMENT}(?: ?\([^)]{{1,20}}\))?,? ?"
    r"(?:cung |con |da |vua |tiep tuc ){0,2}"
    r"(?:(?:co|ban hanh|ra) (?:cong van|van ban|cong dien|chi thi|ke hoach|thong bao)[^.;]{0,90}?)?"
    r"(?:yeu cau|chi dao|" + GIVES + r"|luu y|phan cong|de nghi (?:so|ubnd|uy ban|cac (?:so|dia phuong|tinh"
    r"|don vi|co quan)))\b"
)
#: "… . Đó là chỉ đạo của UBND tỉnh": whose the words before it are.
WHOSE_IT_IS = re.compile(
    rf"^(?:do|day) (?:cung )?la (?:mot trong )?(?:nhung )?(?:y kien |noi dung |tinh than )?(?:chi dao|yeu cau"
    rf"|ket luan|de nghi|luu y|nhan manh|phat bieu)[^.;]{{0,60}}? cua (?:dong chi )?(?:{HIGH}|{INSTITUTION})"
)
TELLS = (
    r"(?:yeu cau|luu y|nhan manh|chi dao(?! (?:khac phuc|cong tac|ung pho|buoi|cuoc|hoi nghi|tai cho))"
    r"|" + GIVES + r"|de nghi|dan|can dan|nhac|nhac nho|phan cong|quan triet"
    r"|chot|chot lai|neu ro|chi ro|khang dinh|phat bieu|ket luan|quyet dinh|dong y|thong nhat|gop y"
    r"|cho rang|cho biet|thong tin|ghi nhan|danh gia|bieu duong|noi|neu|goi y|dinh huong|phe binh|dat van de)"
)
CONCLUDES = re.compile(
    r"phat bieu (?:chi dao|ket luan|be mac|y kien chi dao|tai)|(?:^|, )ket luan (?:buoi|cuoc|hoi nghi"
    r"|phien|tai"
    r"|noi dung|dot)|^chi dao tai|^(?:sau khi )?(?:nghe|lang nghe)[^.]{0,120} (?:ket luan|chi dao|yeu cau)"
    r"|^chi dao (?:buoi|cuoc|hoi nghi|phien)"
)
ASKS_NOW = r"[^.;:]{0,90}?(?<! da)(?<! ban) (?:yeu cau|" + GIVES + r"|de nghi|ket luan|luu y)\b"
STATE_ASKS = re.compile(rf"\b(?:(?:pho )?thu tuong|bo truong|tong bi thu)\b{ASKS_NOW}")
PROVINCE_ASKS = re.compile(
    r"\b(?:(?:pho )?chu tich (?:thuong truc )?|(?:pho )?bi thu )?(?:ubnd|uy ban nhan dan|tinh uy|thanh uy)"
    r"(?: tinh| thanh pho)?(?: [a-z]+){0,6}?(?<! da)(?<! ban) (?:yeu cau|" + GIVES + r"|luu y|ket luan)\b"
)
ASKING = re.compile(
    rf"(?:\b{HIGH}|{INSTITUTION}|{LOCAL})[^.;:]{{0,60}}? (?:yeu cau|" + GIVES + r"|de nghi|luu y|phan cong)\b"
)
CAPTIONED = re.compile(
    rf"(?:dong chi |ong |ba )?(?:{HIGH}|{LOCAL})"
    r"(?:(?! (?:yeu cau|"
    + GIVES
    + r"|de nghi|luu y|phan cong|nhan manh))[^,:;]){0,60}? (?:phat bieu|kiem tra"
    r"|khao sat|trao"
    r"|tham|chu tri|nghe"
    r"|lam viec|bao cao)\b[^:;]{0,80}$"
)
#: "Chủ tịch Lê Văn An giao …", in a report that has told of what before.
BARE_CHAIR = re.compile(
    gaps(
        rf"(?<!\w)(?:Phó )?(?:Chủ tịch|Bí thư)\s+{NAME}\s+(?:(?:cũng|đã|tiếp tục|còn)\s+){{0,2}}"
        r"(?:yêu cầu|giao|đề nghị|chỉ đạo|lưu ý|nhấn mạnh|phân công|kết luận)(?!\w)"
    )
)
TELLING_CHAIR = re.compile(rf"\b{HIGH}[^.;]{{0,70}}?\b{TELLS}\b|\btheo {HIGH}")
LOW_SPEAKER = re.compile(
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
REPORTED = re.compile(
    r"^(?:theo (?!(?:do|tinh than|chuc nang|huong|dung|ke hoach|quy dinh|quy che|phan cong|yeu cau"
    r"|lo trinh)\b)"
    r"|bao cao (?:voi|tai|cua)|duoc biet|cung theo|trong khi do|thong tin (?:tai|voi)|trao doi tai"
    r"|(?:cac |dia |don )?(?:huyen|xa|phuong|dia phuong|don vi|so|doanh nghiep)(?: nay)? (?:cung )?"
    r"(?:kien nghi|de xuat|cam ket|mong|xin|hua|cho biet)\b)"
)
ASIDE = re.compile(
    gaps(
        r"^(?:dip nay|nhan dip nay|truoc do|sau buoi|sau khi tham|cung trong ngay|cung ngay|anh\s*:"
        r"|bai, anh|tin, anh)"
    )
)
PERSON = re.compile(
    gaps(
        rf"(?<!\w)(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s+(?!Phó |Chủ |Giám |Bí |Trưởng |Chánh |Thường )"
        rf"(?P<name>{WORD}(?:\s+{WORD}){{0,4}})"
    )
)
#: "Ông cũng giao …", "…, bà yêu cầu": whoever was named last.
PRONOUN_TELLS = re.compile(rf"(?:^|, )(?:ong|ba|dong chi)(?: (?:cung|con|lai|tiep tuc|da))* {TELLS}\b")
QUOTE_MARKS = str.maketrans("", "", '“”"')
LONGEST_SPEECH = 1200
LONGEST_TITLE = 260


def is_caption(folded: str) -> bool:
    """ "Chủ tịch UBND tỉnh phát biểu chỉ đạo.": a line that says what a picture shows, and asks nothing."""
    return len(folded.split()) <= 20 and CAPTIONED.match(folded.rstrip(" .")) is not None


def is_reported(views: Views, span: Span) -> bool:
    """Whether the sentence surely is somebody else's: a proposal, a promise, a report, an aside."""
    folded = " ".join(views.folded[span.start : span.end].translate(QUOTE_MARKS).split())
    return bool(ASIDE.match(folded) or LOW_SPEAKER.search(folded) or REPORTED.match(folded))


def asking_end(views: Views, span: Span) -> int | None:
    """Where the words end by which the chair or an institution asks for something in the sentence."""
    found = ASKING.search(views.folded, span.start, span.end)
    return found.end() if found else None


def is_of_the_state(views: Views) -> bool:
    """Whether only the state's leaders ask for something: then a province is told, and does not tell."""
    lines = [" ".join(part.split()) for part in re.split(r"[.\n]", views.folded)]
    return any(STATE_ASKS.search(line) for line in lines) and not any(
        PROVINCE_ASKS.search(line) for line in lines
    )


def is_spoken(views: Views) -> bool:
    """Whether the text tells that somebody said something: the chair, an institution, a head, anybody."""
    lines = [" ".join(part.split()) for part in re.split(r"[.\n]", views.folded)]
    spoken = (CONCLUDES, LOCAL_TELLS, LOW_SPEAKER)
    return is_provincial(views) or any(pattern.search(line) for pattern in spoken for line in lines)


def is_departmental(views: Views) -> bool:
    """Whether a ministry or department asks in the text, and nobody of a province or district does."""
    lines = [" ".join(part.split()) for part in re.split(r"[.\n]", views.folded)]
    asks = any(DEPARTMENT_TELLS.search(line) for line in lines)
    return asks and not is_provincial(views) and not any(LOCAL_TELLS.search(line) for line in lines)


def is_provincial(views: Views) -> bool:
    """Whether anybody of the province or the state speaks in the text."""
    return any(
        TELLING_CHAIR.search(line) or INSTITUTION_TELLS.search(line)
        for line in (" ".join(part.split()) for part in re.split(r"[.\n]", views.folded))
    )
