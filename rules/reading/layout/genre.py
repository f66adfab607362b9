"""What a paper really is, told by its head and its marks; the reason is said in its own words.

An office drops in more than conclusions: letters, telegrams, plans, press reports, bare lists. The genre
tells where orders stand in it and who gives them (issue 14); ``kind`` is only its form.
"""

import re
from dataclasses import dataclass

from rules.draft import DocumentKind, Genre
from rules.reading.layout.speakers import is_spoken
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

#: Signs of the head: a letterhead, a title and whom it goes to are over by then.
_HEAD = 2500
#: The reason where a person chose it.
CHOSEN = "do người nhập chọn"


@dataclass(frozen=True, slots=True)
class TakenFor:
    """A genre and why it was taken, in Vietnamese."""

    genre: Genre
    reason: str


#: The beginning of a line.
_START = r"^[ \t*#]{0,64}+"
_REST = r"[^\n]{0,40}"
#: The title that stands first in the head is believed; titles are in capitals.
_TITLES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (
        Genre.MINUTES,
        re.compile(
            rf"{_START}(?P<words>(?:bien ban\b|ghi nhanh\b|ghi chep\b|so tay cuoc hop|ghi nhan cuoc hop"
            rf"|bb (?:hop|lam viec)){_REST})",
            re.M,
        ),
    ),
    (Genre.TELEGRAM, re.compile(rf"{_START}(?P<words>(?:cong dien\b){_REST})", re.M)),
    (Genre.PARTY, re.compile(rf"{_START}(?P<words>(?:[^\n]{{0,80}}dang cong san viet nam\b){_REST})", re.M)),
    (
        Genre.PLAN,
        re.compile(
            rf"{_START}(?P<words>(?:ke hoach\b|chuong trinh\b|phuong an\b|de an\b|quyet dinh\b){_REST})", re.M
        ),
    ),
    (
        Genre.PLAN,
        re.compile(rf"{_START}(?P<words>(?:phu luc\b|bang (?:phan cong|tong hop)|danh muc\b){_REST})", re.M),
    ),
    (Genre.NOTICE, re.compile(rf"{_START}(?P<words>(?:thong bao\b|ket luan\b|chi thi\b){_REST})", re.M)),
    (
        Genre.LETTER,
        re.compile(
            rf"{_START}(?P<words>(?:phieu (?:giao|chuyen|xu ly|phan cong|de nghi|theo doi)"
            rf"|cong van\b){_REST})",
            re.M,
        ),
    ),
)
_NUMBER = re.compile(
    gaps(r"(?:^|\t|\s\s)\s*Số[ ]?:?\s*(?P<sign>\d*\s*[/-]\s*[A-ZĐ][^\s,;.]{1,20})"), re.MULTILINE
)
#: What the symbol after the number says of the paper.
_SYMBOLS: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (Genre.PARTY, re.compile(r"\d\s*-\s*[A-ZĐ]{2,3}/(?:TU|HU|TW|ĐU)")),
    (Genre.TELEGRAM, re.compile(r"/\s*CĐ")),
    (Genre.PLAN, re.compile(r"/\s*(?:KH|CTr|QĐ|PA)-")),
    (Genre.NOTICE, re.compile(r"/\s*(?:TB|KL)-")),
)
_ANY = re.compile("")
_LETTER_MARKS = (
    re.compile(rf"{_START}(?P<words>(?:v/v\b){_REST})", re.M),
    re.compile(rf"{_START}(?P<words>(?:kinh gui[ ]?:?){_REST})", re.M),
    re.compile(
        r"(?P<words>(?:truyen dat|thong bao) y kien (?:chi dao )?cua [^.\n]{3,60}"
        r"|co y kien(?: chi dao)? nhu sau)"
    ),
)
#: "… kết luận như sau:", "… chỉ đạo:" at the end of a line: the body of a notice without its head.
_CONCLUSION = re.compile(
    gaps(
        r"(?P<words>(?:ket luan|y kien chi dao|y kien ket luan)[^.;\n]{0,60}:)[ \t]{0,64}\n"
        r"\s*(?:[ivx\d]{1,3}\s*[./)-]|-)"
    )
)
#: A committee of the Party that concludes or asks, above a list or at the end of a line.
_OF_THE_PARTY = re.compile(
    r"(?P<words>(?:ban thuong vu|thuong truc|ban chap hanh) (?:tinh|thanh|huyen|thi|quan|dang) uy"
    r"[^.;\n]{0,60}\b(?:ket luan|yeu cau|chi dao|thong nhat)[^.;\n]{0,60}:)[ \t]{0,64}$",
    re.MULTILINE,
)
#: "Mấy việc Chủ tịch giao sáng nay": what stands above the items of a list.
_LIST_HEAD = re.compile(r"\b(?:viec|giao|chi dao|nhiem vu|ket luan|yeu cau|phan cong|y kien)\b")
_FEWEST_ITEMS = 4
_RECIPIENTS = re.compile(rf"{_START}(?P<words>(?:noi nhan[ ]?:){_REST})", re.M)
_ITEM = re.compile(gaps(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,2}\s*[.)/-]|[a-z][.)]|[-–+•*]|\(\d{1,2}\))\s*\S"))
#: "Yêu cầu UBND xã …", "Văn phòng … có trách nhiệm …", at the beginning of a sentence.
_ORDER = re.compile(
    gaps(
        r"(?:^|\n|[.;]\s)\s*(?:(?:yeu cau|giao) (?:cac |giam doc |chu tich |thu truong )?(?:so|ubnd"
        r"|van phong|phong|cong an"
        r"|ban|don vi|dia phuong)\b|(?:so|ubnd|van phong|phong|cong an|cac) [^.;\n]{2,60}? co trach nhiem )"
    )
)
_TABLE_HEAD = re.compile(gaps(r"^\s*\|?\s*(?:STT|TT|Stt)[^\S\n\t]{0,64}+[\t\n|]"), re.MULTILINE)
#: Lines of a task told by labels; whoever chairs minutes stands without "cơ quan", "đơn vị".
_LED = re.compile(
    r"^[ \t*+-]{0,8}(?:don vi|co quan) (?:chu tri|thuc hien|duoc giao)[^\n:]{0,20}:", re.MULTILINE
)
_DATED = re.compile(r"^[ \t*+-]{0,8}(?:thoi (?:han|gian)|han)[^\n:]{0,20}:", re.MULTILINE)
_CHAIRED = re.compile(r"^[ \t]*(?:nguoi )?chu tri[ ]?:|\. ?du ?:", re.MULTILINE)
_ATTENDED = re.compile(
    r"^[ \t]*(?:tham du|du|thu ky|thanh phan|vang|dai bieu)[^\n:]{0,20}:|\bdu ?:", re.MULTILINE
)


