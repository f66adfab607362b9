"""``dondoc publish``: the last look on the terminal, then the issue; whatever needs a word is an option."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.text import Text
from sqlalchemy.engine import Engine

from config.act import Act
from config.files.shown import shown_key
from flows.actions.documents.intake import issue_stored, stored_draft
from flows.actions.documents.issue import Published, publish_corrected
from flows.actions.documents.last_look import LastLook, last_look
from flows.actions.documents.open_questions import Asked, Confirmed, Question
from flows.actions.installation.instant import advance, present, read_clock
from flows.actions.office import office_database
from flows.actions.reading.draft_file import parse_draft, parse_first_reading
from flows.actions.reading.first_reading import Directives
from flows.terminal.acting import terminal_act
from flows.terminal.commands import console, given_instant, read_bytes
from flows.terminal.documents.last_look_view import bodies_table, look_lines
from flows.terminal.tick_words import clock_lines
from models.db import reading
from models.people.register import load_registry
from notifications.letters.kit.filters import grouped
from rules.draft import Draft
from rules.refusal import Refusal

#: How each kind of question is answered with yes.
_OPTIONS = {
    Asked.DOUBT: ("--confirm-doubts", "các điểm nghi vấn đã được xem và giữ nguyên"),
    Asked.DATE_AHEAD: ("--confirm-date", "ngày ban hành đúng như trên"),
    Asked.FAR_DEADLINE: ("--confirm-date", "thời hạn đúng như trên"),
}


@dataclass(frozen=True, slots=True)
class _DraftToIssue:
    """A draft to publish: a stored one has a number and a version, one of a file its first reading."""

    draft: Draft
    number: int | None = None
    version: int | None = None
    first: Directives | None = None
    name: str = ""  # of the file, fit to be shown
    confirmed: Confirmed = frozenset()  # when it was made ready


def look_at_draft(draft: str | int, now: datetime | None) -> None:
    """Print what publishing would do; nothing is changed. Raises Refusal."""
    engine = office_database()
    _look(engine, _found(draft, engine), terminal_act(present(engine, given_instant(now, engine))))
    console.print("Chưa phát hành gì: đây chỉ là bản xem trước.")


def publish_draft(draft: str | int, now: datetime | None, doubts: bool, date_ahead: bool) -> None:
    """Print the last look, then issue, at ``now`` or the present instant of the database.

    ``doubts`` and ``date_ahead`` confirm what the look asks. Raises Refusal, also for what was not
    confirmed; then nothing has changed.
    """
    engine = office_database()
    given = given_instant(now, engine)
    one, clock = _found(draft, engine), read_clock(engine, given)
    act = terminal_act(clock.now)
    look = _look(engine, one, act)
    wanted = {Asked.DOUBT} if doubts else set()
    wanted |= {Asked.DATE_AHEAD, Asked.FAR_DEADLINE} if date_ahead else set()
    confirmed = one.confirmed.union(each.key for each in look.questions if each.asked in wanted)
    _refuse_open([each for each in look.questions if each.key not in confirmed])
    published = _publish(engine, one, act, confirmed)
    advance(engine, given)
    for line in clock_lines(clock.leap):
        console.print(line, markup=False)
    _tell(published)
    if one.name and one.first is None:
        console.print("Tệp không kèm bản đọc ban đầu (first_reading) nên không ghi nhận nội dung đã sửa.")


def _found(draft: str | int, engine: Engine) -> _DraftToIssue:
    with reading(engine) as session:
        if isinstance(draft, int):
            document, stored = stored_draft(session, draft)
            known = frozenset(document.confirmed or ())
            return _DraftToIssue(stored, draft, document.version, confirmed=known)
        registry = load_registry(session)
    file = Path(draft)
    data = read_bytes(file)
    name = shown_key(file.name)
    first = parse_first_reading(data, name)
    return _DraftToIssue(parse_draft(data, name, registry), first=first, name=name)


def _publish(engine: Engine, one: _DraftToIssue, act: Act, confirmed: Confirmed) -> Published:
    """What was looked at: a stored draft that was changed since is refused."""
    if one.number is not None:
        return issue_stored(engine, one.number, one.version, act, confirmed)
    return publish_corrected(engine, one.draft, one.first, act, one.name, confirmed)


def _refuse_open(questions: list[Question]) -> None:
    if not questions:
        return
    asked = dict.fromkeys(question.asked for question in questions)
    ways = "; ".join("{1}: thêm {0}".format(*_OPTIONS[kind]) for kind in asked)
    lines = "\n".join(f"- {question.problem}" for question in questions)
    raise Refusal(f"Chưa phát hành, vì còn điều chưa được xác nhận:\n{lines}\nNếu {ways}.")


def _look(engine: Engine, one: _DraftToIssue, act: Act) -> LastLook:
    with reading(engine) as session:
        look = last_look(session, one.draft, act)
    console.print(Text(f"Xem lại trước khi phát hành: {look.source}", style="bold"))
    for line in look_lines(look):
        console.print(line, markup=False)
    console.print(bodies_table(look.bodies))
    return look


def _tell(published: Published) -> None:
    codes = published.task_codes
    span = codes[0] if len(codes) == 1 else f"{codes[0]} đến {codes[-1]}" if codes else "không có"
    console.print(
        f"Đã phát hành {published.source}: {grouped(len(codes))} nhiệm vụ ({span}), "
        f"{published.standing_rules} quy định chung.",
        markup=False,
    )
