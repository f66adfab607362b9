"""What else gives no task stands folded under the doubtful sentences, also after the draft was saved."""

import re
from html import unescape

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.sample import CONCLUSION


def listed(page: str) -> dict[str, str]:
    """The pieces of the folded list with their reasons."""
    folded = re.search(r'<details[^>]*id="khong-giao-viec">(.*?)</details>', page, re.S)
    assert folded, "no list"
    assert " open" not in page[folded.start() : folded.start() + 60]
    found = re.findall(r"<li>(.*?) <small>(.*?)</small></li>", folded[1], re.S)
    assert f"{len(found)} đoạn khác không thành nhiệm vụ" in folded[1]
    return {" ".join(unescape(words).split()): unescape(reason) for words, reason in found}


def test_it_is_listed_with_reasons_and_kept(client: TestClient, registered: Engine) -> None:
    address = hand_in(client, f"{CONCLUSION.rstrip()}\nNơi nhận:\n- Như trên;\n- Lưu: VT <b>x</b>.\n")
    page = client.get(address).text
    before = listed(page)
    assert "Nơi nhận: - Như trên; - Lưu: VT <b>x</b>." in before
    assert any(reason.startswith("Phần đầu văn bản") for reason in before.values())
    saved = client.post(address, data={**Sheet(page), "viec": "luu"})
    assert listed(saved.text) == before
    sheet = Sheet(page)
    sheet["version"] = ["1"]
    sheet[sheet.of(1, "dropped")] = ["on"]
    dropped = client.post(address, data={**sheet, "viec": "luu"})
    assert "Văn phòng xác định không phải nhiệm vụ" in listed(dropped.text).values()
