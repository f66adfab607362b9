"""A leader is absent and the deputy decides; two people have the same task before them."""

from typing import Any

import pytest

from flows.actions.escalation.escalate import CaseForm, answer_case, raise_case
from flows.actions.installation.instant import advance
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Actor, Answer
from tests.browser.journeys.office import Account, JourneyOffice
from tests.browser.journeys.screen import SCREENS, Screen, fits, go, told, warned
from tests.browser.journeys.steps import come_in
from tests.cast import act, at
from tests.web.conftest import NOW
from tests.web.tasks.test_tasks import GATE

pytestmark = pytest.mark.browser

CHAIR, STANDING, OFFICE = "truong-bcd", "skhdt", "vpubnd"
NEXT_MORNING = at("2022-12-20", "09:00")


@pytest.fixture
def waiting(office: JourneyOffice) -> list[int]:
    """Two cases that wait for the chair."""
    return [_case(office, task, lead) for task, lead in ((2, "snn"), (3, "stc"))]


def _case(office: JourneyOffice, task: int, lead: str) -> int:
    form = CaseForm.model_validate(GATE)
    case = raise_case(office.engine, task, form, act(Actor.LEAD, NOW, lead))
    answer_case(office.engine, case, Answer.PASS_UP, "Vượt quyền.", act(Actor.LEADER, NOW, STANDING))
    return case


@SCREENS
def test_a_leader_is_absent(browser: Any, office: JourneyOffice, waiting: list[int], screen: Screen) -> None:
    first, second = waiting
    leader = office.account("Trần Văn Sáu", SeatRole.CHAIR, CHAIR, "sau", with_telephone=True)
    deputy = office.account("Võ Thị Liên", SeatRole.CLERK, OFFICE, "lien", with_telephone=True)
    with screen.opened(browser) as page, screen.opened(browser) as other:
        come_in(other, office.address, deputy, "/trinh")
        assert "GN-0002" not in other.locator("main").inner_text()
        come_in(page, office.address, leader)
        _goes_away(page, deputy)
        _decides(other, office, first, leader, deputy)
        advance(office.engine, NEXT_MORNING)
        come_in(page, office.address, leader, "/vang-mat")
        _is_back(page)
        come_in(other, office.address, deputy, "/trinh")
        _sees_it_no_longer(other, office, second)
        _decides_after_all(page, office, second)


def _goes_away(page: Any, deputy: Account) -> None:
    go(page.get_by_role("link", name="Trần Văn Sáu"))
    go(page.get_by_role("link", name="Vắng mặt, ủy quyền"))
    fits(page)
    page.get_by_label("Từ ngày").fill("19/12/2022")
    page.get_by_label("Đến hết ngày").fill("23/12/2022")
    page.get_by_label("Người được ủy quyền").select_option(value=str(deputy.id))
    page.get_by_label("Ghi chú").fill("Họp ở Hà Nội.")
    go(page.get_by_role("button", name="Ghi việc vắng mặt"))
    assert "Đã ghi việc vắng mặt" in told(page)
    fits(page)


def _decides(page: Any, office: JourneyOffice, case: int, leader: Account, deputy: Account) -> None:
    """In the leader's name; page and history say who it was."""
    page.goto(f"{office.address}/trinh")
    assert f"được ủy quyền của {leader.name}" in page.locator(".who").inner_text()
    fits(page)
    go(page.get_by_role("link", name="GN-0002"))
    fits(page)
    assert f"Thay mặt ông/bà {leader.name}" in page.locator("main").inner_text()
    _answer(page, "Đồng ý bổ sung vốn điều lệ.")
    said = f"ông/bà {deputy.name}, được ủy quyền của ông/bà {leader.name}"
    assert said in page.locator(".story").inner_text()
    fits(page)
    go(page.get_by_role("link", name="GN-0002").first)
    assert said in page.locator(".story").inner_text()
    fits(page)


def _answer(page: Any, words: str) -> None:
    page.get_by_label("Quyết định").check()
    page.get_by_label("Nội dung ý kiến").fill(words)
    assert page.get_by_label("Với tư cách").input_value() == "Trưởng Ban Chỉ đạo"
    go(page.get_by_role("button", name="Ghi ý kiến"))
    assert "Đã ghi ý kiến" in told(page)


def _is_back(page: Any) -> None:
    """Earlier than was said: yesterday was the last day."""
    fits(page)
    assert page.get_by_label("Ngày vắng mặt cuối cùng").input_value() == "19/12/2022"
    go(page.get_by_role("button", name="Kết thúc sớm"))
    assert "Đã ghi ngày vắng mặt cuối cùng" in told(page)
    fits(page)


def _sees_it_no_longer(page: Any, office: JourneyOffice, case: int) -> None:
    assert "được ủy quyền" not in page.locator(".who").inner_text()
    assert "GN-0003" not in page.locator("main").inner_text()
    page.goto(f"{office.address}/trinh/{case}")
    assert page.locator("h1").inner_text() == "Không tìm thấy trang"
    fits(page)


