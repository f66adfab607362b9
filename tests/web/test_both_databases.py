"""Every page on SQLite and on PostgreSQL: their SQL differs where ours must not."""

from sqlalchemy.engine import Engine

from config.agencies import load_register
from config.office import Office
from flows.actions.installation.instant import advance
from flows.actions.people.import_register import import_register
from tests.web.conftest import NOW, issue_sample, opened
from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.sample import PRESS, seat
from tests.web.tasks.test_tasks import GATE


def test_every_page_on_both(engine: Engine, office: Office) -> None:
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, office)
    with opened(engine, office) as client:
        client.post("/viec/GN-0003/vuot-tham-quyen", data={**seat("chu-tri", "GN-0003"), **GATE})
        client.post("/lich-hop", data={"ngay": "22/12/2022", "noi-dung": "Họp"})
        address = hand_in(client, PRESS)
        assert (
            client.post(address, data={**Sheet(client.get(address).text), "viec": "luu"}).status_code == 200
        )
        for path in (
            "/viec", "/viec?tim=von dieu le&han=khong-thoi-han", "/viec/GN-0003", "/van-ban", "/van-ban/1",
            address, "/trinh", "/trinh/1", "/thu", "/thu?trang-thai=failed", "/bao-cao",
            "/lich-hop", "/cong-van", "/su-kien",
        ):  # fmt: skip
            assert client.get(path).status_code == 200, path
