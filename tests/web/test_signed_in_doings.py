"""What who has signed in is offered, how histories name persons, what the secretariat records on paper."""

import re
from dataclasses import replace

import pytest

from flows.actions.escalation.escalate import answer_case
from models.db import reading, unit_of_work
from models.people.access.viewers import viewer_of
from models.tables.cases import EscalationCase, EscalationStep, SignedSlip
from models.tables.people import SeatRow
from models.tables.tasks import TaskEvent
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, Answer, CaseState, EventKind
from tests.cast import dump, rows
from tests.office_people import SINCE, as_person, seated
from tests.web.access_forms import AS_LEAD, EXTENSION, FORMS, OPINION, SCAN, SLIP
from tests.web.access_office import Staffed
from tests.web.conftest import NOW
from web.visitors.visitor import NOBODY, Visitor

TASK, CASE = "/viec/GN-0002", "/trinh/2"
RECORD = f"{CASE}/theo-phieu-trinh"


def seats(page: str) -> list[str]:
    nav = page.partition('<nav class="roles"')[2].partition("</nav>")[0]
    return [re.sub("<[^>]*>", "", one) for one in re.findall(r"<a [^>]*>(.*?)</a>", nav)]


def forms(page: str) -> set[str]:
    found = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', page)
    return {one for one in found if one.startswith("/")} - {"/dang-xuat"}


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("secretary", ["Văn phòng Ban Chỉ đạo"]),
        ("chair", ["Lãnh đạo Ban Chỉ đạo"]),
        ("lead", ["Sở Nông nghiệp và Phát triển nông thôn (chủ trì)"]),
        ("partner", ["Sở Công Thương (phối hợp)"]),
        ("deputy", ["Sở Nông nghiệp và Phát triển nông thôn (chủ trì) thay mặt ông/bà lead"]),
    ],
)
def test_only_the_seats_that_one_holds(staffed: Staffed, who: str, offered: list[str]) -> None:
    page = staffed.as_(who).get(TASK).text
    assert seats(page) == offered
    assert f'action="{TASK}/tra-loi"' in page or who == "partner"  # without a click


@pytest.mark.parametrize("address", ["/lich-hop", "/su-kien", "/su-kien/1", "/cong-van/1", "/lich-nghi"])
def test_forms_of_the_secretariat_are_its_own(staffed: Staffed, address: str) -> None:
    assert forms(staffed.as_("chair").get(address).text) == set()
    assert forms(staffed.as_("secretary").get(address).text) != set()


def test_the_document_offers_nothing_but_to_the_secretariat(staffed: Staffed) -> None:
    assert forms(staffed.as_("secretary").get("/van-ban/1").text) == {"/van-ban/1/bo-sung"}
    for who in ("chair", "standing", "lead", "partner"):
        page = staffed.as_(who).get("/van-ban/1").text
        assert forms(page) == set()
        assert "/thu-hoi" not in page


@pytest.mark.parametrize(
    ("who", "form"),
    [
        ("chair", {f"{CASE}/y-kien"}),
        ("secretary", {RECORD}),
        ("standing", set()),
        ("lead", set()),
    ],
)
def test_the_form_of_a_case(staffed: Staffed, who: str, form: set[str]) -> None:
    assert forms(staffed.as_(who).get(CASE).text) == form


def test_a_history_says_who_it_was(staffed: Staffed) -> None:
    report = FORMS["POST /viec/{code}/tra-loi [lead]"]
    assert staffed.as_("lead").post(f"{TASK}/tra-loi", data=report).status_code == 303
    assert staffed.as_("deputy").post(f"{TASK}/tra-loi", data=report).status_code == 303
    page = staffed.as_("secretary").get(TASK).text
    agency = "Sở Nông nghiệp và Phát triển nông thôn"
    assert f"ông/bà lead ({agency})" in page
    assert f"ông/bà deputy, được ủy quyền của ông/bà lead ({agency})" in page
    first, second = rows(staffed.engine, TaskEvent, TaskEvent.kind == EventKind.PROGRESS)
    assert second.instead_of_id == first.person_id


def test_the_leader_answers_and_is_named(staffed: Staffed) -> None:
    answer = FORMS["POST /trinh/{case_id}/y-kien [chair's rung]"]
    assert staffed.as_("chair").post(f"{CASE}/y-kien", data=answer).status_code == 303
    assert "Trưởng Ban Chỉ đạo, ông/bà chair" in staffed.as_("lead").get(CASE).text


