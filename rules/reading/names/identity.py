"""Whether a name found without its tone marks is that of the register: never renamed into a neighbour.

Thanh Trì is not Thạnh Trị, "UBND tỉnh Vĩnh Long" is not the committee of this register, and a body that is
founded later is not meant by an earlier paper. What fails stays as written, with the body as candidate.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import lru_cache

from rules.people.bodies import Body
from rules.people.registry import Registry, RegistryView
from rules.reading.names.named import Named
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.folding import APOSTROPHES, fold, fold_aligned, one_sound
from rules.text.gaps import gaps

#: Kinds whose names are places.
_PLACES = frozenset({"cap-huyen", "cap-xa"})
_CITIES = ("ha noi", "ho chi minh", "hai phong", "da nang", "can tho", "hue")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = dict.fromkeys(map(ord, APOSTROPHES), "'") | dict.fromkeys(map(ord, "Ððɖᴆ"), "đ")
_LEVEL = re.compile(gaps(r"(?:tinh|thanh pho|tp\.?|huyen|thi xa|quan|xa|phuong|thi tran)$"))
_OWNER = re.compile(rf" (?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã) (?=[{UPPER}])")
#: Bodies that stand at every level, and the level below the province behind one.
_HAS_BRANCHES = re.compile(
    r"(?:hoi|doan thanh nien|lien doan lao dong|mat tran|uy ban mttq|uy ban mat tran|mttq|thanh tra|bhxh"
    r"|bao hiem xa hoi|kho bac|chi cuc thue|toa an|vien kiem sat|ban chi huy|trung tam y te|lien hiep)\b"
)
_BRANCH = re.compile(rf" (?P<level>huyện|thị xã|xã|phường|thị trấn)(?!\w)(?! [{UPPER}])(?! hội(?!\w))")
_CAPITALS = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,2}}(?!\w)")
_TOWNS = ("thanh pho", "tp", "tp.")
#: The provinces and cities as they were until 2025, of which the new ones kept their names.
_PROVINCE = re.compile(
    r"(?:an giang|ba ria|bac giang|bac kan|bac lieu|bac ninh|ben tre|binh dinh|binh duong|binh phuoc"
    r"|binh thuan|ca mau|can tho|cao bang|da nang|dak lak|dak nong|dac lac|dien bien|dong nai"
    r"|dong thap|gia lai|ha giang|ha nam|ha noi|ha tinh|hai duong|hai phong|hau giang|hoa binh|hung yen"
    r"|khanh hoa|kien giang|kon tum"
    r"|lai chau|lam dong|lang son|lao cai|long an|nam dinh|nghe an|ninh binh|ninh thuan|phu tho|phu yen"
    r"|quang binh|quang nam|quang ngai|quang ninh|quang tri|soc trang|son la|tay ninh|thai binh|thai nguyen"
    r"|thanh hoa|thua thien|hue|tien giang|ho chi minh|tra vinh|tuyen quang|vinh long|vinh phuc"
    r"|yen bai)(?!\w)"
)
_OF_PROVINCE = re.compile(rf"\b(?:tinh(?: uy)?|thanh pho|thanh uy) (?P<province>{_PROVINCE.pattern})")
#: What may stand with a capital behind a name and is no place.
_NO_PLACE = re.compile(
    r"(?:Giao|Yêu|Đề|Trước|Trong|Hoàn|Báo|Giám|Chủ|Phó|Sở|Ban|Công|Văn|Các|Quyết|Nghị|Kế|Thông|Về|Đồng|Thời"
    r"|Căn|Trường|Thành|Đối|Riêng|Ông|Bà|Trưởng|Ngày|Tại|Khóa|Khoá|Số|Năm|Tỉnh|Đảng|Hội|UBND|Chỉ)(?!\w)"
)


def as_written(views: Views, view: RegistryView, named: Named, day: date | None) -> Named:
    """The name, or the same words as a stranger's where the register's body is not meant."""
    if len(named.body_ids) != 1:
        return named
    body = view.registry.get(named.body_ids[0])
    lower = _lower_branch(views, body, named)
    if lower is not None:
        return replace(_stranger(named, False), end=lower, candidates=())
    place = _other_place(views, view, body, named)
    if place is not None:
        whole = views.folded[named.start : place]
        return _stranger(replace(named, end=place), body.kind == "ubnd" and _decides(whole))
    if body.kind in _PLACES and not _same_marks(views.clean[named.start : named.end], body):
        return _stranger(named, False)
    if day and body.valid_from and body.valid_from > day:
        return _of_its_time(views, view, named)
    return named


def _lower_branch(views: Views, body: Body, named: Named) -> int | None:
    """ "Hội Nông dân thị xã": the end of the name of a branch below the body that the register has."""
    branch = _BRANCH.match(views.clean, named.end) if _HAS_BRANCHES.match(views.folded, named.start) else None
    if branch is None or body.is_collective or _LEVEL.search(views.folded, named.start, named.end):
        return None
    level = fold(branch["level"])
    return None if f" {level}" in f" {_own_words(body)}" or level == "tinh" else branch.end()


def _stranger(named: Named, upper: bool) -> Named:
    return replace(named, body_ids=(), candidates=() if upper else named.body_ids, stranger=True, upper=upper)


def _decides(folded: str) -> bool:
    """Whether a committee is that of a province or of a city without one, not of a town in one."""
    return re.search(r"\btinh\b", folded) is not None or folded.endswith(_CITIES)


def _of_its_time(views: Views, view: RegistryView, named: Named) -> Named:
    """ "UBND thành phố" before the city of today was founded: the one city that the register had then."""
    words = one_sound(fold(views.clean[named.start : named.end]))
    then = [
        body.id
        for body in view.registry.bodies
        if body.kind in _PLACES and view.is_valid(body.id) and _key(body.name).startswith(words + " ")
    ]
    if len(then) == 1:
        return replace(named, body_ids=(then[0],))
    return replace(named, body_ids=(), candidates=tuple(then[:3]) or named.body_ids, stranger=True)


def _other_place(views: Views, view: RegistryView, body: Body, named: Named) -> int | None:
    """Where a name ends that goes on with a place which the register's name does not have."""
    level = _LEVEL.search(views.folded, max(named.start, named.end - 12), named.end)
    if level and (level.start() == named.start or body.is_collective):
        return None
    owner = None if level else _OWNER.match(views.clean, named.end)
    if not level and not owner:
        return _bare_province(views, view, body, named)
    begin = owner.end() if owner else named.end + 1
    if not views.clean[begin : begin + 1].isupper():
        return None
    own = _own_words(body)
    province = _PROVINCE.match(views.folded, begin)
    if province:
        ours = one_sound(province.group())
        return None if ours in own or ours in _seats(view.registry) else province.end()
    town = _CAPITALS.match(views.clean, begin) if level and level.group() in _TOWNS else None
    if not town or _titled(views, named) or _NO_PLACE.match(views.clean, begin):
        return None
    return None if one_sound(fold(town.group())) in own else town.end()


