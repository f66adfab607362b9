"""Who sits before a page: the body is asked for with the role, and one that does not fit is refused.

Seen to fail without the check in ``flows/actions/doors/task.perform``: a cooperating body reported as the
lead by choosing the other button.
"""

import re
from urllib.parse import quote

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.tasks import Task, TaskCooperation
from rules.people.bodies import LONGEST_ID
from tests.cast import dump, rows
from tests.web.tasks.test_tasks import GATE

PAGE = "/viec/GN-0002"
LEAD, PARTNER, OUTSIDER = "snn", "sct", "sgddt"
AS_LEAD = {"vai": "chu-tri"}
WORDS = "Giữ lời này"
#: The forms of the lead, each as it would be taken from the lead itself.
FORMS = {
    "tra-loi": {"viec": "submitted", "noi-dung": WORDS},
    "gia-han": {"viec": "extension_asked", "ly-do": WORDS, "ngay": "15/01/2023"},
    "vuot-tham-quyen": {**GATE, "basis": WORDS},
}
_OFFERED = re.compile(r'<select id="co-quan-[\w-]+" name="co-quan">(.*?)</select>', re.DOTALL)


def offered(page: str) -> set[str]:
    """The bodies among which the first form of a page asks; empty if it asks for none."""
    found = _OFFERED.search(page)
    return set(re.findall(r'value="([^"]*)"', found[1])) - {""} if found else set()


def seats(page: str) -> list[tuple[str, str, bool]]:
    """The choice of who sits there: address, name, and whether it is they."""
    nav = page.partition('<nav class="roles"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="\?([^"#]*)#thao-tac"( aria-current="true")?>(.*?)</a>', nav)
    return [(to.replace("&amp;", "&"), re.sub("<[^>]*>", "", name), bool(now)) for to, now, name in links]


def the_case(client: TestClient) -> None:
    client.post(f"{PAGE}/vuot-tham-quyen", data={**AS_LEAD, "co-quan": LEAD, **GATE})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("body", [PARTNER, OUTSIDER, "vpubnd", "khong-co", ""])
def test_only_the_lead_does_what_is_the_leads(
    at_work: TestClient, busy: Engine, form: str, body: str
) -> None:
    before = dump(busy)
    answered = at_work.post(f"{PAGE}/{form}", data={**AS_LEAD, **FORMS[form], "co-quan": body})
    assert answered.status_code == 409
    who = "cơ quan chủ trì (Sở Nông nghiệp và Phát triển nông thôn)"
    assert (f"Chỉ {who}" if body else f"Chưa chọn cơ quan thao tác: {who}") in answered.text
    assert WORDS in answered.text
    assert "chưa được ghi</h2>" not in answered.text  # it stands in its own form
    assert offered(answered.text) == ({LEAD} if body else set())  # nobody is put in another's place
    assert dump(busy) == before
    again = at_work.post(f"{PAGE}/{form}", data={**AS_LEAD, **FORMS[form], "co-quan": LEAD})
    assert again.status_code == 200


def test_without_the_field_it_is_refused_as_well(at_work: TestClient, busy: Engine) -> None:
    answered = at_work.post(f"{PAGE}/tra-loi", data={**AS_LEAD, **FORMS["tra-loi"]})
    assert answered.status_code == 409
    assert "Chưa chọn cơ quan thao tác" in answered.text


@pytest.mark.parametrize("body", [PARTNER, LEAD, OUTSIDER])
def test_who_acts_for_the_office_is_of_no_other_body(at_work: TestClient, busy: Engine, body: str) -> None:
    before = dump(busy)
    form = {"vai": "van-phong", "co-quan": body, "viec": "withdrawn", "noi-dung": WORDS}
    answered = at_work.post(f"{PAGE}/tra-loi", data=form)
    assert answered.status_code == 409
    assert "Chỉ Văn phòng, Ban Thư ký (Văn phòng UBND tỉnh" in answered.text
    assert WORDS in answered.text
    assert dump(busy) == before


@pytest.mark.parametrize(("body", "status"), [(LEAD, 404), (OUTSIDER, 404), ("", 409)])
def test_a_part_is_of_its_body(at_work: TestClient, busy: Engine, body: str, status: int) -> None:
    before = dump(busy)
    form = {"vai": "phoi-hop", "co-quan": body, "viec": "contributed", "noi-dung": WORDS}
    answered = at_work.post(f"{PAGE}/phoi-hop", data=form)
    assert answered.status_code == status
    assert WORDS in answered.text
    assert dump(busy) == before


@pytest.mark.parametrize("role", ["chu-tri", "van-phong"])
def test_no_other_role_takes_a_part_on(at_work: TestClient, busy: Engine, role: str) -> None:
    """The office may write down what came on paper, in its own name; the lead may not."""
    form = {"vai": role, "co-quan": LEAD, "don-vi": PARTNER, "viec": "accepted"}
    assert at_work.post(f"{PAGE}/phoi-hop", data=form).status_code in (404, 409)
    form |= {"vai": "van-phong", "co-quan": ""}
    assert at_work.post(f"{PAGE}/phoi-hop", data=form).status_code == 200


def test_an_address_of_a_letter_opens_with_the_only_body(at_work: TestClient) -> None:
    page = at_work.get(f"{PAGE}?vai=chu-tri").text
    assert seats(page) == [
        ("vai=chu-tri&co-quan=snn", "Sở Nông nghiệp và Phát triển nông thôn (chủ trì)", True),
        ("vai=phoi-hop&co-quan=sct", "Sở Công Thương (phối hợp)", False),
        ("vai=van-phong", "Văn phòng Ban Chỉ đạo", False),
    ]
    assert page.count('name="co-quan" value="snn"') == page.count('name="vai" value="chu-tri"') == 3
    assert seats(at_work.get(PAGE).text) == seats(page)  # whoever acts next
    assert offered(page) == set()
    for to, _, _ in seats(page):
        assert [now for other, _, now in seats(at_work.get(f"{PAGE}?{to}").text) if other == to] == [True]


