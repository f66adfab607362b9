"""Read the directives of running text: headings hand addressees down, sentences are judged.

Works on the operative blocks only; tables and labelled slips have readers of their own.
"""

import re
from dataclasses import replace

from rules.draft import DocumentKind, Doubt, DraftDirective, DraftDue, DueKind, Genre, Party, Span
from rules.reading.clauses import doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.continuity import (
    continues,
    is_bare_scope,
    is_deeper,
    is_past,
    relays,
    topic_subjects,
)
from rules.reading.clauses.entrusted import entrusted, visited_place
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.headings import (
    Inherited,
    dividing_colon,
    is_title,
    is_topic,
    listed_addressees,
    may_stand_alone,
    order_within,
    stands_above,
)
from rules.reading.clauses.joined_names import find_cooperators
from rules.reading.clauses.judgement import (
    cites_law,
    elliptical_rule,
    is_accountability,
    is_list_introduction,
    rejection,
)
from rules.reading.clauses.pieces import FURTHER_CLAUSE, Piece, is_loose, joined, parts_of
from rules.reading.clauses.receivers import receivers
from rules.reading.clauses.roles import read_roles
from rules.reading.clauses.subjects import Actors, find_actors
from rules.reading.forms.fragments import dated_by, goes_on, helped_by
from rules.reading.forms.notes import noted_due
from rules.reading.forms.owners import owner_of_limits
from rules.reading.layout.segments import PLAIN_LEVEL, Block, sentences_of, trimmed
from rules.text.gaps import gaps

#: Rules by which a numbered item without any addressee is still shown, with a doubt, and never lost.
_PLAIN_ORDERS = ("ellipsis_verb", "ellipsis_deadline_first")
_PURPOSE = re.compile(gaps(r"để\s+"))


