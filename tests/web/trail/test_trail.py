"""The page of the trail: in words, filtered, page by page; the file of it; and who may see it."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from config.office import Office
from models.db import unit_of_work
from models.tables.people import Person, SeatRow
from models.trail.rows import TrailRow
from models.trail.write import Noted, Signer, write
from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat, Viewer
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way
from tests.office_people import seated
from tests.web.as_person import signed_in
from tests.web.conftest import NOW, opened
from web.pages.trail import trail as page
from web.pages.trail.trail_csv import harmless
from web.visitors.visitor import VISITOR, Visitor


def put(engine: Engine, count: int = 1, said: str = "", **data: object) -> None:
    with unit_of_work(engine) as session:
        for number in range(count):
            noted = Noted(TrailWhat.PERSON, "person", number, said, data)  # type: ignore[arg-type]
            write(session, noted, NOW + timedelta(minutes=number), Signer(Actor.SECRETARIAT, Way.PAGE))


def test_an_act_is_told_in_words_with_its_page(at_work: TestClient) -> None:
    at_work.post("/lich-hop", data={"ngay": "20/01/2023", "noi-dung": "Họp quý I"})
    shown = at_work.get("/nhat-ky").text
    assert "Cuộc họp: Ghi lịch" in shown
    assert 'href="/lich-hop"' in shown
    assert "Nhiệm vụ: Giao nhiệm vụ" in shown or "Nhiệm vụ:" in shown
    assert 'href="/van-ban/1"' in shown


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("loai=person", True), ("loai=policy", False), ("doi-tuong=person&so=0", True),
        ("doi-tuong=person&so=99", False), ("tu-ngay=19/12/2022&den-ngay=19/12/2022", True),
        ("tu-ngay=20/12/2022", False),
        ("den-ngay=18/12/2022", False), ("co-quan=stc", False), ("nguoi=77", False),
    ],
)  # fmt: skip
def test_filters(client: TestClient, registered: Engine, asked: str, there: bool) -> None:
    put(registered)
    assert ('<td class="when">' in client.get(f"/nhat-ky?{asked}").text) is there


def test_a_day_that_is_none_is_told(client: TestClient) -> None:
    answer = client.get("/nhat-ky?tu-ngay=hom-qua")
    assert answer.status_code == 422
    assert 'value="hom-qua"' in answer.text


def test_a_row_is_told_in_words_and_names(client: TestClient, registered: Engine) -> None:
    """Break: show what the row keeps as it stands."""
    with unit_of_work(registered) as session:
        person = Person(name="Trần Thị Bình", added_at=NOW)
        session.add(person)
        session.flush()
        told = {"done": "taken", "person": person.id, "role": "clerk", "body": "stc", "from": "2022-12-01"}
        write(session, Noted(TrailWhat.SEAT, "seat", 7, data=told), NOW, Signer(Actor.SECRETARIAT, Way.PAGE))
        row = Noted(TrailWhat.PERSON, "person", person.id or 0, "Trần Thị Bình", {"done": "added"})
        write(session, row, NOW, Signer(Actor.SECRETARIAT, Way.PAGE))
    shown = client.get("/nhat-ky").text
    words = "người: Trần Thị Bình; vai trò: Văn thư; cơ quan: Sở Tài chính; từ ngày 01/12/2022"
    assert f"nhận vị trí; {words}" in shown
    assert "Trần Thị Bình; thêm mới" in shown
    assert f'href="/nguoi-dung/{person.id}"' in shown
    assert "&#34;" not in shown
    file = client.post("/nhat-ky/csv").content.decode("utf-8-sig")
    assert words in file


def test_pages_go_back_by_the_row_and_miss_none(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PAGE_LENGTH", 3)
    put(registered, 8)
    seen, address = [], "/nhat-ky?loai=person"
    while address:
        shown = client.get(address).text
        seen += [int(part.split("<")[0]) for part in shown.split("<small>số ")[1:]]
        found = shown.split('href="/nhat-ky?')
        address = next(("/nhat-ky?" + one.split('"')[0].replace("&amp;", "&")
                        for one in found[1:] if "truoc=" in one), "")  # fmt: skip
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 8


def test_the_file_has_every_row_and_no_formula(client: TestClient, registered: Engine) -> None:
    put(registered, 2, '=HYPERLINK("http://x")')
    answer = client.post("/nhat-ky/csv", data={"loai": "person"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 3
    assert not any(cell.startswith(tuple("=+-@\t")) for line in lines for cell in line)
    assert lines[1][-1].startswith("'=HYPERLINK")
    with Session(registered) as session:
        [row] = session.scalars(sa.select(TrailRow).where(TrailRow.what == TrailWhat.EXPORT))
        assert (row.noun, row.data) == ("trail", {"asked": {"what": "person"}})


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_formula_is_behind_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_date_is_no_formula() -> None:
    assert harmless("19/12/2022") == "19/12/2022"


def test_an_admin_reads_nothing_of_the_work(at_work: TestClient, busy: Engine) -> None:
    """Neither on the page, nor by a filter, nor in the file. Break: leave ``trail_seen`` out."""
    admin = seated(busy, "Quách Văn Quản", None, SeatRole.ADMIN)
    at_work.post("/lich-hop", data={"ngay": "20/01/2023", "noi-dung": "Họp quý I"})
    put(busy)
    with unit_of_work(busy) as session:
        swept = Noted(TrailWhat.SWEEP, data={"did": {"task.urged": 3}, "ids": {"task": [1, 2, 3]}})
        write(session, swept, NOW, Signer(Actor.CLOCK, Way.SWEEP))
    work = ("GN-0", "Cuộc họp", "Nhiệm vụ:", "Văn bản:", "Lượt chạy theo lịch</td>", "Thư «")
    whole = at_work.get("/nhat-ky").text
    assert any(words in whole for words in work)
    with signed_in(at_work, busy, admin):
        pages = [at_work.get(f"/nhat-ky{asked}").text for asked in (
            "", "?loai=act", "?loai=sweep", "?doi-tuong=task&so=1", "?doi-tuong=meeting",
        )]  # fmt: skip
        pages += [at_work.post("/nhat-ky/csv", data=asked).text for asked in ({}, {"doi-tuong": "task"})]
    assert [words for words in work for page in pages if words in page] == []
    assert "Thay đổi người sử dụng" in pages[0]
    assert "Thay đổi người sử dụng" in pages[-2]


@pytest.mark.parametrize(
    ("role", "status"),
    [(SeatRole.SECRETARY, 200), (SeatRole.ADMIN, 200), (SeatRole.CLERK, 404), (SeatRole.CHAIR, 404)],
)
def test_who_may_read_it(registered: Engine, office: Office, role: SeatRole, status: int) -> None:
    with unit_of_work(registered) as session:
        someone = Person(name="Trần Thị Bình", added_at=NOW)
        session.add(someone)
        session.flush()
        assert someone.id is not None
        seat = SeatRow(person_id=someone.id, role=role, valid_from=NOW.date())
        session.add(seat)
        session.flush()
        assert seat.id is not None
        visitor = Visitor(Viewer(someone.id, (HeldSeat(seat.id, role),)), address="10.0.0.7")
    with opened(registered, office) as client:
        app = client.app

        async def signed_in(scope, receive, send):  # type: ignore[no-untyped-def]
            scope[VISITOR] = visitor
            await app(scope, receive, send)

        with TestClient(signed_in, base_url="http://127.0.0.1", client=("127.0.0.1", 5000)) as theirs:
            assert theirs.get("/nhat-ky").status_code == status
            assert ("Nhật ký</a>" in theirs.get("/viec").text) is (status == 200)
            assert theirs.post("/nhat-ky/csv").status_code == status
    if status == 200:
        with Session(registered) as session:
            [row] = session.scalars(sa.select(TrailRow).where(TrailRow.what == TrailWhat.EXPORT))
            assert (row.person_id, row.seat_id, row.address) == (visitor.viewer.person, 1, "10.0.0.7")
