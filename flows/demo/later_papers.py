"""Two later conclusions of the demo's year: one is issued in October, one is a draft for three days."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.documents.intake import issue_stored, store_draft
from flows.actions.reading.read_conclusion import read_conclusion
from flows.actions.tasks.extensions.asking import ask_extension, decide_extension
from flows.demo import script
from flows.demo.open_tasks import open_task
from models.db import reading
from models.facts import code_of
from models.people.register import load_registry
from models.tables.documents import Document
from models.tables.extensions import ExtensionRequest
from rules.vocabulary import Actor

_HEAD = """ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sóc Trăng, ngày {day.day} tháng {day.month} năm {day.year}

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo {subject}

Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo kết luận như sau:
{tasks}
"""
FAIR = _HEAD.format(
    number="268/TB-UBND",
    day=date(2022, 10, 24),
    subject="tại cuộc họp về tiêu thụ nông sản của hợp tác xã",
    tasks="1. Sở Công Thương chủ trì tổ chức hội chợ nông sản hợp tác xã, hoàn thành trước ngày 31/10/2022.\n"
    "2. Sở Tài chính thẩm định dự toán hỗ trợ máy sấy lúa cho hợp tác xã, trình UBND tỉnh trước ngày "
    "04/11/2022.\n"
    "3. Sở Nông nghiệp và Phát triển nông thôn thống kê nhu cầu lúa giống của các hợp tác xã, báo cáo UBND "
    "tỉnh trước ngày 28/10/2022.",
)
SUMMARY = _HEAD.format(
    number="271/TB-UBND",
    day=date(2022, 10, 25),
    subject="tại buổi làm việc với Liên minh Hợp tác xã tỉnh",
    tasks="1. Giao Liên minh Hợp tác xã tỉnh tổng hợp kết quả củng cố hợp tác xã nông nghiệp, báo cáo UBND "
    "tỉnh trước ngày 15/11/2022.",
)


def play_papers(engine: Engine, act: Act) -> list[str]:
    """What the secretariat, whose ``act`` it is, does with them that day, and the extension in between."""
    said, day = [], act.today
    if day == date(2022, 10, 24):
        published = issue_stored(engine, _stored(engine, FAIR, act), None, act)
        said.append(f"Văn phòng: phát hành {published.source}, {len(published.task_codes)} nhiệm vụ")
    if day == date(2022, 10, 25):
        _stored(engine, SUMMARY, act)
        said.append("Văn phòng: nhận một thông báo kết luận nữa, đọc thành dự thảo")
        said.append(_ask(engine, act))
    if day == date(2022, 10, 26):
        decide_extension(engine, _newest(engine, ExtensionRequest), True, "", act.taken_by(Actor.ASSIGNER))
        said.append("Trưởng Ban Chỉ đạo: đồng ý gia hạn cho Sở Công Thương")
    if day == date(2022, 10, 28):
        published = issue_stored(engine, _newest(engine, Document), None, act)
        said.append(f"Văn phòng: phát hành {published.source}")
    return said


def _ask(engine: Engine, act: Act) -> str:
    task_id, wanted_on = open_task(engine, "sct", script.FAIR), date(2022, 11, 10)
    reason = "Mưa lớn kéo dài, các huyện đề nghị dời hội chợ sang đầu tháng 11."
    ask_extension(engine, task_id, reason, wanted_on, act.taken_by(Actor.LEAD, "sct"))
    return f"Sở Công Thương: đề nghị gia hạn {code_of(task_id)} đến ngày {wanted_on:%d/%m/%Y}"


def _stored(engine: Engine, text: str, act: Act) -> int:
    with reading(engine) as session:
        registry = load_registry(session)
    draft = read_conclusion("thong-bao.txt", text.encode(), registry, None)
    return store_draft(engine, draft, "thong-bao.txt", act)


def _newest(engine: Engine, table: Any) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.max(table.id))) or 0
