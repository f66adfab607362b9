"""The command line ``dondoc``: each command is a few lines over an action.

Heavy imports stay inside the commands, so that ``dondoc --help`` answers at once.
"""

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from flows.terminal.arguments import (
    AliasNumber,
    AsGenre,
    AsOf,
    DraftName,
    Every,
    FirstDay,
    Host,
    IssuedFrom,
    IssuedTo,
    MeetingDay,
    MeetingNumber,
    MeetingTitle,
    Now,
    PolicyFile,
    Port,
    RegisterFile,
    SimulatedDays,
    StoryDays,
    StoryPort,
    WaitingNumber,
)
from flows.terminal.entrance import Dondoc, refusing
from flows.terminal.installation.clock_commands import clock_group
from flows.terminal.installation.home_commands import add_to as add_home
from flows.terminal.installation.keeping_commands import add_to
from flows.terminal.people.person_commands import add_import, person_group
from flows.terminal.trail.audit_commands import audit_group

# Before anything could import Prefect: it phones home unless told not to.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
# Usage and its errors have no colours: a stranger's are not told from them (flows/terminal/screen.py).
os.environ.setdefault("_TYPER_FORCE_DISABLE_TERMINAL", "1")

# What happened to a letter is in the outbox and in the command's own words, not on stderr.
logging.getLogger().addHandler(logging.NullHandler())

