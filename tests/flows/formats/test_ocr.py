"""Pictures of text."""

import struct
import subprocess
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.reading.read_document import DocumentError, read_document, take_in
from flows.formats import ocr
from flows.formats.image_size import unpacked_bytes
from tests.flows.formats.image_files import png, tiff
from tests.flows.formats.installed import needs_tesseract
from tests.flows.formats.pdf_files import pictures, text_pdf

LINES = ["THÔNG BÁO", "1. Giao Sở Y tế rà soát các trạm y tế xã, báo cáo trước ngày 28/12/2022."]
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


@needs_tesseract
def test_a_picture_is_read_and_said_to_be_one() -> None:
    content = take_in("trang.png", png(*pictures(text_pdf([LINES]))[0]))
    assert "Giao Sở Y tế rà soát các trạm y tế xã, báo cáo trước ngày 28/12/2022" in content.text
    assert "ảnh quét" in content.remarks[0]


@needs_tesseract
def test_all_pages_of_a_tiff_are_read() -> None:
    pages = pictures(text_pdf([LINES, ["2. Giao Sở Tư pháp thẩm định nội dung dự thảo."]]))
    text = read_document("trang.tif", tiff(pages))
    assert "trạm y tế xã" in text
    assert "2. Giao Sở Tư pháp" in text


@needs_tesseract
def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(DocumentError, match="“a.png” không đọc được như ảnh quét"):
        read_document("a.png", PNG_HEAD + b"\x00" * 300)


@needs_tesseract
def test_a_mark_of_secrecy_in_a_picture_is_seen() -> None:
    with pytest.raises(DocumentError, match="Tối mật"):
        read_document("a.png", png(*pictures(text_pdf([["TỐI MẬT", "", *LINES]]))[0]))


def refused_as_huge(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the picture is sent back by its size alone: tesseract is not asked."""
    monkeypatch.setattr(ocr, "has_tesseract", lambda: True)
    monkeypatch.setattr(ocr, "recognised", lambda *_: "Giao Sở Y tế")
    try:
        read_document(name, data)
    except DocumentError as refusal:
        return f"“{name}” là ảnh quá lớn" in str(refusal)
    return False


def png_head(width: int, height: int, colour: int) -> bytes:
    return PNG_HEAD + b"\x00\x00\x00\rIHDR" + struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)


def jpeg_head(width: int, height: int, samples: int) -> bytes:
    before = b"\xff\xd8\xff\xe0\x00\x10" + b"JFIF".ljust(14, b"\x00")
    return before + b"\xff\xc2\x00\x11\x08" + struct.pack(">HHB", height, width, samples) + b"\x00" * 20


def tiff_head(width: int, height: int, samples: int) -> bytes:
    tags = ((256, 4, width), (257, 4, height), (277, 3, samples))
    return b"II*\x00\x08\x00\x00\x00\x03\x00" + b"".join(struct.pack("<HHII", t, k, 1, v) for t, k, v in tags)


@pytest.mark.parametrize(
    ("name", "head", "grey", "coloured"),
    [("a.png", png_head, 0, 2), ("a.jpg", jpeg_head, 1, 3), ("a.tif", tiff_head, 1, 3)],
)
def test_a_huge_picture_is_sent_back_by_its_head(
    name: str, head: Callable[..., bytes], grey: int, coloured: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_600_dpi = (4960, 7016)
    assert not refused_as_huge(name, head(*at_600_dpi, grey) + b"\x00" * 8, monkeypatch)
    assert refused_as_huge(name, head(*at_600_dpi, coloured) + b"\x00" * 8, monkeypatch)
    assert refused_as_huge(name, head(20_000, 20_000, grey) + b"\x00" * 8, monkeypatch)


@given(st.sampled_from([PNG_HEAD, b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"]), st.binary(max_size=200))
def test_any_head_has_some_size(start: bytes, rest: bytes) -> None:
    assert unpacked_bytes(start + rest) >= 0


def test_without_tesseract_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_tesseract", lambda: False)
    with pytest.raises(DocumentError, match="“a.png”.*tesseract-ocr-vie"):
        read_document("a.png", PNG_HEAD)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("tesseract", 60)

    monkeypatch.setattr(ocr, "has_tesseract", lambda: True)
    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(DocumentError, match="quá lâu"):
        read_document("a.png", PNG_HEAD)


def test_a_tiff_of_many_pages_or_a_circle_of_them_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_tesseract", lambda: True)
    circle = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + (8).to_bytes(4, "little")
    with pytest.raises(DocumentError, match="hơn 50 trang"):
        read_document("a.tif", circle)
