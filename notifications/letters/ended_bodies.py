"""To the secretariat: what lies at bodies that have ended, who takes over, and the way to the hand-over."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, day, grouped, shorten
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import OfEndedBody
from notifications.letters.kit.rows import (
    Facts,
    LetterRows,
    Section,
    ShownRow,
    deadline_facts,
    hand_over_link,
    list_link,
    row,
)
from notifications.letters.kit.short import short_letter
from notifications.outbox.parcel import Letter
from rules.facts import TaskLine
from rules.letter_words import Stake
from rules.people.bodies import Heir

_ONE = {
    Stake.LEAD: "Cơ quan chủ trì kết thúc hoạt động, cần chuyển giao nhiệm vụ",
    Stake.COOPERATES: "Cơ quan phối hợp kết thúc hoạt động",
    Stake.DECIDES: "Cơ quan cho ý kiến kết thúc hoạt động",
    Stake.DUTY: "Cơ quan kết thúc hoạt động, nhiệm vụ định kỳ không mở kỳ tiếp theo",
}


def body_ended_letter(to_name: str, as_of: date, bodies: Sequence[OfEndedBody], base_url: str) -> Letter:
    """Each body with its last day, its heirs by the register, and its tasks; from its last day on."""
    to_name, bodies = clean(to_name), clean(tuple(bodies))
    count = sum(body.total for body in bodies)
    subject = _subject(bodies, count)
    ways = [_way(body, as_of, base_url) for body in bodies]
    parts = [(_section(body, base_url), way) for body, way in zip(bodies, ways, strict=True)]
    items = [f"- {shorten(body.name)}: {grouped(body.total)} nhiệm vụ; {_in_short(body)}" for body in bodies]
    return letter_from(
        "body_ended",
        subject=subject,
        short=short_letter(subject, items, next(filter(None, ways), list_link(base_url)), noun="cơ quan"),
        heading="Nhiệm vụ ở cơ quan đã kết thúc hoạt động",
        to_name=to_name,
        as_of=as_of,
        bodies=len(bodies),
        count=count,
        stakes={stake.value for body in bodies for _, stake in body.lines},
        pieces=parts,
    )


def _subject(bodies: Sequence[OfEndedBody], count: int) -> str:
    if count == 1 and bodies[0].lines:
        [(line, stake)] = bodies[0].lines
        return subjects.single(line, _ONE[stake])
    who = shorten(bodies[0].name, 70) if len(bodies) == 1 else f"{grouped(len(bodies))} cơ quan"
    return subjects.many(f"{who} kết thúc hoạt động, còn {grouped(count)} nhiệm vụ")


def _section(body: OfEndedBody, base_url: str) -> Section:
    rows = [_row(line, stake, base_url) for line, stake in body.lines]
    note = f"Hoạt động đến hết ngày {day(body.ends_on)}; {_heirs(body)}."
    link = hand_over_link(base_url, body.body_id)
    return Section(body.name, (LetterRows("", rows, body.total),), tone="late", note=note, link=link)


def _row(line: TaskLine, stake: Stake, base_url: str) -> ShownRow:
    task, led = line.task, stake in (Stake.LEAD, Stake.DUTY)
    facts: Facts = () if led else (("Cơ quan chủ trì", task.agency_name),)
    facts += (*deadline_facts(task), ("Trạng thái", task.status.label))
    return row(line, base_url, "" if stake is Stake.LEAD else stake.label, "calm", facts)


def _heirs(body: OfEndedBody) -> str:
    """Who takes over, in words: "nay là Sở B (từ ngày 01/03/2025, theo Nghị quyết ...)"."""
    if not body.heirs:
        return "danh mục chưa ghi cơ quan tiếp nhận"
    named = " và ".join(map(_heir, body.heirs))
    return f"nay là {named}" if len(body.heirs) == 1 else f"nhiệm vụ chia cho {named}"


def _in_short(body: OfEndedBody) -> str:
    names = " và ".join(shorten(heir.name, 60) for heir in body.heirs)
    return f"nay là {names}" if names else "chưa ghi cơ quan tiếp nhận"


def _heir(heir: Heir) -> str:
    facts = (
        f"từ ngày {day(heir.on)}" if heir.on else "",
        f"theo {heir.legal_basis}" if heir.legal_basis else "",
    )
    said = ", ".join(filter(None, facts))
    return f"{heir.name} ({said})" if said else heir.name


def _way(body: OfEndedBody, as_of: date, base_url: str) -> str:
    """The page of the hand-over; with the other body chosen where there is only one, and it exists by now.

    Empty where the body leads nothing: there is nothing to hand over.
    """
    if not any(stake is Stake.LEAD for _, stake in body.lines):
        return ""
    ready = [heir for heir in body.heirs if heir.on is None or heir.on <= as_of]
    to_id = ready[0].body_id if len(body.heirs) == len(ready) == 1 else ""
    return hand_over_link(base_url, body.body_id, to_id)
