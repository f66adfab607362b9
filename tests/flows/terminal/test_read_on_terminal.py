"""``dondoc read`` without --json: what a secretary sees, in colour, without colour, and in a pipe."""

import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from config.agencies import load_register
from flows.actions.reading.read_conclusion import read_conclusion
from flows.cli import app
from flows.terminal.reading.cited_text import QUOTED_DUE, QUOTED_PARTY, cited
from flows.terminal.reading.draft_view import draft_view
from flows.terminal.reading.read_command import show
from rules.draft import DraftDirective, DraftDue, DueKind, Party, Span
from rules.people.registry import Registry

REGISTRY = Registry(load_register().bodies)
DEV = Path(__file__).parents[2] / "corpus" / "dev"
TEXT = """UBND TỈNH SÓC TRĂNG
Số: 9/TB-UBND
Sóc Trăng, ngày 18 tháng 9 năm 2023
THÔNG BÁO
Phó Chủ tịch UBND tỉnh kết luận như sau:
1. Giao Sở Y tế chủ trì, phối hợp với Sở KH&ĐT rà soát các trạm y tế, báo cáo UBND tỉnh trước ngày 30/9/2023.
2. Giao Sở Tài chính và các đơn vị liên quan cân đối kinh phí.
3. Giao Sở Tư pháp thẩm định trong 07 ngày kể từ ngày nhận đủ hồ sơ.
"""


PARTS = ("Sở  Y tế", "trước ngày 5/1")


def shown(text: str = TEXT, width: int = 80, **console: Any) -> str:
    draft = read_conclusion("a.txt", text.encode(), REGISTRY, None)
    file = StringIO()
    Console(file=file, width=width, highlight=False, **console).print(draft_view(draft, REGISTRY))
    return file.getvalue()


def words(text: str) -> str:
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def test_who_and_by_when_come_first_then_the_words_then_the_rest() -> None:
    said = words(shown(width=120))
    assert "Ngày thứ hai 18/09/2023" in said
    assert "1. Sở Y tế thứ bảy 30/09/2023 Giao Sở Y tế chủ trì" in said
    assert "Phối hợp Sở Kế hoạch và Đầu tư Báo cáo UBND tỉnh Sóc Trăng" in said
    assert "Căn cứ «Sở KH&ĐT», «trước ngày 30/9/2023»" in said


def test_doubts_are_said_in_words_and_counted_at_the_end() -> None:
    said = words(shown(width=120))
    assert "Cần xem ? “các đơn vị liên quan” là nhóm chưa rõ thành phần" in said
    assert "3. Sở Tư pháp chưa tính được ngày" in said
    assert "3 chỉ đạo, cần xem lại 2: số 2, 3." in said
    assert "Thời hạn sớm nhất: thứ bảy 30/09/2023 (số 1)." in said
    assert "1 việc không thời hạn, 1 việc chưa tính được ngày" in said


def test_a_body_that_is_not_known_stands_out() -> None:
    text = TEXT.replace("Giao Sở Tư pháp", "Giao Viện Nghiên cứu Lúa gạo")
    assert "3. «Viện Nghiên cứu Lúa gạo» (chưa rõ)" in words(shown(text, 120))
    colourful = shown(text, force_terminal=True, color_system="standard")
    assert "\x1b[1;31mViện Nghiên cứu Lúa gạo\x1b[0m" in colourful


def test_nothing_found_is_said_with_what_was_looked_at() -> None:
    said = words(shown("Tin vắn\nTrời nhiều mây, có mưa vài nơi trong tỉnh.\n", 120))
    assert "Đọc như tin báo chí" in said
    assert "Chưa tìm thấy chỉ đạo nào. Đã xem 1 câu." in said
    assert "không có nghi vấn" not in said


def test_sentences_left_over_stand_in_one_list_under_the_directives() -> None:
    said = words(shown(TEXT + "4. Sở Nội vụ đã lập danh sách trước ngày 10/9.\n", 120))
    under = said.split("Câu chưa thành nhiệm vụ", 1)[1]
    assert "đã lập danh sách trước ngày 10/9" in under
    assert "thì quá khứ" in under


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", ["002", "005", "009", "011"])
def test_no_line_is_wider_than_the_screen(name: str, width: int) -> None:
    text = (DEV / f"{name}.txt").read_text(encoding="utf-8")
    lines = shown(text, width).splitlines()
    assert max(map(len, lines)) <= width


def test_colour_says_nothing_that_words_do_not() -> None:
    colourful = shown(force_terminal=True, color_system="standard")
    assert "\x1b[1;36m" in colourful
    assert re.sub(r"\x1b\[[0-9;]*m", "", colourful) == shown(force_terminal=True, color_system=None)


def test_without_colour_no_escape_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3\dm", shown(force_terminal=True))


def test_a_pipe_gets_the_draft_without_colours_or_blanks_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "ket-luan.txt"
    file.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["read", str(file)])
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert all(line == line.rstrip() for line in result.stdout.splitlines())
    assert "Tiếp theo" not in result.stdout
    assert "--json" in result.stderr


def test_a_terminal_gets_it_too() -> None:
    draft = read_conclusion("a.txt", TEXT.encode(), REGISTRY, None)
    file = StringIO()
    show(draft, REGISTRY, Console(file=file, width=80, force_terminal=True, color_system="standard"))
    assert "\x1b[" in file.getvalue()


def test_the_words_that_were_understood_are_marked_in_place() -> None:
    text = "Giao\n Sở  Y tế\t\trà soát\ttrước ngày 5/1"
    who, when = (Span(10 + text.index(part), 10 + text.index(part) + len(part)) for part in PARTS)
    due = DraftDue(DueKind.DATE, date(2023, 1, 5), phrase=PARTS[1], span=when)
    lead = (Party(PARTS[0], "so-y-te", who), Party("Sở", "so-y-te", Span(0, 2)))
    marked = cited(DraftDirective(text, Span(10, 10 + len(text)), lead, due=due))
    assert marked.plain == "Giao Sở Y tế | rà soát | trước ngày 5/1"
    assert [(marked.plain[s.start : s.end], s.style) for s in marked.spans] == [
        ("Sở Y tế", QUOTED_PARTY), ("trước ngày 5/1", QUOTED_DUE),
    ]  # fmt: skip


def test_what_is_set_aside_is_counted_and_listed_when_asked(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(f"{TEXT}Nơi nhận:\n- Như trên;\n", encoding="utf-8")
    usual = words(CliRunner().invoke(app, ["read", str(paper)]).output)
    assert "đoạn ngoài phần kết luận; thêm --set-aside để xem từng câu và lý do." in usual
    assert "Các đoạn khác không thành nhiệm vụ" not in usual
    told = words(CliRunner().invoke(app, ["read", str(paper), "--set-aside"]).output)
    assert "Các đoạn khác không thành nhiệm vụ" in told
    assert "- Nơi nhận: Nơi nhận: - Như trên;" in told
    assert "- Phần đầu văn bản: quốc hiệu, cơ quan, số, ngày: UBND TỈNH SÓC TRĂNG" in told
    assert "--set-aside" not in told
