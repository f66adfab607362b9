"""The leadership digest as sections: decisions first, each heading saying how many there are."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from textwrap import wrap

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, day, grouped, lateness, percent, shorten
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.rows import (
    LetterRows,
    Rows,
    Section,
    ShownRow,
    answer_until,
    case_link,
    part_link,
    present,
    row,
    section,
)
from notifications.letters.kit.short import item, short_letter
from notifications.outbox.parcel import Letter
from rules.deadlines.classes import line_label
from rules.deadlines.wording import until, urged_words
from rules.facts import CaseFacts, Digest, ExtensionLine, LeagueRow, MeetingFacts, TaskLine
from rules.follow_up.digest_parts import DigestPart

_OPTIONS_LIMIT = 280
_WORST = 3
_GROUP = 8  # hex digits
_NOUNS = {
    "decisions": "việc",
    "decisions_elsewhere": "việc",
    "league": "cơ quan",
    "standing_rules": "nguyên tắc",
}
#: Pages on which all rows of a section stand that are no list of tasks.
_PAGES = {
    "decisions": "/trinh",
    "decisions_elsewhere": "/trinh",
    "league": "/bao-cao/co-quan",
    "standing_rules": "/bao-cao/nguyen-tac",
}


def digest_letter(
    to_name: str,
    digest: Digest,
    base_url: str,
    meetings: Sequence[MeetingFacts] = (),
    trail: tuple[int, str] = (0, ""),
) -> Letter:
    """The leadership digest: one page, what only the reader can settle on top.

    ``meetings``, the nearest first, are those that it is made ahead of. ``trail`` is how many rows the chain
    of the trail has and the digest of its end, told in groups that any mail program can break.
    """
    to_name, digest, meetings = clean(to_name), clean(digest), clean(tuple(meetings))
    subject = subjects.digest(digest, meetings)
    decisions = [item(decision_row(case, base_url)) for case in digest.decisions]
    link = _annex(base_url)
    return letter_from(
        "digest",
        subject=subject,
        short=short_letter(subject, decisions, link, "việc cần quyết định", digest.count("decisions")),
        heading="Báo cáo theo dõi, đôn đốc thực hiện nhiệm vụ",
        to_name=to_name,
        digest=digest,
        meetings=meetings,
        figures=_figures(digest),
        rates=_rates(digest),
        sections=digest_sections(digest, base_url),
        link=link,
        trail_rows=trail[0],
        trail_head=" ".join(wrap(trail[1], _GROUP)),
    )


def _figures(digest: Digest) -> tuple[tuple[str, int, str], ...]:
    """The four figures on top: label, number, tone."""
    decisions, overdue = digest.count("decisions"), digest.overdue_count
    return (
        ("Việc cần quyết định", decisions, "late" if decisions else "calm"),
        ("Nhiệm vụ quá hạn", overdue, "late" if overdue else "calm"),
        ("Nhiệm vụ chưa hoàn thành", digest.total_open, "calm"),
        ("Tổng số nhiệm vụ", digest.total, "calm"),
    )


def _rates(digest: Digest) -> str:
    """The two indicators of the whole, and of whom nobody reminded; empty while nothing counts yet."""
    if digest.completed_rate is None:
        return ""
    words = f"Tỷ lệ hoàn thành: {percent(digest.completed_rate)}"
    if digest.updated_rate is not None:
        words += (
            f"; tỷ lệ nhiệm vụ chưa hoàn thành có cập nhật tiến độ trong {digest.silent_days} ngày: "
            f"{percent(digest.updated_rate)}"
        )
    return f"{words}.{unreminded_words(digest)}"


def unreminded_words(digest: Digest) -> str:
    """Deadlines that passed since the last digest without a reminder; the tasks' pages say why."""
    if not digest.unreminded:
        return ""
    since = f" sau báo cáo ngày {day(digest.previous)}" if digest.previous else " trong 7 ngày qua"
    return (
        f" {grouped(digest.unreminded)} nhiệm vụ quá hạn{since} không có thư nhắc nào đến nơi nhận "
        "trước hạn; lý do ghi trên trang của từng nhiệm vụ."
    )


def digest_sections(digest: Digest, base_url: str) -> tuple[Section, ...]:
    """The blocks of the report, in the order a leader needs them; each links to all of its rows."""

    def block(name: str, title: str, rows: Rows, look: str = "compact", tone: str = "calm") -> Section:
        noun = _NOUNS.get(name, "nhiệm vụ")
        link = _all_of(name, base_url)
        return replace(section(title, rows, tone, total=digest.count(name), link=link, noun=noun), look=look)

    def lines(name: str, title: str, mark: Callable[[TaskLine], str], tone: str = "calm") -> Section:
        rows = [row(line, base_url, mark(line), tone) for line in getattr(digest, name)]
        return block(name, title, rows, tone=tone)

    decisions = [decision_row(case, base_url) for case in digest.decisions]
    elsewhere = [elsewhere_row(case, base_url) for case in digest.decisions_elsewhere]
    since = f" từ ngày {day(digest.previous)}" if digest.previous else ""
    silent = f"Không cập nhật tiến độ trong {digest.silent_days} ngày"
    return present(
        block("decisions", "Việc cần cho ý kiến quyết định", decisions, "full", "late"),
        lines("at_ended_bodies", "Ở cơ quan đã kết thúc hoạt động, chưa chuyển giao", _ended, "late"),
        _overdue(digest, base_url),
        lines("urged_often", "Đã đôn đốc từ 3 lần trở lên", _standing, "late"),
        _due(digest, base_url),
        lines("no_deadline_old", "Không thời hạn, giao đã quá 3 tháng", _age_on(digest.as_of)),
        lines("silent", silent, _last_report),
        lines("waiting_confirmation", "Chờ xác nhận kết quả", _reported),
        _extensions(digest, base_url),
        block("decisions_elsewhere", "Việc trình đang chờ cấp khác cho ý kiến", elsewhere, "full"),
        block("league", "Kết quả theo cơ quan", digest.league, "league"),
        lines("done_since", f"Đã hoàn thành{since}", line_label, "done"),
        block("standing_rules", "Nguyên tắc chung đang áp dụng", digest.standing_rules, "plain"),
    )


