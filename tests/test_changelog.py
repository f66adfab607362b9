"""The changelog begins with what is not released yet, or with the version that this is."""

import re
import unicodedata

from tests.checkout import ROOT, pyproject

UNRELEASED = "Chưa phát hành"
TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (.+)$", TEXT, flags=re.M)


def test_the_top_section_is_this_version_or_the_next() -> None:
    version = pyproject()["project"]["version"]
    assert SECTIONS[0] in (UNRELEASED, version)
    assert version in SECTIONS, "a version that nobody wrote about"
    assert UNRELEASED not in SECTIONS[1:]


def test_versions_go_down_and_none_stands_twice() -> None:
    numbers = [tuple(map(int, name.split("."))) for name in SECTIONS if name != UNRELEASED]
    assert numbers == sorted(set(numbers), reverse=True)


def test_it_is_composed_vietnamese_in_lists() -> None:
    assert unicodedata.is_normalized("NFC", TEXT)
    for section in re.split(r"^## ", TEXT, flags=re.M)[1:]:
        assert "\n- " in section
