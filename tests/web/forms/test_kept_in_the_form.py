"""A form that is refused keeps what was typed and the files that were chosen."""

import re
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.datastructures import FormData
from starlette.testclient import TestClient

from config.office import Office
from config.settings import get_settings
from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.installation.instant import advance
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.evidence import held_files
from flows.actions.tasks.evidence.files import NewFile
from models.tables.reports import EvidenceFile
from rules.vocabulary import Actor, Answer, EventKind
from tests.cast import act, act_on, at, rows
from tests.flows.escalation.test_escalation import FORM
from tests.web.sample import CONCLUSION, seat
from web.forms import chosen_files
from web.forms import fields as forms

NOW = at("2022-12-19", "09:00")
PLAN = ("tep", ("kế hoạch <b>.txt", "khảo sát 5 huyện".encode(), "text/plain"))
MINUTES = ("tep", ("biên bản.txt", "biên bản họp".encode(), "text/plain"))
BAD = ("tep", ("lạ.exe", b"MZ\x90\x00\x00", "application/pdf"))
LEAD = seat("chu-tri", "GN-0002")
REPORT = {**LEAD, "viec": "progress", "noi-dung": "Đã khảo sát", "ty-le": "101"}


@pytest.fixture(autouse=True)
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which files are held."""
    monkeypatch.setenv("DONDOC_EVIDENCE_FOLDER", str(tmp_path / "evidence"))
    get_settings.cache_clear()
    return tmp_path / "evidence" / "held"


def ticked(page: str) -> list[str]:
    """The files that the form shows as chosen."""
    return [unescape(one) for one in re.findall(r'name="giu" value="([^"]*)" checked', page)]


def files_of(engine: Engine) -> list[str]:
    return [row.name for row in rows(engine, EvidenceFile)]


def test_a_refused_report_keeps_its_files(at_work: TestClient, busy: Engine, held: Path) -> None:
    refused = at_work.post("/viec/GN-0002/tra-loi", data=REPORT, files=[PLAN, MINUTES])
    assert refused.status_code == 409
    assert "từ 0 đến 100" in refused.text
    assert "Hãy chọn lại tệp" not in refused.text
    assert [one.partition("/")[2] for one in ticked(refused.text)] == ["kế hoạch <b>.txt", "biên bản.txt"]
    assert "kế hoạch <b>" not in refused.text
    assert {path.stat().st_mode & 0o777 for path in held.iterdir()} == {0o600}
    again = {**REPORT, "giu": ticked(refused.text)}
    third = at_work.post("/viec/GN-0002/tra-loi", data=again, files=[])  # refused once more: nothing is lost
    assert ticked(third.text) == ticked(refused.text)
    sent = at_work.post("/viec/GN-0002/tra-loi", data={**again, "ty-le": "10"})
    assert sent.status_code == 200
    assert files_of(busy) == ["kế hoạch <b>.txt", "biên bản.txt"]
    assert list(held.iterdir()) == []
    [first, _] = re.findall(r'href="(/tep/\d+)"', sent.text)
    assert at_work.get(first).content.decode() == "khảo sát 5 huyện"


def test_without_its_tick_a_file_is_not_sent_and_another_joins(at_work: TestClient, busy: Engine) -> None:
    refused = at_work.post("/viec/GN-0002/tra-loi", data=REPORT, files=[PLAN])
    other = {**REPORT, "ty-le": "10"}
    at_work.post("/viec/GN-0002/tra-loi", data={**other, "giu": ticked(refused.text)}, files=[MINUTES])
    assert files_of(busy) == ["kế hoạch <b>.txt", "biên bản.txt"]
    at_work.post("/viec/GN-0002/tra-loi", data=other, files=[MINUTES])
    assert files_of(busy) == ["kế hoạch <b>.txt", "biên bản.txt", "biên bản.txt"]


def test_the_file_that_is_refused_is_the_only_one_to_be_chosen_again(at_work: TestClient) -> None:
    data = {**REPORT, "ty-le": "10"}
    refused = at_work.post("/viec/GN-0002/tra-loi", data=data, files=[PLAN, BAD])
    assert "Hãy chọn lại tệp kèm theo." in refused.text
    assert [one.partition("/")[2] for one in ticked(refused.text)] == ["kế hoạch <b>.txt"]


def test_a_partners_contribution_keeps_its_files(at_work: TestClient, busy: Engine) -> None:
    part = {"vai": "phoi-hop", "co-quan": "sct", "viec": "contributed", "noi-dung": ""}
    refused = at_work.post("/viec/GN-0002/phoi-hop", data=part, files=[PLAN])
    assert refused.status_code == 409
    sent = {**part, "noi-dung": "Danh sách", "giu": ticked(refused.text)}
    assert at_work.post("/viec/GN-0002/phoi-hop", data=sent).status_code == 200
    assert files_of(busy) == ["kế hoạch <b>.txt"]


def test_a_held_file_is_taken_once_however_often_it_is_named(at_work: TestClient, busy: Engine) -> None:
    """Seen red: a field of forty bytes made the pages read 20 MB, and a form has room for thousands."""
    refused = at_work.post("/viec/GN-0002/tra-loi", data=REPORT, files=[PLAN])
    many = {**REPORT, "ty-le": "10", "giu": ticked(refused.text) * 500}
    assert at_work.post("/viec/GN-0002/tra-loi", data=many).status_code == 200
    assert files_of(busy) == ["kế hoạch <b>.txt"]


def test_held_files_are_weighed_and_counted_before_one_is_read(
    at_work: TestClient, busy: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = at_work.post("/viec/GN-0002/tra-loi", data=REPORT, files=[PLAN, MINUTES])
    form = FormData([("giu", one) for one in ticked(refused.text)] * 2)
    sizes = len("khảo sát 5 huyện".encode()) + len("biên bản họp".encode())
    assert forms._memory(form, 0) == sizes
    monkeypatch.setattr(chosen_files, "fetch", lambda token: pytest.fail("read"))
    again = {**REPORT, "ty-le": "10", "giu": ticked(refused.text)}
    monkeypatch.setattr(chosen_files, "LIMIT", sizes - 1)
    assert "cộng lại lớn hơn 50 MB" in at_work.post("/viec/GN-0002/tra-loi", data=again).text
    monkeypatch.setattr(chosen_files, "LIMIT", sizes)
    again["giu"] = [f"{n:032}/a.txt" for n in range(21)]
    assert "tối đa 10 tệp" in at_work.post("/viec/GN-0002/tra-loi", data=again).text
    assert files_of(busy) == []


def test_not_too_many_files_are_held(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a byte each, a stranger could have millions of them within the room of all."""
    monkeypatch.setattr(held_files, "MOST_HELD", 3)
    files = [NewFile("a.txt", b"a")] * 2
    assert [len(held_files.hold(files, NOW)) for _ in range(3)] == [2, 1, 0]
    assert len(list(held.iterdir())) == 3


