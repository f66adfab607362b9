"""Coverage: every character of the operative part lies in exactly one statement (issue 3)."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.agencies import load_register
from rules.draft import Draft, Mark
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
CORPUS = Path(__file__).parents[2] / "corpus"
DOCUMENTS = sorted([*(CORPUS / "dev").glob("*.txt"), *(CORPUS / "second").glob("*.txt")])
HEAD = "THÔNG BÁO\nSố: 9/TB-UBND\nngày 18 tháng 9 năm 2023\nPhó Chủ tịch kết luận như sau:\n"
LINES = (
    "1. Giao Sở Y tế rà soát danh mục thuốc; Sở Tư pháp thẩm định trước ngày 30/9.",
    "2. Biểu dương Công an tỉnh. Sở Tài chính bố trí vốn. Thời hạn: trước ngày 30/10.",
    "- Tăng cường tuyên truyền trên địa bàn.",
    "Phấn đấu đến cuối năm có thêm 05 xã đạt chuẩn.",
    "II. TỔ CHỨC THỰC HIỆN",
    "Trường hợp vượt thẩm quyền, báo cáo UBND tỉnh.",
    "",
)


def accounts_for_all(draft: Draft) -> None:
    text, found = draft.document.text, draft.statements
    for before, after in zip(found, found[1:], strict=False):
        assert before.span.end <= after.span.start
        assert not text[before.span.end : after.span.start].strip()
    for directive in draft.directives:
        over = [s for s in found if s.span.start < directive.span.end and directive.span.start < s.span.end]
        assert over
        assert {s.mark for s in over} == {Mark.DIRECTIVE}
        assert over[0].span.start <= directive.span.start
        assert directive.span.end <= over[-1].span.end
    assert all(s.reason and s.read_by for s in found)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_accounted_for(path: Path) -> None:
    draft = read_text(path.read_text(encoding="utf-8"), REGISTRY)
    accounts_for_all(draft)
    assert draft.statements


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=9))
def test_any_order_of_lines_is_accounted_for(lines: list[str]) -> None:
    draft = read_text(HEAD + "\n".join(lines) + "\n", REGISTRY)
    accounts_for_all(draft)
    told = "".join(draft.document.text[s.span.start : s.span.end] for s in draft.statements)
    for line in lines:
        if line.startswith(("1.", "2.")):
            assert "".join(line.split()) in "".join(told.split())


def test_what_is_no_task_says_why() -> None:
    draft = read_text(HEAD + "1. Phấn đấu đến cuối năm có thêm 05 xã.\n2. Giao Sở Y tế rà soát.\n", REGISTRY)
    assert [(s.mark, s.read_by) for s in draft.statements] == [
        (Mark.ORIENTATION, "assessment_or_goal"),
        (Mark.DIRECTIVE, "directive"),
    ]
