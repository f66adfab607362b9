"""The arguments and options of the commands, by what they mean; ``options.py`` reads and bounds them."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.terminal.options import (
    ADDRESS,
    DAY,
    DRAFT,
    GENRE,
    INSTANT,
    PORT,
    ROLE,
    SECONDS,
    TEXT,
    counted,
    key_of,
)
from rules.people.seat_roles import SeatRole

AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=DAY, help="Ngày văn bản (NĂM-THÁNG-NGÀY) nếu văn bản không ghi ngày."),
]
AsGenre = Annotated[
    Any,
    typer.Option(
        "--genre",
        parser=GENRE,
        help="Đọc như loại văn bản này, ví dụ «bao-chi»; gõ sai thì lệnh nêu đủ các loại.",
    ),
]
DraftName = Annotated[
    Any, typer.Argument(parser=DRAFT, help="Tệp JSON của «dondoc read --json», hoặc số dự thảo đã lưu.")
]
Now = Annotated[
    datetime | None,
    typer.Option("--now", parser=INSTANT, help="Thời điểm giả định (ISO 8601), chỉ khi thử."),
]
WaitingNumber = Annotated[
    int, typer.Argument(parser=key_of("văn bản"), help="Số của văn bản đang chờ phát hành.")
]
AliasNumber = Annotated[
    int | None, typer.Option("--withdraw", parser=key_of("tên gọi"), help="Rút tên gọi mang số này.")
]
IssuedFrom = Annotated[
    date | None, typer.Option("--from", parser=DAY, help="Phát hành từ ngày (NĂM-THÁNG-NGÀY).")
]
IssuedTo = Annotated[date | None, typer.Option("--to", parser=DAY, help="Phát hành đến hết ngày.")]
Every = Annotated[float, typer.Option("--every", parser=SECONDS, help="Số giây nghỉ giữa hai lượt làm việc.")]
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", help="Tệp YAML chính sách; bỏ trống là chính sách đang dùng.")
]
RegisterFile = Annotated[
    Path | None,
    typer.Argument(help="Tệp YAML sổ cơ quan; bỏ trống là agencies.yaml trong thư mục DONDOC_HOME."),
]
MeetingNumber = Annotated[
    int, typer.Argument(parser=key_of("cuộc họp"), help="Số của cuộc họp trong «dondoc meeting list».")
]
MeetingDay = Annotated[date, typer.Argument(parser=DAY, help="Ngày họp: 2022-12-20 hoặc 20/12/2022.")]
MeetingTitle = Annotated[str, typer.Argument(parser=TEXT, help="Nội dung cuộc họp, để trong ngoặc kép.")]
FirstDay = Annotated[date | None, typer.Option("--from", parser=DAY, help="Từ ngày; bỏ trống là hôm nay.")]
SimulatedDays = Annotated[
    int, typer.Option("--days", parser=counted(1, 366, "Số ngày mô phỏng"), help="Số ngày.")
]
StoryDays = Annotated[
    int, typer.Option("--days", parser=counted(30, 730, "Số ngày"), help="Số ngày của câu chuyện.")
]
Host = Annotated[
    str,
    typer.Option("--host", parser=ADDRESS, help="Địa chỉ mà các trang nghe; chỉ đổi khi đã có tài khoản."),
]
Port = Annotated[int, typer.Option("--port", parser=PORT, help="Cổng của các trang.")]
StoryPort = Annotated[int, typer.Option("--port", parser=PORT, help="Cổng của các trang.")]
PersonNumber = Annotated[
    int, typer.Argument(parser=key_of("người sử dụng"), help="Số của người trong «dondoc person list».")
]
DeputyNumber = Annotated[
    int, typer.Argument(parser=key_of("người sử dụng"), help="Số của người được ủy quyền thay.")
]
SeatNumber = Annotated[
    int, typer.Argument(parser=key_of("vị trí"), help="Số của vị trí trong «dondoc person list».")
]
AbsenceNumber = Annotated[
    int,
    typer.Argument(
        parser=key_of("lần vắng mặt"), help="Số của lần vắng mặt trong «dondoc person absence list»."
    ),
]
PersonName = Annotated[str, typer.Argument(parser=TEXT, help="Họ và tên, để trong ngoặc kép.")]
NewName = Annotated[str | None, typer.Option("--name", parser=TEXT, help="Họ và tên mới.")]
Email = Annotated[str | None, typer.Option("--email", parser=TEXT, help="Thư điện tử của riêng người đó.")]
Phone = Annotated[str | None, typer.Option("--phone", parser=TEXT, help="Số điện thoại.")]
Role = Annotated[
    SeatRole, typer.Argument(parser=ROLE, help="Vai trò, ví dụ «văn thư», «chuyên viên», «lãnh đạo».")
]
BodyName = Annotated[
    str | None, typer.Option("--body", parser=TEXT, help="Cơ quan: mã hoặc tên trong sổ cơ quan.")
]
SeatFrom = Annotated[
    date | None, typer.Option("--from", parser=DAY, help="Giữ từ ngày; bỏ trống là hôm nay.")
]
SeatTo = Annotated[
    date | None, typer.Option("--to", parser=DAY, help="Giữ đến hết ngày; bỏ trống là chưa định.")
]
LastDay = Annotated[
    date | None, typer.Option("--last", parser=DAY, help="Ngày cuối cùng; bỏ trống là hôm nay.")
]
AbsentFrom = Annotated[date, typer.Argument(parser=DAY, help="Vắng mặt từ ngày, ví dụ 05/09/2022.")]
AbsentTo = Annotated[date, typer.Argument(parser=DAY, help="Vắng mặt đến hết ngày.")]
LentSeat = Annotated[
    int | None,
    typer.Option("--seat", parser=key_of("vị trí"), help="Chỉ ủy quyền vị trí này; bỏ trống là mọi vị trí."),
]
Note = Annotated[str, typer.Option("--note", parser=TEXT, help="Ghi chú, ví dụ căn cứ ủy quyền.")]