class ProseReader:
    """Reads blocks in order and remembers who is being spoken to."""

    def __init__(self, context: Context, addressed: tuple[Party, ...] = ()) -> None:
        self._context = context
        self._stack: list[tuple[int, Inherited]] = []
        if addressed:  # "Kính gửi: …" speaks to them throughout
            self._stack.append((0, Inherited(addressed, rule="letter_address")))
        self._intro: Inherited | None = None  # whom the paragraph above a list speaks to
        self._last: tuple[int, tuple[Party, ...]] | None = None
        self._law: int | None = None  # the block in which a rule of law was cited
        self._is_item = False
        self.directives: list[DraftDirective] = []
        self.doubts: list[Doubt] = []

    def read(self, blocks: list[Block]) -> None:
        """Read all blocks; results are in ``directives`` and ``doubts``."""
        for number, block in enumerate(blocks):
            if block.level < PLAIN_LEVEL:
                self._stack = [entry for entry in self._stack if entry[0] < block.level]
            else:
                self._intro = None
            self._read_block(number, block, blocks[number + 1] if number + 1 < len(blocks) else None)

    def _read_block(self, number: int, block: Block, following: Block | None) -> None:
        self._is_item = may_stand_alone(self._context, block, following)
        told = read_roles(self._context, block)
        if told is not None:
            self._last = (number, told.lead)
            self._context.leads.append(told.lead)
            self.directives.append(told)
            return
        begin = self._heading(block, following)
        if begin is None:
            return
        for sentence in sentences_of(self._context.views, block, begin):
            self._read_sentence(number, block, sentence)

    def _heading(self, block: Block, following: Block | None) -> int | None:
        """Where the block's own text begins after a heading; None if it is nothing but heading."""
        views = self._context.views
        if is_deeper(following, block) and is_title(self._context, block):
            return None
        colon = dividing_colon(self._context, block.start, block.end)
        stop = colon if colon is not None else block.end
        actors = listed_addressees(self._context, block.start, stop)
        below = is_deeper(following, block) or stands_above(self._context, block, following, actors)
        if actors is not None and (colon is not None or below):
            self._hand_down(block, Inherited(actors.lead, actors.cooperate))
            return None if colon is None or not views.clean[colon + 1 : block.end].strip() else colon + 1
        if (
            colon is not None
            and is_list_introduction(self._context, block.start, colon + 1)
            and colon + 2 >= block.end
        ):
            told = find_actors(self._context, block.start, colon, block.start)
            if told and told.lead:
                self._hand_down(block, Inherited(told.lead, told.cooperate))
            return None
        if colon is not None and actors is None and is_topic(self._context, block.start, colon):
            return colon + 1
        return block.start

    def _hand_down(self, block: Block, inherited: Inherited) -> None:
        """What a heading hands to the blocks below it; a paragraph to the list that follows."""
        if block.level == PLAIN_LEVEL:
            self._intro = inherited
        self._stack.append((block.level, inherited))

    def _read_sentence(self, number: int, block: Block, sentence: Span) -> None:
        if self._belongs_to_last(number, sentence) or self._goes_on_with_law(number, sentence):
            return
        sentence, handed = self._after_inner_heading(sentence, self._handed(number, block))
        if is_list_introduction(self._context, sentence.start, sentence.end + 1):
            return
        pieces: list[Piece] = []
        past, topic, answers = False, None, False
        for part in parts_of(self._context, sentence):
            before = pieces[-1] if pieces else None
            past = is_past(self._context, part) or (past and not before)
            if past:  # "đã giao Sở A …, giao Sở B …" goes on telling what was done
                continue
            if before and is_accountability(self._context, part.start, part.end):
                pieces[-1] = replace(before, span=Span(before.span.start, part.end))
                continue
            piece = self._piece(part, sentence, before, topic or handed)
            if piece and not pieces and answers:  # "Chịu trách nhiệm …; thường xuyên kiểm tra …" is one
                piece = replace(piece, span=Span(sentence.start, piece.span.end))
            answers = piece is None and is_accountability(self._context, part.start, part.end)
            if piece is None:
                topic = topic or self._topic(part)
            elif topic and not piece.own_subject and not before:
                pieces.append(
                    replace(piece, span=Span(sentence.start, piece.span.end), read_by="topic_subject")
                )
            else:
                pieces.append(piece)
        for piece in joined(self._context, pieces):
            if not block.assumed or piece.own_subject:
                self._emit(number, piece, handed, block.assumed)

    def _topic(self, part: Span) -> Inherited | None:
        context = self._context
        lead = tuple(p for i in topic_subjects(context, part) for p in context.parties_of(i, part.start))
        return Inherited(lead, rule="topic") if lead else None

    def _belongs_to_last(self, number: int, sentence: Span) -> bool:
        """Whether a fragment dates the directive before it, or names who helps with it."""
        if not self.directives or not self._last or number - self._last[0] > 1:
            return False
        same_block = self._last[0] == number
        last = self.directives[-1]
        whole = dated_by(self._context, last, sentence, same_block)
        whole = whole or (helped_by(self._context, last, sentence) if same_block else None)
        if whole:
            self.directives[-1] = whole
        return whole is not None

    def _goes_on_with_law(self, number: int, sentence: Span) -> bool:
        """ "Sau đó, Sở A cấp phép …" after a rule of law that was cited is the next step of that rule."""
        context = self._context
        near = self._law is not None and number - self._law <= 1
        if near and goes_on(context, sentence):
            return True
        self._law = number if cites_law(context, sentence.start, sentence.end) else None
        return False

    def _after_inner_heading(self, sentence: Span, handed: Inherited | None) -> tuple[Span, Inherited | None]:
        """ "Ông A giao Sở X tiếp tục là đầu mối theo dõi: mỗi tháng …" hands Sở X to what follows."""
        order = order_within(self._context, sentence)
        if order:
            return order, handed
        colon = dividing_colon(self._context, sentence.start, sentence.end)
        if colon is None or colon + 12 > sentence.end:
            return sentence, handed
        views = self._context.views
        rest = trimmed(views, Span(colon + 1, sentence.end))
        actors = find_actors(self._context, sentence.start, colon, sentence.start)
        if actors and len(views.folded[actors.after : colon].split()) <= 8:
            return rest, Inherited(actors.lead, actors.cooperate, "inner_heading")
        if not actors and is_topic(self._context, sentence.start, colon):
            return rest, handed
        return sentence, handed

    def _handed(self, number: int, block: Block) -> Inherited | None:
        """Whom a sentence without a subject speaks to: this paragraph's last, else the heading's."""
        if self._last and self._last[0] == number:
            return Inherited(self._last[1], rule="previous_sentence")
        if self._intro and block.level < PLAIN_LEVEL and not any(entry[0] for entry in self._stack):
            return self._intro
        if self._stack:
            return self._stack[-1][1]
        if self._last and block.level == PLAIN_LEVEL and number - self._last[0] <= 1:
            return Inherited(self._last[1], rule="previous_paragraph", distance=number - self._last[0])
        return None

    def _piece(
        self, part: Span, sentence: Span, before: Piece | None, handed: Inherited | None
    ) -> Piece | None:
        context = self._context
        begin = part.start
        purpose = _PURPOSE.match(context.views.clean, part.start, part.end)
        if purpose:
            begin = purpose.end()
        actors = find_actors(context, begin, part.end, sentence.start)
        if actors is None and not before:
            actors = entrusted(context, part.start, part.end, alone=handed is None)
            actors = actors or visited_place(context, part)
        if actors and handed and handed.rule == "heading" and relays(context, begin, actors):
            actors = None
        if rejection(context, part.start, part.end, actors is not None):
            return None
        if is_accountability(context, part.start, part.end):
            return None
        due = self._due(part, actors)
        escalation = is_escalation(context.views, part.start, part.end, due.kind is DueKind.RECURRING)
        if actors:
            return Piece(part, actors.lead, actors.cooperate, due, escalation, True, actors.read_by)
        under_heading = bool(handed and handed.rule == "heading")
        rule = elliptical_rule(context, part.start, part.end, under_heading, before is not None)
        rule = rule or (FURTHER_CLAUSE if before and is_loose(context, part) else None)
        if rule is None or (handed and handed.distance and not before and not continues(context, part, rule)):
            return None
        lead = self._ellipsis_lead(part, before, handed, escalation or rule == "whoever_clause")
        if not lead and (before is None and rule not in _PLAIN_ORDERS or not self._is_item):
            return None
        cooperate = find_cooperators(context, part.start, part.end, sentence.start)
        if not cooperate and before and (rule == "ellipsis_deadline_only" or is_bare_scope(context, part)):
            cooperate = before.cooperate
        if not cooperate and not before and handed and handed.rule in ("heading", "inner_heading"):
            cooperate = handed.cooperate
        return Piece(part, lead, cooperate, due, escalation, False, rule)

    def _due(self, part: Span, actors: Actors | None) -> DraftDue:
        context = self._context
        due = context.deadlines.read(part.start, part.end)
        if actors and due.date and due.span and due.span.start < actors.after:
            told = context.deadlines.read(actors.after, part.end)
            due = told if told.date else due  # a date before the addressee may belong to the reason given
        noted = context.header.kind is DocumentKind.MINUTES or context.header.genre is Genre.LIST
        if due.kind is DueKind.NONE and noted:
            due = noted_due(context, part) or due
        return due

    def _ellipsis_lead(
        self, part: Span, before: Piece | None, handed: Inherited | None, escalation: bool
    ) -> tuple[Party, ...]:
        if escalation and not before:
            owner = owner_of_limits(self._context, part)
            if owner:
                return owner
        if before:
            return before.lead
        if handed and handed.lead:
            return handed.lead
        if escalation:
            whoever = self._context.view.resolve("các đơn vị").body_id
            return (Party("các đơn vị", whoever),) if whoever else ()
        return ()

    def _emit(self, number: int, piece: Piece, handed: Inherited | None, assumed: bool) -> None:
        context = self._context
        span = trimmed(context.views, piece.span)
        self._last = (number, piece.lead)
        context.leads.append(piece.lead)
        taken = {p.body_id for p in (*piece.cooperate,)}
        directive = DraftDirective(
            text=context.views.text[span.start : span.end],
            span=span,
            lead=piece.lead,
            cooperate=piece.cooperate,
            due=piece.due,
            report_to=tuple(p for p in receivers(context, span.start, span.end) if p.body_id not in taken),
            escalation=piece.escalation,
            read_by=piece.read_by,
        )
        far = bool(handed and not piece.own_subject and handed.distance > 0)
        found = doubts.of_directive(context, directive, far, assumed)
        self.directives.append(replace(directive, doubts=found) if found else directive)
