"""``dondoc init``: the folder of an office's own, and what to do with it next."""

import os
import shlex
from pathlib import Path

from config.files.shown import shown_path
from config.home import named_home
from config.new_home import new_home, write_home
from config.shipped import edited
from flows.terminal.commands import console

DEFAULT = "dondoc-home"

#: What each file is for, by the beginning of its path.
_WHAT = {
    "dondoc.toml": "máy chủ thư, Zalo, cơ sở dữ liệu, các thư mục",
    "committee.yaml": "chính sách nhắc việc, đôn đốc",
    "agencies.yaml": "sổ cơ quan và địa chỉ liên hệ",
    "workdays/nam-mau.txt": "mẫu lịch một năm; lịch các năm đã có đi kèm phần mềm",
    "workdays/": "lịch ngày làm việc đã sửa tại chỗ, được chép sang",
}


def write_home_folder(folder: Path | None, example: str | None) -> None:
    """Write it, all or nothing, and say what to do next. Raises Refusal; nothing has changed then."""
    place = Path(os.path.abspath(folder or named_home() or DEFAULT))
    files = new_home(example)
    write_home(place, files)
    _say(f"Đã tạo thư mục của văn phòng: {shown_path(place)}")
    for name in files:
        _say(f"  {name}: {next(words for start, words in _WHAT.items() if name.startswith(start))}")
    if carried := edited():
        _say(f"Đã chép cả những chỗ Văn phòng đã sửa trong bản phần mềm: {', '.join(carried)}.")
    _say("")
    _say("Việc tiếp theo:")
    for number, line in enumerate(_next(place), start=1):
        _say(f"  {number}. {line}")


def _next(place: Path) -> list[str]:
    named = shlex.quote(str(place))
    known = named_home() == place
    lines = [] if known else [f"Đặt biến môi trường cho mọi lệnh và dịch vụ: export DONDOC_HOME={named}"]
    return [
        *lines,
        "Sửa dondoc.toml và agencies.yaml; xem committee.yaml, số nào chưa hợp thì sửa.",
        "Chạy «dondoc migrate» rồi «dondoc import agencies».",
        "Chạy «dondoc check»: còn thiếu gì thì lệnh này nói cách sửa.",
    ]


def _say(line: str) -> None:
    console.print(line, markup=False, soft_wrap=True)
