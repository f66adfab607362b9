"""``dondoc import people``: what a list would change, and then all of it or nothing."""

from collections.abc import Mapping
from pathlib import Path

from config.files.setting_file import bytes_of
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.actions.people.import_people import LineDone, PeopleReport, import_people, look_at_people
from flows.formats.spreadsheet import MAX_SHEET_BYTES, table_lines
from flows.terminal.acting import terminal_act
from flows.terminal.people.persons import say
from models.db import reading
from models.people.register import agency_names
from notifications.letters.kit.filters import grouped

MOST_SHOWN = 100  # lines of a preview


def import_file(file: Path, look: bool, inviting: bool) -> None:
    """Import the list, or say what importing it would do. Raises Refusal with each line that is wrong."""
    sheet = table_lines(file.name, bytes_of(file, MAX_SHEET_BYTES))
    engine = office_database()
    act = terminal_act(present(engine))
    report = (look_at_people if look else import_people)(engine, sheet, act, inviting)
    if report.unread:
        say(f"Không đọc các cột: {', '.join(report.unread)}.")
    if look:
        with reading(engine) as session:
            bodies = {line.seat.body for line in report.lines if line.seat and line.seat.body}
            _preview(report, agency_names(session, bodies))
    will = "Sẽ" if look else "Đã"
    say(f"{will} {_counts(report)}.")
    if inviting:
        say(_invitations(will, report))


def _invitations(will: str, report: PeopleReport) -> str:
    new = [line for line in report.lines if line.added]
    invited = sum(line.invited for line in new)
    words = f"{will} gửi lời mời đến {grouped(invited)} người mới"
    if left := len(new) - invited:
        return f"{words}; {grouped(left)} người mới hôm nay chưa giữ vị trí nào nên chưa mời."
    return f"{words}."


def _preview(report: PeopleReport, names: Mapping[str, str]) -> None:
    changing = [line for line in report.lines if not line.nothing]
    for line in changing[:MOST_SHOWN]:
        say(f"Dòng {line.line}: {_words(line, names)}")
    if len(changing) > MOST_SHOWN:
        say(f"... và {grouped(len(changing) - MOST_SHOWN)} dòng nữa.")


def _words(line: LineDone, names: Mapping[str, str]) -> str:
    done = "thêm" if line.added else "sửa" if line.changed else "đã có"
    words = f"{done} {line.person.name} ({line.person.email})"
    if line.seat is None:
        return words
    where = f", {names[line.seat.body]}," if line.seat.body else ""
    return f"{words}; {line.seat.role.label}{where} {line.seat.days}"


def _counts(report: PeopleReport) -> str:
    added = sum(line.added for line in report.lines)
    changed = sum(line.changed for line in report.lines)
    seated = sum(line.seat is not None for line in report.lines)
    same = sum(line.nothing for line in report.lines)
    return (
        f"thêm {grouped(added)} người, sửa {grouped(changed)} người, ghi {grouped(seated)} vị trí; "
        f"{grouped(same)} dòng không đổi gì"
    )
