"""The page of meetings; the office stands at nine o'clock on Monday 19/12/2022."""

import re
from datetime import date

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.tables.meetings import Meeting
from models.tables.outbox import DigestIssue
from tests.cast import change, dump, rows

TITLE = "Họp Ban Chỉ đạo <b>quý IV</b>"


@pytest.fixture
def planned(client: TestClient) -> TestClient:
    """With one meeting on Friday 23/12."""
    page = client.post("/lich-hop", data={"ngay": "23/12/2022", "noi-dung": TITLE})
    assert "Đã ghi cuộc họp" in page.text
    return client


def test_planned(planned: TestClient) -> None:
    page = planned.get("/lich-hop").text
    assert "Sắp tới (1)" in page
    assert "Họp Ban Chỉ đạo &lt;b&gt;quý IV&lt;/b&gt;" in page
    assert re.findall(r'class="day">([^<]+)<', page) == ["Thứ Sáu, 23/12/2022", "Thứ Năm, 22/12/2022"]
    assert "trước mỗi cuộc họp 1 ngày làm việc" in page
    assert "tạm tính" not in page
    assert "cuộc họp tới ngày 23/12/2022" in planned.get("/bao-cao").text


@pytest.mark.parametrize(
    ("day", "title", "words"),
    [
        ("", "Họp", "Hãy ghi ngày họp."),
        ("32/12/2022", "Họp", "không hợp lệ"),
        ("18/12/2022", "Họp", "đã qua"),
        ("23/12/2099", "Họp", "hơn hai năm"),
        ("23/12/2022", " ", "nội dung cuộc họp"),
        ("23/12/2022", TITLE, "đã có cuộc họp"),
    ],
)
def test_what_was_typed_stays(
    planned: TestClient, registered: Engine, day: str, title: str, words: str
) -> None:
    before = dump(registered)
    page = planned.post("/lich-hop", data={"ngay": day, "noi-dung": title})
    assert page.status_code == 422
    assert words in page.text
    assert f'name="ngay" value="{day}"' in page.text
    shown = title.strip().replace("<", "&lt;").replace(">", "&gt;")
    assert f'name="noi-dung" value="{shown}"' in page.text
    assert dump(registered) == before


def test_moved(planned: TestClient, registered: Engine) -> None:
    page = planned.post("/lich-hop/1/chuyen-ngay", data={"ngay-1": "26/12/2022"})
    assert "Đã chuyển cuộc họp" in page.text
    assert "Thứ Sáu, 23/12/2022" in page.text  # now the day of its digest
    assert [str(row.held_on) for row in rows(registered, Meeting)] == ["2022-12-26"]
    for typed, words in (("", "ngày họp mới"), ("1/1/2020", "đã qua"), ("mai", "không hợp lệ")):
        refused = planned.post("/lich-hop/1/chuyen-ngay", data={"ngay-1": typed})
        assert refused.status_code == 422
        assert words in refused.text
        assert f'name="ngay-1" value="{typed}"' in refused.text
        assert 'name="ngay" value=""' in refused.text


def test_cancelled(planned: TestClient) -> None:
    page = planned.post("/lich-hop/1/huy")
    assert "Đã hủy cuộc họp." in page.text
    assert "Chưa có cuộc họp nào sắp tới" in page.text
    assert "lúc 09:00, 19/12/2022" in page.text
    again = planned.post("/lich-hop/1/huy")
    assert again.status_code == 409
    assert "đã hủy lúc 09:00" in again.text
    for number in ("99", "x", "9" * 30):
        assert planned.post(f"/lich-hop/{number}/huy").status_code == 404


def test_over(planned: TestClient, registered: Engine) -> None:
    change(registered, Meeting, 1, held_on=rows(registered, Meeting)[0].held_on.replace(day=16))
    page = planned.get("/lich-hop").text
    assert "Sắp tới (0)" in page
    assert "Đã họp" in page
    assert "Thứ Sáu, 16/12/2022" in page


def test_whether_its_digest_is_written(planned: TestClient, registered: Engine) -> None:
    change(registered, Meeting, 1, held_on=date(2022, 12, 19))  # today; its digest was due on Friday
    for issued_on in (date(2022, 12, 12), date(2022, 12, 19)):
        page = planned.get("/lich-hop").text
        assert "chưa lập, gửi ở lượt quét tới" in page
        assert "đã lập" not in page
        with unit_of_work(registered) as session:
            session.add(DigestIssue(issued_on=issued_on))
    page = planned.get("/lich-hop").text
    assert "đã lập ngày 19/12/2022" in page
    assert "chưa lập" not in page


def test_an_office_without_meetings(client: TestClient) -> None:
    page = client.get("/lich-hop").text
    assert "Chưa có cuộc họp nào sắp tới" in page
    assert "Đã họp, đã hủy" not in page
    assert 'href="/lich-hop"' in client.get("/bao-cao").text
