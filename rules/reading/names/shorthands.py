"""Short forms of departments that follow a rule and need no list: "Sở GD&ĐT", "Sở LĐ-TB&XH", "Sở VHTTDL".

The initials of the name's words with "&", a hyphen or nothing for "và", the hyphen and the commas
(labelling guideline §6). Only forms that mean one body of the day are taken.
"""

import re
from functools import lru_cache

from rules.people.registry import RegistryView
from rules.reading.text.normalise import Views
from rules.text.folding import fold
from rules.text.gaps import gaps

_SHORT = re.compile(
    r"(?:so|ban)(?<!\wso)(?<!\wban) (?P<initials>(?:[a-z]++|&)(?:-?(?:[a-z]++|&))*)(?!\w)", re.ASCII
)
_JOINS = str.maketrans("", "", "-&")
_PLACE = re.compile(gaps(r"\s+(?:tinh(?: soc trang)?|thanh pho(?: can tho)?)$"))


def department_names(views: Views, view: RegistryView) -> list[tuple[int, int, str]]:
    """(start, end, body id) of every short form of a department in the text."""
    known = _initials_of(view)
    found = []
    for hit in _SHORT.finditer(views.folded):
        body_id = known.get(hit["initials"].translate(_JOINS))
        written = views.clean[hit.start("initials") : hit.end("initials")]
        if body_id and written.upper() == written:
            found.append((hit.start(), hit.end(), body_id))
    return found


@lru_cache(maxsize=64)
def _initials_of(view: RegistryView) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for body in view.registry.bodies:
        name = _PLACE.sub("", fold(body.name))
        if body.kind == "so" and name.startswith("so ") and view.is_valid(body.id):
            words = re.findall(r"[a-z]+", name)[1:]
            found.setdefault("".join(word[0] for word in words if word != "va"), set()).add(body.id)
    return {
        initials: next(iter(ids)) for initials, ids in found.items() if len(ids) == 1 and len(initials) > 1
    }