def test_nobody_decides_on_the_own_request(staffed: Staffed) -> None:
    form = {"vai": "lanh-dao", **EXTENSION}
    refused = staffed.as_("standing").post("/viec/GN-0001/gia-han", data=form)
    assert refused.status_code == 409
    assert "không tự quyết định" in refused.text
    assert staffed.as_("chair").post("/viec/GN-0001/gia-han", data=form).status_code == 303


@pytest.mark.parametrize(
    ("body", "role", "sitting"),
    [("truong-bcd", SeatRole.CHAIR, "lanh-dao"), ("vpubnd", SeatRole.SECRETARY, "van-phong")],
)
def test_nobody_decides_in_another_seat_on_what_the_own_body_asks(
    staffed: Staffed, body: str, role: SeatRole, sitting: str
) -> None:
    """Whoever sits at the lead as well takes its request back, and says no word of the other side.

    Seen red without ``check_not_own``, and where it forbids the withdrawal too.
    """
    person = seated(staffed.engine, "Lâm Văn Hai", body, role)
    with unit_of_work(staffed.engine) as session:
        session.add(SeatRow(person_id=person, body_id="skhdt", role=SeatRole.CLERK, valid_from=SINCE))
    with reading(staffed.engine) as session:
        staffed.visitors["both"] = Visitor(viewer_of(session, person, NOW.date()), 2, "Lâm Văn Hai")
    both, address = staffed.as_("both"), "/viec/GN-0001/gia-han"
    for event in ("extension_agreed", "extension_refused", "extension_countered"):
        answer = {"vai": sitting, **EXTENSION, "viec": event, "ngay": "15/01/2023"}
        refused = both.post(address, data=answer)
        assert (refused.status_code, "không tự quyết định" in refused.text) == (409, True), event
    withdrawn = {"vai": "chu-tri", "co-quan": "skhdt", "viec": "extension_withdrawn", "de-nghi": "1"}
    if role is SeatRole.SECRETARY:  # for the lead, as it has asked on paper
        withdrawn = {"vai": sitting, "viec": "extension_withdrawn", "de-nghi": "1"}
    assert both.post(address, data=withdrawn | {"ly-do": "Rút."}).status_code == 303


def test_a_request_of_another_task_is_none_of_this_one(staffed: Staffed) -> None:
    before = dump(staffed.engine)
    form = {**AS_LEAD, "viec": "extension_withdrawn", "de-nghi": "1"}
    refused = staffed.as_("lead").post(f"{TASK}/gia-han", data=form)
    assert "không có đề nghị gia hạn đó" in refused.text
    assert dump(staffed.engine) == before


def test_of_two_who_correct_a_task_the_second_is_told(staffed: Staffed) -> None:
    form = FORMS["POST /viec/{code}/dinh-chinh"]
    assert staffed.as_("secretary").post(f"{TASK}/dinh-chinh", data=form).status_code == 303
    person = seated(staffed.engine, "Hồ Thị Yến", "vpubnd", SeatRole.SECRETARY)
    with reading(staffed.engine) as session:
        staffed.visitors["colleague"] = Visitor(viewer_of(session, person, NOW.date()), 2, "Hồ Thị Yến")
    second = {**form, "noi-dung-moi": "Nội dung thứ hai."}
    late = staffed.as_("colleague").post(f"{TASK}/dinh-chinh", data=second)
    assert late.status_code == 409
    assert "Nội dung thứ hai." in late.text
    assert "người khác vừa sửa, nay là «Nội dung khác.»" in late.text


def test_of_two_who_answer_a_case_the_second_is_told(staffed: Staffed) -> None:
    answer = FORMS["POST /trinh/{case_id}/y-kien [chair's rung]"]
    assert staffed.as_("chair").post(f"{CASE}/y-kien", data=answer).status_code == 303
    late = staffed.as_("secretary").post(RECORD, data={**OPINION, **SLIP}, files=SCAN)
    assert late.status_code == 409
    assert "Việc này đã có ý kiến ngày 19/12/2022." in late.text


