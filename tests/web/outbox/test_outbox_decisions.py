"""The buttons of /thu and the banners above every page."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import ChannelState, OutboxMessage
from rules.letter_words import MessageState
from tests.cast import SECRETARIAT, change, messages, rows
from tests.web.conftest import NOW
from web.kit import alarms

S = MessageState
PAGES = (
    "/viec",
    "/viec/GN-0001",
    "/van-ban",
    "/van-ban/moi",
    "/trinh",
    "/thu",
    "/cong-van",
    "/bao-cao",
    "/lich-hop",
)


def put(engine: Engine, states: Sequence[MessageState], **more: Any) -> None:
    """Messages 1, 2, ... in these states to the first address."""
    with unit_of_work(engine) as session:
        for n, state in enumerate(states, 1):
            values = {"contact_id": 1, "address_id": 1, "channel": "mail", **more}
            session.add(
                OutboxMessage(
                    key=f"k{n}", bundle="b", message_id=f"<{n}@x>", subject=f"Thư số {n}", state=state,
                    next_at=NOW, give_up_at=NOW, **values,
                )
            )  # fmt: skip


def states(engine: Engine) -> list[MessageState]:
    return [MessageState(row.state) for row in messages(engine)]


def banners(page: str) -> list[str]:
    found = re.findall(r'<p class="banner.*?</p>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


@pytest.mark.parametrize(
    ("verdict", "state", "words"),
    [("gui-lai", S.QUEUED, "thư sẽ được gửi lại"), ("da-toi", S.SENT, "thư đã tới nơi nhận")],
)
def test_one_decision(
    busy: Engine, at_work: TestClient, verdict: str, state: MessageState, words: str
) -> None:
    put(busy, [S.UNKNOWN, S.UNKNOWN])
    kept = {"trang-thai": "unknown", "trang": "1"}
    answer = at_work.post(f"/thu/1/{verdict}", data=kept)
    assert answer.history[0].status_code == 303
    assert answer.url.query == f"trang-thai=unknown&xong={verdict}".encode()
    assert words in re.search(r'role="status">(.*?)</p>', answer.text, re.DOTALL)[1]  # type: ignore[index]
    assert states(busy) == [state, S.UNKNOWN]
    again = at_work.post(f"/thu/1/{verdict}", data=kept)
    assert (again.status_code, states(busy)) == (409, [state, S.UNKNOWN])
    assert f"Thư này đã được xử lý, nay là «{state.label}»" in again.text
    assert "Thư số 2" in again.text  # in its place, on the list


def test_the_buttons_stand_beside_what_is_unknown_only(busy: Engine, at_work: TestClient) -> None:
    put(busy, list(S))
    page = at_work.get("/thu").text
    assert re.findall(r'action="/thu/(\d+)/gui-lai"', page) == [str(list(S).index(S.UNKNOWN) + 1)]
    assert "Quyết định chung" not in page  # of one there is nothing to decide together


@pytest.mark.parametrize(("verdict", "state"), [("gui-lai", S.QUEUED), ("da-toi", S.SENT)])
def test_one_decision_for_all(busy: Engine, at_work: TestClient, verdict: str, state: MessageState) -> None:
    put(busy, [S.UNKNOWN, S.FAILED, S.UNKNOWN])
    page = at_work.get("/thu?trang-thai=unknown").text
    assert "Quyết định chung cho 2 thư" in page
    assert "Quyết định chung" not in at_work.get("/thu?trang-thai=failed").text
    seen = re.search(r'name="den" value="(\d+)"', page)
    assert seen is not None
    put_late = {"key": "late", "message_id": "<late@x>", "bundle": "b", "contact_id": 1, "address_id": 1}
    with unit_of_work(busy) as session:  # it became unknown after the person had looked
        session.add(OutboxMessage(**put_late, channel="mail", state=S.UNKNOWN, next_at=NOW, give_up_at=NOW))
    answer = at_work.post(f"/thu/chua-ro/{verdict}", data={"den": seen[1]})
    assert 'role="status"' in answer.text
    assert states(busy) == [state, S.FAILED, state, S.UNKNOWN]
    again = at_work.post(f"/thu/chua-ro/{verdict}", data={"den": seen[1]})
    assert (again.status_code, "Không còn thư nào chưa rõ" in again.text) == (409, True)


@pytest.mark.parametrize(
    "address", ["/thu/1/xoa", "/thu/chua-ro/xoa", "/thu/99/da-toi", "/thu/x/da-toi", "/thu/dia-chi/x/thu-lai"]
)
def test_what_does_not_exist(busy: Engine, at_work: TestClient, address: str) -> None:
    put(busy, [S.UNKNOWN])
    assert at_work.post(address).status_code in (404, 409)
    assert states(busy) == [S.UNKNOWN]


@pytest.mark.parametrize("address", ["/thu/1/gui-lai", "/thu/chua-ro/gui-lai", "/thu/dia-chi/1/thu-lai"])
def test_another_site_decides_nothing(busy: Engine, at_work: TestClient, address: str) -> None:
    put(busy, [S.UNKNOWN])
    change(busy, ContactAddress, 1, unusable_since=NOW.date())
    answer = at_work.post(address, data={"den": "9"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert states(busy) == [S.UNKNOWN]
    assert rows(busy, ContactAddress)[0].unusable_since == NOW.date()


def test_a_marked_address_says_why_until_when_and_can_be_tried(busy: Engine, at_work: TestClient) -> None:
    put(busy, [S.OWED, S.SENT])
    since = NOW.date() - timedelta(days=2)
    change(busy, ContactAddress, 1, unusable_since=since, unusable_reason="550 5.1.1 <b>không có")
    page = at_work.get("/thu").text
    assert "Địa chỉ tạm ngừng (1)" in page
    assert "550 5.1.1 &lt;b&gt;không có" in page
    assert "Tạm ngừng từ 17/12/2022, tự thử lại từ 24/12/2022" in page
    assert page.count('action="/thu/dia-chi/1/thu-lai"') == 2  # in the list of marks, and beside the letter
    answer = at_work.post("/thu/dia-chi/1/thu-lai")
    assert "Đã bỏ tạm ngừng" in answer.text
    assert "Địa chỉ tạm ngừng" not in answer.text
    again = at_work.post("/thu/dia-chi/1/thu-lai")
    assert (again.status_code, "không còn bị tạm ngừng" in again.text) == (409, True)


def test_a_mark_that_is_over_is_not_shown(busy: Engine, at_work: TestClient) -> None:
    put(busy, [S.OWED])
    change(busy, ContactAddress, 1, unusable_since=NOW.date() - timedelta(days=7))
    assert "tạm ngừng" not in at_work.get("/thu").text
    change(busy, ContactAddress, 1, unusable_since=NOW.date(), withdrawn=True)
    assert "tạm ngừng" not in at_work.get("/thu").text


def test_a_channel_in_trouble(busy: Engine, at_work: TestClient) -> None:
    put(busy, [S.OWED, S.QUEUED, S.SENT], channel="zalo")
    probe = NOW + timedelta(minutes=5)
    with unit_of_work(busy) as session:
        session.add(
            ChannelState(
                channel="zalo", stops=1, since=NOW, paused_until=probe, code="-124", text="Hết <hạn>"
            )
        )
        session.add(ChannelState(channel="mail", strikes=1))
    page = at_work.get("/thu").text
    section = page[page.index('id="kenh"') : page.index("</section>")]
    assert "Kênh gửi trục trặc (1)" in section
    for words in (
        "<strong>Zalo</strong>",
        "2 thư chờ",
        "Hết &lt;hạn&gt;",
        "Từ 09:00, 19/12/2022",
        "lúc 09:05",
    ):
        assert words in section
    change(busy, ChannelState, "zalo", paused_until=NOW)
    assert "thử lại ở lượt gửi tới" in at_work.get("/thu").text


@pytest.mark.parametrize("page", PAGES)
def test_what_is_unknown_stands_above_every_page(busy: Engine, at_work: TestClient, page: str) -> None:
    assert banners(at_work.get(page).text) == []
    put(busy, [S.UNKNOWN] * 2)
    text = at_work.get(page).text
    assert banners(text) == ["2 thư chưa rõ đã tới hay chưa Hãy quyết định"]
    assert 'href="/thu?trang-thai=unknown"' in text


def no_address(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.execute(sa.update(Contact).where(Contact.agency_id == SECRETARIAT).values(active=False))


@pytest.mark.parametrize("page", PAGES)
def test_a_secretariat_that_cannot_be_reached_comes_first(
    busy: Engine, at_work: TestClient, page: str
) -> None:
    put(busy, [S.UNKNOWN])
    no_address(busy)
    text = at_work.get(page).text
    first, second = banners(text)
    assert first.startswith("Văn phòng chưa có địa chỉ nhận thư dùng được")
    assert second.startswith("1 thư chưa rõ")
    assert text.index("banner grave") < text.index("<main")


def test_letters_that_are_halted_come_before_all(
    busy: Engine, at_work: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "halted_reason", lambda *_: "Dừng gửi thư: <đã khôi phục>")
    no_address(busy)
    text = at_work.get("/viec").text
    assert banners(text)[0] == "Dừng gửi thư: &lt;đã khôi phục&gt;"
    assert len(banners(text)) == 2
