"""Pages whose lists grow with the province: a page of rows each, the full number, and a way to all.

Seen to fail with a list that is cut in silence, with a count of the rows that are shown, and with a link
to other rows than those that were counted.
"""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.deadlines.calendar_years import RecountedDeadline
from models.tables.agencies import ContactAddress
from models.tables.cases import EscalationCase
from models.tables.documents import AwaitedEvent, Directive
from models.tables.meetings import Meeting
from models.tables.tasks import Task, Urging, UrgingPaper
from rules.deadlines.recounts import Recount
from rules.vocabulary import CaseState, Rung, TaskStatus
from tests.cast import change
from tests.web.conftest import NOW
from tests.web.follow_up.test_digest_page import a_task
from tests.web.tasks.test_tasks import codes

TODAY = NOW.date()
MANY = 130


def cases(engine: Engine, state: CaseState) -> None:
    said = ("missing_authority", "basis", "tried", "options", "recommendation")
    with unit_of_work(engine) as session:
        tasks = [a_task(number, TaskStatus.PAUSED, None) for number in range(MANY)]
        session.add_all(tasks)
        session.flush()
        for number, task in enumerate(tasks):
            session.add(
                EscalationCase(
                    task_id=task.id or 0, state=state, rung=Rung.CHAIR, rung_since=TODAY, raised_on=TODAY,
                    answer_by=TODAY + timedelta(number), **dict.fromkeys(said, f"Vốn {number}"),
                )
            )  # fmt: skip


def shown(page: str) -> list[str]:
    return re.findall(r'class="code"><a href="/trinh/(\d+)"', page)


def test_cases_that_wait_come_page_by_page(at_work: TestClient, busy: Engine) -> None:
    cases(busy, CaseState.WAITING)
    pages = [at_work.get(f"/trinh?trang={number}").text for number in (1, 2, 3)]
    assert f"Đang chờ ý kiến ({MANY})" in pages[0]
    assert "Trang 1 / 3" in pages[0]
    assert [key for page in pages for key in shown(page)] == [str(n) for n in range(1, MANY + 1)]
    assert "ở trang này" in at_work.get("/trinh?trang=9").text


def test_cases_that_are_over_are_all_to_be_had(at_work: TestClient, busy: Engine) -> None:
    cases(busy, CaseState.LAPSED)
    page = at_work.get("/trinh").text
    assert f"không còn cần ({MANY})" in page
    assert len(shown(page)) == 20
    assert f'<a href="/trinh?phan=da-xong">Xem cả {MANY} việc</a>' in page
    pages = [at_work.get(f"/trinh?phan=da-xong&trang={number}").text for number in (1, 2, 3)]
    assert [len(shown(one)) for one in pages] == [50, 50, 30]


def papers(engine: Engine, issued: bool) -> None:
    """A paper a day to one body, about a task that is late, or about none."""
    change(engine, Task, 1, due_on=TODAY - timedelta(9), status=TaskStatus.IN_PROGRESS)
    with unit_of_work(engine) as session:
        lead = session.get_one(Task, 1).agency_id
        for number in range(1, MANY + 1):
            day = TODAY - timedelta(number)
            out = {"issued_on": day, "number": f"{number}/UBND", "signed_by": "Chánh VP"} if issued else {}
            session.add(UrgingPaper(id=number, agency_id=lead, prepared_on=day, **out))
            session.flush()
            if number % 2:
                session.add(
                    Urging(
                        task_id=1, number=number, urged_on=day, text="Đôn đốc",
                        recipient_id=lead, letter_key=f"k{number}", paper_id=number,
                    )
                )  # fmt: skip


def test_papers_of_each_kind_are_counted_and_paged(at_work: TestClient, busy: Engine) -> None:
    papers(busy, issued=False)
    page = at_work.get("/cong-van").text
    for title, part in (("Chờ ký", "cho-ky"), ("Không còn cần ban hành", "khong-can")):
        assert f"<h2>{title} ({MANY // 2})</h2>" in page
        assert f'<a href="/cong-van?phan={part}">Xem cả {MANY // 2} công văn</a>' in page
        second = at_work.get(f"/cong-van?phan={part}&trang=2").text
        assert "Trang 2 / 2" in second
        assert len(set(re.findall(r'href="/cong-van/(\d+)"', second))) == MANY // 2 - 50
    assert "Không có công văn nào ở mục này" in at_work.get("/cong-van?phan=da-ban-hanh").text


def test_papers_that_are_out(at_work: TestClient, busy: Engine) -> None:
    papers(busy, issued=True)
    assert f"<h2>Đã ban hành ({MANY})</h2>" in at_work.get("/cong-van").text
    assert "Trang 3 / 3" in at_work.get("/cong-van?phan=da-ban-hanh&trang=3").text


@pytest.fixture
def crowded(busy: Engine) -> Engine:
    """The first directive of the sample has given a thousand bodies a task; they wait for one event."""
    with unit_of_work(busy) as session:
        session.add(AwaitedEvent(id=1, document_id=1, words="đề án được phê duyệt"))
        session.flush()
        session.get_one(Directive, 1).event_id = 1
        for number in range(1_200):
            status = TaskStatus.CONFIRMED if number < 100 else TaskStatus.ASSIGNED
            session.add(a_task(number, status, TODAY + timedelta(9) if number < 300 else None))
    return busy