def genre_of(views: Views) -> TakenFor:
    """The genre of a text, by its head; a text without any mark is a press report or a bare list."""
    return (
        _of_the_party(views)
        or _titled(views)
        or _numbered(views)
        or _addressed(views)
        or _without_head(views)
    )


def _of_the_party(views: Views) -> TakenFor | None:
    """A paper of the Party by its symbol ("15-CT/TU"), whatever its title (not of minutes, telegrams)."""
    taken = _numbered(views)
    titled = _titled(views)
    own = titled is None or titled.genre in (Genre.NOTICE, Genre.PLAN)
    return taken if taken and taken.genre is Genre.PARTY and own else None


def _titled(views: Views) -> TakenFor | None:
    hits = [(hit, genre) for genre, line in _TITLES for hit in line.finditer(views.folded[:_HEAD])]
    for hit, genre in sorted(hits, key=lambda one: one[0].start()):
        words = " ".join(views.clean[hit.start("words") : hit.end("words")].split())
        if _is_title(words):
            return TakenFor(genre, f"có dòng “{words[:60]}”")
    return None


def _numbered(views: Views) -> TakenFor | None:
    number = _NUMBER.search(views.clean[:_HEAD])
    if not number:
        return None
    genre = next(
        genre for genre, symbol in (*_SYMBOLS, (Genre.LETTER, _ANY)) if symbol.search(number["sign"])
    )
    return TakenFor(genre, f"có số, ký hiệu “{number['sign']}”")


