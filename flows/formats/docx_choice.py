"""Which of several forms of one content Word shows, and which elements it knows at all.

``mc:AlternateContent`` holds the same content in a new and an old form (ISO/IEC 29500-3): the first
Choice whose namespaces are all known is shown, else the Fallback. What each looks up is paid for: a
namespace costs its writer twenty letters, and each Choice asks for all that are in force.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from flows.formats.work import Work

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, CHOICE, FALLBACK = _MARKUP + "AlternateContent", _MARKUP + "Choice", _MARKUP + "Fallback"
_MOST_BRANCHES = 16
_NEW = (
    "http://schemas.microsoft.com/office/word/20",
    "http://schemas.microsoft.com/office/drawing/20",
    "http://schemas.microsoft.com/office/powerpoint/20",
    "http://schemas.microsoft.com/office/2016/",
)
_KNOWN = (
    *_NEW,
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/word",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
)


def branches(alternate: Any) -> Iterable[Any]:
    """The forms that are looked at: more than these no program writes."""
    return islice(alternate, _MOST_BRANCHES)


def is_shown(branch: Any, work: Work) -> bool:
    """Whether Word shows this Choice or Fallback; those before it are asked first."""
    return chosen(branch.getparent(), work) is branch


def chosen(alternate: Any, work: Work) -> Any:
    """The branch of an ``mc:AlternateContent`` that Word shows; None when there is none."""
    fallback = None
    for branch in branches(alternate):
        if branch.tag == CHOICE and _is_understood(branch, work):
            return branch
        if branch.tag == FALLBACK and fallback is None:
            fallback = branch
    return fallback


def _is_understood(choice: Any, work: Work) -> bool:
    spaces, required = choice.nsmap, choice.get("Requires", "")
    work.charge(len(spaces), signs=len(required))
    return all(spaces.get(prefix, "").startswith(_NEW) for prefix in required.split())


def is_known(tag: str) -> bool:
    """Whether Word knows the namespace of an element; what it does not know it leaves out."""
    return tag[1:].startswith(_KNOWN)