def test_the_secretariat_records_a_signed_slip(staffed: Staffed) -> None:
    done = staffed.as_("secretary").post(RECORD, data={**OPINION, **SLIP}, files=SCAN)
    assert done.status_code == 303
    [slip] = rows(staffed.engine, SignedSlip, SignedSlip.case_id == 2)
    case = rows(staffed.engine, EscalationCase, EscalationCase.id == 2)[0]
    assert (case.state, case.capacity, slip.seq) == (CaseState.DECIDED, "Trưởng Ban Chỉ đạo", case.version)
    [step] = rows(staffed.engine, EscalationStep, EscalationStep.case_id == 2, EscalationStep.seq == slip.seq)
    assert step.person_id is not None
    page = staffed.as_("lead").get(CASE).text
    words = "Văn thư ghi lại theo phiếu trình số 45/PTr-VP ngày 16/12/2022, do ông/bà Nguyễn Văn An ký"
    assert f"Trưởng Ban Chỉ đạo; {words}; người ghi: ông/bà secretary" in page
    assert words in staffed.as_("lead").get("/viec/GN-0003").text
    scan = staffed.as_("lead").get(f"{CASE}/phieu-trinh/{slip.seq}")
    assert scan.content == SCAN["tep"][1]
    assert scan.headers["content-disposition"].startswith("attachment")
    told = rows(staffed.engine, TaskEvent, TaskEvent.task_id == 3, TaskEvent.kind == EventKind.DECIDED)
    assert [one.actor for one in told] == [Actor.SECRETARIAT]


def test_without_a_slip_the_secretariat_answers_nothing(staffed: Staffed) -> None:
    person = staffed.visitors["secretary"].viewer.person or 0
    office = as_person(staffed.engine, person, Actor.SECRETARIAT, "vpubnd", NOW)
    with pytest.raises(NotAllowed, match="theo phiếu trình đã ký"):
        answer_case(staffed.engine, 2, Answer.DECIDE, "Đồng ý.", replace(office, capacity="Trưởng Ban"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"so-phieu": ""}, "Chưa ghi số phiếu trình."),
        ({"so-phieu": "9" * 61}, "Số phiếu trình dài 61 ký tự, tối đa 60."),
        ({"nguoi-ky": " "}, "Chưa ghi họ tên người ký phiếu trình."),
        ({"ngay-ky": ""}, "Chưa ghi ngày ký phiếu trình."),
        ({"ngay-ky": "20/12/2022"}, "Ngày ký phiếu trình 20/12/2022 chưa tới; hôm nay là ngày 19/12/2022."),
        ({"ngay-ky": "32/12/2022"}, "32/12/2022"),
        ({"tu-cach": ""}, "Cần ghi tư cách người cho ý kiến"),
        ({"cach": ""}, "Hãy chọn một cách trả lời."),
        ({"noi-dung": ""}, "Cần ghi nội dung ý kiến."),
    ],
)
def test_what_is_missing_of_a_slip_is_named(staffed: Staffed, changed: dict[str, str], words: str) -> None:
    before, typed = dump(staffed.engine), {**OPINION, **SLIP, **changed}
    refused = staffed.as_("secretary").post(RECORD, data=typed, files=SCAN)
    assert refused.status_code in (409, 422)
    assert words in refused.text
    assert "phieu-trinh.pdf" in refused.text  # the scan is held
    assert dump(staffed.engine) == before


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Hãy kèm bản chụp phiếu trình đã ký."),
        ({"tep": ("ghi-chu.txt", "Đã ký.".encode(), "text/plain")}, "không phải bản chụp phiếu trình đã ký"),
        ({"tep": ("phieu.exe", b"MZ\x00\x01", "application/pdf")}, "không thuộc loại được nhận"),
    ],
)
def test_a_slip_has_a_scan(staffed: Staffed, files: dict[str, tuple[str, bytes, str]], words: str) -> None:
    before = dump(staffed.engine)
    refused = staffed.as_("secretary").post(RECORD, data={**OPINION, **SLIP}, files=files)
    assert refused.status_code == 409
    assert words in refused.text
    assert dump(staffed.engine) == before


def test_without_accounts_all_is_as_ever(staffed: Staffed) -> None:
    staffed.door.visitor = NOBODY
    page = staffed.browser.get(CASE).text
    assert forms(page) == {f"{CASE}/y-kien"}
    assert len(seats(staffed.browser.get(TASK).text)) == 3