def _addressed(views: Views) -> TakenFor | None:
    for pattern in _LETTER_MARKS:
        if found := pattern.search(views.folded[:_HEAD]):
            words = " ".join(views.clean[found.start("words") : found.end("words")].split())
            return TakenFor(Genre.LETTER, f"có cụm “{words[:60]}”")
    return None


def _is_title(words: str) -> bool:
    """A title stands in capitals, or alone on its line with no verb of a sentence after it."""
    first = " ".join(words.split()[:2])
    return first.upper() == first and any(sign.isalpha() for sign in first)


def _without_head(views: Views) -> TakenFor:
    lines = [line for line in views.folded.split("\n") if line.strip()]
    items = [line for line in lines if _ITEM.match(line)]
    for genre, pattern in ((Genre.PARTY, _OF_THE_PARTY), (Genre.NOTICE, _CONCLUSION)):
        if found := pattern.search(views.folded):
            words = " ".join(views.clean[found.start("words") : found.end("words")].split())
            return TakenFor(genre, f"có câu dẫn “{words[:60]}”")
    if _TABLE_HEAD.search(views.clean[:1500]):
        return TakenFor(Genre.PLAN, "có bảng phân công nhiệm vụ")
    if _LED.search(views.folded) and _DATED.search(views.folded):
        return TakenFor(Genre.LIST, "có các dòng “Chủ trì:”, “Thời hạn:” dưới từng nhiệm vụ")
    head = views.folded[:_HEAD]
    if _CHAIRED.search(head) and _ATTENDED.search(head):
        return TakenFor(Genre.MINUTES, "có các dòng “Chủ trì:”, “Dự:” và lối ghi tắt")
    if items and _ITEM.match(lines[0]) and 2 * len(items) > len(lines):
        return TakenFor(Genre.LIST, "không có phần đầu văn bản, chỉ có các mục đánh số hoặc gạch đầu dòng")
    if _is_headed_list(lines, items):
        return TakenFor(Genre.LIST, "chỉ có một dòng dẫn rồi đến các mục gạch đầu dòng")
    if _RECIPIENTS.search(views.folded):
        return TakenFor(Genre.LETTER, "có phần “Nơi nhận”")
    if _orders_without_a_speaker(views):
        return TakenFor(Genre.LETTER, "có câu giao việc, không nêu ai phát biểu")
    return TakenFor(Genre.PRESS, "không có phần đầu của văn bản hành chính")


def _is_headed_list(lines: list[str], items: list[str]) -> bool:
    """Whether one line says that work was given, and nothing but items stands below it."""
    below = len(items) == len(lines) - 1 >= _FEWEST_ITEMS and not _ITEM.match(lines[0])
    return below and _LIST_HEAD.search(lines[0]) is not None


def _orders_without_a_speaker(views: Views) -> bool:
    """Whether sentences open with an order or a duty, and nobody is told to have said anything."""
    orders = len(_ORDER.findall(views.folded))
    return orders > 0 and not is_spoken(views)


def kind_of(views: Views, genre: Genre) -> DocumentKind:
    """The form of the document, told by its heading."""
    head = views.clean[:1500]
    if re.search(gaps(r"^\s*PHIẾU\s+(?:GIAO|CHUYỂN|XỬ LÝ|PHÂN CÔNG|ĐỀ NGHỊ|THEO DÕI)"), head, re.MULTILINE):
        return DocumentKind.SLIP
    if genre is Genre.MINUTES:
        return DocumentKind.MINUTES
    if re.search(
        gaps(r"^\s*(?:Phụ lục|PHỤ LỤC|BẢNG (?:PHÂN CÔNG|TỔNG HỢP)|DANH MỤC)"), head, re.MULTILINE
    ) or _TABLE_HEAD.search(head):
        return DocumentKind.TABLE
    return DocumentKind.PRESS if genre is Genre.PRESS else DocumentKind.NOTICE
