"""A correction that comes back after somebody else has corrected the same task: whose words stand where.

The form carries what each field began with. Only what the person changed stays as typed; every other field
shows what the task says now, so that a second try undoes nobody's work. Where both changed the same field,
the page says so and the person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from models.people.register import agency_names
from rules.text.folding import name_key
from rules.vocabulary import CorrectionField
from web.forms.fields import WrongDate, parse_day
from web.pages.tasks.mending_forms import Mending

F = CorrectionField
#: Each field of the form, and the hidden one that says what it began with.
_FIELDS = {
    F.LEAD: ("chu-tri-moi", "chu-tri-cu"),
    F.COOPERATE: ("phoi-hop-moi", "phoi-hop-cu"),
    F.TEXT: ("noi-dung-moi", "noi-dung-cu"),
    F.DUE: ("thoi-han-moi", "thoi-han-cu"),
}


@dataclass(frozen=True, slots=True)
class Met:
    """What the fields hold now, and a Vietnamese line for each that somebody else has changed meanwhile."""

    values: dict[str, str]
    lines: tuple[str, ...] = ()


def met_meanwhile(session: Session, mending: Mending, typed: Mapping[str, str]) -> Met:
    """``typed`` beside the task as it is now.

    A field of which nobody knows what it began with counts as changed by the person.
    """
    values, lines = dict(typed), []
    if typed.get("version") == f"{mending.version}":
        return Met(values)
    for field, now in mending.fields.items():
        name, hidden = _FIELDS[field]
        mine, began = typed.get(name, now), typed.get(hidden)
        if _same(field, mine, now) or (began is not None and _same(field, began, now)):
            continue
        untouched = began is not None and _same(field, mine, began)
        if untouched:
            values[name] = now
        lines.append(_line(session, field, now, untouched))
    return Met(values, tuple(lines))


def _line(session: Session, field: CorrectionField, now: str, untouched: bool) -> str:
    said = "; ".join(now.splitlines()) or "không có"
    if field is F.LEAD:
        said = agency_names(session, [now]).get(now, now)
    changed = f"{field.label}: người khác vừa sửa, nay là «{said}»"
    if untouched:
        return f"{changed}; ô này đã lấy theo đó."
    return f"{changed}; ô này vẫn giữ điều vừa nhập, nếu ghi thì sẽ thay điều người khác vừa sửa."


def _same(field: CorrectionField, one: str, other: str) -> bool:
    return _meaning(field, one) == _meaning(field, other)


def _meaning(field: CorrectionField, typed: str) -> object:
    """What was typed, however it is written."""
    if field is F.COOPERATE:
        return {name_key(line) for line in typed.replace(";", "\n").splitlines() if line.strip()}
    if field is F.DUE:
        try:
            return parse_day(typed)
        except WrongDate:
            return typed.strip()
    return typed.split()