def _bare_province(views: Views, view: RegistryView, body: Body, named: Named) -> int | None:
    """ "Đài Phát thanh và Truyền hình Hậu Giang": the end of another province's name right behind a name."""
    found = _PROVINCE.match(views.folded, named.end + 1)
    if not found or views.clean[named.end] != " " or not views.clean[named.end + 1].isupper():
        return None
    ours = one_sound(found.group())
    if body.is_collective or ours in _own_words(body) or ours in _seats(view.registry):
        return None
    return None if _CAPITALS.match(views.clean, found.end() + 1) else found.end()


@lru_cache(maxsize=1024)
def _own_words(body: Body) -> str:
    return _key(" ".join((body.name, *body.aliases)))


@lru_cache(maxsize=8)
def _seats(registry: Registry) -> str:
    """The names of all committees that the register calls its own, now or once."""
    return " | ".join(_key(body.name) for body in registry.bodies if body.kind == "ubnd")


def names_another_province(registry: Registry, words: str) -> bool:
    """Whether a letterhead ("UBND TỈNH QUẢNG TRỊ") is of a province that is not the register's."""
    owner = _OF_PROVINCE.search(fold(words))
    return owner is not None and one_sound(owner["province"]) not in _seats(registry)


def _titled(views: Views, named: Named) -> bool:
    """Whether a person holds office there: the name behind it is the person's."""
    before = views.folded[max(0, named.start - 16) : named.end]
    return re.search(r"\b(?:chu tich|bi thu|giam doc|chanh|truong|lanh dao|vien|vp)\b", before) is not None


def _same_marks(written: str, body: Body) -> bool:
    """Whether the place in a name bears the register's marks, or the whole name bears none."""
    if fold_aligned(written) == written.casefold():
        return True
    found = _syllables(written)
    return any(_ends_alike(found, _syllables(name)) for name in (body.name, *body.aliases))


def _ends_alike(found: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether the last syllables are the same, as many as are written with a capital."""
    size = min(2, len(found), len(known))
    return size > 0 and found[-size:] == known[-size:]


@lru_cache(maxsize=4096)
def _syllables(name: str) -> tuple[str, ...]:
    """Each word as its letters with their hooks, its tone apart: where the tone mark stands says nothing."""
    return tuple(_spelt(word) for word in _WORD.findall(name.translate(_SIGNS)))


def _spelt(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.casefold())
    tone = "".join(char for char in apart if char in _TONES)
    letters = unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))
    return one_sound(letters) + tone


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return one_sound(fold(name))
