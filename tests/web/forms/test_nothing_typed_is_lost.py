"""Every form of the pages, refused in every way that can be had at once: what was typed is on the page.

The routes are counted from the application and the fields from the templates, so a new form is tried
without being thought of. Seen to fail with ``not_in_fields`` that finds nothing, with an opinion about a
counted day that has no ``value``, and with a route that is left out of FORMS.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from models.db import unit_of_work
from models.deadlines.calendar_years import RecountedDeadline
from models.tables.cases import EscalationCase
from models.tables.documents import Document
from models.tables.meetings import Meeting
from models.tables.tasks import Task, TaskCooperation, UrgingPaper
from rules.deadlines.recounts import Recount
from rules.vocabulary import CaseState, CooperationState, DocumentState, TaskStatus
from tests.cast import change
from tests.web.conftest import NOW, opened
from tests.web.every_noun import fill
from web import pages as pages_of_ours
from web.kit.rendering import TEMPLATES
from web.kit.unsaved import BEGAN, CHOSEN

#: Where the nouns of a form stand in its address, the fields that are typed, and what is pressed beside.
#: A day is never one, so the form is refused also where everything else would do.
FORMS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "/viec/{code}/tra-loi": (("noi-dung", "ty-le", "so-lieu"), {"vai": "chu-tri", "viec": "progress"}),
    "/viec/{code}/gia-han": (
        ("ly-do", "ngay", "tu-cach"), {"vai": "van-phong", "viec": "extension_countered"},
    ),
    "/viec/{code}/phoi-hop": (
        ("ly-do-phoi-hop", "noi-dung", "ngay"), {"vai": "van-phong", "viec": "asked", "don-vi": "stc"},
    ),
    "/viec/{code}/dinh-chinh": (
        ("phoi-hop-moi", "noi-dung-moi", "thoi-han-moi", "ly-do-dinh-chinh"), {"version": "9"},
    ),
    "/viec/{code}/don-doc": (("y-kien-don-doc",), {}),
    "/viec/{code}/vuot-tham-quyen": (
        ("missing_authority", "basis", "tried", "opinions", "options", "recommendation", "needed_by"),
        {"vai": "chu-tri"},
    ),
    "/chuyen-giao": (("can-cu", "ly-do", "nguoi-lap"), {"tu": "stc", "den": "sct", "muc": "x"}),
    "/van-ban/moi": (("noi-dung", "ngay"), {}),
    "/van-ban/{document_id}": (
        ("doc.number", "doc.date", "doc.issuer", "doc.title", "1-2.lead", "1-2.due_date", "them"),
        {"version": "1", "viec": "luu"},
    ),
    "/van-ban/dang-doc/{token}": ((), {}),
    "/van-ban/{document_id}/ve-du-thao": ((), {}),
    "/van-ban/{document_id}/bo": ((), {"version": "9"}),
    "/van-ban/{document_id}/khoi-phuc": ((), {}),
    "/van-ban/{document_id}/phat-hanh": ((), {"version": "1"}),
    "/van-ban/{document_id}/bo-sung": (
        ("cau", "chu-tri", "phoi-hop", "ngay", "vao-ngay", "ly-do"), {"version": "1", "loai-han": "date"},
    ),
    "/van-ban/{document_id}/thu-hoi": (("ly-do",), {"version": "9"}),
    "/su-kien/{event_id}/ngay": (("ngay",), {}),
    "/trinh/{case_id}/y-kien": (("noi-dung", "tu-cach", "thoi-han"), {"cach": "decide"}),
    "/trinh/{case_id}/ghi-nhan": ((), {}),
    "/thu/chua-ro/{verdict}": ((), {}),
    "/thu/dia-chi/{address_id}/thu-lai": ((), {}),
    "/thu/{message_id}/{verdict}": ((), {}),
    "/cong-van/{paper_id}/ban-hanh": (("so", "nguoi-ky", "ngay"), {}),
    "/lich-hop": (("ngay", "noi-dung"), {}),
    "/lich-hop/{typed_id}/chuyen-ngay": (("ngay-{typed_id}",), {}),
    "/lich-hop/{typed_id}/huy": ((), {}),
    "/lich-nghi/{typed_id}": (("y-kien",), {"chon": "x"}),
    "/dong-ho/xac-nhan": ((), {}),
    "/trinh/{case_id}/theo-phieu-trinh": (
        ("noi-dung", "tu-cach", "thoi-han", "so-phieu", "nguoi-ky", "ngay-ky"), {"cach": "decide"},
    ),
    "/viec/{code}/nguoi-thuc-hien": ((), {}),
    "/nguoi-dung/moi": (("ten", "thu-dien-tu", "dien-thoai"), {}),
    "/nguoi-dung/{person_id}/sua": (("ten", "thu-dien-tu", "dien-thoai"), {}),
    "/nguoi-dung/{person_id}/vi-tri": (("tu-ngay", "den-ngay"), {"vai-tro": "clerk"}),
    "/nguoi-dung/{person_id}/vi-tri/{seat_id}/ket-thuc": ((), {}),
    "/nguoi-dung/{person_id}/trang-thai": ((), {}),
    "/nguoi-dung/{person_id}/moi": ((), {}),
    "/nguoi-dung/{person_id}/go-ma-xac-thuc": ((), {}),
    "/vang-mat": (("tu-ngay", "den-ngay", "ghi-chu"), {"nguoi": "1"}),
    "/vang-mat/{absence_id}/ket-thuc": ((), {}),
    "/nhat-ky/csv": (("so", "tu-ngay", "den-ngay"), {}),
    "/dang-nhap": (("email",), {}),
    "/dang-nhap/lien-ket": ((), {}),
    "/dang-nhap/ma": ((), {}),
    "/dang-xuat": ((), {}),
    "/lien-ket": ((), {}),
    "/tai-khoan/mat-khau": ((), {}),
    "/tai-khoan/phien/khac/cham-dut": ((), {}),
    "/tai-khoan/phien/{sign_in_id}/cham-dut": ((), {}),
    "/tai-khoan/ma-xac-thuc": ((), {}),
    "/tai-khoan/ma-xac-thuc/xac-nhan": ((), {}),
    "/tai-khoan/ma-xac-thuc/bo": ((), {}),
}  # fmt: skip
WRITTEN = {path: form for path, form in FORMS.items() if form[0]}
_NOUN = re.compile(r"\{\w+\}")


def filled(engine: Engine, office: Office) -> None:
    """A row of each noun, all waiting."""
    fill(engine, office)
    with unit_of_work(engine) as session:
        session.add(Meeting(id=1, held_on=NOW.date().replace(day=27), title="Họp", entered_at=NOW))
        task = session.get_one(Task, 1)
        task.urged, task.last_urged_on = 1, NOW.date()  # today, so it cannot be again
        session.scalars(sa.select(RecountedDeadline)).one().old_due_on = task.due_on or NOW.date()


def ended(engine: Engine, office: Office) -> None:
    """The same, and everything is over."""
    filled(engine, office)
    change(engine, Task, 1, status=TaskStatus.WITHDRAWN)
    change(engine, EscalationCase, 1, state=CaseState.LAPSED)
    change(engine, UrgingPaper, 1, issued_on=NOW.date(), number="1", signed_by="Chánh Văn phòng")
    change(engine, Document, 1, state=DocumentState.RECALLED)
    change(engine, Meeting, 1, cancelled_at=NOW)
    with unit_of_work(engine) as session:
        session.execute(sa.update(RecountedDeadline).values(outcome=Recount.KEPT))
        session.execute(sa.update(TaskCooperation).values(state=CooperationState.RELEASED))


@pytest.fixture(params=[filled, ended])
def pages(request: pytest.FixtureRequest, busy: Engine, office: Office) -> Iterator[TestClient]:
    """An office with a row of each noun: at work, and with all of it over."""
    fills: Callable[[Engine, Office], None] = request.param
    fills(busy, office)
    with opened(busy, office) as client:
        yield client


def test_every_form_is_tried() -> None:
    names = [one.name for one in walk_packages(pages_of_ours.__path__, "web.pages.")]
    routers = [getattr(import_module(name), "router", None) for name in names]
    routes = [route for router in routers if router is not None for route in router.routes]
    assert {one.path for one in routes if "POST" in one.methods} == set(FORMS)


def typed_into(path: str, noun: str) -> dict[str, str]:
    return {_NOUN.sub(noun, name): f"Nhập <{name}> & «{noun}»" for name in FORMS[path][0]}


def nouns_of(path: str) -> tuple[str, ...]:
    if "{" not in path:
        return ("",)
    return ("GN-0001", "GN-0099", "x") if "{code}" in path else ("1", "99", "x")


def test_a_refused_form_shows_what_was_typed(pages: TestClient) -> None:
    for path, (_, pressed) in WRITTEN.items():
        for noun in nouns_of(path):
            typed = typed_into(path, noun)
            answered = pages.post(_NOUN.sub(noun, path), data={**pressed, **typed})
            shown = answered.text
            assert answered.status_code in (404, 409, 422), (path, noun)
            lost = [
                text
                for text in typed.values()
                if escape(text, quote=False) not in shown.replace("&#34;", '"')
            ]
            assert not lost, (path, noun)
            assert "<chu-tri>" not in shown, (path, noun)


def test_an_opinion_stays_in_its_own_field(busy: Engine, office: Office) -> None:
    filled(busy, office)
    with opened(busy, office) as client:
        for back in ({}, {"ve": "GN-0001"}):
            for wrong, status in (
                ({"chon": "x", "y-kien": "Giữ"}, 422),
                ({"chon": "giu-ngay-cu", "y-kien": "dài " * 1100}, 409),
            ):
                page = client.post("/lich-nghi/1", data={**wrong, **back})
                assert page.status_code == status
                assert f'name="y-kien" value="{wrong["y-kien"].strip()}"' in page.text
                assert "chưa được ghi" not in page.text
                assert ("Diễn biến" in page.text) is bool(back)


def test_a_draft_that_was_issued_meanwhile_shows_only_what_is_new(at_work: TestClient, busy: Engine) -> None:
    data = {"version": "1", "viec": "luu", "doc.number": "431/TB-UBND", "doc.title": "Trích yếu mới"}
    page = at_work.post("/van-ban/1", data=data)
    assert page.status_code == 409
    unsaved = page.text.partition("chưa được ghi</h2>")[2].partition("</section>")[0]
    assert "Trích yếu mới" in unsaved
    assert "431/TB-UBND" not in unsaved


def fields(kind: str) -> set[str]:
    """Last parts of the names of such fields, in all templates."""
    found = set()
    for path in Path(TEMPLATES).rglob("*.j2"):
        for tag in re.findall(kind, path.read_text(encoding="utf-8")):
            name = re.search(r' name="([^"]+)"', tag)
            if name:
                found.add(name[1].rpartition(".")[2])
    return found


def test_what_is_pressed_is_told_from_what_is_typed() -> None:
    pressed = fields(r'<button[^>]*>|<select[^>]*>|<input[^>]*type="(?:hidden|checkbox|radio)"[^>]*>')
    searched = {"han", "da-bo"}  # of forms that only look
    pressed = {name for name in pressed if not name.endswith(BEGAN)}
    assert pressed - CHOSEN - searched == {"ngay", "{{ name }}"}  # of the clock; of the bodies of a hand-over
    typed = fields(r"<textarea[^>]*>|<input(?![^>]*type=)[^>]*>")
    texts = {name for form in FORMS.values() for name in form[0]}
    assert not (typed | {name.rpartition(".")[2] for name in texts}) & CHOSEN
