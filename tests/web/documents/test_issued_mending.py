"""A forgotten directive is added on the page of its document, or the whole document is taken back there."""

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.tables.documents import Directive, Document
from models.tables.tasks import Task
from rules.vocabulary import DocumentState, TaskStatus
from tests.cast import rows
from tests.web.documents.test_documents import hand_in
from tests.web.sample import CONCLUSION

SENTENCE = "các cơ quan, đơn vị nghiêm túc triển khai thực hiện"
TYPED = {
    "version": "1", "cau": SENTENCE, "chu-tri": "Sở Công Thương",
    "phoi-hop": "Sở Tài chính\nSở Kế hoạch và Đầu tư",
    "loai-han": "date", "ngay": "30/12/2022", "ly-do": "Bỏ sót.",
}  # fmt: skip


def add(client: TestClient, status: int = 200, **fields: str) -> str:
    answered = client.post("/van-ban/1/bo-sung", data={**TYPED, **fields})
    assert answered.status_code == status
    return answered.text


def test_a_forgotten_sentence_is_given_out(at_work: TestClient, busy: Engine) -> None:
    page = add(at_work)
    assert "Đã bổ sung chỉ đạo" in page
    assert "Bổ sung chỉ đạo<small>09:00, 19/12/2022 · Văn phòng, Ban Thư ký · Lý do: Bỏ sót." in page
    new = rows(busy, Task)[-1]
    assert (new.agency_id, f"{new.due_on:%d/%m/%Y}") == ("sct", "30/12/2022")
    assert rows(busy, Directive)[-1].ordinal == 6
    assert 'id="chi-dao-6"' in page
    assert "nghiêm túc triển khai" in at_work.get("/viec/GN-0016").text


def test_a_sentence_is_read_before_it_is_given_out(at_work: TestClient, busy: Engine) -> None:
    """Seen red: with what was typed overwritten, and with the sentence given out at once."""
    bare = {"chu-tri": "", "phoi-hop": "", "loai-han": "none", "ngay": "", "viec": "doc"}
    words = "Giao sở y tế phối hợp với Công an tỉnh tuần tra, báo cáo trước ngày 30/12/2022."
    page = add(at_work, cau=words, **bare, **{"ngoai-nguyen-van": "on"})
    assert 'id="bo-sung" open' in page
    assert "Sở Y tế</textarea>" in page
    assert "Công an tỉnh</textarea>" in page
    assert 'value="30/12/2022"' in page
    assert '<option value="date" selected' in page
    assert "Bỏ sót.</textarea>" in page
    assert "Hãy kiểm tra cơ quan và thời hạn" in page
    page = add(
        at_work, cau=words, **{**bare, "phoi-hop": "Sở Tư pháp", "ngay": "1/1"}, **{"ngoai-nguyen-van": "on"}
    )
    assert "Sở Tư pháp</textarea>" in page
    assert 'value="1/1"' in page
    assert "Sở Y tế</textarea>" in page
    page = add(at_work, 409, cau=words, **{**bare, "viec": ""}, **{"ngoai-nguyen-van": "on"})
    assert "chưa có cơ quan chủ trì" in page  # and it is read, for the next try
    assert "Sở Y tế</textarea>" in page
    page = add(at_work, 409, cau="", **bare)
    assert "Chưa ghi câu chỉ đạo." in page
    assert len(rows(busy, Task)) == 15


def test_words_that_are_a_directive_already_are_asked_about(at_work: TestClient, busy: Engine) -> None:
    words = "rà soát các hợp tác xã ngừng hoạt động"
    for status, more in ((409, {}), (200, {"viec": "doc"})):
        page = add(at_work, status, cau=words, **more)
        assert "Câu này trùng với chỉ đạo đã có" in page
        assert 'name="xac-nhan" value="trung"' in page
        assert "Sở Công Thương</textarea>" in page
        assert len(rows(busy, Task)) == 15
    page = add(at_work, cau=words, **{"xac-nhan": "trung"})
    assert "Đã bổ sung chỉ đạo" in page
    assert len(rows(busy, Task)) == 16


