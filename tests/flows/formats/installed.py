"""Which programs of Debian this machine has; what is missing is said by the skipped test."""

import shutil

import pytest

from flows.formats.ocr import has_tesseract

needs_tesseract = pytest.mark.skipif(
    not has_tesseract(), reason="apt-get install tesseract-ocr tesseract-ocr-vie: scans are not tested"
)
needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="apt-get install libreoffice-writer-nogui: .doc is not tested"
)
