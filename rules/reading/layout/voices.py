"""Who speaks in a press report, sentence by sentence (labelling guideline §1: only the chair counts).

The chair is whoever the report names with a title of the province or city. From the sentence in which
the chair begins to speak until another speaker takes over, every sentence may hold a directive; where
nobody is named after an interruption, the chair is assumed and the directive is doubted.
"""

import re
from dataclasses import dataclass

from rules.draft import Span
from rules.reading.layout.segments import Block, sentences_of
from rules.reading.layout.speakers import (
    ANNOUNCES,
    ASIDE,
    BARE_CHAIR,
    BIDS_NOW,
    CHAIR_NAMES,
    CONCLUDES,
    DEPARTMENT_TELLS,
    INSTITUTION_TELLS,
    ISSUES,
    LOCAL_TELLS,
    LONGEST_SPEECH,
    LONGEST_TITLE,
    LOW_SPEAKER,
    PERSON,
    PRONOUN_TELLS,
    QUOTE_MARKS,
    REPORTED,
    TELLING_CHAIR,
    TELLS,
    THEREBY,
    WHOSE_IT_IS,
    is_departmental,
    is_provincial,
)
from rules.reading.text.normalise import Views

#: A report of so few paragraphs has no title of its own.
_FEWEST_BLOCKS = 2
_MUST = re.compile(r"\b(?:phai|can (?!bo|tho|cu|doi|thiep))")
CHAIR, ASSUMED, OTHER = "chair", "assumed", "other"


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """A sentence and by whom it is said; ``voice`` is CHAIR, ASSUMED or OTHER."""

    span: Span
    voice: str


def chairs_of(views: Views) -> frozenset[str]:
    """Full and given names (lower case) of all whom the report calls by a title of the province or city."""
    found: set[str] = set()
    for pattern in CHAIR_NAMES:
        for person in pattern.finditer(views.clean):
            name = " ".join(person["name"].lower().split())
            found |= {name, name.split()[-1]}
    return frozenset(found)


def voices_in(views: Views, blocks: list[Block]) -> list[list[SpokenSentence]]:
    """For each block, its sentences with their speakers."""
    chairs = chairs_of(views)
    local = not is_provincial(views)
    heads = (*((LOCAL_TELLS,) if local else ()), *((DEPARTMENT_TELLS,) if is_departmental(views) else ()))
    state, concluding, person = OTHER, False, None
    issued = False
    said: list[list[SpokenSentence]] = []
    for number, block in enumerate(blocks):
        line: list[SpokenSentence] = []
        if state == OTHER and concluding:
            state = ASSUMED
        for span in _utterances(views, block):
            opens = number or len(blocks) <= _FEWEST_BLOCKS or not block_is_title(views, block)
            told = _speaker(views, span, chairs, state, person) if opens else None
            folded = " ".join(views.folded[span.start : span.end].split())
            thereby = told is None and THEREBY.match(folded)
            told = (
                CHAIR if thereby and (issued or (not said and not line and BIDS_NOW.search(folded))) else told
            )
            issued = issued or ISSUES.search(folded) is not None
            told = CHAIR if told != CHAIR and opens and _is_head(views, span, heads) else told
            if WHOSE_IT_IS.match(folded) and line:  # the words before it are theirs
                line[-1] = SpokenSentence(line[-1].span, CHAIR)
                told = OTHER
            person = _last_person(views, span, chairs) or person
            concluding = concluding or told == CHAIR
            state = told or state
            line.append(SpokenSentence(span, state))
        said.append(line)
    return said


def block_is_title(views: Views, block: Block) -> bool:
    """Whether the first block of a report is its title: it is short and does not end as a sentence does."""
    told = views.clean[block.start : block.end].rstrip(' "”)').endswith((".", "!", "…", ":"))
    return not told and block.end - block.start <= LONGEST_TITLE


def _is_head(views: Views, span: Span, heads: tuple[re.Pattern[str], ...]) -> bool:
    """Whether the highest head that the report lets speak asks for something in the sentence."""
    folded = " ".join(views.folded[span.start : span.end].translate(QUOTE_MARKS).split())
    return not ASIDE.match(folded) and any(head.search(folded) for head in heads)


def _utterances(views: Views, block: Block) -> list[Span]:
    """Sentences, those of one quotation together with the words that say whose it is."""
    whole: list[Span] = []
    for span in sentences_of(views, block):
        before = whole[-1] if whole else None
        if before and span.end - before.start < LONGEST_SPEECH and _is_open(views, before):
            whole[-1] = Span(before.start, span.end)
        else:
            whole.append(span)
    return whole


def _is_open(views: Views, span: Span) -> bool:
    text = views.clean[span.start : span.end]
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _speaker(views: Views, span: Span, chairs: frozenset[str], state: str, before: str | None) -> str | None:
    """Who takes the floor in a sentence; None if it says nothing of it."""
    folded = " ".join(views.folded[span.start : span.end].translate(QUOTE_MARKS).split())
    if ASIDE.match(folded):
        return OTHER
    person = _person_telling(views, span, chairs)
    if person is None and before == CHAIR and PRONOUN_TELLS.search(folded):
        person = before
    if person == CHAIR or (person is None and (CONCLUDES.search(folded) or TELLING_CHAIR.search(folded))):
        return CHAIR
    if INSTITUTION_TELLS.search(folded) or ANNOUNCES.search(folded):
        return CHAIR
    if BARE_CHAIR.search(views.clean, span.start, span.end):
        return CHAIR
    low = LOW_SPEAKER.search(folded)
    if person == OTHER or low and not (_is_told(folded, state) or _must(folded[: low.start()], state)):
        return OTHER
    return OTHER if REPORTED.match(folded) and state != CHAIR else None


def _is_told(folded: str, state: str) -> bool:
    """In the chair's speech an office is spoken to ("Giám đốc Sở Y tế báo cáo …"), not speaking."""
    claims = re.search(
        r"\b(?:cho biet|cho hay|kien nghi|cam ket|chia se|phan anh|hua|mong|bay to|xin"
        r"|noi)\b",
        folded,
    )
    return state in (CHAIR, ASSUMED) and claims is None


def _must(before: str, state: str) -> bool:
    """ "Xã A phải đến từng chủ hộ ký cam kết": whoever must act is named before the others."""
    return state in (CHAIR, ASSUMED) and _MUST.search(before) is not None


def _last_person(views: Views, span: Span, chairs: frozenset[str]) -> str | None:
    """Whether the last person that a sentence names is the chair; None if it names nobody."""
    last = None
    for person in PERSON.finditer(views.clean, span.start, span.end):
        last = _voice_of(person["name"], chairs)
    return last


def _voice_of(name: str, chairs: frozenset[str]) -> str:
    words = " ".join(name.lower().split())
    return CHAIR if words in chairs or words.split()[-1] in chairs else OTHER


def _person_telling(views: Views, span: Span, chairs: frozenset[str]) -> str | None:
    """CHAIR or OTHER when a person called by name says something in the sentence."""
    for person in PERSON.finditer(views.clean, span.start, span.end):
        tells = re.compile(
            rf"[^.;]{{0,90}}?\b(?:{TELLS}|kien nghi|phan anh|cam ket|chia se|de xuat"
            rf"|bao cao)\b"
        )
        if not tells.match(views.folded, person.end(), span.end):
            continue
        return _voice_of(person["name"], chairs)
    return None
