"""What letters are set from: rows under headings that count them, and the links to our pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from notifications.letters.kit.filters import day, grouped, shorten
from rules.deadlines.classes import extended
from rules.deadlines.wording import until
from rules.facts import CaseFacts, LeagueRow, TaskFacts, TaskLine
from rules.follow_up.digest_parts import DigestPart

Facts = tuple[tuple[str, str], ...]  # (label, value); a value without a label stands alone


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One task in a letter. ``mark`` says in words what the colour of ``tone`` repeats."""

    code: str
    title: str
    url: str
    mark: str = ""
    tone: str = "calm"  # late, today, calm, done
    facts: Facts = ()
    deadline: str = "không có thời hạn"  # for the short form
    agency: str = ""


@dataclass(frozen=True, slots=True)
class LetterRows:
    """Rows under one heading, which says how many there are: the rows shown, or ``total`` of them."""

    title: str
    rows: "Rows"
    total: int | None = None
    link: str = ""  # where all of them stand

    @property
    def count(self) -> int:
        """What the heading says: all rows, shown or not."""
        return len(self.rows) if self.total is None else self.total


Rows = Sequence[ShownRow | LeagueRow | str]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with one or more groups. ``look`` names the part that shows its rows."""

    title: str
    groups: tuple[LetterRows, ...]
    look: str = "full"  # full, compact, league, plain
    tone: str = "calm"
    note: str = ""
    link: str = ""  # where all rows stand, also those that are not shown
    noun: str = "nhiệm vụ"
    total: int | None = None  # where a row may stand in two of the groups

    @property
    def count(self) -> int:
        """What the heading says: all rows of all groups, shown or not."""
        return sum(group.count for group in self.groups) if self.total is None else self.total

    @property
    def shown(self) -> int:
        """How many rows the letter itself holds; each task once where it may stand in two groups."""
        if self.total is None:
            return sum(len(group.rows) for group in self.groups)
        return len({row.code for group in self.groups for row in group.rows if isinstance(row, ShownRow)})

    @property
    def rest(self) -> str:
        """What stands in the place of the rows that are not shown; empty if all are."""
        more = self.count - self.shown
        if more <= 0:
            return ""
        if not self.shown:
            return f"{grouped(more)} {self.noun}, xem tại:"
        return f"và {grouped(more)} {self.noun} khác (nêu {self.shown} trong {grouped(self.count)}), xem tại:"


def section(
    title: str,
    rows: Rows,
    tone: str = "calm",
    *,
    total: int | None = None,
    link: str = "",
    noun: str = "nhiệm vụ",
) -> Section:
    """A section of a single group; ``total`` where ``rows`` are only the first of them."""
    return Section(title, (LetterRows("", rows, total),), "full", tone, "", link, noun)


def present(*sections: Section) -> tuple[Section, ...]:
    """The sections that have rows: empty ones vanish."""
    return tuple(item for item in sections if item.count)


def task_link(base_url: str, task: TaskFacts) -> str:
    """The page of a task."""
    return f"{base_url.rstrip('/')}/viec/{quote(task.code, safe='')}"


def list_link(base_url: str, agency_id: str = "") -> str:
    """The list of open tasks, of one agency if there is one."""
    chosen = f"?co-quan={quote(agency_id, safe='')}" if agency_id else ""
    return f"{base_url.rstrip('/')}/viec{chosen}"


def part_link(base_url: str, part: DigestPart) -> str:
    """The list of all tasks under a heading of the digest."""
    return f"{base_url.rstrip('/')}/viec?muc={part.value}"


def case_link(base_url: str, case: CaseFacts) -> str:
    """The page of an escalated case."""
    return f"{base_url.rstrip('/')}/trinh/{case.id}"


def papers_link(base_url: str, paper_id: int | None = None) -> str:
    """The list of công văn đôn đốc, or the page of a single one."""
    return f"{base_url.rstrip('/')}/cong-van" + (f"/{paper_id}" if paper_id else "")


def hand_over_link(base_url: str, from_id: str, to_id: str = "") -> str:
    """The page on which the open tasks of a body are handed over."""
    to = f"&den={quote(to_id, safe='')}" if to_id else ""
    return f"{base_url.rstrip('/')}/chuyen-giao?tu={quote(from_id, safe='')}{to}"


def answer_until(case: CaseFacts) -> date:
    """The day that a reader is asked to keep: the rung's own, or the one needed if that is earlier."""
    return min(case.answer_by, case.needed_by or case.answer_by)


def deadline_facts(task: TaskFacts) -> Facts:
    """The deadline in force, and the original one where it differs."""
    if task.due_on is None:
        review = f"; rà soát lần đầu ngày {day(task.review_on)}" if task.review_on else ""
        return (("", f"Không có thời hạn{review}"),)
    words = until(task.due_on)
    if task.original_due_on and task.original_due_on != task.due_on:
        put_right = "đã đính chính" if task.corrected_due_on else "đã cộng thời gian tạm dừng"
        why = "đã gia hạn" if extended(task) else put_right
        words += f" ({why}; thời hạn ban đầu: {until(task.original_due_on)})"
    return (("Thời hạn", words),)


def row(line: TaskLine, base_url: str, mark: str = "", tone: str = "calm", facts: Facts = ()) -> ShownRow:
    """A row of ``line`` with its link and its short title."""
    task = line.task
    deadline = f"thời hạn: {until(task.due_on)}" if task.due_on else "không có thời hạn"
    title, link = shorten(task.title), task_link(base_url, task)
    return ShownRow(task.code, title, link, mark, tone, facts, deadline, task.agency_name)
