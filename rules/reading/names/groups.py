"""Groups told by their levels alone: "các sở, ngành, xã, phường", "từng sở, ngành", "UBND các xã, thị trấn".

Each level is the collective that the register has for it on the day; a group that goes on with a name, a
qualifier ("các huyện ven biển") or a back-reference is left to the readers of those.
"""

import re

from rules.people.registry import RegistryView
from rules.reading.text.normalise import Views
from rules.reading.text.words import action_at, modal_at
from rules.text.gaps import gaps

_NOUN = (
    r"(?:sở ngành|ban ngành|sở|ban|ngành|đoàn thể|huyện|quận|thị xã|thành phố|xã|phường"
    r"|thị trấn|đặc khu|địa phương|cấp)(?!\w)"
)
#: "các huyện, thành, thị": the levels as newspapers shorten them, only behind another one.
_SHORTENED = r"(?:thành|thị)(?!\w)"
_GROUP = re.compile(
    gaps(
        rf"(?<!\w)(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+)?(?:[Cc]ác|[Tt]ừng|[Mm]ỗi)\s+[Ss]?{_NOUN}"
        rf"(?:(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s[-–]\s)(?:UBND\s+)?(?:các\s+)?(?:{_NOUN}|{_SHORTENED})){{0,8}}"
    ).replace("[Ss]?(?:sở", "(?:[Ss]ở")
)
_WORDS = re.compile(f"{_NOUN}|{_SHORTENED}", re.IGNORECASE)
_LAST = re.compile(
    gaps(r"(?:\s*,\s*|\s+)(?:và\s+)?(?:UBND\s+)?(?:các\s+)?[^\s,]+(?:\s(?:xã|phố|trấn|thể|phương|khu))?$")
)
_OWNER = re.compile(gaps(r"\s+(?:của\s+)?(?:tỉnh|thành phố)(?!\w)(?!\s+[A-ZĐ])"))
_LEVELS = {
    "sở ngành": ("các sở, ngành",), "ban ngành": ("các sở, ngành",), "sở": ("các sở, ngành",),
    "ban": ("các sở, ngành",), "ngành": ("các sở, ngành",),
    "đoàn thể": ("các đoàn thể",), "huyện": ("các địa phương",), "thị xã": ("các địa phương",),
    "thành phố": ("các địa phương",), "địa phương": ("các địa phương",),
    "xã": ("UBND cấp xã", "các xã, phường"), "phường": ("UBND cấp xã", "các xã, phường"),
    "thị trấn": ("UBND cấp xã", "các xã, phường"), "quận": ("các địa phương",),
    "thành": ("các địa phương",), "thị": ("các địa phương",), "cấp": (), "đặc khu": ("UBND cấp xã",
    "các xã, phường"),
}  # fmt: skip
#: Alone these are no addressee, or the register names them itself.
_TOO_WIDE = frozenset({"ban", "ngành", "thành phố", "địa phương", "cấp", "quận"})


def groups_in(views: Views, view: RegistryView) -> list[tuple[int, int, tuple[str, ...]]]:
    """(start, end, ids of the collectives) of every group that something is told to or done with."""
    found = []
    for hit in _GROUP.finditer(views.clean):
        levels = [level.group().lower() for level in _WORDS.finditer(hit.group())]
        owner = _OWNER.match(views.clean, hit.end())
        end = owner.end() if owner else hit.end()
        while (
            not _ends(views, end)
            and len(levels) > 1
            and (last := _LAST.search(views.clean, hit.start(), end))
        ):
            end = last.start()  # what goes on with names is a list of its own
            levels.pop()
        if not _ends(views, end) or (len(set(levels)) == 1 and levels[0] in _TOO_WIDE):
            continue
        ids = dict.fromkeys(body_id for level in levels for body_id in _collective(view, level))
        if ids:
            found.append((hit.start(), end, tuple(ids)))
    return found


def _ends(views: Views, at: int) -> bool:
    """Whether the group ends here: a mark, or what it is to do."""
    rest = views.clean[at : at + 2].strip()
    words = views.clean[at : at + 40].split()[:2]
    if len(words) == 2 and all(word[0].isupper() for word in words):
        return False  # "các huyện Giao Thủy, Hải Hậu" goes on with a name
    if not rest or rest[0] in ",;:.)(" or views.clean.startswith((" và ", " cùng ", " - "), at):
        return True
    return action_at(views, at + 1, len(views.clean)) or modal_at(views, at + 1, at + 24)


def _collective(view: RegistryView, level: str) -> tuple[str, ...]:
    for name in _LEVELS[level]:
        body_id = view.resolve(name).body_id
        if body_id and view.is_valid(body_id):
            return (body_id,)
    return ()
