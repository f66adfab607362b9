"""Where a person goes after signing in: to a page of ours, and nowhere else."""

import re
from urllib.parse import quote

from starlette.types import Scope

_LONGEST = 1_000
#: One stroke, and neither another nor a backslash after it: browsers take both for the name of a host.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")
#: Pages that lead on themselves, or take something away.
_NO_GOAL = ("/dang-nhap", "/dang-xuat", "/lien-ket")
START = "/viec"


def local_path(typed: str, otherwise: str = START) -> str:
    """The address of a page of ours that was asked for; ``otherwise`` for everything else."""
    if len(typed) > _LONGEST or not _LOCAL.fullmatch(typed) or typed.startswith(_NO_GOAL):
        return otherwise
    return typed


def leading_back(place: str, scope: Scope) -> str:
    """The address of ``place``, which leads back to the page that this request asked for."""
    raw: bytes = scope.get("raw_path") or b"/"
    query: bytes = scope["query_string"]
    asked = local_path((raw + (b"?" + query if query else b"")).decode("latin-1"))
    return with_goal(place, asked)


def with_goal(place: str, goal: str) -> str:
    """The address of ``place``, which leads on to ``goal``."""
    return place if goal == START else f"{place}?ve={quote(goal, safe='')}"
