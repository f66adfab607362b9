"""A draft is put away and brought back on its page; a file that is handed in again is known."""

import re

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from tests.web.documents.test_documents import NEW, Sheet, documents, hand_in
from tests.web.pressed import publish
from tests.web.sample import CONCLUSION, PRESS


def put_away(client: TestClient, address: str) -> str:
    version = Sheet(client.get(address).text)["version"][0]
    return client.post(f"{address}/bo", data={"version": version}).text


def test_a_draft_is_put_away_and_brought_back(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    sheet = Sheet(client.get(address).text)
    gone = put_away(client, address)
    assert "Đã bỏ dự thảo; vẫn khôi phục được" in gone
    assert f'action="{address}/khoi-phuc"' in gone
    assert "Giao Sở" in gone
    assert address not in re.sub(r"<link[^>]*>", "", client.get("/van-ban").text)
    assert "Dự thảo đã bỏ (1)" in client.get("/van-ban").text
    assert f'href="{address}"' in client.get("/van-ban?da-bo=1").text
    late = client.post(address, data={**sheet, "doc.title": "Tiêu đề vừa gõ", "viec": "luu"})
    assert late.status_code == 409
    assert "Tiêu đề vừa gõ" in late.text
    assert "đã bỏ nên không sửa được" in late.text
    assert client.get(f"{address}/phat-hanh?viec=phat-hanh").url.path == address
    back = client.post(f"{address}/khoi-phuc").text
    assert "Đã khôi phục dự thảo." in back
    assert '<form id="du-thao"' in back
    assert "Dự thảo đã bỏ" not in client.get("/van-ban").text
    assert client.post(f"{address}/khoi-phuc").status_code == 409


def test_what_somebody_changed_or_issued_is_not_put_away(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    old = client.post(f"{address}/bo", data={"version": "7"})
    assert old.status_code == 409
    assert "vừa được người khác sửa" in old.text
    publish(client, address, Sheet(client.get(address).text))
    assert "Bỏ dự thảo này" not in client.get(address).text
    late = client.post(f"{address}/bo", data={"version": "1"})
    assert late.status_code == 409
    assert "đã được phát hành nên không bỏ được" in late.text
    for place in ("bo", "khoi-phuc"):
        assert client.post(f"/van-ban/99/{place}", data={"version": "0"}).status_code == 404


def test_a_file_that_is_handed_in_again_is_known(client: TestClient, registered: Engine) -> None:
    first = client.post(NEW, files={"tep": ("a.txt", CONCLUSION.encode())}).url.path
    again = client.post(NEW, data={"ngay": "05/12/2022"}, files={"tep": ("khac.txt", CONCLUSION.encode())})
    assert (again.status_code, documents(registered)) == (409, 1)
    assert f'<a href="{first}">Dự thảo số 1</a>' in again.text
    assert 'value="05/12/2022"' in again.text
    held = re.findall(r'name="giu" value="([^"]+)"', again.text)
    assert len(held) == 1, "the file need not be chosen again"
    on = client.post(NEW, data={"giu": held, "ngay": "05/12/2022", "viec": "van-doc"})
    assert (on.status_code, on.url.path, documents(registered)) == (200, "/van-ban/2", 2)
    other = client.post(NEW, files={"tep": ("a.txt", PRESS.encode())})
    assert (other.status_code, documents(registered)) == (200, 3)


def test_what_was_pasted_and_issued_is_known_too(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    publish(client, address, Sheet(client.get(address).text))
    again = client.post(NEW, data={"noi-dung": CONCLUSION})
    assert again.status_code == 409
    assert f'<a href="{address}">Văn bản số 1</a>' in again.text
    assert "Đã phát hành" in again.text
    assert "Nội dung này đã được đưa vào" in again.text
    assert "kết luận" in re.findall(r"<textarea[^>]*>(.*?)</textarea>", again.text, re.S)[0]
