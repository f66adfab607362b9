"""Matters beyond authority: answered, passed up, refused, acknowledged."""

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import reading
from models.tables.cases import EscalationCase
from rules.vocabulary import CaseState
from tests.web.sample import seat
from tests.web.tasks.test_tasks import GATE

LEAD = seat("chu-tri", "GN-0003")


@pytest.fixture
def raised(at_work: TestClient) -> TestClient:
    """The office with one case, on its first rung."""
    at_work.post("/viec/GN-0003/vuot-tham-quyen", data={**LEAD, **GATE, "needed_by": "30/12/2022"})
    return at_work


def pass_up(client: TestClient) -> str:
    return client.post(
        "/trinh/1/y-kien", data={"cach": "pass_up", "noi-dung": "Vượt quyền của Thường trực"}
    ).text


def test_nothing_waits(at_work: TestClient) -> None:
    assert "Không có việc nào đang chờ" in at_work.get("/trinh").text


def test_the_list_and_the_case(raised: TestClient) -> None:
    page = raised.get("/trinh").text
    for words in (
        "Đang chờ ý kiến (1)",
        "GN-0003",
        "Cơ quan thường trực Ban Chỉ đạo",
        "22/12/2022",
        "30/12/2022",
    ):
        assert words in page
    case = raised.get("/trinh/1").text
    for text in GATE.values():
        assert text in case
    assert "Trả lại vì thuộc thẩm quyền" in case
    assert 'value="decide"' not in case  # the standing agency proposes, it does not decide
    assert "<strong>1</strong>" in raised.get("/viec").text.split("Đang trình cấp trên")[0]


def test_up_decided_and_acknowledged(raised: TestClient, busy: Engine) -> None:
    assert "Đã chuyển lên cấp trên" in pass_up(raised)
    form = {
        "cach": "decide",
        "noi-dung": "Bổ sung 5 tỷ đồng.",
        "tu-cach": "Trưởng Ban Chỉ đạo",
        "thoi-han": "15/2/2023",
    }
    page = raised.post("/trinh/1/y-kien", data=form).text
    assert "Bổ sung 5 tỷ đồng." in page
    assert "Trưởng Ban Chỉ đạo, ngày 19/12/2022" in page
    task = raised.get("/viec/GN-0003").text
    assert "chậm nhất ngày 15/02/2023" in task
    assert "ban đầu không có thời hạn" in task
    done = raised.post("/trinh/1/ghi-nhan", data=LEAD).text
    assert "đã ghi nhận ngày 19/12/2022" in done
    with reading(busy) as session:
        case = session.get(EscalationCase, 1)
        assert case is not None
        assert case.state is CaseState.ACKNOWLEDGED
    assert raised.post("/trinh/1/ghi-nhan", data=LEAD).status_code == 409


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"noi-dung": "giữ lời này"}, 409, "Hãy chọn một cách trả lời"),
        (
            {"cach": "decide", "noi-dung": "giữ lời này", "tu-cach": "X"},
            409,
            "không thể trả lời «Quyết định»",
        ),
        ({"cach": "return", "noi-dung": ""}, 409, "Cần ghi nội dung ý kiến"),
        ({"cach": "return", "noi-dung": "giữ lời này"}, 409, "Cần ghi tư cách"),
        ({"cach": "return", "noi-dung": "giữ lời này", "tu-cach": "X", "thoi-han": "x"}, 422, "không hợp lệ"),
        (
            {"cach": "return", "noi-dung": "giữ lời này", "tu-cach": "X", "thoi-han": "1/1/2020"},
            422,
            "đã qua",
        ),
    ],
)
def test_a_refused_answer_keeps_what_was_typed(
    raised: TestClient, form: dict[str, str], status: int, words: str
) -> None:
    answered = raised.post("/trinh/1/y-kien", data=form)
    assert answered.status_code == status
    assert words in answered.text
    assert form["noi-dung"] in answered.text
    assert "Chờ ý kiến" in answered.text


@pytest.mark.parametrize("path", ["/trinh/9/y-kien", "/trinh/9/ghi-nhan", "/trinh/x/ghi-nhan"])
def test_a_case_that_is_not_there(raised: TestClient, path: str) -> None:
    form = {"cach": "return", "noi-dung": "a", "tu-cach": "b"}
    assert raised.post(path, data=form).status_code == 404