def test_a_document_shows_the_first_tasks_of_each_directive(at_work: TestClient, crowded: Engine) -> None:
    page = at_work.get("/van-ban/1").text
    assert len(re.findall(r'<li><a href="/viec/GN-\d+"', page)) <= 200
    [(address, count)] = re.findall(r'href="(/viec\?van-ban=1&[^"]+)">Xem cả ([\d.]+) nhiệm vụ', page)
    assert count == "1.201"
    listed = at_work.get(address.replace("&amp;", "&")).text
    assert "1.201 nhiệm vụ theo bộ lọc" in listed
    assert "Nhiệm vụ theo <a" in listed
    assert len(codes(listed)) == 50


def test_an_event_shows_its_first_tasks(at_work: TestClient, crowded: Engine) -> None:
    page = at_work.get("/su-kien").text
    assert "1.101 nhiệm vụ đang chờ" in page
    assert page.count("/viec/GN-") == 10
    one = at_work.get("/su-kien/1").text
    assert "Đang chờ (900)" in one
    assert "Đã có thời hạn (201)" in one
    assert '<a href="/viec?su-kien=1">Xem cả 1.101 nhiệm vụ</a>' in one
    assert "1.101 nhiệm vụ theo bộ lọc" in at_work.get("/viec?su-kien=1").text


@pytest.mark.parametrize("query", ["van-ban=x", "van-ban=99", "su-kien=" + "9" * 30, "van-ban=1&chi-dao=-1"])
def test_what_is_narrowed_to_nothing_says_so(at_work: TestClient, query: str) -> None:
    assert "Không có nhiệm vụ nào khớp với bộ lọc" in at_work.get(f"/viec?{query}").text


def test_counted_days_are_counted_and_paged(at_work: TestClient, busy: Engine) -> None:
    with unit_of_work(busy) as session:
        session.add_all(a_task(number, TaskStatus.ASSIGNED, TODAY) for number in range(MANY))
        session.flush()
        for task_id in session.scalars(sa.select(Task.id).where(Task.due_on == TODAY)):
            session.add(counted(task_id or 0, TODAY - timedelta(1), Recount.ASKED))
            session.add(counted(task_id or 0, TODAY - timedelta(2), Recount.MOVED))
        session.add_all(counted(1, TODAY - timedelta(number), Recount.MOVED) for number in range(3, 63))
    page = at_work.get("/lich-nghi").text
    assert f"Chờ Văn phòng quyết định ({MANY})" in page
    assert "Trang 1 / 3" in page
    assert page.count('action="/lich-nghi/') == 50
    assert f"lịch năm 2022 ({MANY})" in page
    assert page.count('<tr>\n<td class="code">') == 50 + 2 * 20 + 8
    day = TODAY - timedelta(2)
    assert f'<a href="/lich-nghi?ngay={day}">Xem cả {MANY} thời hạn</a>' in page
    assert '<a href="/lich-nghi?phan=cac-ngay">Xem cả 62 lần tính</a>' in page
    shown = [at_work.get(f"/lich-nghi?ngay={day}&trang={number}").text for number in (1, 2, 3)]
    assert [one.count('<td class="code">') for one in shown] == [50, 50, 30]
    assert [at_work.get(f"/lich-nghi?trang={number}").text.count("<form") for number in (2, 3, 4)] == [
        50,
        30,
        0,
    ]
    days = [at_work.get(f"/lich-nghi?phan=cac-ngay&trang={number}").text for number in (1, 2)]
    assert [one.count('href="/lich-nghi?ngay=') for one in days] == [50, 12]
    assert "Không có thời hạn nào" in at_work.get("/lich-nghi?ngay=2000-01-01").text
    assert "Chờ Văn phòng" in at_work.get("/lich-nghi?ngay=mai").text


def counted(task_id: int, day: date, outcome: Recount) -> RecountedDeadline:
    return RecountedDeadline(
        task_id=task_id, counted_on=day, years="2022", outcome=outcome, old_due_on=TODAY, new_due_on=TODAY
    )


def test_marked_addresses_and_meetings_are_counted_to_the_last(at_work: TestClient, busy: Engine) -> None:
    with unit_of_work(busy) as session:
        for day in range(60):
            held_on = TODAY - timedelta(day + 1)
            session.add(Meeting(held_on=held_on, title=f"Họp {day}", entered_at=NOW))
        first = session.get_one(ContactAddress, 1)
        for number in range(MANY):
            session.add(
                ContactAddress(
                    contact_id=first.contact_id, position=50 + number, url=f"mailto://a{number}@example.org",
                    channel="mail", identity=f"{number:032}", withdrawn=False, unusable_since=TODAY,
                    unusable_reason="Không có hộp thư",
                )
            )  # fmt: skip
    page = at_work.get("/thu").text
    assert f"Địa chỉ tạm ngừng ({MANY})" in page
    assert "Nêu 100 địa chỉ đầu tiên" in page
    meetings = at_work.get("/lich-hop").text
    assert "Đã họp, đã hủy (60)" in meetings
    assert "Nêu 50 cuộc họp gần đây nhất" in meetings
