"""A name that nobody knew is chosen once, ticked, and read right in the next document."""

import re
from html import unescape

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from flows.actions.documents.intake import store_draft
from models.tables.learned import ConfirmedAlias, ReadingCorrection
from rules.draft import Doubt, Party
from rules.vocabulary import Actor
from tests.cast import act, by, conclusion, directive, rows
from tests.flows.terminal.test_learning_commands import CONCLUSION, SENTENCE
from tests.web.conftest import NOW
from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.pressed import publish

ALIAS = "Ban QLDA ODA"
OFFERED = "Ghi nhớ: từ nay «Ban QLDA ODA» là"


@pytest.fixture
def address(registered: Engine) -> str:
    """A draft whose lead the reader could not place, with two candidates."""
    unplaced = Party(ALIAS, None, candidates=("bqlda1", "bqlda2"))
    doubt = Doubt("lead", f"Chưa xác định được cơ quan “{ALIAS}” trong danh mục.")
    one = directive(SENTENCE, due=by(NOW.date()), doubts=(doubt,))
    draft = conclusion(type(one)(one.text, one.span, (unplaced,), due=one.due, doubts=one.doubts))
    return f"/van-ban/{store_draft(registered, draft, '265.txt', act(Actor.SECRETARIAT, NOW))}"


def _ticked(sheet: Sheet) -> dict[str, list[str]]:
    return {sheet.of(1, "remember"): [f"lead|{ALIAS}"]}


def test_the_box_is_offered_and_not_ticked(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert f"{OFFERED} cơ quan thay cho tên này" in page
    assert Sheet(page).of(1, "remember") not in Sheet(page)


def test_chosen_ticked_issued_and_read_right_next_time(
    client: TestClient, registered: Engine, address: str
) -> None:
    page = client.get(address).text
    sheet = Sheet(page)
    choice = re.search(r'name="chon" value="([^"]*\|lead\|bqlda1\|[^"]*)"', page)
    assert choice
    chosen = client.post(address, data={**sheet, "chon": unescape(choice[1])})
    assert f"{OFFERED} «Ban Quản lý dự án 1»" in chosen.text
    assert rows(registered, ConfirmedAlias) == []
    sheet = Sheet(chosen.text)
    saved = client.post(address, data={**sheet, **_ticked(sheet), "viec": "luu"})
    assert "ghi nhớ tên gọi" in saved.text
    assert "Đã ghi nhớ: «Ban QLDA ODA» là «Ban Quản lý dự án 1»." in saved.text
    [alias] = rows(registered, ConfirmedAlias)
    assert (alias.alias, alias.agency_id, alias.author) == (ALIAS, "bqlda1", "Văn phòng")
    issued = publish(client, address, Sheet(saved.text))
    assert "Đã phát hành" in issued.text
    [row] = rows(registered, ReadingCorrection)
    assert (row.field, row.had_doubt) == ("lead", True)
    second = Sheet(client.get(hand_in(client, CONCLUSION)).text)
    assert second[second.of(1, "lead")] == ["Ban Quản lý dự án 1", ""]


def test_typed_and_ticked_in_one_go(client: TestClient, registered: Engine, address: str) -> None:
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(1, "lead")] = ["Ban QLDA 2"]
    answered = publish(client, address, {**sheet, **_ticked(sheet)})
    assert "Đã phát hành" in answered.text
    assert [row.agency_id for row in rows(registered, ConfirmedAlias)] == ["bqlda2"]


@pytest.mark.parametrize(
    ("lead", "words"),
    [([ALIAS], "Chưa rõ «Ban QLDA ODA» được thay bằng cơ quan nào"),
     (["Sở Tài chính; Sở Công Thương"], "Chưa rõ «Ban QLDA ODA» được thay bằng cơ quan nào")],
)  # fmt: skip
def test_a_tick_without_one_body_saves_nothing(
    client: TestClient, registered: Engine, address: str, lead: list[str], words: str
) -> None:
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(1, "lead")] = lead
    answered = client.post(address, data={**sheet, **_ticked(sheet), "viec": "luu"})
    assert answered.status_code == 422
    assert words in answered.text
    assert Sheet(answered.text)[sheet.of(1, "remember")] == [f"lead|{ALIAS}"]  # the tick is kept
    assert rows(registered, ConfirmedAlias) == []


def test_a_name_of_another_body_is_refused(client: TestClient, registered: Engine, address: str) -> None:
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(1, "lead")] = ["Ban QLDA 2"]
    known = {sheet.of(1, "remember"): ["lead|UBND tỉnh"]}
    answered = client.post(address, data={**sheet, **known, "viec": "luu"})
    assert answered.status_code == 422
    assert rows(registered, ConfirmedAlias) == []


def test_an_unknown_name_copied_from_the_text(client: TestClient, registered: Engine) -> None:
    """The reader saw no name at all: it is typed as the text has it, refused, and then remembered."""
    text = CONCLUSION.replace(f"1. {SENTENCE}", f"1. Sở Tài chính rà soát.\n2. {SENTENCE}")
    address = hand_in(client, text)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(1, "cooperate")] = [ALIAS]
    refused = client.post(address, data={**sheet, "viec": "luu"})
    assert refused.status_code == 422
    assert f"{OFFERED} cơ quan thay cho tên này" in refused.text
    again = Sheet(refused.text)
    again[again.of(1, "cooperate")] = ["Ban Quản lý dự án 2"]
    tick = {again.of(1, "remember"): [f"cooperate|{ALIAS}"]}
    assert client.post(address, data={**again, **tick, "viec": "luu"}).status_code == 200
    assert [row.agency_id for row in rows(registered, ConfirmedAlias)] == ["bqlda2"]
