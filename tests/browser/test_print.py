"""What is printed: the whole of a page's matter, and nothing that can only be pressed."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from config.act import by_clock
from flows.actions.documents.intake import make_ready, store_draft
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.installation.instant import advance
from flows.actions.tasks.extensions.asking import ask_extension
from flows.actions.tasks.report import Report, report
from models.db import open_database
from rules.vocabulary import Actor
from tests.browser.conftest import served
from tests.cast import (
    DUE_ON,
    FINANCE,
    TRADE,
    act,
    act_on,
    at,
    by,
    conclusion,
    directive,
    issue,
    move_in,
    office,
)
from tests.installations import another_installation

pytestmark = pytest.mark.browser

SENTENCE = "Rà soát, củng cố hợp tác xã yếu kém thứ {} và báo cáo kết quả về Văn phòng."
LONG = [SENTENCE.format(n) for n in range(1, 61)]
LAST = "Câu cuối cùng của văn bản."
#: A4 without the margins of the style sheet, in CSS pixels.
PAPER = {"width": 661, "height": 1009}
PAGES = (
    "/viec", "/viec/GN-0001", "/viec/GN-0001?vai=van-phong", "/viec/GN-0001?vai=phoi-hop", "/viec/GN-0002",
    "/chuyen-giao?tu=sct&den=stc", "/van-ban", "/van-ban/moi", "/van-ban/1", "/van-ban/2", "/van-ban/3",
    "/van-ban/2/phat-hanh", "/trinh", "/thu", "/cong-van", "/cong-van/1", "/su-kien", "/bao-cao", "/lich-hop",
)  # fmt: skip
#: What still can be pressed or filled in, and boxes that hold more than they show.
_PRESSED = """() => [...document.querySelectorAll(
  "button, .button, nav, summary, input[type=file], input[type=submit], .roles, .bar, .banners")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height > 1)
  .map((one) => one.outerHTML.slice(0, 80))"""
_CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const look = getComputedStyle(one);
    if (look.overflow === "visible" || look.clipPath !== "none" || look.display === "inline") return false;
    if (["INPUT", "SELECT", "TEXTAREA", "svg", "PROGRESS"].includes(one.tagName)) return false;
    return one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
  }).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def long_site(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A long document issued, one as a draft, one that waits; a task with a report, one with a paper."""
    path = shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("print") / "office.db")
    engine = move_in(open_database(another_installation(f"sqlite:///{path}")))
    many = [directive(text, TRADE, due=by(date(2022, 10, 31))) for text in LONG]
    late = directive("Tham mưu kinh phí hỗ trợ hợp tác xã.", FINANCE, cooperate=[TRADE], due=by(DUE_ON))
    text = "\n".join([late.text, *LONG, LAST])
    issue(engine, late, *many, text=text)
    for number in (2, 3):
        draft = conclusion(late, *many, number=f"{number}/TB-UBND", text=text)
        store_draft(engine, draft, "", act(Actor.SECRETARIAT, at("2022-08-16")))
    make_ready(engine, 3, 0, at("2022-10-03", "07:30"), act(Actor.SECRETARIAT, at("2022-08-16")))
    for day in ("2022-09-05", "2022-09-12"):
        daily_follow_up(engine, by_clock(at(day, "06:00"), office()))
    report(engine, 2, Report("Đã rà soát. " * 80), act_on(engine, 2, Actor.LEAD, at("2022-09-13")))
    ask_extension(
        engine, 2, "Chờ số liệu", date(2022, 11, 30), act_on(engine, 2, Actor.LEAD, at("2022-09-14"))
    )
    advance(engine, at("2022-09-16"))
    engine.dispose()
    with served(path) as address:
        yield address


@pytest.fixture
def paper(browser: Any) -> Iterator[Any]:
    """A sheet of A4 as the printer sees the pages."""
    page = browser.new_page(viewport=PAPER)
    page.emulate_media(media="print")
    yield page
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_to_press_and_nothing_cut(paper: Any, long_site: str, address: str) -> None:
    assert paper.goto(long_site + address).status == 200
    assert paper.evaluate(_PRESSED) == []
    assert paper.evaluate(_CUT) == []
    assert paper.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert paper.locator("main").inner_text().strip()


@pytest.mark.parametrize("address", ["/van-ban/1", "/van-ban/2", "/van-ban/3"])
def test_a_document_is_printed_to_its_last_sentence(paper: Any, long_site: str, address: str) -> None:
    printed = _printed(paper, long_site + address)
    assert LAST in printed
    for sentence in LONG:
        assert printed.count(sentence[:50]) >= 2, sentence  # in the text, and as a directive


def test_a_task_is_printed_with_its_matter_and_without_its_forms(paper: Any, long_site: str) -> None:
    printed = _printed(paper, f"{long_site}/viec/GN-0002?vai=van-phong")
    for words in ("Báo cáo đã gửi", "Các lần đề nghị gia hạn", "Diễn biến", "chậm nhất ngày 31/10/2022"):
        assert words in printed
    for words in ("Cập nhật", "Với tư cách", "Hủy nhiệm vụ", "Chuyển giao nhiệm vụ", "Nhiệm vụ này cho"):
        assert words not in printed


def _printed(paper: Any, address: str) -> str:
    """The words on the sheets, on one line."""
    paper.goto(address)
    sheets = PdfDocument(paper.pdf(prefer_css_page_size=True))
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())