app = Dondoc(
    name="dondoc",
    help="Đôn Đốc: giao nhiệm vụ từ kết luận cuộc họp và theo dõi, đôn đốc đến khi có kết quả.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
importing = typer.Typer(help="Nhập dữ liệu nền.", no_args_is_help=True)
app.add_typer(importing, name="import")
policies = typer.Typer(help="Chính sách nhắc việc, đôn đốc của Ban Chỉ đạo.", no_args_is_help=True)
app.add_typer(policies, name="policy")
meetings = typer.Typer(help="Lịch họp: báo cáo lãnh đạo được gửi trước mỗi cuộc họp.", no_args_is_help=True)
app.add_typer(meetings, name="meeting")


@app.command()
@refusing
def migrate(
    own_time: Annotated[
        bool, typer.Option("--own-time", help="Cơ sở dữ liệu mới để thử, nhận được thời điểm giả định --now.")
    ] = False,
) -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu."""
    from flows.terminal.commands import migrate_database

    migrate_database(own_time)


@importing.command("agencies")
@refusing
def import_agencies(file: RegisterFile = None) -> None:
    """Nhập sổ cơ quan (tên, thời gian hiệu lực, kế thừa, thành viên, địa chỉ liên hệ)."""
    from flows.terminal.commands import import_agencies_file

    import_agencies_file(file)


@app.command()
@refusing
def read(
    file: Annotated[Path, typer.Argument(help="Kết luận cuộc họp: .docx, .pdf, .doc, .txt, ảnh quét.")],
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="In dự thảo dạng JSON.")] = False,
    with_database: Annotated[
        bool,
        typer.Option("--with-database", help="Dùng danh mục trong cơ sở dữ liệu, kể cả tên đã ghi nhớ."),
    ] = False,
    genre: AsGenre = None,
    aside: Annotated[
        bool, typer.Option("--set-aside", help="Nêu cả các đoạn khác không thành nhiệm vụ, kèm lý do.")
    ] = False,
) -> None:
    """Đọc một kết luận thành dự thảo nhiệm vụ; không cần cơ sở dữ liệu."""
    from flows.terminal.reading.read_command import Form, read_file

    form = Form.JSON if as_json else Form.WITH_ASIDES if aside else Form.DRAFT
    read_file(file, as_of, form, with_database, genre)


@app.command()
@refusing
def publish(
    draft: DraftName,
    now: Now = None,
    doubts: Annotated[
        bool, typer.Option("--confirm-doubts", help="Đã xem các điểm nghi vấn được nêu, giữ nguyên.")
    ] = False,
    date_ahead: Annotated[
        bool,
        typer.Option("--confirm-date", help="Ngày ban hành ở sau hôm nay, thời hạn xa hơn 5 năm là đúng."),
    ] = False,
    look: Annotated[
        bool, typer.Option("--look", help="Chỉ xem trước sẽ giao gì cho ai, không phát hành.")
    ] = False,
) -> None:
    """Xem lại rồi phát hành dự thảo: giao nhiệm vụ và ghi thư giao việc trong một lần.

    Còn nghi vấn hoặc ngày ban hành ở sau ngày phát hành mà chưa xác nhận thì không phát hành.
    """
    from flows.terminal.documents.publishing import look_at_draft, publish_draft

    if look:
        look_at_draft(draft, now)
    else:
        publish_draft(draft, now, doubts, date_ahead)


@app.command("take-back")
@refusing
def take_back(document: WaitingNumber) -> None:
    """Đưa văn bản đã hẹn phát hành về dự thảo, khi chưa phát hành."""
    from flows.terminal.commands import take_back_document

    take_back_document(document)


@app.command()
@refusing
def aliases(withdraw: AliasNumber = None) -> None:
    """Các tên gọi khác của cơ quan mà Văn phòng đã ghi nhớ khi sửa dự thảo."""
    from flows.terminal.reading.learning import show_aliases, withdraw_one

    if withdraw is not None:
        withdraw_one(withdraw)
    else:
        show_aliases()


@app.command("reading-report")
@refusing
def reading_report(
    first: IssuedFrom = None,
    last: IssuedTo = None,
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False,
) -> None:
    """Hệ thống đọc đúng đến đâu: so bản đọc ban đầu với văn bản đã phát hành."""
    from flows.terminal.reading.learning import show_reading_report

    show_reading_report(first, last, as_json)


@app.command()
@refusing
def tick(
    now: Now = None,
) -> None:
    """Làm mọi việc đã đến lúc: nhắc, đôn đốc, chuyển cấp, báo cáo, gửi thư. Chạy lại không đổi gì."""
    from flows.terminal.commands import run_tick

    run_tick(now)


@app.command()
@refusing
def work(every: Every = 60) -> None:
    """Thường trú: cứ mỗi phút làm mọi việc đã đến lúc như «dondoc tick», không cần Prefect."""
    from flows.terminal.follow_up.resident import work

    work(every)


@policies.command("check")
@refusing
def policy_check(policy: PolicyFile = None) -> None:
    """Đọc chính sách thành lời, và xem nó thay đổi gì cho các nhiệm vụ đang mở."""
    from flows.terminal.follow_up.policy import check_policy

    check_policy(policy)


@meetings.command("add")
@refusing
def add_meeting(day: MeetingDay, title: MeetingTitle) -> None:
    """Ghi một cuộc họp sắp tới."""
    from flows.terminal.committee.meetings import add_one

    add_one(day, title)


@meetings.command("list")
@refusing
def list_meetings() -> None:
    """Các cuộc họp sắp tới, và ngày gửi báo cáo trước mỗi cuộc họp."""
    from flows.terminal.committee.meetings import show_meetings

    show_meetings()


@meetings.command("move")
@refusing
def move_meeting(number: MeetingNumber, day: MeetingDay) -> None:
    """Chuyển một cuộc họp chưa diễn ra sang ngày khác."""
    from flows.terminal.committee.meetings import move_one

    move_one(number, day)


@meetings.command("cancel")
@refusing
def cancel_meeting(number: MeetingNumber) -> None:
    """Hủy một cuộc họp chưa diễn ra."""
    from flows.terminal.committee.meetings import cancel_one

    cancel_one(number)


@app.command()
@refusing
def simulate(
    first: FirstDay = None,
    days: SimulatedDays = 7,
    policy: PolicyFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON, mỗi ngày một dòng.")] = False,
) -> None:
    """Mô phỏng: những ngày tới ai sẽ nhận thư gì, khi nào. Không gửi thư, không đổi dữ liệu."""
    from flows.terminal.follow_up.simulate import show_simulation

    show_simulation(first, days, policy, as_json)


@app.command()
@refusing
def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Mở các trang làm việc tại http://127.0.0.1:PORT; cho máy khác khi đã có tài khoản."""
    from flows.terminal.commands import serve_pages

    serve_pages(port, host)


@app.command()
@refusing
def demo(days: StoryDays = 365, port: StoryPort = 8000) -> None:
    """Kể trọn một câu chuyện: từ kết luận ngày 25/8/2022 đến báo cáo lãnh đạo, rồi mở các trang."""
    from flows.demo.story import tell

    tell(days, port)


add_to(app, refusing)
add_home(app, refusing)
app.add_typer(clock_group(refusing), name="clock")
app.add_typer(audit_group(refusing), name="audit")
app.add_typer(person_group(refusing), name="person")
add_import(importing, refusing)

if __name__ == "__main__":
    app()
