"""Short forms of departments that follow a rule and need no list: "Sở GD&ĐT", "Sở LĐ-TB&XH", "Sở VHTTDL".

The initials of the name's words with "&", a hyphen or nothing for "và", the hyphen and the commas
(labelling guideline §6). Only forms that mean one body of the day are taken.
"""

import re
from functools import lru_cache

from rules.people.registry import RegistryView
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.folding import fold
from rules.text.gaps import gaps

_SHORT = re.compile(
    r"(?P<head>so|ban|cuc)(?<!\wso)(?<!\wban)(?<!\wcuc)(?<!chi cuc) (?P<initials>(?:[a-z]++"
    r"|&)(?:-?(?:[a-z]++|&))*)(?!\w)",
    re.ASCII,
)
#: First words of the names that have such short forms, with the register's kind.
_HEADS = frozenset({("so", "so"), ("cuc", "don-vi"), ("cuc", "trung-uong")})
_JOINS = str.maketrans("", "", "-&")
_PLACE = re.compile(gaps(r"\s+(?:tinh(?: soc trang)?|thanh pho(?: can tho)?)$"))


def department_names(views: Views, view: RegistryView) -> list[tuple[int, int, str]]:
    """(start, end, body id) of every short form of a department in the text."""
    known = _initials_of(view)
    found = []
    for hit in _SHORT.finditer(views.folded):
        body_id = known.get(f"{hit['head']} {hit['initials'].translate(_JOINS)}")
        written = views.clean[hit.start("initials") : hit.end("initials")]
        if body_id and written.upper() == written:
            found.append((hit.start(), hit.end(), body_id))
    return found


#: "TPST", "TXVC", "H. Mỹ Xuyên", "TX Ngã Năm": a level and a place, or the initials of one.
_PLACE_SHORT = re.compile(
    gaps(
        rf"(?<!\w)(?:UBND\s+)?(?P<level>TP|TX|H)(?:\.\s*|\s+)?"
        rf"(?:(?<=[. ])(?P<place>[{UPPER}][{LOWER}]*(?: [{UPPER}][{LOWER}]+){{1,3}})"
        rf"|(?P<letters>[{UPPER}]{{2,3}}))(?!\w)"
    )
)
_LEVELS = {"thanh pho": "TP", "thi xa": "TX", "huyen": "H"}
_PLACE_NAME = re.compile(r"(?:ubnd )?(thanh pho|thi xa|huyen) (.+)")


def place_names(views: Views, view: RegistryView) -> list[tuple[int, int, str]]:
    """(start, end, body id) of every committee of a district or town that is told by such a short form."""
    known = _places_of(view)
    found = []
    for hit in _PLACE_SHORT.finditer(views.clean):
        said = hit["letters"] or " ".join(hit["place"].split()).lower()
        body_id = known.get(f"{hit['level']} {said}")
        if body_id:
            found.append((hit.start(), hit.end(), body_id))
    return found


@lru_cache(maxsize=64)
def _places_of(view: RegistryView) -> dict[str, str]:
    """Level and place,
    as written in small letters or as initials -> the one body of the day that it means."""
    found: dict[str, set[str]] = {}
    for body in view.registry.bodies:
        name = _PLACE_NAME.fullmatch(fold(body.name))
        if body.kind != "cap-huyen" or not name or not view.is_valid(body.id):
            continue
        place = " ".join(body.name.split()[-len(name[2].split()) :])
        initials = "".join(word[0] for word in place.split()).upper()
        for said in (place.lower(), initials):
            found.setdefault(f"{_LEVELS[name[1]]} {said}", set()).add(body.id)
    return {said: next(iter(ids)) for said, ids in found.items() if len(ids) == 1}


@lru_cache(maxsize=64)
def _initials_of(view: RegistryView) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for body in view.registry.bodies:
        name = _PLACE.sub("", fold(body.name))
        head, _, rest = name.partition(" ")
        if (head, body.kind) in _HEADS and view.is_valid(body.id):
            initials = "".join(word[0] for word in re.findall(r"[a-z]+", rest) if word != "va")
            for said in (f"so {initials}", f"ban {initials}") if head == "so" else (f"{head} {initials}",):
                found.setdefault(said, set()).add(body.id)
    return {
        said: next(iter(ids)) for said, ids in found.items() if len(ids) == 1 and len(said.split()[1]) > 1
    }