def decision_row(case: CaseFacts, base_url: str) -> ShownRow:
    """A decision wanted from the reader: problem, authority, options, recommendation, by when."""
    task = case.task
    facts = (
        ("Cơ quan trình", f"{task.agency_name}, ngày {day(case.raised_on)}"),
        ("Thẩm quyền còn thiếu", shorten(case.missing_authority, _OPTIONS_LIMIT)),
        ("Các phương án", shorten(case.options, _OPTIONS_LIMIT)),
        ("Kiến nghị", shorten(case.recommendation, _OPTIONS_LIMIT)),
        ("Đang chờ", case.rung.label),
    )
    mark = f"Cần ý kiến {until(answer_until(case))}; đã chờ {case.days_waiting} ngày"
    title, link = shorten(task.title), case_link(base_url, case)
    return ShownRow(task.code, title, link, mark, "late", facts, "", task.agency_name)


def elsewhere_row(case: CaseFacts, base_url: str) -> ShownRow:
    """A case that another rung has to settle: where it waits, and since when."""
    mark = f"{case.rung.label}; đã chờ {case.days_waiting} ngày"
    title = f"{case.task.agency_name}: {shorten(case.missing_authority)}"
    return ShownRow(case.task.code, title, case_link(base_url, case), mark)


def _overdue(digest: Digest, base_url: str) -> Section:
    buckets = (
        ("overdue_over_90", "Trên 90 ngày"),
        ("overdue_31_90", "Từ 31 đến 90 ngày"),
        ("overdue_1_30", "Từ 1 đến 30 ngày"),
    )
    groups = _groups(digest, buckets, base_url, "late")
    link = part_link(base_url, DigestPart.OVERDUE)
    return Section("Nhiệm vụ quá hạn", groups, "compact", "late", _worst(digest.league), link)


def _due(digest: Digest, base_url: str) -> Section:
    windows = (("due_7", "Trong 7 ngày tới"), ("due_14", "Từ ngày thứ 8 đến ngày thứ 14"))
    groups = _groups(digest, windows, base_url, "calm")
    return Section("Sắp đến hạn", groups, "compact", link=part_link(base_url, DigestPart.DUE))


def _extensions(digest: Digest, base_url: str) -> Section:
    parts = (
        ("extensions", "Đề nghị chờ trả lời", _asked),
        ("extended_often", "Đã gia hạn nhiều lần", lambda item: f"Đã gia hạn {item.granted} lần"),
    )
    groups = tuple(
        LetterRows(
            title,
            [row(item.line, base_url, mark(item)) for item in getattr(digest, name)],
            digest.count(name),
            _all_of(name, base_url),
        )
        for name, title, mark in parts
        if digest.count(name)
    )
    link, total = part_link(base_url, DigestPart.EXTENDED), digest.count("extended")
    return Section("Gia hạn", groups, "compact", link=link, total=total)


def _asked(item: ExtensionLine) -> str:
    asked = f"Đề nghị ngày {day(item.asked_on)}" if item.asked_on else "Đề nghị"
    return f"{asked}, xin gia hạn đến ngày {day(item.wanted_on)}" if item.wanted_on else asked


def _groups(
    digest: Digest, parts: Sequence[tuple[str, str]], base_url: str, tone: str
) -> tuple[LetterRows, ...]:
    return tuple(
        LetterRows(
            title,
            [row(line, base_url, _standing(line), tone) for line in getattr(digest, name)],
            digest.count(name),
            _all_of(name, base_url),
        )
        for name, title in parts
        if digest.count(name)
    )


def _worst(league: Sequence[LeagueRow]) -> str:
    """The agencies with most overdue tasks: those with more than one. The league has them on top."""
    worst = [f"{row.agency_name} ({grouped(row.overdue)})" for row in league[:_WORST] if row.overdue > 1]
    return "Cơ quan có nhiều nhiệm vụ quá hạn nhất: " + "; ".join(worst) if worst else ""


def _annex(base_url: str) -> str:
    """The page with the same sections."""
    return f"{base_url.rstrip('/')}/bao-cao"


def _all_of(name: str, base_url: str) -> str:
    """Where all rows of a section stand: a page of its own, or the list of tasks."""
    if name in _PAGES:
        return f"{base_url.rstrip('/')}{_PAGES[name]}"
    return part_link(base_url, DigestPart[name.upper()])


def _standing(line: TaskLine) -> str:
    return "; ".join(filter(None, (lateness(line.days).capitalize(), urged_words(line.task))))


def _age_on(as_of: date) -> Callable[[TaskLine], str]:
    return lambda line: f"Giao đã {(as_of - line.task.assigned_on).days} ngày"


def _ended(line: TaskLine) -> str:
    last, due = line.task.agency_ends_on, line.task.due_on
    ended = f"Cơ quan hoạt động đến hết ngày {day(last)}" if last else "Cơ quan đã kết thúc hoạt động"
    return f"{ended}; thời hạn nhiệm vụ: ngày {day(due)}" if due else ended


def _last_report(line: TaskLine) -> str:
    last = line.task.last_report_on
    return f"Báo cáo gần nhất: {day(last)}" if last else "Chưa báo cáo lần nào"


def _reported(line: TaskLine) -> str:
    return f"Báo cáo ngày {day(line.task.submitted_on)}" if line.task.submitted_on else ""
