"""Reports: percent, text, figures, files; and what may not be handed in."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.evidence import kinds as evidence_kinds
from flows.actions.tasks.evidence.files import NewFile, path_of
from flows.actions.tasks.evidence.kinds import MOST_FILES, EvidenceError
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.report import Report, report, submit
from models.tables.outbox import OutboxLetter
from models.tables.reports import EvidenceFile, TaskReport
from models.tables.tasks import Task, TaskEvent
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, Refusal
from rules.text.figures import Figure, UnreadableFigure, restored
from rules.vocabulary import Actor, EventKind, TaskStatus
from tests.cast import (
    DATED,
    FINANCE,
    SECRETARIAT,
    TRADE,
    act,
    act_on,
    at,
    dump,
    issue,
    move_in,
    office,
    rows,
    task,
)

PDF = b"%PDF-1.7 so lieu"
FIGURES = {
    "Hợp tác xã được hỗ trợ": Figure(Decimal("12")),
    "Kinh phí": Figure(Decimal("1234.5"), "triệu đồng"),
}


def archive(*parts: str) -> bytes:
    """A zip with these parts in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for part in parts:
            made.writestr(part, "x")
    return packed.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The evidence folder of the office, empty."""
    made = tmp_path / "evidence"
    made.mkdir()
    return made


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    issue(move_in(engine), DATED)
    return engine


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    issue(move_in(sqlite_engine), DATED)
    return sqlite_engine


def send(engine: Engine, folder: Path, content: Report, actor: Actor = Actor.LEAD) -> TaskStatus:
    return report(engine, 1, content, act_on(engine, 1, actor, at("2022-08-16")), folder)


def test_progress_is_kept_with_all_that_shows_it(at_work: Engine, folder: Path) -> None:
    files = (NewFile("báo cáo.pdf", PDF), NewFile("ghi chú.txt", "Số liệu tháng 8".encode()))
    assert send(at_work, folder, Report(" Đã thẩm định. ", 40, FIGURES, files)) is TaskStatus.IN_PROGRESS
    assert (task(at_work).percent, task(at_work).last_report_on) == (40, date(2022, 8, 16))
    [row] = rows(at_work, TaskReport)
    assert (row.agency_id, row.event_seq, row.percent, row.text) == (FINANCE, 1, 40, "Đã thẩm định.")
    assert restored(row.figures) == FIGURES
    first, second = rows(at_work, EvidenceFile)
    assert (first.name, first.media_type, first.size) == ("báo cáo.pdf", "application/pdf", len(PDF))
    assert path_of(first, folder).read_bytes() == PDF
    assert second.stored_as == f"{second.sha256}.txt"
    assert {path.name for path in folder.iterdir()} == {first.stored_as, second.stored_as}
    assert rows(at_work, TaskEvent)[-1].kind is EventKind.PROGRESS


def test_a_result_waits_for_its_confirmation(at_work: Engine, folder: Path) -> None:
    submit(
        at_work, 1, Report("Báo cáo số 12/BC-STC"), act_on(at_work, 1, Actor.LEAD, at("2022-08-30")), folder
    )
    assert (task(at_work).submitted_on, task(at_work).percent) == (date(2022, 8, 30), None)
    [asked] = rows(at_work, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    assert (asked.key, asked.agency_id) == ("confirmation:1:1", SECRETARIAT)


def test_a_result_that_was_taken_over_is_asked_about_again(at_work: Engine, folder: Path) -> None:
    """Seen to fail: the whole pass of the day died over a key that was empty."""
    submit(at_work, 1, Report("Đã xong."), act_on(at_work, 1, Actor.LEAD, at("2022-08-30")), folder)
    plan = preview_hand_over(at_work, FINANCE, TRADE, at("2022-08-31"), [1])
    hand_over(at_work, plan, "Nghị quyết 1", "", act(Actor.SECRETARIAT, at("2022-08-31")))
    new = max(row.id for row in rows(at_work, Task))
    for day in ("2022-09-07", "2022-09-12"):
        daily_follow_up(at_work, by_clock(at(day, "06:45"), office()))
    asked = rows(at_work, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    keys = [letter.key for letter in asked if letter.task_id == new]
    assert keys == [f"confirmation:{new}:0", f"confirmation:{new}:0:1", f"confirmation:{new}:0:2"]


def test_the_same_bytes_lie_there_once(small_office: Engine, folder: Path) -> None:
    for name in ("một.pdf", "hai.pdf"):
        send(small_office, folder, Report("Tiến độ", files=[NewFile(name, PDF)]))
    first, second = rows(small_office, EvidenceFile)
    assert first.stored_as == second.stored_as
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Report("  "), "cần ghi nội dung"),
        (Report("x" * 4001), "tối đa 4000"),
        (Report("Xong", 101), "từ 0 đến 100"),
        (Report("Xong", -1), "từ 0 đến 100"),
        (Report("Xong", figures={"": Figure(Decimal(1))}), "Tên số liệu"),
        (Report("Xong", files=[NewFile("a.pdf", b"")]), "«a.pdf» trống"),
        (Report("Xong", files=[NewFile("a.pdf", b"MZ\x90\x00 program")]), "không thuộc loại được nhận"),
        (
            Report("Xong", files=[NewFile("a.docx", archive("word/document.xml", "word/vbaProject.bin"))]),
            "macro",
        ),
        (Report("Xong", files=[NewFile("a.docx", archive("readme"))]), "không thuộc loại được nhận"),
        (Report("Xong", files=[NewFile("a.docx", b"PK\x03\x04 broken")]), "không thuộc loại được nhận"),
        (Report("Xong", files=[NewFile("a.pdf", PDF)] * (MOST_FILES + 1)), "tối đa 10 tệp"),
    ],
)
def test_a_bad_report_leaves_nothing_behind(
    small_office: Engine, folder: Path, content: Report, said: str
) -> None:
    before = dump(small_office)
    with pytest.raises(Refusal, match=said):
        send(small_office, folder, content)
    assert dump(small_office) == before
    assert list(folder.iterdir()) == []


def test_files_of_a_refused_report_are_gone(small_office: Engine, folder: Path) -> None:
    with pytest.raises(NotAllowed, match="không có quyền"):
        send(small_office, folder, Report("Xong", files=[NewFile("a.pdf", PDF)]), Actor.LEADER)
    assert list(folder.iterdir()) == []
    assert rows(small_office, EvidenceFile) == []


def test_a_large_file_is_refused(small_office: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_kinds, "MOST_BYTES", 10)
    with pytest.raises(EvidenceError, match="lớn hơn"):
        send(small_office, folder, Report("Xong", files=[NewFile("a.pdf", PDF)]))


def test_a_folder_that_cannot_be_written_is_said(small_office: Engine, folder: Path) -> None:
    blocked = folder / "file"
    blocked.write_text("x")
    before = dump(small_office)
    with pytest.raises(EvidenceError, match="Không lưu được tệp «a.pdf»"):
        send(small_office, blocked, Report("Xong", files=[NewFile("a.pdf", PDF)]))
    assert dump(small_office) == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\tệp\\báo cáo.pdf", "báo cáo.pdf"),
        ("a\0b\u202efdp.exe\n.pdf", "abfdp.exe.pdf"),
        ("..", "tệp không tên"),
        ("", "tệp không tên"),
        ("é" * 400, "é" * 150),
    ],
)
def test_a_name_is_only_shown(small_office: Engine, folder: Path, typed: str, shown: str) -> None:
    send(small_office, folder, Report("Tiến độ", files=[NewFile(typed, PDF)]))
    [row] = rows(small_office, EvidenceFile)
    assert row.name == shown
    assert path_of(row, folder).parent == folder


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (archive("word/document.xml"), "wordprocessingml.document"),
        (archive("xl/workbook.xml"), "spreadsheetml.sheet"),
        (archive("ppt/presentation.xml"), "presentationml.presentation"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        (b"<script>alert(1)</script>", "text/plain"),
    ],
)
def test_the_bytes_tell_the_type(small_office: Engine, folder: Path, data: bytes, media: str) -> None:
    send(small_office, folder, Report("Tiến độ", files=[NewFile("a.exe", data)]))
    [row] = rows(small_office, EvidenceFile)
    assert row.media_type.endswith(media)


@pytest.mark.parametrize("stored_as", ["../secret.pdf", "0" * 64 + ".pdf", ""])
def test_a_row_never_leads_out_of_the_folder(folder: Path, stored_as: str) -> None:
    (folder.parent / "secret.pdf").write_bytes(PDF)
    row = EvidenceFile(report_id=1, name="a", media_type="x", size=len(PDF), sha256="", stored_as=stored_as)
    with pytest.raises(EvidenceError, match="Không tìm thấy"):
        path_of(row, folder)


def test_a_number_that_is_none_is_refused_before_a_file_is_written(
    small_office: Engine, folder: Path
) -> None:
    odd = Report("Xong", figures={"a": Figure(Decimal("NaN"))}, files=[NewFile("a.pdf", PDF)])
    with pytest.raises(UnreadableFigure):
        send(small_office, folder, odd)
    assert list(folder.iterdir()) == []
