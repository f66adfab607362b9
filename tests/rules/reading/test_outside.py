"""What is certainly no order is accounted for: each line is told of, in doubt, or set aside with a reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.agencies import load_register
from rules.documents.coverage import set_aside
from rules.draft import (
    LEFT_OVER,
    DocumentKind,
    Doubt,
    Draft,
    DraftDirective,
    DraftDocument,
    Mark,
    Span,
    Statement,
)
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
NOTICE = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÓC TRĂNG\tĐộc lập - Tự do - Hạnh phúc
Số: 12/TB-UBND\tSóc Trăng, ngày 05 tháng 12 năm 2022
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về trạm y tế xã
Ngày 02/12/2022, Chủ tịch UBND tỉnh chủ trì cuộc họp về trạm y tế xã.
Sau khi nghe Sở Y tế báo cáo, Chủ tịch UBND tỉnh kết luận như sau:
1. Giao Sở Y tế rà soát các trạm y tế xã, báo cáo UBND tỉnh trước ngày 28/12/2022.
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
"""


def reasons(text: str) -> dict[str, str]:
    """The reason of each piece, by its words on one line."""
    draft = read_text(text, REGISTRY)
    return {" ".join(text[one.span.start : one.span.end].split()): one.reason for one in set_aside(draft)}


def test_each_part_of_a_notice_has_its_reason() -> None:
    found = list(reasons(NOTICE).items())
    assert [reason for _, reason in found] == [
        "Phần đầu văn bản: quốc hiệu, cơ quan, số, ngày",
        "Tiêu đề, trích yếu",
        "Thuật lại cuộc họp, tình hình",
        "Căn cứ, lý do ban hành",
        "Nơi nhận",
        "Chữ ký, quyền ký",
    ]
    assert found[0][0].endswith("05 tháng 12 năm 2022")
    assert found[-2][0] == "Nơi nhận: - Như trên; - Lưu: VT."


def test_address_and_signature() -> None:
    text = NOTICE.replace("Ngày 02/12/2022,", "Kính gửi: Sở Y tế\nNgày 02/12/2022,")
    text = text.replace(
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\n", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
    )
    assert reasons(text)["Kính gửi: Sở Y tế"] == "Nơi gửi đến"
    assert reasons(text)["TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"] == "Chữ ký, quyền ký"


def test_a_report_without_an_order_is_set_aside_whole() -> None:
    text = (
        "Sóc Trăng tôn vinh doanh nghiệp\nTối 17/10/2024, tỉnh tổ chức họp mặt.\n[img]\nQuang cảnh họp mặt.\n"
    )
    found = reasons(text)
    assert found["Sóc Trăng tôn vinh doanh nghiệp"] == "Tiêu đề, trích yếu"
    assert "Chú thích ảnh, tên tác giả" in found.values()


@pytest.mark.parametrize("text", [NOTICE, NOTICE.replace("1. Giao Sở Y tế", "Sở Y tế đã")])
def test_every_line_is_a_directive_in_doubt_or_set_aside(text: str) -> None:
    draft = read_text(text, REGISTRY)
    spans = [d.span for d in draft.directives] + [one.span for one in set_aside(draft)]
    spans += [doubt.span for doubt in draft.doubts if doubt.span]
    covered = {at for span in spans for at in range(span.start, span.end)}
    left = [line for line in text.split("\n") if line.strip() and not covered & set(places(text, line))]
    assert left == []


def places(text: str, line: str) -> range:
    return range(text.index(line), text.index(line) + len(line))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12)


@given(SPANS, SPANS, SPANS)
def test_nothing_is_set_aside_that_is_told_or_in_doubt(
    whole: list[tuple[int, int]], told: list[tuple[int, int]], doubted: list[tuple[int, int]]
) -> None:
    """And of what stands outside nothing else is left out."""
    text = "x" * 100
    outside = [Statement(Span(at, at + n), Mark.NO_TASK, "Nơi nhận", "recipients") for at, n in whole]
    directives = [DraftDirective(text[at : at + n], Span(at, at + n)) for at, n in told]
    doubts = [Doubt(LEFT_OVER, "?", (), Span(at, at + n)) for at, n in doubted]
    document = DraftDocument(DocumentKind.NOTICE, None, None, None, None, "", text)
    draft = Draft(document, tuple(directives), tuple(doubts), (), tuple(outside))
    taken = {at for start, n in (*told, *doubted) for at in range(start, start + n)}
    found = {at for one in set_aside(draft) for at in range(one.span.start, one.span.end)}
    assert found == {at for start, n in whole for at in range(start, start + n)} - taken


def test_a_sentence_that_is_dismissed_is_set_aside() -> None:
    text = NOTICE.replace("Sau khi nghe", "Sở Tài chính bố trí kinh phí trước ngày 20/12/2022.\nSau khi nghe")
    draft = read_text(text, REGISTRY)
    assert [doubt.field for doubt in draft.doubts] == [LEFT_OVER]
    words = "Sở Tài chính bố trí kinh phí"
    assert not any(words in text[one.span.start : one.span.end] for one in set_aside(draft))
    seen = set_aside(replace(draft, doubts=()))
    assert any(words in text[one.span.start : one.span.end] for one in seen)