def test_of_several_one_is_chosen_and_sees_its_own_part(at_work: TestClient, busy: Engine) -> None:
    with unit_of_work(busy) as session:
        session.add(TaskCooperation(task_id=2, agency_id="stc"))
    page = at_work.get(f"{PAGE}?vai=phoi-hop").text
    assert offered(page) == {PARTNER, "stc"}
    assert not any(now for _, _, now in seats(page))
    form = {"vai": "phoi-hop", "viec": "contributed", "noi-dung": WORDS}
    refused = at_work.post(f"{PAGE}/phoi-hop", data=form)
    assert (refused.status_code, offered(refused.text)) == (409, {PARTNER, "stc"})
    done = at_work.post(f"{PAGE}/phoi-hop", data={**form, "co-quan": "stc"}).text
    assert ("vai=phoi-hop&co-quan=stc", "Sở Tài chính (phối hợp)", True) in seats(done)
    own, other = (at_work.get(f"{PAGE}?vai=phoi-hop&co-quan={one}").text for one in ("stc", PARTNER))
    assert "gửi gần nhất ngày 19/12/2022" in own
    assert 'value="accepted"' not in own
    assert "gửi gần nhất ngày" not in other
    assert 'value="accepted"' in other
    states = {
        row.agency_id: row.state.value for row in rows(busy, TaskCooperation, TaskCooperation.task_id == 2)
    }
    assert states == {PARTNER: "asked", "stc": "contributed"}


def test_of_many_one_is_chosen_in_the_form(at_work: TestClient, busy: Engine) -> None:
    many = ["stc", "stnmt", "ubnd-ks", "ubnd-mt", "ubnd-mx"]
    with unit_of_work(busy) as session:
        session.add_all([TaskCooperation(task_id=2, agency_id=one) for one in many])
    page = at_work.get(f"{PAGE}?vai=phoi-hop").text
    assert seats(page)[1:] == [
        ("vai=phoi-hop", "Cơ quan phối hợp (6)", True), ("vai=van-phong", "Văn phòng Ban Chỉ đạo", False),
    ]  # fmt: skip
    assert offered(page) == {PARTNER, *many}
    own = seats(at_work.get(f"{PAGE}?vai=phoi-hop&co-quan=ubnd-mt").text)
    assert [now for _, _, now in own] == [False, True, False, False]


@pytest.mark.parametrize("body", ['"><script>', "x" * 5000, "khong-co", PARTNER])
def test_a_body_that_does_not_fit_is_asked_for_anew(at_work: TestClient, body: str) -> None:
    answered = at_work.get(f"{PAGE}?vai=chu-tri&co-quan={quote(body)}")
    assert answered.status_code == 200
    assert offered(answered.text) == {LEAD}
    assert "<script>" not in answered.text.partition("<main")[2]


def test_the_lead_takes_note_of_its_own_case(at_work: TestClient, busy: Engine) -> None:
    the_case(at_work)
    upward = {"cach": "return", "noi-dung": "Thuộc thẩm quyền", "tu-cach": "Thường trực"}
    assert at_work.post("/trinh/1/y-kien", data=upward).status_code == 200
    before = dump(busy)
    for body, words in ((PARTNER, "Chỉ cơ quan chủ trì"), ("", "Chưa chọn cơ quan thao tác")):
        answered = at_work.post("/trinh/1/ghi-nhan", data={"co-quan": body})
        assert answered.status_code == 409
        assert words in answered.text
    assert dump(busy) == before
    assert f'name="co-quan" value="{LEAD}"' in at_work.get("/trinh/1").text
    assert at_work.post("/trinh/1/ghi-nhan", data={"co-quan": LEAD}).status_code == 200


def test_an_answer_typed_for_one_rung_is_not_recorded_for_the_next(at_work: TestClient, busy: Engine) -> None:
    the_case(at_work)
    [standing] = re.findall(r'name="co-quan" value="([^"]*)"', at_work.get("/trinh/1").text)
    up = {"cach": "pass_up", "noi-dung": "Vượt quyền"}
    assert at_work.post("/trinh/1/y-kien", data={**up, "co-quan": standing}).status_code == 200
    late = at_work.post("/trinh/1/y-kien", data={**up, "noi-dung": WORDS, "co-quan": standing})
    assert late.status_code == 409
    assert "đang chờ ý kiến của Trưởng Ban Chỉ đạo" in late.text
    assert WORDS in late.text
    assert [case.version for case in rows(busy, EscalationCase)] == [1]


def test_a_body_is_known_by_an_id_as_long_as_the_register_takes(at_work: TestClient, busy: Engine) -> None:
    """Seen to fail with ids cut at 40 signs: their bodies could not do anything any more."""
    body, other = "s" * LONGEST_ID, "t" * LONGEST_ID
    with unit_of_work(busy) as session:
        session.add_all(Agency(id=one, name=f"Trung tâm {one[0]}", kind="don-vi") for one in (body, other))
        session.flush()
        session.get_one(Task, 2).agency_id = body
    form = {**AS_LEAD, **FORMS["tra-loi"], "co-quan": body}
    assert at_work.post(f"{PAGE}/tra-loi", data=form).status_code == 200
    assert 'aria-current="true"' in at_work.get(f"{PAGE}?vai=chu-tri&co-quan={body}").text
    assert "GN-0002" in at_work.get(f"/viec?co-quan={body}").text
    assert "GN-0002" in at_work.get(f"/chuyen-giao?tu={body}&den={other}").text
