"""Which pages are there for whom: one row a route, asked before the page is (``docs/access.md``, "Who sees").

A page that is not there for a viewer answers as an address that nobody has: 404, without a word. What it then
shows of its rows is narrowed by ``models/people/access/seen.py``. A route without a row
fails ``tests/web/door/test_gates.py``.
"""

from enum import Enum

from starlette.exceptions import HTTPException

from models.people.access.seen import may_see_letters
from rules.people.viewer import Viewer


class Audience(Enum):
    """For whom a page is there."""

    EVERYBODY = "whoever comes"
    ROWS = "whoever sits at a body; each sees its own rows"
    WHOLE = "who sees all of the committee"
    SECRETARIAT = "the secretariat: its desk, and what is not issued yet"
    LETTERS = "the secretariat and the admin: letters, channels, addresses, the trail"
    WATCH = "who must know how the installation stands: who sees all, and the admin"


_E, _R, _A, _S, _L, _W = Audience
GATES = {
    "GET /": _E,
    "GET /viec": _E,
    "GET /viec/{code}": _R,
    "POST /viec/{code}/tra-loi": _R,
    "POST /viec/{code}/vuot-tham-quyen": _R,
    "POST /viec/{code}/gia-han": _R,
    "POST /viec/{code}/phoi-hop": _R,
    "POST /viec/{code}/nguoi-thuc-hien": _R,
    "POST /viec/{code}/dinh-chinh": _R,
    "POST /viec/{code}/don-doc": _R,
    "GET /tep/{file_id}": _R,
    "GET /chuyen-giao": _S,
    "POST /chuyen-giao": _S,
    "GET /van-ban": _R,
    "GET /van-ban/moi": _S,
    "POST /van-ban/moi": _S,
    "GET /van-ban/dang-doc/{token}": _S,
    "POST /van-ban/dang-doc/{token}": _S,
    "GET /van-ban/{document_id}": _R,
    "POST /van-ban/{document_id}": _S,
    "POST /van-ban/{document_id}/ve-du-thao": _S,
    "POST /van-ban/{document_id}/bo": _S,
    "POST /van-ban/{document_id}/khoi-phuc": _S,
    "GET /van-ban/{document_id}/phat-hanh": _S,
    "POST /van-ban/{document_id}/phat-hanh": _S,
    "POST /van-ban/{document_id}/bo-sung": _S,
    "GET /van-ban/{document_id}/thu-hoi": _S,
    "POST /van-ban/{document_id}/thu-hoi": _S,
    "GET /trinh": _R,
    "GET /trinh/{case_id}": _R,
    "POST /trinh/{case_id}/y-kien": _R,
    "POST /trinh/{case_id}/ghi-nhan": _R,
    "POST /trinh/{case_id}/theo-phieu-trinh": _R,
    "GET /trinh/{case_id}/phieu-trinh/{seq}": _R,
    "GET /cong-van": _R,
    "GET /cong-van/{paper_id}": _R,
    "POST /cong-van/{paper_id}/ban-hanh": _R,
    "GET /thu": _L,
    "POST /thu/chua-ro/{verdict}": _L,
    "POST /thu/dia-chi/{address_id}/thu-lai": _L,
    "POST /thu/{message_id}/{verdict}": _L,
    "GET /bao-cao": _A,
    "GET /bao-cao/co-quan": _A,
    "GET /bao-cao/nguyen-tac": _A,
    "GET /su-kien": _A,
    "GET /su-kien/{event_id}": _A,
    "POST /su-kien/{event_id}/ngay": _A,
    "GET /lich-nghi": _A,
    "POST /lich-nghi/{typed_id}": _A,
    "GET /lich-hop": _A,
    "POST /lich-hop": _A,
    "POST /lich-hop/{typed_id}/chuyen-ngay": _A,
    "POST /lich-hop/{typed_id}/huy": _A,
    "GET /nhat-ky": _L,
    "POST /nhat-ky/csv": _L,
    "POST /dong-ho/xac-nhan": _W,
    "GET /nguoi-dung": _L,
    "GET /nguoi-dung/moi": _L,
    "POST /nguoi-dung/moi": _L,
    "GET /nguoi-dung/{person_id}": _E,
    "POST /nguoi-dung/{person_id}/sua": _L,
    "POST /nguoi-dung/{person_id}/vi-tri": _L,
    "POST /nguoi-dung/{person_id}/vi-tri/{seat_id}/ket-thuc": _L,
    "POST /nguoi-dung/{person_id}/trang-thai": _L,
    "POST /nguoi-dung/{person_id}/moi": _L,
    "POST /nguoi-dung/{person_id}/go-ma-xac-thuc": _L,
    "GET /vang-mat": _E,
    "POST /vang-mat": _E,
    "POST /vang-mat/{absence_id}/ket-thuc": _E,
    "GET /dang-nhap": _E,
    "POST /dang-nhap": _E,
    "POST /dang-nhap/lien-ket": _E,
    "POST /dang-xuat": _E,
    "GET /dang-nhap/ma": _E,
    "POST /dang-nhap/ma": _E,
    "GET /dang-nhap/tinh/bat-dau": _E,
    "GET /dang-nhap/tinh": _E,
    "GET /lien-ket/{token}": _E,
    "GET /lien-ket": _E,
    "POST /lien-ket": _E,
    "GET /tai-khoan": _E,
    "POST /tai-khoan/mat-khau": _E,
    "POST /tai-khoan/phien/khac/cham-dut": _E,
    "POST /tai-khoan/phien/{sign_in_id}/cham-dut": _E,
    "GET /tai-khoan/ma-xac-thuc": _E,
    "POST /tai-khoan/ma-xac-thuc": _E,
    "POST /tai-khoan/ma-xac-thuc/xac-nhan": _E,
    "POST /tai-khoan/ma-xac-thuc/bo": _E,
}

#: Pages of the head, in its order. Papers stand on the page of letters, for who has that one.
_HEAD = (
    ("viec", "Nhiệm vụ"), ("van-ban", "Văn bản"), ("trinh", "Việc trình"), ("thu", "Thư"),
    ("cong-van", "Công văn"), ("bao-cao", "Báo cáo"), ("nhat-ky", "Nhật ký"),
    ("nguoi-dung", "Người dùng"),
)  # fmt: skip


def is_open(viewer: Viewer, gate: Audience) -> bool:
    """Whether pages behind ``gate`` are there for ``viewer``."""
    if gate is Audience.ROWS:
        return viewer.sees_all or bool(viewer.bodies)
    if gate is Audience.WHOLE:
        return viewer.sees_all
    if gate is Audience.SECRETARIAT:
        return viewer.is_secretary
    if gate is Audience.LETTERS:
        return may_see_letters(viewer)
    return gate is Audience.EVERYBODY or viewer.sees_all or viewer.is_admin


def pass_gate(viewer: Viewer, method: str, path: str) -> None:
    """Let ``viewer`` to the route ``path``, as it was declared. Raises HTTPException (404)."""
    if not viewer.anybody and not is_open(viewer, GATES[f"{method} {path}"]):
        raise HTTPException(404)


def head_of(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """The pages that the head of every page leads to, as address and name."""
    letters = is_open(viewer, Audience.LETTERS)
    return tuple(
        (address, name)
        for address, name in _HEAD
        if is_open(viewer, GATES[f"GET /{address}"]) and not (letters and address == "cong-van")
    )