def test_words_that_the_text_has_not_are_asked_about(at_work: TestClient, busy: Engine) -> None:
    words = "Kiểm tra việc <i>giải ngân</i>."
    page = add(at_work, 409, cau=words)
    assert "Không tìm thấy đúng câu này trong nguyên văn" in page
    page = add(at_work, cau=words, **{"ngoai-nguyen-van": "on"})
    assert "bổ sung ngoài nguyên văn" in page
    page = at_work.get("/viec/GN-0016").text
    assert "Kiểm tra việc &lt;i&gt;giải ngân&lt;/i&gt;." in page
    assert "không có trong nguyên văn đã đưa vào hệ thống" in page


def test_what_is_refused_keeps_what_was_typed(at_work: TestClient, busy: Engine) -> None:
    for wrong, words in (
        ({"cau": ""}, "Chưa ghi câu chỉ đạo."),
        ({"chu-tri": "Sở Không Có"}, "Không có cơ quan nào tên «Sở Không Có»"),
        ({"chu-tri": ""}, "chưa có cơ quan chủ trì"),
        ({"ngay": "32/12/2022"}, "không hợp lệ"),
        ({"loai-han": "recurring", "chu-ky": ""}, "cần chọn chu kỳ"),
        ({"loai-han": "none", "ngay": "22/12/2022"}, "ô «Thời hạn» đang là «Không thời hạn»"),
        ({"loai-han": "none", "ngay": "", "chu-ky": "monthly"}, "hãy chọn lại loại thời hạn"),
        ({"ly-do": ""}, "«Bổ sung chỉ đạo» cần ghi nội dung"),
        ({"version": "9"}, "vừa được người khác bổ sung"),
    ):
        page = add(at_work, 409, **wrong)
        assert words in page
        assert 'id="bo-sung" open' in page
        assert "Sở Kế hoạch và Đầu tư</textarea>" in page
    assert len(rows(busy, Task)) == 15


def test_a_recall_says_first_what_it_would_do(at_work: TestClient, busy: Engine) -> None:
    assert 'href="/van-ban/1/thu-hoi"' in at_work.get("/van-ban/1").text
    page = at_work.get("/van-ban/1/thu-hoi").text
    assert "<strong>15 nhiệm vụ</strong> chưa kết thúc sẽ được hủy" in page
    assert "cơ quan</strong> mỗi cơ quan nhận một thư thu hồi" in page
    assert "hủy 15 nhiệm vụ</button>" in page
    assert {one.status for one in rows(busy, Task)} == {TaskStatus.ASSIGNED}
    refused = at_work.post("/van-ban/1/thu-hoi", data={"version": "1", "ly-do": " "})
    assert refused.status_code == 409
    assert "«Thu hồi» cần ghi nội dung" in refused.text
    late = at_work.post("/van-ban/1/thu-hoi", data={"version": "0", "ly-do": "Nhầm bản."})
    assert late.status_code == 409
    assert "Nhầm bản.</textarea>" in late.text


def test_and_then_it_is_taken_back(at_work: TestClient, busy: Engine) -> None:
    page = at_work.post("/van-ban/1/thu-hoi", data={"version": "1", "ly-do": "Nhầm bản."}).text
    assert "Đã thu hồi văn bản" in page
    assert "Thu hồi<small>09:00, 19/12/2022 · Văn phòng, Ban Thư ký · Lý do: Nhầm bản." in page
    assert "Sửa sau phát hành" not in page
    assert {one.status for one in rows(busy, Task)} == {TaskStatus.WITHDRAWN}
    assert rows(busy, Document)[0].state is DocumentState.RECALLED
    assert "Văn bản giao nhiệm vụ này đã được thu hồi." in at_work.get("/viec/GN-0001").text
    assert "Đã thu hồi" in at_work.get("/van-ban").text
    assert "Văn bản đã được thu hồi." in at_work.get("/van-ban/1/thu-hoi").text
    again = at_work.post("/van-ban/1/thu-hoi", data={"version": "2", "ly-do": "Nữa."})
    assert again.status_code == 409
    assert add(at_work, 409, version="2")
    assert hand_in(at_work, CONCLUSION) == "/van-ban/2"


def test_of_a_document_that_is_not(at_work: TestClient) -> None:
    for key in ("99", "x", "9" * 30):
        assert at_work.get(f"/van-ban/{key}/thu-hoi").status_code == 404
        for place in ("thu-hoi", "bo-sung"):
            assert at_work.post(f"/van-ban/{key}/{place}", data={"ly-do": "x"}).status_code == 404
