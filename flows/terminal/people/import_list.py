"""``dondoc import people``: what a list would change, and then all of it or nothing."""

from pathlib import Path

from config.files.setting_file import bytes_of
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.actions.people.import_people import LineDone, PeopleReport, import_people, look_at_people
from flows.formats.spreadsheet import MAX_SHEET_BYTES, table_lines
from flows.terminal.acting import terminal_act
from flows.terminal.people.persons import say
from notifications.letters.kit.filters import grouped

MOST_SHOWN = 100  # lines of a preview


def import_file(file: Path, look: bool) -> None:
    """Import the list, or say what importing it would do. Raises Refusal with each line that is wrong."""
    sheet = table_lines(file.name, bytes_of(file, MAX_SHEET_BYTES))
    engine = office_database()
    act = terminal_act(present(engine))
    report = (look_at_people if look else import_people)(engine, sheet, act)
    if report.unread:
        say(f"Không đọc các cột: {', '.join(report.unread)}.")
    if look:
        _preview(report)
    say(f"{'Sẽ' if look else 'Đã'} {_counts(report)}.")


def _preview(report: PeopleReport) -> None:
    changing = [line for line in report.lines if not line.nothing]
    for line in changing[:MOST_SHOWN]:
        say(f"Dòng {line.line}: {_words(line)}")
    if len(changing) > MOST_SHOWN:
        say(f"... và {grouped(len(changing) - MOST_SHOWN)} dòng nữa.")


def _words(line: LineDone) -> str:
    done = "thêm" if line.added else "sửa" if line.changed else "đã có"
    words = f"{done} {line.person.name} ({line.person.email})"
    if line.seat is None:
        return words
    where = f" tại «{line.seat.body}»" if line.seat.body else ""
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
