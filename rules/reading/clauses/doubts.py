"""What the secretariat should look at, in Vietnamese; a reader that guesses must say so."""

import re
from dataclasses import replace

from rules.draft import Doubt, DraftDirective, DraftDue, DueKind, Party
from rules.reading.clauses import time_doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import is_standing_rule
from rules.reading.clauses.joined_names import has_open_cooperation
from rules.reading.clauses.signals import of_words
from rules.text.folding import fold, name_key

_CONDITION = re.compile(r"(?:ngay )?(?:sau )?khi (?:co|xay ra|gap|phat hien|nhan)\b(?!.{0,60}\b\d)")

_COUNTED_FROM = re.compile(r"\d[^;.]{0,20}$|\b(?:ke tu|tu|sau) $")


def of_directive(
    context: Context, directive: DraftDirective, far: bool, assumed: bool = False
) -> tuple[Doubt, ...]:
    """All doubts of one directive; ``far``: its addressee stands in another paragraph."""
    found: list[Doubt] = []
    if assumed:
        found.append(Doubt("text", "Bài báo không nói rõ đây là lời người chủ trì, cần kiểm tra."))
    if not directive.lead:
        found.append(Doubt("lead", "Chưa tìm được cơ quan được giao việc này, cần chọn."))
    if far:
        found.append(
            Doubt("lead", "Câu không nêu cơ quan; cơ quan chủ trì được hiểu theo đoạn trước, cần kiểm tra.")
        )
    for name, parties in (
        ("lead", directive.lead),
        ("cooperate", directive.cooperate),
        ("report_to", directive.report_to),
    ):
        found += [_unresolved(context, name, party) for party in parties if party.body_id is None]
        if not _may_stay_open(context, directive, name):
            found += [_vague(context, name, party) for party in parties if _is_vague(context, party)]
    opening = has_open_cooperation(context, directive.span.start, directive.span.end)
    if opening and not directive.cooperate:
        found.append(
            Doubt("cooperate", "Có cụm từ “phối hợp” nhưng chưa nhận ra cơ quan phối hợp trong danh mục.")
        )
    time = time_doubts.of_words_of_time(context, directive)
    return (*found, *of_due(context, directive.due), *time, *of_words(context, directive))


def of_due(context: Context, due: DraftDue) -> tuple[Doubt, ...]:
    """The doubts of a deadline."""
    found: list[Doubt] = []
    phrase = f"“{' '.join(due.phrase.split())}”" if due.phrase else ""
    if _on_a_condition(context, due):
        return ()
    if due.anchor == "event" and due.date is None:
        found.append(Doubt("due", f"Chờ sự kiện: thời hạn {phrase} chưa tính được thành ngày."))
    elif due.anchor == "receipt":
        found.append(Doubt("due", f"Thời hạn {phrase} tính từ ngày nhận văn bản; cần nhập ngày nhận."))
    elif due.kind is DueKind.NONE and due.span is not None:
        found.append(
            Doubt("due", f"Thời hạn {phrase} chưa xác định được ngày vì văn bản không ghi ngày ban hành.")
        )
    if due.kind is DueKind.DATE and due.approximate:
        found.append(Doubt("due", f"Thời hạn {phrase} là ước chừng; lấy ngày cuối của kỳ."))
    if (
        due.date
        and context.header.date
        and due.date.year > context.header.date.year
        and not _writes_year(due)
    ):
        found.append(
            Doubt("due", f"Thời hạn {phrase} không ghi năm và rơi sang năm {due.date.year}, cần kiểm tra.")
        )
    if due.anchor == "document" and due.date and context.header.date is None:
        found.append(Doubt("due", f"Thời hạn {phrase} tính theo ngày do người nhập cung cấp."))
    return (*found, *time_doubts.of_day(context, due))


def _on_a_condition(context: Context, due: DraftDue) -> bool:
    """ "khi có yêu cầu", "ngay khi có lệnh": whenever that happens, so that no day is missing; a count from
    then on ("trong 12 giờ kể từ khi có yêu cầu") is one that nobody can tell yet."""
    if due.date is not None or due.span is None or not _CONDITION.match(fold(due.phrase or "")):
        return False
    return not _COUNTED_FROM.search(context.views.folded, max(0, due.span.start - 30), due.span.start)


def _writes_year(due: DraftDue) -> bool:
    return due.date is not None and str(due.date.year) in (due.phrase or "")


def _unresolved(context: Context, name: str, party: Party) -> Doubt:
    names = tuple(context.view.registry.get(i).name for i in party.candidates)
    return Doubt(name, unplaced_message(party.phrase), names)


def _is_vague(context: Context, party: Party) -> bool:
    return party.body_id is not None and context.view.registry.get(party.body_id).vague


def _may_stay_open(context: Context, directive: DraftDirective, name: str) -> bool:
    """Whether nobody need say who is meant: the lead finds those concerned (``lien-quan``), and a rule of the
    document, which is no task, binds whoever has one (``co-quan-giao``, labelling guideline §3)."""
    return name == "cooperate" or (name == "lead" and is_standing_rule(context.views, directive))


def asked_once(directives: tuple[DraftDirective, ...]) -> tuple[DraftDirective, ...]:
    """The directives, each name that no register has asked about where it is met first.

    Further down the same question would be the same answer; the name still is unplaced there, so that the
    page marks it and nothing is published before somebody has placed it.
    """
    asked: set[str] = set()
    kept = []
    for directive in directives:
        unplaced = {
            unplaced_message(party.phrase): name_key(party.phrase)
            for party in (*directive.lead, *directive.cooperate, *directive.report_to)
            if party.body_id is None
        }
        doubts = tuple(d for d in directive.doubts if unplaced.get(d.message) not in asked)
        asked |= {unplaced[d.message] for d in doubts if d.message in unplaced}
        kept.append(directive if doubts == directive.doubts else replace(directive, doubts=doubts))
    return tuple(kept)


def unplaced_message(phrase: str) -> str:
    """What is asked about a name that the register does not know."""
    return f"Chưa xác định được cơ quan “{phrase}” trong danh mục."


def _vague(context: Context, name: str, party: Party) -> Doubt:
    return Doubt(name, f"“{party.phrase}” là nhóm chưa rõ thành phần, cần chọn cơ quan cụ thể.")
