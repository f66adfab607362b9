"""An issued task is put right, urged and opened again from its page."""

import re
from datetime import date

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.tables.outbox import OutboxLetter
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import TaskStatus
from tests.cast import rows, task
from tests.web.sample import seat

PAGE = "/viec/GN-0002?vai=van-phong"
TEXTS = r'<textarea id="([^"]+)"[^>]*>([^<]*)</textarea>'
FIELDS = r'<input id="(thoi-han-moi)"[^>]*value="([^"]*)"'
BEGAN = r'<input type="hidden" name="([a-z-]+-cu)" value="([^"]*)">'
SELECTED = r'<select id="chu-tri-moi".*?<option value="([^"]+)" selected>'


def sheet(page: str) -> dict[str, str]:
    """The form as it stands on the page."""
    found = dict(re.findall(TEXTS, page)) | dict(re.findall(FIELDS, page))
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    [lead] = re.findall(SELECTED, page, re.S)
    names = ("phoi-hop-moi", "noi-dung-moi", "thoi-han-moi")
    fields = {name: found[name] for name in names} | {"version": version, "chu-tri-moi": lead}
    return fields | dict(re.findall(BEGAN, page))


def put_right(client: TestClient, status: int = 200, **fields: str) -> str:
    typed = {**sheet(client.get(PAGE).text), "ly-do-dinh-chinh": "Đọc nhầm ngày."}
    typed |= {name.replace("_", "-"): value for name, value in fields.items()}
    answered = client.post("/viec/GN-0002/dinh-chinh", data=typed)
    assert answered.status_code == status, re.findall(r"<strong>([^<]*)", answered.text)[:2]
    return answered.text


def test_the_form_begins_with_what_the_task_says(at_work: TestClient, busy: Engine) -> None:
    found = sheet(at_work.get(PAGE).text)
    assert found["chu-tri-moi"] == task(busy, 2).agency_id
    assert found["phoi-hop-moi"] == "Sở Công Thương"
    assert found["thoi-han-moi"] == "22/12/2022"
    assert "xây dựng vùng nguyên liệu" in found["noi-dung-moi"]
    assert "không có gì để đính chính" in put_right(at_work, 409)
    for role in ("chu-tri", "phoi-hop"):
        assert "Đính chính, sửa sau phát hành" not in at_work.get(f"/viec/GN-0002?vai={role}").text


def test_a_deadline_is_put_right(at_work: TestClient, busy: Engine) -> None:
    page = put_right(at_work, thoi_han_moi="29/12/2022")
    assert "Đã ghi đính chính" in page
    assert "thời hạn ban đầu: 22/12/2022" in page
    assert "Đã đính chính: theo văn bản là chậm nhất ngày 29/12/2022, không phải gia hạn" in page
    assert "đính chính)</span>" in page
    assert task(busy, 2).due_on == date(2022, 12, 29)
    assert "(đã gia hạn)" not in at_work.get("/viec").text
    assert "đã đính chính" in at_work.get("/van-ban/1").text


def test_words_and_partners_are_put_right(at_work: TestClient, busy: Engine) -> None:
    page = put_right(
        at_work, noi_dung_moi="Xây dựng <b>vùng</b> lúa.", phoi_hop_moi="Sở Tài chính;\nsở công thương"
    )
    assert "Nội dung đã đính chính" in page
    assert "Xây dựng &lt;b&gt;vùng&lt;/b&gt; lúa." in page
    assert "xây dựng vùng nguyên liệu" in page  # the paper's sentence stays
    told = rows(busy, OutboxLetter, OutboxLetter.kind == LetterKind.CORRECTION)
    assert sorted(row.data["role"] for row in told) == ["cooperating", "lead", "new"]


def test_another_lead_is_another_task(at_work: TestClient, busy: Engine) -> None:
    page = put_right(at_work, chu_tri_moi="stc")
    assert "<h1>GN-0016</h1>" in page
    assert task(busy, 16).agency_id == "stc"
    assert "Đã chuyển giao cho" in at_work.get("/viec/GN-0002").text


