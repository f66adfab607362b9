"""An issued task is put right, urged and opened again from its page."""

import re
from datetime import date

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.outbox import OutboxLetter
from rules.letter_words import LetterKind
from rules.vocabulary import TaskStatus
from tests.cast import rows, task

PAGE = "/viec/GN-0002?vai=van-phong"
TEXTS = r'<textarea id="([^"]+)"[^>]*>([^<]*)</textarea>'
FIELDS = r'<input id="(thoi-han-moi)"[^>]*value="([^"]*)"'
SELECTED = r'<select id="chu-tri-moi".*?<option value="([^"]+)" selected>'


def sheet(page: str) -> dict[str, str]:
    """The form as it stands on the page."""
    found = dict(re.findall(TEXTS, page)) | dict(re.findall(FIELDS, page))
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    [lead] = re.findall(SELECTED, page, re.S)
    names = ("phoi-hop-moi", "noi-dung-moi", "thoi-han-moi")
    return {name: found[name] for name in names} | {"version": version, "chu-tri-moi": lead}


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
        at_work.post("/viec/GN-0002/tra-loi", data={"vai": role, "viec": word, "noi-dung": "Xong."})
    urged = at_work.post("/viec/GN-0002/don-doc", data={"y-kien-don-doc": "Báo cáo ngay."})
    corrected = at_work.post("/viec/GN-0002/dinh-chinh", data=typed)
    assert (urged.status_code, corrected.status_code) == (409, 409)
    assert "Báo cáo ngay." in urged.text
    assert "Đọc nhầm ngày." in corrected.text
    assert task(busy, 2).urged == 0


def test_a_mistaken_confirmation_is_taken_back(at_work: TestClient, busy: Engine) -> None:
    for role, word in (("chu-tri", "submitted"), ("van-phong", "confirmed")):
        at_work.post("/viec/GN-0002/tra-loi", data={"vai": role, "viec": word, "noi-dung": "Xong."})
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