@pytest.mark.parametrize("token", ["x" * 32, "../../../etc/passwd", "..", "", "/", "a" * 5000])
def test_a_token_that_is_none_fetches_nothing(at_work: TestClient, busy: Engine, token: str) -> None:
    data = {**REPORT, "ty-le": "10", "giu": f"{token}/tệp.txt"}
    answered = at_work.post("/viec/GN-0002/tra-loi", data=data)
    assert answered.status_code == 409
    assert "không còn được giữ; hãy chọn lại tệp này" in answered.text
    assert "Đã khảo sát" in answered.text
    assert files_of(busy) == []


def test_what_is_not_sent_again_is_gone_after_a_day(at_work: TestClient, busy: Engine, held: Path) -> None:
    at_work.post("/viec/GN-0002/tra-loi", data=REPORT, files=[PLAN])
    for moment, left in (("2022-12-20T08:00", 2), ("2022-12-21T07:00", 2)):
        day, clock = moment.split("T")
        advance(busy, at(day, clock))
        at_work.post("/viec/GN-0002/tra-loi", data=REPORT, files=[MINUTES])
        assert len(list(held.iterdir())) == left


def test_a_document_keeps_its_file_while_its_date_is_put_right(client: TestClient, held: Path) -> None:
    file = ("tep", ("kết luận.txt", CONCLUSION.encode(), "text/plain"))
    refused = client.post("/van-ban/moi", data={"ngay": "32/12/2022"}, files=[file])
    assert refused.status_code == 422
    [kept] = ticked(refused.text)
    both = client.post("/van-ban/moi", data={"giu": kept, "noi-dung": "và dán"})
    assert "chỉ dùng một trong hai" in both.text
    assert ticked(both.text) == [kept]
    done = client.post("/van-ban/moi", data={"giu": kept})
    assert "<legend>Chỉ đạo 5</legend>" in done.text
    assert list(held.iterdir()) == []
    broken = client.post("/van-ban/moi", files=[("tep", ("a.pdf", b"%PDF-1.7", "application/pdf"))])
    assert (broken.status_code, ticked(broken.text)) == (422, [])


def test_what_was_typed_outlives_its_form(at_work: TestClient, busy: Engine, office: Office) -> None:
    answer(busy, 2, EventKind.WITHDRAWN, act(Actor.SECRETARIAT, NOW, office=office), Said("Không cần nữa"))
    late = at_work.post("/viec/GN-0002/tra-loi", data={**REPORT, "ty-le": "10"})
    assert late.status_code == 409
    assert "chưa được ghi" in late.text
    assert "Đã khảo sát" in late.text
    ask = {**LEAD, "viec": "extension_asked", "ly-do": "Chờ số liệu", "ngay": "30/12/2022"}
    assert "Chờ số liệu" in at_work.post("/viec/GN-0002/gia-han", data=ask).text


def test_an_opinion_outlives_its_case(at_work: TestClient, busy: Engine, office: Office) -> None:
    raise_case(busy, 3, FORM, act_on(busy, 3, Actor.LEAD, NOW, office=office))
    answer_case(
        busy,
        1,
        Answer.RETURN,
        "Thuộc thẩm quyền",
        act(Actor.LEADER, NOW, capacity="Cơ quan thường trực", office=office),
    )
    data = {"cach": "return", "noi-dung": "Ý kiến của tôi", "tu-cach": "Cơ quan thường trực"}
    late = at_work.post("/trinh/1/y-kien", data=data)
    assert late.status_code == 409
    assert "Ý kiến của tôi" in late.text


def test_a_body_that_is_not_there_loses_nothing_that_was_typed(at_work: TestClient, busy: Engine) -> None:
    data = {"vai": "van-phong", "viec": "asked", "don-vi": "khong-co", "ly-do-phoi-hop": "Giữ lời này"}
    answered = at_work.post("/viec/GN-0002/phoi-hop", data=data)
    assert answered.status_code == 404
    assert "Giữ lời này" in answered.text
