"""What was cut, joined or dropped on a draft, when it is issued: tasks, corrections, names to remember.

Seen red: with halves told as read past, with dropped cards issued, with no origin for the names of a half.
"""

from dataclasses import replace

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from flows.actions.documents.intake import store_draft
from models.tables.learned import ReadingCorrection
from models.tables.tasks import Task
from rules.draft import Party
from rules.vocabulary import Actor, CorrectionField
from tests.cast import act, by, conclusion, directive, rows
from tests.flows.terminal.test_learning_commands import SENTENCE
from tests.web.conftest import NOW
from tests.web.documents.test_documents import Sheet, hand_in
from tests.web.documents.test_recut_cards import TEXT, button, keys, press
from tests.web.documents.test_remembered_names import ALIAS
from tests.web.pressed import publish


def test_what_was_cut_and_joined_is_issued_and_told_as_wrong_boundaries(
    client: TestClient, registered: Engine
) -> None:
    address = hand_in(client, TEXT)
    page = client.get(address).text
    page = press(client, address, tach=button(page, "tach", "<span>kiểm tra các trạm"))
    page = press(client, address, ghep=keys(page)[2])
    sheet = Sheet(page)
    sheet[sheet.of(3, "lead")] = ["Sở Nội vụ"]
    answered = publish(client, address, sheet)
    assert "Đã phát hành" in answered.text
    assert [task.agency_id for task in rows(registered, Task)] == ["syt", "syt", "snv"]
    found = {(row.ordinal, row.field) for row in rows(registered, ReadingCorrection)}
    assert found == {(1, CorrectionField.TEXT), (2, CorrectionField.TEXT), (3, CorrectionField.TEXT),
                     (2, CorrectionField.LEAD)}  # fmt: skip


def test_a_dropped_card_is_published_by_nobody(client: TestClient, registered: Engine) -> None:
    address = hand_in(client, TEXT)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(3, "dropped")] = ["on"]
    answered = publish(client, address, sheet)
    assert "Đã phát hành" in answered.text
    assert len(rows(registered, Task)) == 2
    assert "Khôi phục" not in answered.text
    fields = [row.field for row in rows(registered, ReadingCorrection)]
    assert fields == [CorrectionField.DROPPED]
    late = client.post(address, data={"version": "9", "khoi-phuc": "0"})
    assert late.status_code == 409


def test_a_name_nobody_knew_can_be_remembered_on_a_half(client: TestClient, registered: Engine) -> None:
    unplaced = Party(ALIAS, None, candidates=("bqlda1", "bqlda2"))
    draft = conclusion(replace(directive(SENTENCE, due=by(NOW.date())), lead=(unplaced,)))
    key = store_draft(registered, draft, "265.txt", act(Actor.SECRETARIAT, NOW))
    address, middle = f"/van-ban/{key}", draft.directives[0].span.end - 12
    page = client.get(address).text
    page = press(client, address, tach=f"{keys(page)[0]}|{middle}")
    sheet = Sheet(page)
    assert sheet[sheet.of(1, "lead")] == sheet[sheet.of(2, "lead")] == [ALIAS, ""]
    sheet[sheet.of(1, "lead")] = sheet[sheet.of(2, "lead")] = ["Sở Y tế"]
    page = press(client, address, sheet, viec="luu")
    assert page.count(f"Ghi nhớ: từ nay «{ALIAS}» là «Sở Y tế»") == 1  # where its words stand