def test_what_is_refused_keeps_what_was_typed(at_work: TestClient, busy: Engine) -> None:
    typed = {"noi_dung_moi": "Lời đã gõ.", "ly_do_dinh_chinh": "Vì sao."}
    for wrong, words in (
        ({"thoi_han_moi": "31/02/2023"}, "không hợp lệ"),
        ({"phoi_hop_moi": "Sở Không Có"}, "Không rõ «Sở Không Có» là cơ quan nào"),
        ({"ly_do_dinh_chinh": ""}, "cần ghi nội dung"),
        ({"version": "7"}, "vừa được người khác cập nhật"),
    ):
        page = put_right(at_work, 409, **{**typed, **wrong})
        assert words in page
        assert "Lời đã gõ." in page
        assert 'id="dinh-chinh" open' in page
    assert task(busy, 2).version == 0


def sent(client: TestClient, form: dict[str, str], **typed: str) -> tuple[int, str]:
    """An opened form, with what somebody changed in it."""
    changed = {name.replace("_", "-"): value for name, value in typed.items()}
    answered = client.post("/viec/GN-0002/dinh-chinh", data={"ly-do-dinh-chinh": "Nhầm.", **form, **changed})
    return answered.status_code, answered.text


@pytest.mark.parametrize("slip", [{}, {"ly_do_dinh_chinh": ""}], ids=["late", "late and refused for its own"])
def test_a_second_try_undoes_nothing_that_another_has_put_right(
    at_work: TestClient, busy: Engine, slip: dict[str, str]
) -> None:
    opened = sheet(at_work.get(PAGE).text)
    put_right(at_work, thoi_han_moi="29/12/2022", phoi_hop_moi="Sở Tài chính")
    status, page = sent(at_work, opened, noi_dung_moi="Lời đã gõ.", **slip)
    again = sheet(page)
    assert (status, again["noi-dung-moi"], again["thoi-han-moi"]) == (409, "Lời đã gõ.", "29/12/2022")
    assert "Thời hạn thực hiện: người khác vừa sửa, nay là «29/12/2022»; ô này đã lấy theo đó." in page
    assert "Cơ quan phối hợp: người khác vừa sửa, nay là «Sở Tài chính»; ô này đã lấy theo đó." in page
    assert "vẫn giữ điều vừa nhập" not in page
    assert "chưa được ghi</h2>" not in page  # what nobody changed was not typed
    assert sent(at_work, again)[0] == 200
    assert (task(busy, 2).due_on, task(busy, 2).title) == (date(2022, 12, 29), "Lời đã gõ.")
    assert sheet(at_work.get(PAGE).text)["phoi-hop-moi"] == "Sở Tài chính"


@pytest.mark.parametrize("knows", [True, False], ids=["a form", "a form without its beginnings"])
def test_where_both_changed_the_same_the_person_decides(
    at_work: TestClient, busy: Engine, knows: bool
) -> None:
    opened = sheet(at_work.get(PAGE).text)
    put_right(at_work, thoi_han_moi="29/12/2022")
    form = opened if knows else {name: value for name, value in opened.items() if not name.endswith("-cu")}
    status, page = sent(at_work, form, thoi_han_moi="30/12/2022")
    assert (status, sheet(page)["thoi-han-moi"]) == (409, "30/12/2022")
    assert "nay là «29/12/2022»; ô này vẫn giữ điều vừa nhập, nếu ghi thì sẽ thay" in page
    assert task(busy, 2).due_on == date(2022, 12, 29)
    assert sent(at_work, sheet(page))[0] == 200
    assert task(busy, 2).due_on == date(2022, 12, 30)


def test_of_what_moved_beside_the_fields_no_field_speaks(at_work: TestClient, busy: Engine) -> None:
    opened = sheet(at_work.get(PAGE).text)
    at_work.post("/viec/GN-0002/don-doc", data={"y-kien-don-doc": "Báo cáo ngay."})
    status, page = sent(at_work, opened, thoi_han_moi="5-1-2023")
    assert status == 409
    assert "người khác vừa sửa, nay là" not in page
    assert sent(at_work, sheet(page))[0] == 200
    assert task(busy, 2).due_on == date(2023, 1, 5)


