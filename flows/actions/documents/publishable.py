"""What stands between a draft and its tasks: every reason at once, in the secretariat's words."""

from dataclasses import dataclass
from hashlib import sha256

from rules.calendar.recurrence import UnknownRule, check_rule
from rules.documents.paper_numbers import number_key
from rules.draft import Draft, DraftDirective, DueKind, Party
from rules.people.bodies import Body
from rules.people.registry import Registry
from rules.refusal import Refusal
from rules.text.folding import fold, name_key
from rules.text.typed import in_reach


class PublishError(Refusal):
    """The draft cannot be issued; ``problems`` are Vietnamese sentences, one a cause."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Assignment:
    """A directive and the single bodies that owe it; a standing rule has none.

    ``receivers`` are the single bodies to which the result is reported, in the text's order.
    """

    directive: DraftDirective
    leads: tuple[str, ...]
    cooperators: tuple[str, ...]
    standing_rule: bool = False
    receivers: tuple[str, ...] = ()


def assignments(draft: Draft, registry: Registry) -> list[Assignment]:
    """Who owes what by this draft. Raises PublishError with every reason why it cannot be issued."""
    problems = _document_problems(draft)
    found: list[Assignment] = []
    for number, directive in enumerate(draft.directives, start=1):
        wrong, assignment = _assign(draft, directive, registry)
        problems += [f"Chỉ đạo số {number} («{shortened(directive.text, 60)}»): {text}" for text in wrong]
        found.append(assignment)
    if problems:
        raise PublishError(problems)
    return found


def _document_problems(draft: Draft) -> list[str]:
    problems = []
    if draft.document.date is None:
        problems.append("Văn bản chưa có ngày: hãy nhập ngày ban hành (hoặc dùng --as-of khi đọc).")
    elif not in_reach(draft.document.date):
        problems.append(f"Ngày văn bản {draft.document.date:%d/%m/%Y} không hợp lý.")
    if not draft.directives:
        problems.append("Không có chỉ đạo nào để phát hành.")
    return problems


def _assign(draft: Draft, directive: DraftDirective, registry: Registry) -> tuple[list[str], Assignment]:
    wrong = [
        f"chưa xác định được cơ quan «{party.phrase}»"
        for party in (*directive.lead, *directive.cooperate, *directive.report_to)
        if party.body_id is None or party.body_id not in registry
    ]
    if directive.due.kind is DueKind.DATE and directive.due.date is None:
        wrong.append("thời hạn ghi là ngày nhưng chưa có ngày cụ thể.")
    if directive.due.date and draft.document.date and directive.due.date < draft.document.date:
        wrong.append(f"thời hạn {directive.due.date:%d/%m/%Y} ở trước ngày văn bản.")
    if directive.due.kind is DueKind.RECURRING:
        wrong += _rule_problems(directive.due.rule)
    if wrong:
        return wrong, Assignment(directive, (), ())
    if directive.standing_rule:
        return [], Assignment(directive, (), (), standing_rule=True)
    leads, missing = _expand(draft, directive.lead, registry)
    wrong += [
        f"tập thể «{name}» chưa có thành viên nào trong danh mục vào ngày văn bản; "
        "giao cụ thể cho cơ quan nào?"
        for name in missing
    ]
    if not directive.lead:
        wrong.append("chưa có cơ quan chủ trì.")
    cooperators, _ = _expand(draft, directive.cooperate, registry)
    others = tuple(c for c in cooperators if c not in leads)
    return wrong, Assignment(directive, leads, others, receivers=_receivers(draft, directive, registry))


def _receivers(draft: Draft, directive: DraftDirective, registry: Registry) -> tuple[str, ...]:
    """The single bodies of the document's day among those that get the report."""
    bodies = [registry.get(party.body_id) for party in directive.report_to if party.body_id]
    day = draft.document.date
    return tuple(b.id for b in bodies if not b.is_collective and (day is None or b.exists_on(day)))


def _rule_problems(rule: str | None) -> list[str]:
    try:
        check_rule(rule or "")
    except UnknownRule as error:
        return [str(error)]
    return []


def _expand(
    draft: Draft, parties: tuple[Party, ...], registry: Registry
) -> tuple[tuple[str, ...], list[str]]:
    """Single bodies of the parties, each once, and the names of collectives without members."""
    ids: dict[str, None] = {}
    empty = []
    for party in parties:
        assert party.body_id is not None
        body: Body = registry.get(party.body_id)
        members = registry.members(body.id, draft.document.date) if body.is_collective else (body.id,)
        if not members:
            empty.append(body.name)
        ids.update(dict.fromkeys(members))
    return tuple(ids), empty


def identity_of(draft: Draft) -> str:
    """What makes a document the same: issuer, year and number, or its text if it has no number.

    Rows of older releases hold other spellings of it; ``issued_before`` looks for those too.
    """
    document = draft.document
    number = number_key(document.number or "")
    if number and document.date:
        issuer = document.issuer_id or name_key(document.issuer or "")
        return f"so:{issuer}:{document.date.year}:{number}"
    words = " ".join(fold(document.text or "\n".join(d.text for d in draft.directives)).split())
    return "noi-dung:" + sha256(words.encode()).hexdigest()


def shortened(text: str, limit: int) -> str:
    """``text`` on one line, cut at a word, at most ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"
