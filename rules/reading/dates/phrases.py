"""The phrases of deadlines as patterns, folded (labelling guideline §4); ``deadlines`` resolves them."""

import re

from rules.reading.dates.dates import DAY, MONTH, QUARTER, YEAR
from rules.text.gaps import gaps


def spaced(pattern: str) -> re.Pattern[str]:
    """A pattern whose spaces match any white space."""
    return re.compile(gaps(pattern.replace(" ", r"\s+")))


LIMIT = (
    r"(?:truoc(?: khi het)?|cham nhat(?: la| den| vao| trong| truoc)?|muon nhat(?: la)?|den "
    r"het|het|den|toi|vao|xong truoc"
    r"|khong qua|qua|truoc va den|trong|han chot(?: la)?|han cuoi(?: [a-z]+){0,6} la"
    r"|thoi han(?: hoan thanh)?(?: la)?\s*:?"
    r"|thoi gian hoan thanh\s*:?|han\s*:|ngay trong)"
)
CLOCK = r"(?:(?:\d{1,2}\s*(?:gio|h|g)\s*(?:\d{1,2})?(?:\s*phut)?)\s*,?\s*)?"
PART = (
    r"(?:(?:sang|chieu|toi|cuoi)\s+)?"
    r"(?:(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)\s*,?\s*(?=ngay\s|\d{1,2}\s*[/.-]))?"
)
NOT_A_LIMIT = spaced(
    r"(?:\btu|khai mac|be mac|dien ra|ke tu|bat dau tu|tinh den|thang \d+ nam \d+|khong cho|khong doi"
    r"|nhung thang|cac thang|khong de|don thanh toan|khong don|ky hop(?! dong)|khong phai cho)"
    r"\s+(?:[^,;]{0,14}\s)?$"
)
#: "Công văn số 12 ngày 5/3" cites a document, unless a limit is spelt out ("bằng văn bản trước 21/6").
CITED = spaced(r"(?:cong van|nghi quyet|quyet dinh|van ban)\s+(?:[^,;]{0,14}\s)?$")
FIRM = spaced(r"truoc|cham nhat|muon nhat|khong qua|trong (?:thang|qu[yi])")
RELATIVE = spaced(
    r"(?P<limit>(?:cham nhat(?: la| sau| trong)?|trong(?: vong| thoi han| thoi gian)?|sau"
    r"|khong qua|thoi han)\s+)?"
    r"(?P<count>\d{1,3})\s*(?:\([^)]{0,80}+\)\s*)?ngay(?P<working>\s+lam viec)?"
    r"(?:\s*,?\s*(?:ke tu|tinh tu|tu|sau)\s+(?:ngay|khi|thoi diem)?\s{0,64}(?P<anchor>[^,;.]{2,60}))?"
)
SEASON = spaced(r"truoc\s+(?:tet|vu|mua|le|ram|khai giang|nam hoc|ky nghi)\b[^,;.]{0,30}")
#: "01 ngày làm việc đối với hồ sơ …": a span for every case, not of this paper.
FOR_EACH = re.compile(gaps(r"\s+(?:doi voi|cho) (?:moi|tung|cac|ho so)|\s*/\s*[a-z]"))
#: "15/7 âm lịch": the day of another calendar.
LUNAR = re.compile(gaps(r"\s*\(?\s*(?:\d{4}\s*)?\(?(?:am lich|al\b)"))
EVENT_WAIT = spaced(
    r"(?:ngay )?(?:sau khi|ngay khi|khi)\s+(?:duoc"
    # "khi có mưa lớn" is a condition of the work, no event that its deadline waits for
    r"|co(?! (?:ngo doc|mua|gio|bao|dich|su co|chay|lu|nguoi|tinh huong|bieu hien|dau hieu|vi pham|nguy co))"
    r"|nhan|hoan thanh|bo|thu tuong|ubnd|hdnd"
    r"|nghi quyet)[^,;.]{3,60}"
    r"|(?:tai|trong|truoc) (?:phien hop|ky hop|cuoc hop)(?: [a-z]+){0,4}? "
    r"(?:thang \d{1,2}(?:[/-]\d{4})?|thuong ky|thuong le|cuoi nam|giua nam|gan nhat|tiep theo|sap toi)\b"
)


