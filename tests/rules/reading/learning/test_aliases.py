"""Which phrases may be remembered as names, and which body took the place of which phrase."""

from datetime import date

import pytest

from rules.draft import Party
from rules.people.bodies import Body
from rules.people.registry import Registry
from rules.reading.learning.aliases import AliasRefused, check_alias, replacements

DAY = date(2022, 12, 5)
REGISTRY = Registry(
    [
        Body("qlda1", "Ban Quản lý dự án 1", "ban-ql", ("Ban QLDA 1",), valid_to=date(2025, 6, 30)),
        Body("qlda2", "Ban Quản lý dự án 2", "ban-ql", valid_to=date(2025, 6, 30)),
        Body("dau-tu", "Ban Đầu tư mới", "ban-ql", ("Ban ODA tỉnh",), valid_from=date(2025, 7, 1)),
        Body("snn-a", "Sở Nông nghiệp và Môi trường", "so", valid_from=date(2025, 3, 1)),
        Body("snv", "Sở Nội vụ", "so"),
    ]
)


@pytest.mark.parametrize("alias", ["Ban QLDA ODA", "BQL ODA", "ODA", "Văn phòng dự án nước sạch"])
def test_a_proper_name_is_remembered(alias: str) -> None:
    check_alias(REGISTRY, alias, "qlda1", DAY)


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("B1", "quá ngắn"),
        ("ban", "từ thông thường"),
        ("BAN", "từ thông thường"),  # would be found in every "ban hành"
        ("Đơn vị này", "chỉ rõ nghĩa trong câu"),
        ("các cơ quan có liên quan", "chỉ rõ nghĩa trong câu"),
        ("Ban Quản lý dự án 2", "đã chỉ «Ban Quản lý dự án 2»"),
        ("Sở Nội vụ", "đã chỉ «Sở Nội vụ»"),
        ("SNV", "đã chỉ «Sở Nội vụ»"),  # a derived short form
        ("ban qlda 2", "đã chỉ «Ban Quản lý dự án 2»"),
    ],
)
def test_what_would_spoil_other_documents_is_refused(alias: str, words: str) -> None:
    with pytest.raises(AliasRefused, match=words):
        check_alias(REGISTRY, alias, "qlda1", DAY)


def test_a_name_of_another_time_is_free() -> None:
    check_alias(REGISTRY, "Ban ODA tỉnh", "qlda1", DAY)
    with pytest.raises(AliasRefused):
        check_alias(REGISTRY, "Ban ODA tỉnh", "snv", DAY)


OPEN, OPEN_TOO, KNOWN = Party("Ban QLDA ODA", None), Party("Ban lạ", None), Party("Sở Nội vụ", "snv")
ONE, TWO = Party("Ban Quản lý dự án 1", "qlda1"), Party("Ban Quản lý dự án 2", "qlda2")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((OPEN,), (ONE,), {"Ban QLDA ODA": "qlda1"}),
        ((KNOWN, OPEN), (KNOWN, ONE), {"Ban QLDA ODA": "qlda1"}),
        ((OPEN, OPEN_TOO), (ONE, TWO), {"Ban QLDA ODA": "qlda1", "Ban lạ": "qlda2"}),
        ((OPEN, OPEN_TOO), (ONE, OPEN_TOO), {"Ban QLDA ODA": "qlda1"}),
        ((OPEN,), (ONE, TWO), {}),  # which of the two?
        ((OPEN,), (OPEN, ONE), {}),  # still open
        ((OPEN, KNOWN), (KNOWN,), {}),  # taken out
        ((KNOWN,), (ONE,), {}),  # was no unknown name
    ],
)
def test_what_took_the_place_of_a_phrase(
    before: tuple[Party, ...], after: tuple[Party, ...], expected: dict[str, str]
) -> None:
    assert replacements(before, after) == expected
