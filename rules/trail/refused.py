"""Why somebody who had signed in was refused, and how a row of the trail says it."""

from collections.abc import Mapping

from pydantic import JsonValue

from rules.vocabulary import Labelled


class RefusedWhy(Labelled):
    """What stood in the way."""

    PAGE = "page", "Trang không dành cho vị trí đang giữ"
    ROW = "row", "Dữ liệu không có, hoặc ngoài phạm vi được xem"
    SEAT = "seat", "Thao tác ngoài quyền của vị trí đang giữ"
    UNPROVEN = "unproven", "Chưa nhập mã xác thực"
    NO_SEAT = "no_seat", "Không giữ vị trí nào"
    OTHER_SITE = "other_site", "Biểu mẫu gửi từ một trang khác"
    LINE = "line", "Tên máy chủ hoặc đường truyền không được nhận"


def refused_words(data: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """What a row of a refusal tells, a line for each reason; () for a row of something else.

    ``data`` has "why" and "route" for one refusal, "again" with counts by "why route" for those that were
    gathered.
    """
    again = data.get("again")
    if isinstance(again, dict):
        return tuple(f"{_line(*said.partition(' ')[::2])}: {count} lần nữa" for said, count in again.items())
    why, route = data.get("why"), data.get("route")
    return (_line(str(why), str(route)),) if why and route else ()


def _line(why: str, route: str) -> str:
    label = next((one.label for one in RefusedWhy if one == why), why)
    return f"{label} ({route})"