#: "trước ngày khai giảng 05/9/2023", "trước kỳ họp ngày 10/12": the day is the event's own.
EVENT = (
    r"(?:(?:ngay |dip |le |ky |buoi )?(?:khai giang|khai mac|be mac|khai truong|hop|le|dai hoi)"
    r"(?: [a-z]+){0,2} \(?)?"
)
ABSOLUTE = spaced(rf"\b{LIMIT}\s*{CLOCK}{PART}{EVENT}{DAY}")
BARE_DAY = spaced(rf"(?<![\d/]){DAY}")
IN_MONTH = spaced(rf"\b(?:trong|{LIMIT}|(?:trong |den |vao |truoc )?(?:cuoi|dau|giua))\s+(?:cuoi )?{MONTH}")
#: "Tháng 9 - 10/2023" in a cell: the last of them counts.
BARE_MONTHS = spaced(
    r"thang (?P<month>\d{1,2})\s*(?:-|–|den|,|va|&)\s*(?:thang\s*)?(?P<month_last>\d{1,2})(?!\d)"
    r"(?:\s*[/-]\s*(?P<month_year>\d{4}))?"
)
BARE_MONTH = spaced(rf"{MONTH}")
IN_QUARTER = spaced(rf"\b(?:trong|{LIMIT}|(?:trong |den |vao |truoc )?cuoi|ngay)\s+(?:cuoi )?{QUARTER}")
BARE_QUARTER = spaced(rf"{QUARTER}")
IN_YEAR = spaced(
    rf"\b(?:(?:truoc|den|vao|toi|trong|tu nay den|cham nhat) (?:khi )?(?:het |cuoi )|trong "
    r"|het |cuoi (?=nam (?:\d|nay))|(?:(?<=va\s)|(?<=thanh\s)|(?<=xong\s))cuoi |ngay trong )"
    rf"{YEAR}(?! hoc)(?! (?:mot|hai|ba|qua))\b"
)
BARE_YEAR = spaced(r"\b(?:nam (?P<year>\d{4})|ca nam)\b")
BARE_HALF_YEAR = spaced(r"\b(?:0?6|sau) thang (?P<half>dau|cuoi) nam(?: (?P<half_of>\d{4})| nay)?")
HALF_YEAR = spaced(
    r"\b(?:trong|het|den het|cham nhat trong) 0?6 thang (?P<half>dau|cuoi) nam(?: (?P<half_of>\d{4})| nay)?"
)
WEEK = spaced(
    r"\b(?:trong |cuoi |het |truoc cuoi |ngay trong )?(?:cuoi )?tuan (?P<which>nay|sau|toi|ke tiep)"
)
WEEKDAY_OF_WEEK = spaced(
    r"\b(?:thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat))(?: tuan)? "
    r"(?P<which>nay|sau|toi)"
    rf"(?:\s*\(\s*{DAY}\s*\))?"
)
BARE_WEEKDAY = spaced(
    r"\b(?:cham nhat|truoc|vao|den|xong) (?:la |vao |den |sang |chieu |ngay ){0,6}"
    r"(?:thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat))\b(?! tuan)"
)
NEAR_DAY = spaced(
    r"\b(?:trong |ngay trong |truoc \d{1,2}\s*(?:gio|h)\d{0,2} )?(?:ngay )?(?:hom nay|ngay mai)\b"
)
THIS_PERIOD = spaced(r"\b(?:trong|ngay trong|het|den het) (?:thang|qu[yi]) nay\b")
EVENT_OFFSET = spaced(
    r"\btruoc(?: ngay| khi| thoi diem)? (?P<event>khai mac|be mac|[a-z ]{3,40}?)(?: it nhat| "
    r"toi thieu)? (?P<count>\d{1,3}) ngay\b(?! lam viec ke)"
)
AFTER_EVENT = spaced(
    r"\b(?:(?:cham nhat|trong(?: vong| thoi han)?|khong qua|toi da"
    r"|sau) ){0,6}(?P<count>\d{1,3}) ngay (?:sau|ke tu|tinh tu)"
    r"(?: ngay| khi)? (?P<event>(?:khai mac|be mac|khai truong|to chuc|ket thuc|le|hoi nghi"
    r"|dai hoi)[a-z ]{0,30}?)(?=\s*(?:[,;.|)]|$)|[^\S\n]{0,64}+\n)"
)

#: What a pattern cannot match without, told much faster: most clauses state no deadline.
NEEDED: dict[str, re.Pattern[str]] = {
    "event_offset": spaced(r"\d ngay"),
    "relative_days": spaced(r"\d\s*(?:\([^)]{0,80}+\)\s*)?ngay"),
    "weekday_of_week": spaced(r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat"),
    "week": spaced(r"tuan (?:nay|sau|toi|ke)"),
    "absolute_day": spaced(r"\d(?:\s*[/.-]\s*\d| thang)"),
    "month": re.compile(gaps(r"t(?:hang\s+|\.?\s?)\d")),
    "quarter": re.compile(gaps(r"q(?:u[yi]\s+|\.?\s?)[1-4iv]")),
    "half_year": spaced(r"6 thang"),
    "year": spaced(r"(?:truoc|den|vao|toi|trong|nhat|khi|het|cuoi) nam"),
    "today_or_tomorrow": spaced(r"hom nay|ngay mai"),
    "this_month": spaced(r"(?:thang|qu[yi]) nay"),
    "season": SEASON,
}
ANY_NEEDED = re.compile("|".join(dict.fromkeys(needed.pattern for needed in NEEDED.values())))