def _decides_after_all(page: Any, office: JourneyOffice, case: int) -> None:
    """What waited is the leader's again."""
    page.goto(f"{office.address}/trinh")
    go(page.get_by_role("link", name="GN-0003"))
    assert "Thay mặt" not in page.locator("main").inner_text()
    _answer(page, "Thực hiện từ năm sau.")
    assert "Trưởng Ban Chỉ đạo, ông/bà Trần Văn Sáu" in page.locator(".story").inner_text()


@SCREENS
def test_of_two_on_one_task_the_second_is_told(browser: Any, office: JourneyOffice, screen: Screen) -> None:
    hoa, yen = (
        office.account(name, SeatRole.SECRETARY, OFFICE, mailbox, with_telephone=True)
        for name, mailbox in (("Nguyễn Thị Hoa", "hoa"), ("Hồ Thị Yến", "yen"))
    )
    lan = office.account("Lê Thị Lan", SeatRole.CLERK, "snn", "lan")
    with screen.opened(browser) as page, screen.opened(browser) as other:
        office.let_in(page, hoa, "/viec/GN-0002")
        office.let_in(other, yen, "/viec/GN-0002")
        _both_put_it_right(page, other)
        office.let_in(other, lan, "/viec/GN-0002")
        _cancelled_under_a_report(page, other)


def _both_put_it_right(page: Any, other: Any) -> None:
    """The second keeps what was typed, and reads what the first has written."""
    first, second = "Xây dựng vùng nguyên liệu lúa.", "Xây dựng vùng nguyên liệu tôm."
    for one in (page, other):
        one.get_by_text("Đính chính, sửa sau phát hành").click()
    _put_right(page, first, "Theo bản gốc.")
    assert "Đã ghi đính chính" in told(page)
    _put_right(other, second, "Gõ nhầm.")
    assert "vừa được người khác cập nhật" in warned(other)
    assert f"người khác vừa sửa, nay là «{first}»" in other.locator("#dinh-chinh").inner_text()
    assert other.get_by_label("Nội dung nhiệm vụ").input_value() == second
    assert other.get_by_label("Lý do *").input_value() == "Gõ nhầm."
    fits(other)


def _put_right(page: Any, text: str, reason: str) -> None:
    form = page.locator("#dinh-chinh")
    form.get_by_label("Nội dung nhiệm vụ").fill(text)
    form.get_by_label("Lý do").fill(reason)
    go(form.get_by_role("button", name="Ghi đính chính"))


def _cancelled_under_a_report(page: Any, other: Any) -> None:
    """A clerk of the lead was writing; the words are still there."""
    words = "Đã khảo sát 12 hợp tác xã, đang lập danh sách."
    other.get_by_label("Nội dung", exact=True).fill(words)
    page.get_by_label("Nội dung", exact=True).fill("Trùng với nhiệm vụ khác.")
    go(page.get_by_role("button", name="Hủy nhiệm vụ"))
    assert "Đã hủy nhiệm vụ" in told(page)
    go(other.get_by_role("button", name="Báo cáo tiến độ"))
    assert "«Đã hủy»" in warned(other)
    assert words in other.locator("main").inner_text()
    fits(other)


@SCREENS
def test_a_task_is_handed_on_in_a_body(browser: Any, office: JourneyOffice, screen: Screen) -> None:
    head = office.account("Trần Thị Bình", SeatRole.HEAD, "snn", "binh", with_telephone=True)
    officer = office.account("Lê Hoàng Nam", SeatRole.OFFICER, "snn", "nam")
    with screen.opened(browser) as page:
        office.let_in(page, head, "/viec/GN-0002")
        _hands_on(page, officer)
    [letter] = office.letters_to(officer.email)
    assert "Giao thực hiện nhiệm vụ" in letter.message["Subject"]
    with screen.opened(browser) as page:
        office.let_in(page, officer, "/viec")
        go(page.get_by_role("link", name="GN-0002"))
        assert "Báo cáo lãnh đạo Sở trước." in page.locator("main").inner_text()
        assert page.get_by_role("button", name="Báo cáo tiến độ").count() == 1
        fits(page)


def _hands_on(page: Any, officer: Account) -> None:
    page.get_by_text("Người thực hiện trong cơ quan").click()
    fits(page)
    form = page.locator("#nguoi-thuc-hien")
    form.get_by_label("Giao cho").select_option(value=str(officer.id))
    form.get_by_label("Thời hạn trong cơ quan").fill("20/12/2022")
    form.get_by_label("Ghi chú").fill("Báo cáo lãnh đạo Sở trước.")
    go(form.get_by_role("button", name="Giao", exact=True))
    assert "Đã ghi việc giao người thực hiện" in told(page)
    fits(page)
