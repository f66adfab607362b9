"""Templates to pages. Text of people and documents is data: escaped, never compiled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.responses import HTMLResponse

from config.clock import office_time
from config.settings import get_settings
from notifications.channels.frame.addresses import channel_label
from notifications.letters.kit.filters import (
    day,
    formal_day,
    grouped,
    lateness,
    paragraphs,
    percent,
    shorten,
    upper_first,
)
from rules.deadlines.classes import line_label
from rules.deadlines.wording import until, urged_words
from rules.people.viewer import ANYBODY, Viewer
from rules.text.figures import written
from rules.text.incoming import cleaned
from rules.text.signs import ODD
from web.kit.browsers import browser
from web.kit.doers import said_by
from web.kit.gates import head_of
from web.kit.letter_looks import letter_look
from web.kit.unsaved import not_in_fields
from web.kit.words import aside_label, read_by

TEMPLATES = Path(__file__).parents[1] / "templates"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Chưa đăng nhập",
    403: "Không được phép",
    404: "Không tìm thấy trang",
    409: "Chưa làm được",
    405: "Không tìm thấy trang",
    413: "Nội dung quá lớn",
    415: "Biểu mẫu không đọc được",
    429: "Máy chủ đang bận",
    431: "Yêu cầu quá dài",
    500: "Hệ thống gặp lỗi",
    503: "Chưa sẵn sàng",
}


def moment(instant: datetime) -> str:
    """An instant on the office's clock: 07:30 ngày 05/09/2022."""
    return f"{office_time(instant):%H:%M, %d/%m/%Y}"


def weekday(value: date) -> str:
    """Thứ Hai, 05/09/2022."""
    return f"{WEEKDAYS[value.weekday()]}, {value:%d/%m/%Y}"


def counted(number: int, most: int | None) -> str:
    """A figure that was counted up to ``most`` and one more: 12, or "hơn 1.000"; None: to the last."""
    return grouped(number) if most is None or number <= most else f"hơn {grouped(most)}"


def file_size(size: int) -> str:
    """The size of a file in kB or MB, as people read it."""
    megabytes = size / 1_000_000
    return f"{megabytes:.1f} MB".replace(".", ",") if megabytes >= 1 else f"{max(size // 1000, 1)} kB"


_FILTERS = (
    aside_label, browser, channel_label, counted, day, file_size, formal_day, grouped, lateness, line_label,
    moment, paragraphs, percent, read_by, said_by, shorten, until, upper_first, urged_words, weekday, written,
)  # fmt: skip


def _seen(value: Any) -> Any:
    """Rows of older releases may hold signs that nobody sees: a page shows the text without them."""
    return cleaned(value) if type(value) is str and ODD.search(value) else value


@cache
def environment() -> Environment:
    """The one Jinja environment: autoescape for every template, unknown names are errors."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_seen,
    )
    made.filters.update({one.__name__: one for one in _FILTERS})
    made.globals["head"] = head_of(ANYBODY)
    made.globals["today"] = None
    made.globals["done"] = None
    made.globals["alarms"] = ()
    made.globals["unsaved"] = ()
    made.globals["viewer"] = ANYBODY
    made.globals["visitor"] = None
    made.globals["way_in"] = None
    made.globals["letter_look"] = letter_look
    return made


def page(template: str, *, status: int = 200, posted: Sequence[str] = (), **context: Any) -> HTMLResponse:
    """The page of ``template``; at its foot stands who runs this installation, if a setting says so.

    A refusal (``status`` from 400 on) shows what of ``posted`` stands in none of its fields.
    """
    found, admin = environment().get_template(template), get_settings().admin_contact
    if status < HTTPStatus.BAD_REQUEST:
        return HTMLResponse(_bytes_of(found, {"admin": admin, **context}), status)
    text = found.render(admin=admin, **context)
    lost = not_in_fields(text, posted)
    return HTMLResponse(found.render(admin=admin, unsaved=lost, **context) if lost else text, status)


def _bytes_of(found: Template, context: Mapping[str, Any]) -> bytes:
    """The page, a part at a time: as one text with all its parts a large draft takes four times its size."""
    stream = found.stream(context)
    stream.enable_buffering(500)
    return b"".join(part.encode() for part in stream)


def error_page(
    status: int, message: str = "", posted: Sequence[str] = (), viewer: Viewer = ANYBODY
) -> HTMLResponse:
    """A plain Vietnamese page that says what is wrong; needs neither database nor request."""
    title = _TITLES.get(status, f"Lỗi {status} ({HTTPStatus(status).phrase})")
    said = {"title": title, "message": message, "code": status, "head": head_of(viewer)}
    return page("errors/error.html.j2", status=status, posted=posted, **said)
