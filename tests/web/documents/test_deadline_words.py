"""A deadline includes its day, and is worded "chậm nhất ngày D" wherever the office words it itself."""

import re
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.escalation.escalate import raise_case
from rules.deadlines.wording import until
from rules.vocabulary import Actor
from tests.cast import DUE_ON, act_on, at
from tests.checkout import ROOT
from tests.flows.escalation.test_escalation import FORM
from tests.web.documents.test_documents import hand_in
from tests.web.sample import CONCLUSION, seat

#: Wording of ours that speaks of a day before which; a quoted sentence of a document is no template.
_BEFORE = re.compile(r"trước ngày[^.\n]{0,8}\{", re.IGNORECASE)
#: A day that really lies before another, in refusals.
_EARLIER = "ở trước ngày"


def texts() -> list[Path]:
    """What is worded for people on pages, in letters, on papers and on the terminal."""
    places = ("web", "notifications", "flows", "rules")
    return [path for place in places for kind in ("*.j2", "*.py") for path in (ROOT / place).rglob(kind)]


def test_no_text_of_ours_says_before_a_day() -> None:
    said = [
        f"{path.name}: {line.strip()[:80]}"
        for path in texts()
        for line in path.read_text(encoding="utf-8").splitlines()
        if _BEFORE.search(line.replace(_EARLIER, "").replace("trước ngày phát hành", ""))
    ]
    assert len(texts()) > 200
    assert said == []


def test_the_wording() -> None:
    assert until(DUE_ON) == "chậm nhất ngày 31/08/2022"


@pytest.mark.parametrize("page", ["/viec/GN-0001", "/viec/GN-0001?vai=van-phong", "/van-ban/1"])
def test_the_pages_say_so(at_work: TestClient, page: str) -> None:
    assert "chậm nhất ngày 12/12/2022" in at_work.get(page).text


def test_a_quoted_sentence_stays_as_it_is(at_work: TestClient) -> None:
    page = at_work.get("/viec/GN-0001").text
    assert "trình UBND tỉnh trước ngày 12/12/2022" in page
    assert "cụm «trước ngày 12/12/2022»" in page


def test_an_extension_and_a_case_say_so(at_work: TestClient, busy: Engine, office: Office) -> None:
    lead, wanted = seat("chu-tri", "GN-0002"), {"ly-do": "Chờ số liệu", "ngay": "30/12/2022"}
    ask = {**lead, "viec": "extension_asked", **wanted}
    page = at_work.post("/viec/GN-0002/gia-han", data=ask).text
    assert page.count("chậm nhất ngày 30/12/2022") == 2
    raise_case(busy, 3, FORM, act_on(busy, 3, Actor.LEAD, at("2022-12-19", "09:00"), office=office))
    for address in ("/viec/GN-0003", "/trinh/1"):
        assert re.search(r"trả lời chậm nhất ngày \d\d/\d\d/\d{4}", at_work.get(address).text)


def test_a_month_named_alone_ends_with_its_last_day(client: TestClient) -> None:
    text = CONCLUSION.replace("hoàn thành trước ngày 31/01/2023", "hoàn thành trong tháng 01/2023")
    page = client.get(hand_in(client, text)).text
    assert ">Chậm nhất ngày</option>" in page
    assert 'value="31/01/2023"' in page
