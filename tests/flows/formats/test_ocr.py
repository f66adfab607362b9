"""Pictures of text."""

import subprocess

import pytest

from flows.actions.formats import ocr
from flows.actions.read_document import DocumentError, read_document, take_in
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


@needs_tesseract
def test_a_huge_picture_meets_the_limit_of_memory() -> None:
    one_line, high = (1).to_bytes(4, "big") + b"\x08", (30_000).to_bytes(4, "big") + b"\x08"
    huge = png(30_000, 1, b"\x00" * 30_000).replace(one_line, high, 1)
    with pytest.raises(DocumentError, match="“a.png”"):
        read_document("a.png", huge)


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