def test_it_is_urged_today_and_once(at_work: TestClient, busy: Engine) -> None:
    assert "Đôn đốc ngay (lần 1)" in at_work.get(PAGE).text
    page = at_work.post("/viec/GN-0002/don-doc", data={"y-kien-don-doc": "Báo cáo ngay."}).text
    assert "Đôn đốc lần 1: còn 3 ngày đến hạn (hạn 22/12/2022). Báo cáo ngay." in page
    again = at_work.post("/viec/GN-0002/don-doc", data={"y-kien-don-doc": "Lần nữa."})
    assert again.status_code == 409
    assert "mỗi ngày chỉ đôn đốc một lần" in again.text
    assert "Lần nữa." in again.text
    assert task(busy, 2).urged == 1


def test_what_was_typed_into_a_form_that_is_gone_is_shown(at_work: TestClient, busy: Engine) -> None:
    typed = {**sheet(at_work.get(PAGE).text), "ly-do-dinh-chinh": "Đọc nhầm ngày."}
    for role, word in (("chu-tri", "submitted"), ("van-phong", "confirmed")):
        done = {**seat(role, "GN-0002"), "viec": word, "noi-dung": "Xong."}
        at_work.post("/viec/GN-0002/tra-loi", data=done)
    urged = at_work.post("/viec/GN-0002/don-doc", data={"y-kien-don-doc": "Báo cáo ngay."})
    corrected = at_work.post("/viec/GN-0002/dinh-chinh", data=typed)
    assert (urged.status_code, corrected.status_code) == (409, 409)
    assert "Báo cáo ngay." in urged.text
    assert "Đọc nhầm ngày." in corrected.text
    assert task(busy, 2).urged == 0


def test_a_mistaken_confirmation_is_taken_back(at_work: TestClient, busy: Engine) -> None:
    for role, word in (("chu-tri", "submitted"), ("van-phong", "confirmed")):
        done = {**seat(role, "GN-0002"), "viec": word, "noi-dung": "Xong."}
        at_work.post("/viec/GN-0002/tra-loi", data=done)
    page = at_work.get(PAGE).text
    assert "Mở lại nhiệm vụ đã xác nhận nhầm *" in page
    assert "Đính chính, sửa sau phát hành" not in page
    post = {"vai": "van-phong", "viec": "reopened"}
    refused = at_work.post("/viec/GN-0002/tra-loi", data={**post, "noi-dung": ""})
    assert refused.status_code == 409
    assert "«Mở lại nhiệm vụ» cần ghi nội dung" in refused.text
    page = at_work.post("/viec/GN-0002/tra-loi", data={**post, "noi-dung": "Nhầm nhiệm vụ."}).text
    assert "Đã mở lại nhiệm vụ; kết quả đã báo cáo chờ xác nhận lại." in page
    assert task(busy, 2).status is TaskStatus.SUBMITTED


def test_of_a_task_that_is_not(at_work: TestClient) -> None:
    for place in ("dinh-chinh", "don-doc"):
        for code in ("GN-0999", "x"):
            assert at_work.post(f"/viec/{code}/{place}", data={}).status_code == 404


def test_a_directive_to_many_is_put_right_at_once(at_work: TestClient, busy: Engine) -> None:
    before = at_work.get("/viec/GN-0005?vai=van-phong").text
    assert "cho 10 nhiệm vụ khác của chỉ đạo này, chỗ nào" in before
    typed = {**sheet(before), "thoi-han-moi": "28/02/2023", "cung-chi-dao": "on"}
    typed["ly-do-dinh-chinh"] = "Đọc nhầm."
    assert at_work.post("/viec/GN-0005/dinh-chinh", data=typed).status_code == 200
    assert {task(busy, key).due_on for key in range(5, 16)} == {date(2023, 2, 28)}
    assert "nhiệm vụ khác của chỉ đạo này" not in at_work.get(PAGE).text


def test_of_what_recurs_the_day_is_that_of_one_occurrence(at_work: TestClient) -> None:
    assert (
        "chỉ của kỳ này, các kỳ sau vẫn theo chu kỳ đã giao"
        in at_work.get("/viec/GN-0004?vai=van-phong").text
    )
    assert "chỉ của kỳ này" not in at_work.get(PAGE).text
