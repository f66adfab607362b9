"""What a person drops stays on the page, as the mark of its sentence."""

import re

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import reading
from models.tables.documents import Document
from models.tables.learned import ReadingCorrection
from rules.vocabulary import CorrectionField
from tests.cast import rows
from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.pressed import publish

BY_HAND = 'title="Văn phòng xác định không phải nhiệm vụ">Văn phòng: không phải nhiệm vụ</span>'


def statements(engine: Engine) -> list[dict[str, object]]:
    with reading(engine) as session:
        document = session.get(Document, 1)
        assert document is not None
        return list(document.draft["statements"])


def test_a_save_keeps_the_account_of_the_text(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    before = statements(registered)
    assert before
    client.post(address, data={**Sheet(client.get(address).text), "viec": "luu"})
    assert statements(registered) == before


def test_what_is_no_task_is_marked_in_the_text_and_logged_at_issue(
    client: TestClient, registered: Engine
) -> None:
    address = hand_in(client)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(3, "dropped")] = ["on"]
    page = client.post(address, data={**sheet, "viec": "luu"}).text
    assert page.count(BY_HAND) == 1
    assert re.search(re.escape(BY_HAND) + r"3\. Sở Tài chính tham mưu", page)
    assert [one["mark"] for one in statements(registered) if one["read_by"] == "secretariat"] == ["no_task"]
    issued = publish(client, address, Sheet(page))
    assert "Đã phát hành" in issued.text
    logged = [(row.ordinal, row.field) for row in rows(registered, ReadingCorrection)]
    assert logged == [(3, CorrectionField.DROPPED)]


def test_a_sentence_taken_in_after_all_loses_its_mark(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    sheet = Sheet(client.get(address).text)
    key = sheet.keys_in_order[2]
    sheet[sheet.of(3, "dropped")] = ["on"]
    page = client.post(address, data={**sheet, "viec": "luu"}).text
    sentence = "Sở Tài chính tham mưu phương án bổ sung vốn điều lệ"
    page = client.post(address, data={**Sheet(page), "viec": "luu", "them": sentence}).text
    assert BY_HAND not in page
    assert key not in Sheet(page).keys_in_order
    assert {one["mark"] for one in statements(registered) if one["read_by"] == "secretariat"} == {"directive"}
