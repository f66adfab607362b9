"""Which phrase of a text may be remembered as a name of a body, and which body took its place.

The reader looks for every known name everywhere, so a name that is a common word, points back to
another sentence, or already belongs to somebody would spoil other documents: it is refused.
"""

import re
from collections.abc import Sequence
from datetime import date

from rules.draft import Party
from rules.people.bodies import Body
from rules.people.registry import Registry
from rules.refusal import Refusal
from rules.text.folding import fold, one_sound

#: A folded Vietnamese syllable: as a name it would be found inside ordinary sentences.
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x|h)?[aeiouy]{1,3}(?:ch?|m|ngh?|nh?|p|t)?"
)
_POINTS_BACK = re.compile(r"(?:^|\s)(?:nay|do|tren|kia|khac|tren day|neu tren|(?:co )?lien quan)$")


class AliasRefused(Refusal):
    """The phrase cannot become a name of the body; the message is Vietnamese."""


def check_alias(registry: Registry, alias: str, body_id: str, day: date | None) -> None:
    """Raise AliasRefused unless ``alias`` may from now on name the body in documents of its time."""
    key, body = fold(alias), registry.get(body_id)
    problem = _wording_problem(alias, key)
    if problem:
        raise AliasRefused(f"Không ghi nhớ được «{alias}»: {problem}")
    others = [other for other in _bearers(registry, key, day) if other.id != body_id and _meet(other, body)]
    if others:
        names = ", ".join(f"«{other.name}»" for other in others[:3])
        raise AliasRefused(
            f"Không ghi nhớ được «{alias}» là «{body.name}»: trong cùng thời gian đó tên này đã chỉ {names}; "
            "nếu ghi nhớ thì văn bản sau sẽ không rõ là cơ quan nào."
        )


def replacements(before: Sequence[Party], after: Sequence[Party]) -> dict[str, str]:
    """Phrases of ``before`` that named nobody -> the bodies of ``after`` that took their place.

    Nothing is said where more or fewer bodies came in than phrases went: that would be a guess.
    """
    still = {party.phrase for party in after if party.body_id is None}
    gone = [p.phrase for p in before if p.body_id is None and p.phrase not in still]
    known = {party.body_id for party in before}
    new = [p.body_id for p in after if p.body_id is not None and p.body_id not in known]
    gone, new = list(dict.fromkeys(gone)), list(dict.fromkeys(new))
    return dict(zip(gone, new, strict=True)) if len(gone) == len(new) else {}


def _wording_problem(alias: str, key: str) -> str | None:
    if not any(char.isalpha() for char in key) or len(key) < 3:
        return "tên quá ngắn."
    if len(key.split()) == 1 and (_SYLLABLE.fullmatch(key) or not alias.strip().isupper()):
        return "một từ thông thường không thể là tên riêng của một cơ quan."
    if _POINTS_BACK.search(key):
        return "cụm từ này chỉ rõ nghĩa trong câu của nó, không phải là tên của một cơ quan."
    return None


def _bearers(registry: Registry, key: str, day: date | None) -> list[Body]:
    """Whom the name means already: all that are listed with it, or whom a derived short form means."""
    ids = registry.lexicon.get(one_sound(key), ())
    derived = None if ids else registry.as_of(day).resolve(key).body_id
    return [registry.get(body_id) for body_id in (*ids, *([derived] if derived else []))]


def _meet(one: Body, other: Body) -> bool:
    """Whether there is a day on which both exist."""
    starts = max((b.valid_from for b in (one, other) if b.valid_from), default=date.min)
    ends = min((b.valid_to for b in (one, other) if b.valid_to), default=date.max)
    return starts <= ends
