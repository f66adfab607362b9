"""A document made ready is taken back from its page."""

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import by_clock
from config.office import Office
from flows.actions.follow_up.issue_due import issue_due
from tests.cast import at
from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.pressed import publish

BUTTON = "Đưa về dự thảo, không tự phát hành"


def make_ready(client: TestClient) -> str:
    address = hand_in(client)
    publish(client, address, Sheet(client.get(address).text), "hen")
    return address


def test_from_its_page(client: TestClient, registered: Engine, office: Office) -> None:
    address = make_ready(client)
    page = client.get(address).text
    assert f'action="{address}/ve-du-thao"' in page
    assert BUTTON in page
    assert "Hẹn phát hành vào 07:30, 20/12/2022" in page
    back = client.post(f"{address}/ve-du-thao")
    assert back.url.path == address
    assert "Đã đưa văn bản về dự thảo" in back.text
    assert BUTTON not in back.text
    assert "Đưa về dự thảo<small>09:00, 19/12/2022 · Văn phòng, Ban Thư ký" in back.text
    assert issue_due(registered, by_clock(at("2022-12-20", "08:00"), office)).issued == ()
    again = client.post(f"{address}/ve-du-thao")
    assert again.status_code == 409
    assert "đang là dự thảo, chưa hẹn phát hành" in again.text


def test_too_late(client: TestClient, registered: Engine, office: Office) -> None:
    address = make_ready(client)
    issue_due(registered, by_clock(at("2022-12-20", "08:00"), office))
    late = client.post(f"{address}/ve-du-thao")
    assert late.status_code == 409
    assert "đã được phát hành lúc 08:00 ngày 20/12/2022 nên không đưa về dự thảo được nữa" in late.text
    assert "Phát hành<small>08:00, 20/12/2022 · Hệ thống" in late.text


def test_of_a_document_that_is_not(client: TestClient) -> None:
    for key in ("99", "x", "9" * 30):
        assert client.post(f"/van-ban/{key}/ve-du-thao").status_code == 404
