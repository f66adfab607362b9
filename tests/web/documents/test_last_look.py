"""The last look on the pages: shown before anything is published, and published as it was shown."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import by_clock
from config.office import Office
from flows.actions.documents.intake import save_draft, stored_draft
from flows.actions.follow_up.issue_due import issue_due
from flows.actions.installation.instant import advance
from models.db import reading, unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.documents import Document
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task
from rules.draft import Doubt, Draft
from rules.vocabulary import Actor
from tests.cast import act, at, rows
from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.pressed import look_form, publish
from tests.web.sample import CONCLUSION

DOUBT = Doubt("due", "Thời hạn rơi vào ngày nghỉ, cần kiểm tra.")


def begin(client: TestClient, wish: str = "phat-hanh", text: str = CONCLUSION) -> tuple[str, str]:
    """A draft on its last look; its address and the page."""
    address = hand_in(client, text)
    answered = client.post(address, data={**Sheet(client.get(address).text), "viec": wish})
    assert answered.url.path == f"{address}/phat-hanh"
    return address, answered.text


def change_draft(engine: Engine, doubts: tuple[Doubt, ...] = (), **document: Any) -> None:
    """Somebody else corrects the stored draft; only directives without a day are left, if its date moves."""
    with reading(engine) as session:
        found, draft = stored_draft(session, 1)
    kept = draft.directives[2:4] if "date" in document else draft.directives
    changed = Draft(replace(draft.document, **document), kept, doubts, draft.statements)
    save_draft(engine, 1, found.version, changed, act(Actor.SECRETARIAT, at("2022-08-30")))


def test_it_is_shown_before_anything_is_published(client: TestClient, registered: Engine) -> None:
    address, page = begin(client)
    assert rows(registered, Task) == []
    assert "15 nhiệm vụ</strong> cho 15 cơ quan" in page
    for words in ("Quay lại sửa", "chậm nhất ngày 12/12/2022", "(đã qua)", "Hằng tháng, ngày 25".lower()):
        assert words in page, words
    assert "Thứ Hai, 05/12/2022, trước ngày phát hành 14 ngày" in page
    letters = re.search(r"<strong>(\d+) thư</strong>", page)
    answered = client.post(f"{address}/phat-hanh", data=look_form(page))
    assert answered.url.path == address
    assert letters
    assert len(rows(registered, OutboxLetter)) == int(letters[1])
    again = client.get(f"{address}/phat-hanh")  # nothing is left to look at
    assert again.url.path == address


def test_an_open_doubt_blocks_until_it_is_ticked(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    change_draft(registered, (DOUBT,))
    refused = publish(client, address, Sheet(client.get(address).text), confirm=False)
    assert refused.status_code == 422
    assert "còn điều chưa được xác nhận" in refused.text
    assert refused.text.count(DOUBT.message) == 2  # above, with a link, and where it is ticked
    assert rows(registered, Task) == []
    done = client.post(f"{address}/phat-hanh", data=look_form(refused.text))
    assert "Đã phát hành" in done.text
    [document] = rows(registered, Document)
    assert len(document.confirmed) == 1


def test_what_is_ticked_stays_ticked(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    change_draft(registered, (DOUBT,), date=date(2023, 12, 5))
    page = client.get(f"{address}/phat-hanh").text
    assert "Ngày ban hành 05/12/2023 ở sau ngày phát hành 19/12/2022 tới 351 ngày." in page
    form = look_form(page)
    form["xac-nhan"] = [key for key in form["xac-nhan"] if key.startswith("date:")]
    refused = client.post(f"{address}/phat-hanh", data=form)
    assert refused.status_code == 422
    assert 'value="date:2023-12-05" checked' in refused.text
    assert rows(registered, Task) == []


@pytest.mark.parametrize("wish", ["phat-hanh", "hen"])
def test_what_was_corrected_meanwhile_is_looked_at_again(
    client: TestClient, registered: Engine, wish: str
) -> None:
    address, page = begin(client, wish)
    change_draft(registered, number="9/TB-UBND")
    answered = client.post(f"{address}/phat-hanh", data=look_form(page))
    assert answered.status_code == 409
    assert "đã thay đổi" in answered.text
    assert "9/TB-UBND" in answered.text
    assert rows(registered, Task) == []
    assert client.post(f"{address}/phat-hanh", data=look_form(answered.text)).status_code == 200


def test_a_register_that_changed_meanwhile_is_looked_at_again(client: TestClient, registered: Engine) -> None:
    address, page = begin(client)
    with unit_of_work(registered) as session:
        session.execute(sa.update(ContactAddress).values(withdrawn=True))
    answered = client.post(f"{address}/phat-hanh", data=look_form(page))
    assert answered.status_code == 409
    assert "chưa có địa chỉ nhận thư" in answered.text
    assert rows(registered, Task) == []


def test_a_page_left_open_overnight_is_looked_at_again(client: TestClient, registered: Engine) -> None:
    address, page = begin(client)
    advance(registered, at("2022-12-20", "09:00"))
    assert client.post(f"{address}/phat-hanh", data=look_form(page)).status_code == 409


def test_two_people_press_and_one_publishes(client: TestClient, registered: Engine) -> None:
    address, page = begin(client)
    assert client.post(f"{address}/phat-hanh", data=look_form(page)).status_code == 200
    second = client.post(f"{address}/phat-hanh", data=look_form(page))
    assert second.status_code == 409
    assert "đã được phát hành" in second.text
    assert len(rows(registered, Task)) == 15


def test_an_issue_that_is_set_is_looked_at_too(client: TestClient, registered: Engine) -> None:
    address, page = begin(client, "hen")
    assert "tự động lúc 07:30, 20/12/2022" in page
    assert ">Hẹn phát hành</button>" in page
    answered = client.post(f"{address}/phat-hanh", data=look_form(page))
    assert "Sẽ tự phát hành lúc 07:30, 20/12/2022" in answered.text


def test_a_document_that_will_not_issue_itself_says_why(
    client: TestClient, registered: Engine, office: Office
) -> None:
    address, page = begin(client, "hen")
    client.post(f"{address}/phat-hanh", data=look_form(page))
    change_draft(registered, date=date(2023, 12, 5))
    page = client.get(address).text
    assert "sẽ không tự phát hành được" in page
    assert issue_due(registered, by_clock(at("2022-12-20", "08:00"), office)).issued == ()


@pytest.mark.parametrize("key", ["99", "x", "9" * 30])
def test_of_a_document_that_is_not(client: TestClient, key: str) -> None:
    assert client.get(f"/van-ban/{key}/phat-hanh").status_code == 404
    assert client.post(f"/van-ban/{key}/phat-hanh", data={}).status_code == 404


def test_a_draft_that_cannot_be_published_is_shown_with_its_reasons(client: TestClient) -> None:
    address = hand_in(client)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(2, "lead")] = [""]
    client.post(address, data={**sheet, "viec": "luu"})
    answered = client.get(f"{address}/phat-hanh")
    assert answered.status_code == 422
    assert "Chỉ đạo số 2" in answered.text
    assert "chưa có cơ quan chủ trì" in answered.text
