"""Parts of a sentence that may be directives of their own, and their joining again.

The unit is the sentence; it is split only where the addressee or the deadline changes, or where a
recurring report follows a main action (labelling guideline §2).
"""

import re
from dataclasses import dataclass, replace

from rules.draft import DraftDue, DueKind, Party, Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.continuity import is_work_of_its_own, past_subject
from rules.reading.clauses.joined_names import is_joined, take_list
from rules.reading.clauses.subjects import find_actors, opening_of
from rules.reading.layout.segments import clauses_of, trimmed
from rules.reading.text.words import ASSIGNING, action_at, action_within, modal_at
from rules.text.gaps import gaps

_TAIL = re.compile(
    gaps(
        r"(?:(?:hoan thanh|hoan tat|xong|thuc hien xong)\s+(?:va\s+)?(?:truoc|trong|cham nhat|vao"
        r"|den|ngay|viec nay|bao cao)"
        r"|(?:dinh ky )?(?:tong hop,? )?(?:bao cao|bao lai|trinh|gui|nop)\b|thoi han|thoi gian|cham nhat"
        r"|truoc ngay|ket qua (?:bao cao|gui|thuc hien)|han\b)"
    )
)
_HANDS_IN = re.compile(gaps(r"(?:dong thoi,?\s+)?trinh\b"))
_PAPER = re.compile(
    gaps(r"\s*(?:ban hanh\s+)?(?:ke hoach|phuong an|de an|quy che|quy dinh|chuong trinh|du toan)\b")
)
#: Words from the paper's name on: "kế hoạch" alone is what the work before is to result in.
_FEWEST_OF_A_MATTER = 5
_MODIFIER = re.compile(
    r"(?:trong do,? (?!so|ubnd|ban)|uu tien|tranh |nhat la|luu y |khong de |tuyet doi khong"
    r"|bao dam |dam bao )"
)
_NEXT_ACTION = re.compile(gaps(r"\s*,\s*(?:(?:dong thoi|va|sau do|tiep do|tu do|cung luc)\b,?\s*)?"))
_PURPOSE = re.compile(gaps(r"\bđể\s+"))
_PURPOSE_VERB = re.compile(gaps(r"\s+(?:tong hop|tham muu|tang cuong|theo doi|kiem tra|chu tri)\b"))
_NO_PURPOSE_VERB = re.compile(
    gaps(
        r"\s+(?:biet|nam|phoi hop|huong dan|ho tro|giai quyet|xem xet|co "
        r"|cho y kien|chi dao|thong nhat)"
    )
)
_LINK = re.compile(
    gaps(r",\s*(?:dong thoi|trong do|rieng|con|va)?\s*,?\s*(?:giao\s+|de nghi\s+|yeu cau\s+)?$")
)
_LONGEST_LINK = 60
#: A clause after ";" of which no rule tells what it is: it stays with the directive before it.
FURTHER_CLAUSE = "further_clause"
#: "hai việc này đang được thực hiện": what is going on already is no part of the work.
_GOING_ON = re.compile(r"(?:[^\W\d_]{1,12}+ ){1,6}(?:đang|đã) ", re.IGNORECASE)
_OF_OTHERS = re.compile(gaps(r"(?:ve\s+)?phia|(?:rieng\s+)?(?:doi\s+)?voi|rieng|con|cac|toan\s+the"))
#: "… trước 30/9, riêng 04 cống … xong trước 31/10": a part of the work with a day of its own.
_ASIDE = re.compile(gaps(r"[,;]\s*rieng\b"))
#: "Chỉ đạo lực lượng A, Công an các huyện tuần tra": all of them are whom the subject directs.
_RELAYS = re.compile(gaps(r"(?:chi dao|don doc|huong dan|huy dong|van dong|yeu cau|phan cong|giao)\b\s*"))
_ASSIGNS = re.compile(gaps(rf"{ASSIGNING}\s+(?:cho\s+)?".replace(" ", r"\s+")))
_PERIODIC_REPORT = re.compile(
    gaps(
        r",\s*(?:va\s+)?(?=(?:dong thoi,? )?(?:dinh ky|(?:hang|moi) (?:ngay|tuan|thang|quy)"
        r"|(?:vao |(?:sang |chieu |cuoi )?)(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|ngay \d+)"
        r"|(?:truoc )?\d{1,2} gio"
        r"|(?:ngay )?cuoi (?:cung |cua )*(?:moi |hang )?(?:ngay|tuan|thang|quy))\b)"
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence with what was read in it."""

    span: Span
    lead: tuple[Party, ...]
    cooperate: tuple[Party, ...]
    due: DraftDue
    escalation: bool
    own_subject: bool
    read_by: str


def parts_of(context: Context, sentence: Span) -> list[Span]:
    """The sentence cut at semicolons and at commas where a new subject or deadline begins."""
    parts: list[Span] = []
    for clause in _whole_lists(context, clauses_of(context.views, sentence)):
        cuts = sorted(
            {
                *_subject_cuts(context, clause),
                *_purpose_cuts(context, clause),
                *_deadline_cuts(context, clause),
            }
        )
        start = clause.start
        for cut in cuts:
            parts.append(trimmed(context.views, Span(start, cut)))
            start = cut
        parts.append(trimmed(context.views, Span(start, clause.end)))
    return [part for part in parts if part.end > part.start]


def _whole_lists(context: Context, clauses: list[Span]) -> list[Span]:
    """Join clauses cut inside a list of names: "UBND các huyện: Long Phú; thị xã Vĩnh Châu …"."""
    whole: list[Span] = []
    for clause in clauses:
        before = whole[-1] if whole else None
        if before and _ends_a_list(context, before, clause) and not _acts(context, before):
            whole[-1] = Span(before.start, clause.end)
        else:
            whole.append(clause)
    return whole


def _ends_a_list(context: Context, before: Span, clause: Span) -> bool:
    """Whether a clause is little but names up to its end and the next one begins with a name."""
    inside = context.names_between(before.start, before.end)
    after = context.names_between(clause.start, clause.end)
    if not inside or not after or context.names[after[0]].start != clause.start:
        return False
    return context.names[inside[-1]].end == before.end and context.names[inside[0]].start - before.start <= 24


def _acts(context: Context, span: Span) -> bool:
    """Whether a clause tells somebody to do something; "Giao các Sở: A, B" only names to whom."""
    assigning = _ASSIGNS.match(context.views.folded, span.start, span.end)
    named = context.names_between(span.start, span.end)
    if assigning and named and context.names[named[0]].start == assigning.end():
        return action_within(context.views, take_list(context, named[0], span.end)[1], span.end, 12)
    return find_actors(context, span.start, span.end, span.start) is not None or action_at(
        context.views, span.start, span.end
    )


def _subject_cuts(context: Context, clause: Span) -> list[int]:
    """Commas after which another addressee is told something."""
    cuts: list[int] = []
    views = context.views
    for index in context.names_between(clause.start + 12, clause.end):
        named = context.names[index]
        link = _LINK.search(views.folded, max(clause.start, named.start - _LONGEST_LINK), named.start)
        listed = is_joined(context, index) and context.names[index - 1].start >= clause.start
        if not link or (listed and not _starts_anew(context, index, clause)):
            continue
        begin = link.start()
        _, at = take_list(context, index, clause.end)
        while at < clause.end and views.clean[at].isspace():
            at += 1
        if not (action_at(views, at, clause.end) or modal_at(views, at, clause.end)):
            continue
        relay = _RELAYS.match(views.folded, clause.start, begin)
        if relay and not action_within(views, relay.end(), begin, 12):
            continue
        if action_at(views, clause.start, begin) or find_actors(context, clause.start, begin, clause.start):
            cuts.append(begin)
    return cuts


def _starts_anew(context: Context, index: int, clause: Span) -> bool:
    """ "… gửi Sở A, Sở B tổng hợp": after an action the next name is a subject, not one of a list."""
    views = context.views
    gap = views.folded[context.names[index - 1].end : context.names[index].start]
    if re.fullmatch(gaps(r"\s*,\s*"), gap):
        return False
    return re.search(r"dong thoi|trong do|rieng|con\b", gap) is not None


def _purpose_cuts(context: Context, clause: Span) -> list[int]:
    """ "… gửi Sở X để Sở tổng hợp …": whoever is named after "để" gets a task of its own."""
    cuts: list[int] = []
    views = context.views
    for purpose in _PURPOSE.finditer(views.clean, clause.start + 12, clause.end):
        named = next((context.names[i] for i in context.names_between(purpose.end(), clause.end)), None)
        if named is None or named.start != purpose.end() or context.is_upper(named):
            continue
        if views.clean[: purpose.start()].rstrip().lower().endswith(("không", "làm cơ sở")):
            continue
        at = named.end + 1
        tells = _PURPOSE_VERB.match(views.folded, named.end, clause.end) or (
            action_at(views, at, clause.end) and context.deadlines.read(at, clause.end).span is not None
        )
        if tells and not _NO_PURPOSE_VERB.match(views.folded, named.end, clause.end):
            cuts.append(purpose.start())
    return cuts


def _deadline_cuts(context: Context, clause: Span) -> list[int]:
    """Commas between two actions with two different deadlines, or before a recurring report."""
    cuts: list[int] = []
    views = context.views
    dated = [due for due in context.deadlines.all_dates(clause.start, clause.end) if due.date and due.span]
    for first, second in zip(dated, dated[1:], strict=False):
        if first.date == second.date or not first.span or not second.span:
            continue
        aside = _ASIDE.search(views.folded, first.span.end, second.span.start)
        if aside:
            cuts.append(aside.start())
            continue
        comma = _NEXT_ACTION.match(views.folded, first.span.end, second.span.start)
        if comma and action_at(views, comma.end(), clause.end):
            cuts.append(comma.start())
    for found in _PERIODIC_REPORT.finditer(views.folded, clause.start + 30, clause.end):
        rest = context.deadlines.read(found.end(), clause.end)
        first_part = context.deadlines.read(clause.start, found.start())
        reports = re.search(
            r"bao cao|\bbao\b|gui|cap nhat|tong hop|thong ke|cung cap|nhan tin|lap danh"
            r"|co so lieu|so ket",
            views.folded[found.end() : clause.end],
        )
        if rest.kind is DueKind.RECURRING and reports and first_part.kind is not DueKind.RECURRING:
            cuts.append(found.start())
    return cuts


def is_loose(context: Context, part: Span) -> bool:
    """Whether a clause after ";" tells of nobody else, so that its words belong to the work before it."""
    opening = opening_of(context, part.start, part.end)
    named = context.names_between(opening, part.end)
    if _GOING_ON.match(context.views.clean, opening, part.end):
        return False
    if not named:
        return True
    before = context.views.folded[opening : context.names[named[0]].start].strip()
    return bool(before) and not _OF_OTHERS.fullmatch(before)


def is_tail(context: Context, span: Span) -> bool:
    """ "hoàn thành trước …", "trình trước …": the end of the action before, not a new action."""
    folded = " ".join(context.views.folded[span.start : span.end].split())
    folded = re.sub(r"^(?:dong thoi|va|sau do)[, ]+", "", folded)
    if _TAIL.match(folded) is not None and len(folded.split()) <= 24:
        return not _hands_in_another_matter(context, span)
    due = context.deadlines.read(span.start, span.end)
    if due.span is None:
        return False
    before, after = (span.start, due.span.start), (due.span.end, span.end)
    return [len(context.views.folded[a:b].split()) for a, b in (before, after)] in ([1, 0], [2, 0], [3, 0])


def _hands_in_another_matter(context: Context, span: Span) -> bool:
    """ "trình UBND tỉnh kế hoạch sản xuất vụ hè thu trước ngày …": a paper of its own, not the report of the
    work before; a report, a draft or a result is that work's."""
    folded = context.views.folded
    hands = _HANDS_IN.match(folded, span.start, span.end)
    due = context.deadlines.read(span.start, span.end)
    if not hands or due.span is None or due.kind is not DueKind.DATE:
        return False
    stop = due.span.start if due.span.start > hands.end() else span.end
    named = context.names_between(hands.end(), stop)
    begin = context.names[named[0]].end if named else hands.end()
    matter = _PAPER.match(folded, begin, stop)
    return matter is not None and len(folded[matter.start() : stop].split()) >= _FEWEST_OF_A_MATTER


def joined(context: Context, pieces: list[Piece]) -> list[Piece]:
    """Join neighbours that the guideline keeps as one directive."""
    groups: list[Piece] = []
    for piece in pieces:
        if groups and _belongs(context, groups[-1], piece):
            groups[-1] = _merged(groups[-1], piece)
        else:
            groups.append(piece)
    return groups


def _belongs(context: Context, before: Piece, piece: Piece) -> bool:
    if piece.own_subject and _ids(piece.lead) != _ids(before.lead):
        return False
    if piece.escalation and piece.due.kind is DueKind.NONE:
        return before.due.kind is DueKind.NONE or not is_work_of_its_own(context, piece.span)
    if piece.read_by == FURTHER_CLAUSE and piece.due.kind is DueKind.NONE:
        dated = before.due.kind is DueKind.DATE
        return not (dated and action_within(context.views, piece.span.start, piece.span.end, 20))
    if piece.due.kind is DueKind.NONE:
        if before.due.kind is DueKind.NONE:
            return True
        text = " ".join(context.views.folded[piece.span.start : piece.span.end].split())
        return _MODIFIER.match(text) is not None
    if piece.due.kind is DueKind.DATE:
        if before.due.kind is DueKind.NONE:
            return is_tail(context, past_subject(context, piece.span) if piece.own_subject else piece.span)
        return before.due.date == piece.due.date
    return piece.due.rule == before.due.rule


def _merged(before: Piece, piece: Piece) -> Piece:
    later = piece.due if piece.due.kind is not DueKind.NONE or before.due.span is None else before.due
    due = before.due if before.due.kind is not DueKind.NONE else later
    return replace(
        before,
        span=Span(before.span.start, piece.span.end),
        due=due,
        escalation=before.escalation or piece.escalation,
        cooperate=before.cooperate or piece.cooperate,
    )


def _ids(parties: tuple[Party, ...]) -> set[str]:
    return {party.body_id or party.phrase for party in parties}
