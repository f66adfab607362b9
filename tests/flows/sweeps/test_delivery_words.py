"""What a pass left for people to know stands where they look first: tick, artifact, event."""

from dataclasses import replace
from typing import Any

import pytest

from flows import deliver_outbox
from flows.actions.follow_up.digest import DigestReport
from flows.actions.follow_up.follow_up import FollowUpReport
from flows.actions.follow_up.issue_due import IssueReport
from flows.actions.follow_up.tick import TickReport
from flows.sweeping import NOTHING, Swept, as_markdown
from flows.terminal.tick_words import tick_lines
from notifications.delivery.account import ChannelTrouble, DeliveryReport
from rules.letter_words import MessageState
from tests.cast import at

NOW = at("2022-08-15", "09:00")
AWAY = ChannelTrouble("mail", at("2022-08-15", "08:50"), "535 5.7.8 sai mật khẩu", at("2022-08-15", "09:05"))
HALTED = "Không gửi thư: cơ sở dữ liệu vừa được khôi phục từ bản sao"
UNREACHABLE = "Văn phòng chưa có địa chỉ nhận thư dùng được"
EVERYTHING = DeliveryReport(
    by_state={"sent": 3, "saved": 2, "unknown": 1, "owed": 4}, bundled=5, interrupted=1, unknown=7, owed=9,
    channels_down=("mail", "zalo"), troubles=(AWAY,), halted=HALTED, secretariat_unreachable=UNREACHABLE,
)  # fmt: skip


def ticked(delivery: DeliveryReport) -> list[str]:
    return tick_lines(
        TickReport(NOW, IssueReport(), FollowUpReport(NOW.date(), True), DigestReport(), delivery)
    )


def swept(**what: Any) -> Swept:
    return deliver_outbox._swept(NOW, DeliveryReport(**what))


def test_a_tick_says_first_what_must_not_be_missed() -> None:
    assert ticked(EVERYTHING) == [
        f"CHÚ Ý: {HALTED}.",
        f"CHÚ Ý: {UNREACHABLE}.",
        "Quét lúc 09:00 ngày 15/08/2022:",
        "  - thư: 7 thư chưa rõ đã tới hay chưa, cần Văn phòng quyết định tại trang Thư",
        "  - thư: 1 thư bị ngắt giữa chừng, ghi là «Chưa rõ đã tới hay chưa»",
        "  - thư: kênh Thư điện tử trục trặc từ 08:50 ngày 15/08/2022, thử lại lúc 09:05 ngày 15/08/2022: "
        "535 5.7.8 sai mật khẩu",
        "  - thư: kênh Zalo không kết nối được, các thư còn lại chờ lượt sau",
        "  - thư: 9 thư còn nợ, sẽ gửi khi nơi nhận hoặc kênh gửi hoạt động lại",
        "  - thư: 3 đã gửi",
        "  - thư: 2 đã lưu vào thư mục",
    ]


def test_a_quiet_tick_is_one_line_and_alarms_stand_before_it() -> None:
    quiet = "Quét lúc 09:00 ngày 15/08/2022: không có việc đến hạn."
    assert ticked(DeliveryReport()) == [quiet]
    assert ticked(DeliveryReport(secretariat_unreachable=UNREACHABLE)) == [f"CHÚ Ý: {UNREACHABLE}.", quiet]


def test_what_is_unknown_is_said_though_nothing_else_happened() -> None:
    assert len(ticked(DeliveryReport(unknown=1))) == 2
    found = swept(unknown=1)
    assert found.summary == "Đã gửi 0, không gửi được 0, chưa rõ 1."
    assert found.signals == ()  # it was told when it became so
    assert ("Chưa rõ đã tới hay chưa, chờ Văn phòng quyết định", "1") in found.rows
    assert swept().summary == NOTHING


@pytest.mark.parametrize("state", MessageState)
def test_every_state_has_its_line_and_its_row(state: MessageState) -> None:
    report = DeliveryReport(by_state={state.value: 2})
    assert f"  - thư: 2 {state.label.lower()}" in ticked(report)
    found = swept(by_state={state.value: 2})
    assert (state.label, "2") in found.rows
    assert ("Đã gửi 2" in found.summary) is (state is MessageState.SENT)
    assert found.signals[0].payload[state.value] == 2


def test_the_artifact_says_it_in_its_first_line() -> None:
    found = deliver_outbox._swept(NOW, EVERYTHING)
    said = "Đã gửi 3, lưu vào thư mục 2, còn nợ 9, không gửi được 0, chưa rõ 7."
    assert found.summary == f"{HALTED}. {UNREACHABLE}. {said}"
    first = as_markdown("Gửi thư", found).splitlines()[2]
    assert first.index(HALTED) < first.index(UNREACHABLE) < first.index("Đã gửi")
    assert [label for label, _ in found.rows[:5]] == [
        "Dừng gửi thư",
        "Không gửi được thư cho Văn phòng",
        "Chưa rõ đã tới hay chưa, chờ Văn phòng quyết định",
        "Kênh gửi trục trặc",
        "Thư còn nợ",
    ]


def test_the_event_names_the_channel() -> None:
    [signal] = deliver_outbox._swept(NOW, EVERYTHING).signals
    assert signal.payload["channels"] == [
        {"channel": "mail", "since": AWAY.since.isoformat(), "text": "535 5.7.8 sai mật khẩu"}
    ]
    assert signal.payload["channels_down"] == ["mail", "zalo"]
    assert (signal.payload["unknown"], signal.payload["unsettled"], signal.payload["owing"]) == (2, 7, 9)
    assert (signal.payload["halted"], signal.payload["secretariat_unreachable"]) == (HALTED, UNREACHABLE)


def test_a_lost_session_is_told() -> None:
    report = replace(EVERYTHING, lost=True)
    assert any("mất kết nối với cơ sở dữ liệu" in line for line in ticked(report))
    assert swept(lost=True).signals
