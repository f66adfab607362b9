"""What the halves of a directive keep of it: whatever stood on its card and neither half says.

A lead from a heading or a day that a person typed does not vanish with a cut: it stays, with a doubt.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from rules.documents.joining import due_in_words, key_of, same_due, united
from rules.draft import PLAIN_FIELDS, Doubt, DraftDirective, DueKind, Party, PlainFields

_MARKS = {"escalation": "vượt thẩm quyền", "standing_rule": "nguyên tắc chung"}
#: Fields of which a reading says anew what is doubtful.
_READ_ANEW = frozenset({"lead", "due", "cooperate", "report_to"})
_KEPT = "lấy theo chỉ đạo trước khi tách, cần kiểm tra."
_LEAD_HANDED = "Phần này không nêu cơ quan; chủ trì lấy theo chỉ đạo trước khi tách, cần kiểm tra."

Halves = tuple[DraftDirective, DraftDirective]


def handed_on(half: DraftDirective) -> DraftDirective:
    """A half whose lead is that of the whole, with the doubt that says so."""
    return _doubting(half, Doubt("lead", _LEAD_HANDED))


def as_carried(whole: DraftDirective, parts: Halves) -> Halves:
    """``parts`` with what ``whole`` had and neither of them says."""
    said = {key_of(party) for part in parts for party in _everybody(part)}
    first, second = (_carried(whole, part, parts, said) for part in parts)
    return first, second


def _carried(whole: DraftDirective, part: DraftDirective, parts: Halves, said: set[str]) -> DraftDirective:
    found = _with_due(whole, _with_lead(whole, part, said), parts)
    cooperate, report_to = _lost(whole.cooperate, said), _lost(whole.report_to, said)
    marks = [
        name for name in PLAIN_FIELDS if getattr(whole, name) and not any(getattr(one, name) for one in parts)
    ]
    found = replace(
        found,
        cooperate=united(found.cooperate, cooperate),
        report_to=united(found.report_to, report_to),
        **cast(PlainFields, {name: name in marks or getattr(found, name) for name in PLAIN_FIELDS}),
    )
    doubts = [Doubt(name, f"Dấu «{_MARKS[name]}» {_KEPT}") for name in marks]
    if cooperate:
        doubts.append(Doubt("cooperate", f"Cơ quan phối hợp {_named(cooperate)} {_KEPT}"))
    if report_to:
        doubts.append(Doubt("report_to", f"Nơi nhận báo cáo {_named(report_to)} {_KEPT}"))
    kept = [doubt for doubt in whole.doubts if doubt.field not in _READ_ANEW]
    return _doubting(found, *doubts, *kept)


def _with_lead(whole: DraftDirective, part: DraftDirective, said: set[str]) -> DraftDirective:
    lost = _lost(whole.lead, said)
    if not lost:
        return part
    words = f"Trước khi tách, chủ trì còn có {_named(lost)}, không phần nào nêu tên; cần kiểm tra."
    return _doubting(part, Doubt("lead", words, tuple(party.phrase for party in lost)))


def _with_due(whole: DraftDirective, part: DraftDirective, parts: Halves) -> DraftDirective:
    if whole.due.kind is DueKind.NONE or any(same_due(whole.due, one.due) for one in parts):
        return part
    day = due_in_words(whole.due)
    if all(one.due.kind is DueKind.NONE for one in parts):
        return _doubting(replace(part, due=whole.due), Doubt("due", f"Thời hạn {day} {_KEPT}"))
    if part.due.kind is DueKind.NONE:
        return part
    words = f"Trước khi tách, thời hạn là {day}; phần này đọc là {due_in_words(part.due)}, cần kiểm tra."
    return _doubting(part, Doubt("due", words))


def _everybody(part: DraftDirective) -> tuple[Party, ...]:
    return (*part.lead, *part.cooperate, *part.report_to)


def _lost(parties: Sequence[Party], said: set[str]) -> tuple[Party, ...]:
    return tuple(party for party in parties if key_of(party) not in said)


def _named(parties: Sequence[Party]) -> str:
    return ", ".join(f"«{' '.join(party.phrase.split())}»" for party in parties)


def _doubting(part: DraftDirective, *doubts: Doubt) -> DraftDirective:
    return replace(part, doubts=tuple(dict.fromkeys((*part.doubts, *doubts))))
