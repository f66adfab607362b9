"""The leadership digest as sections: decisions first, each heading counting its own rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from notifications.letters import subjects
from notifications.letters.filters import clean, day, lateness, shorten
from notifications.letters.frame import compose
from notifications.letters.rows import Group, Row, Section, answer_until, case_link, present, row, section
from notifications.letters.short import item, short_letter
from notifications.parcel import Letter
from rules.facts import CaseFacts, Digest, TaskFacts, TaskLine

_OPTIONS_LIMIT = 280
_WORST = 3


def digest_letter(to_name: str, digest: Digest, base_url: str) -> Letter:
    """The leadership digest: one page, what only the reader can settle on top."""
    to_name, digest = clean(to_name), clean(digest)
    subject = subjects.digest(digest)
    decisions = [item(decision_row(case, base_url)) for case in digest.decisions]
    link = f"{base_url.rstrip('/')}/bao-cao"
    return compose(
        "digest",
        subject=subject,
        short=short_letter(subject, decisions, link, noun="việc cần quyết định"),
        heading="Báo cáo theo dõi, đôn đốc thực hiện nhiệm vụ",
        to_name=to_name,
        digest=digest,
        figures=_figures(digest),
        sections=digest_sections(digest, base_url),
        link=link,
    )


def _figures(digest: Digest) -> tuple[tuple[str, int, str], ...]:
    """The four figures on top: label, number, tone."""
    decisions, overdue = len(digest.decisions), len(digest.overdue)
    return (
        ("Việc cần quyết định", decisions, "late" if decisions else "calm"),
        ("Nhiệm vụ quá hạn", overdue, "late" if overdue else "calm"),
        ("Nhiệm vụ chưa hoàn thành", digest.total_open, "calm"),
        ("Tổng số nhiệm vụ", digest.total, "calm"),
    )


def digest_sections(digest: Digest, base_url: str) -> tuple[Section, ...]:
    """The blocks of the one page, in the order a leader needs them."""
    decisions = [decision_row(case, base_url) for case in digest.decisions]
    elsewhere = [elsewhere_row(case, base_url) for case in digest.decisions_elsewhere]
    return present(
        section("Việc cần cho ý kiến quyết định", decisions, tone="late"),
        _overdue(digest, base_url),
        _block("Đã đôn đốc từ 3 lần trở lên", digest.urged_often, base_url, "late"),
        _due(digest, base_url),
        _aged("Không thời hạn, giao đã quá 3 tháng", digest.no_deadline_old, digest.as_of, base_url),
        _silent(digest, base_url),
        _waiting(digest, base_url),
        section("Việc trình đang chờ cấp khác cho ý kiến", elsewhere),
        section("Kết quả theo cơ quan", digest.league, "league"),
        _done(digest, base_url),
        section("Nguyên tắc chung đang áp dụng", digest.standing_rules, "plain"),
    )


def decision_row(case: CaseFacts, base_url: str) -> Row:
    """A decision wanted from the reader: problem, authority, options, recommendation, by when."""
    task = case.task
    facts = (
        ("Cơ quan trình", f"{task.agency_name}, ngày {day(case.raised_on)}"),
        ("Thẩm quyền còn thiếu", shorten(case.missing_authority, _OPTIONS_LIMIT)),
        ("Các phương án", shorten(case.options, _OPTIONS_LIMIT)),
        ("Kiến nghị", shorten(case.recommendation, _OPTIONS_LIMIT)),
        ("Đang chờ", case.rung.label),
    )
    mark = f"Cần ý kiến chậm nhất ngày {day(answer_until(case))}; đã chờ {case.days_waiting} ngày"
    return Row(task.code, shorten(task.title), case_link(base_url, case), mark, "late", facts, "")


def elsewhere_row(case: CaseFacts, base_url: str) -> Row:
    """A case that another rung has to settle: where it waits, and since when."""
    mark = f"{case.rung.label}; đã chờ {case.days_waiting} ngày"
    title = f"{case.task.agency_name}: {shorten(case.missing_authority)}"
    return Row(case.task.code, title, case_link(base_url, case), mark)


def _overdue(digest: Digest, base_url: str) -> Section:
    buckets = (
        ("Trên 90 ngày", digest.overdue_over_90),
        ("Từ 31 đến 90 ngày", digest.overdue_31_90),
        ("Từ 1 đến 30 ngày", digest.overdue_1_30),
    )
    groups = tuple(Group(name, _lines(lines, base_url, "late")) for name, lines in buckets if lines)
    return Section("Nhiệm vụ quá hạn", groups, "compact", "late", _worst(digest.overdue))


def _worst(lines: Sequence[TaskLine]) -> str:
    """The agencies with most overdue tasks: those with more than one."""
    counts = Counter(line.task.agency_name for line in lines)
    worst = [f"{name} ({count})" for name, count in counts.most_common(_WORST) if count > 1]
    return "Cơ quan có nhiều nhiệm vụ quá hạn nhất: " + "; ".join(worst) if worst else ""


def _due(digest: Digest, base_url: str) -> Section:
    windows = (("Trong 7 ngày tới", digest.due_7), ("Từ ngày thứ 8 đến ngày thứ 14", digest.due_14))
    groups = tuple(Group(name, _lines(lines, base_url)) for name, lines in windows if lines)
    return Section("Sắp đến hạn", groups, "compact")


def _block(title: str, lines: Sequence[TaskLine], base_url: str, tone: str = "calm") -> Section:
    return section(title, _lines(lines, base_url, tone), "compact", tone)


def _lines(lines: Sequence[TaskLine], base_url: str, tone: str = "calm") -> tuple[Row, ...]:
    return tuple(row(line, base_url, _standing(line), tone) for line in lines)


def _standing(line: TaskLine) -> str:
    urged = f"; đã đôn đốc {line.task.urged} lần" if line.task.urged else ""
    return lateness(line.days).capitalize() + urged


def _aged(title: str, lines: Sequence[TaskLine], as_of: date, base_url: str) -> Section:
    rows = [row(line, base_url, f"Giao đã {(as_of - line.task.assigned_on).days} ngày") for line in lines]
    return section(title, rows, "compact")


def _silent(digest: Digest, base_url: str) -> Section:
    rows = [row(line, base_url, _last_report(line.task)) for line in digest.silent]
    return section(f"Không cập nhật tiến độ trong {digest.silent_days} ngày", rows, "compact")


def _last_report(task: TaskFacts) -> str:
    return f"Báo cáo gần nhất: {day(task.last_report_on)}" if task.last_report_on else "Chưa báo cáo lần nào"


def _waiting(digest: Digest, base_url: str) -> Section:
    lines = digest.waiting_confirmation
    rows = [row(line, base_url, _dated("Báo cáo", line.task.submitted_on)) for line in lines]
    return section("Chờ xác nhận kết quả", rows, "compact")


def _done(digest: Digest, base_url: str) -> Section:
    since = f" từ ngày {day(digest.previous)}" if digest.previous else ""
    rows = [row(line, base_url, line.deadline_class.label, "done") for line in digest.done_since]
    return section(f"Đã hoàn thành{since}", rows, "compact", "done")


def _dated(word: str, when: date | None) -> str:
    return f"{word} ngày {day(when)}" if when else ""
