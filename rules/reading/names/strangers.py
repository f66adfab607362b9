"""Agencies that the register does not know: named with candidates, never dropped (guideline §3).

Only where an agency is expected: at the opening of a clause, after an assigning verb, after "phối hợp với".
"""

import re
from bisect import bisect_left

from rules.people.registry import RegistryView
from rules.reading.text.normalise import UPPER, Views
from rules.reading.text.words import action_at, modal_at

_HEADS = (
    r"Sở|Hội|Chi cục|Trung tâm|Tổng công ty|Công ty|Ban Quản lý|Ban quản lý|Trường|Bệnh viện|Phòng|Cục"
    r"|Quỹ|Liên đoàn"
    r"|Ngân hàng|Viện|Hạt|Trạm|Xí nghiệp|Nhà máy|Câu lạc bộ|Hiệp hội|Chi nhánh|Kho bạc|Bảo hiểm"
    r"|Điện lực|Cảng vụ|Vườn"
    r"|Bảo tàng|Thư viện|Nhà hát|Ban"
)
_STRANGER = re.compile(rf"(?:{_HEADS})(?= [{UPPER}\w])")
#: What stands before an agency that is addressed or named to help.
_OPENINGS = (
    "\n", ". ", "; ", ": ", "\n ", "- ", "+ ", ", ", " và ", "giao ", "Giao ", "yêu cầu ", "Yêu cầu ",
    "đề nghị ", "Đề nghị ", "phân công ", "Phân công ", "phối hợp với ", "cùng với ",
)  # fmt: skip
_WORD = re.compile(r"[ ]{1,64}+(?P<word>[^\W\d_]+)")
_STOP = frozenset(
    [
        "này",
        "trên",
        "nói",
        "có",
        "đã",
        "đang",
        "sẽ",
        "không",
        "là",
        "bị",
        "được",
        "để",
        "tại",
        "trong",
        "theo",
        "nào",
        "gồm",
        "về",
        "phối",
        "cùng",
        "với",
        "chưa",
        "vẫn",
    ]
)
_LONGEST = 10


def unknown_agencies(
    views: Views, view: RegistryView, taken: list[tuple[int, int]]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """(start, end, candidates) of names that look like agencies and overlap no known name."""
    found = []
    for hit in _STRANGER.finditer(views.clean):
        if hit.start() and not views.clean.endswith(_OPENINGS, 0, hit.start()):
            continue
        end = _name_end(views, hit.end())
        if end is None or overlaps(taken, hit.start(), end):
            continue
        name = views.clean[hit.start() : end]
        found.append((hit.start(), end, view.resolve(name).candidates[:3]))
    return found


def overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``[start, end)`` meets one of the sorted, disjoint intervals."""
    index = bisect_left(taken, (end,)) - 1
    return index >= 0 and taken[index][1] > start


def _name_end(views: Views, at: int) -> int | None:
    """Where the name ends: before a verb, a stop word or a mark; None if nothing follows the head noun."""
    end, capital = at, False
    for _ in range(_LONGEST):
        word = _WORD.match(views.clean, end)
        if not word or word["word"].lower() in _STOP:
            break
        start = word.start("word")
        if word["word"][0].islower() and (
            action_at(views, start, len(views.clean)) or modal_at(views, start, start + 20)
        ):
            break
        capital = capital or word["word"][0].isupper()
        end = word.end()
    return end if capital and end > at else None
