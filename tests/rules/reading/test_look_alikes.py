"""Letters that only look alike, in every name of the register: the same body is read, the text stays.

The texts come from converted VNI and Word files, from phones and from people who spell Quý as Quí.
"""

import pytest

from rules.people.bodies import Body
from rules.people.registry import Registry
from rules.reading import read_text
from rules.text.folding import APOSTROPHES, name_key
from tests.rules.reading.test_name_properties import NAMES, given_to
from tests.rules.reading.test_properties import HEAD

_ONE_SOUND = str.maketrans("ýỳỷỹỵíìỉĩị", "íìỉĩịýỳỷỹỵ")
_CYRILLIC = str.maketrans("aeocpxATOCPH", "аеосрхАТОСРН")
PLACES = (
    Body("crn", "UBND huyện Ch'Ro Nai", "cap-huyen"),
    Body("lq", "UBND huyện Lý Quý", "cap-huyen"),
    Body("ht", "UBND huyện Hội Tai", "cap-huyen"),
    Body("hy", "UBND huyện Hội Tay", "cap-huyen"),
)
REGISTRY = Registry(PLACES)


def other_sound(name: str) -> str:
    """The name with every closing i or y exchanged that is one sound."""
    words = [(word, word[:-1] + word[-1:].translate(_ONE_SOUND)) for word in name.split(" ")]
    return " ".join(other if name_key(word) == name_key(other) else word for word, other in words)


def test_the_exchange_exchanges_something() -> None:
    changed = [name for name in NAMES if other_sound(name) != name]
    assert len(changed) >= 15
    assert other_sound("xã Mỹ Quý và Thúy Mai") == "xã Mĩ Quí và Thúy Mai"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_letters_that_look_alike(name: str) -> None:
    plain = given_to(name)
    for other in (
        name.replace("Đ", "\u00d0").replace("đ", "\u00f0"),
        other_sound(name),
        name.translate(_CYRILLIC),
    ):
        assert given_to(other) == plain, other


def leads(*names: str) -> list[list[str | None]]:
    text = HEAD + "".join(
        f"{n}. Giao {name} rà soát, báo cáo trước ngày 05/10/2023.\n" for n, name in enumerate(names, 1)
    )
    return [[party.body_id for party in one.lead] for one in read_text(text, REGISTRY).directives]


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_an_apostrophe_of_the_highlands(sign: str) -> None:
    assert leads(f"UBND huyện Ch{sign}Ro Nai") == [["crn"]]


def test_a_list_with_a_shared_head() -> None:
    assert leads("UBND các huyện Lý Quí, Hội Tay và Chʼro Nai") == [["lq", "hy", "crn"]]


def test_tai_and_tay_are_two_places() -> None:
    assert leads("UBND huyện Hội Tai", "UBND huyện Hội Tay") == [["ht"], ["hy"]]


def test_the_number_in_the_heading() -> None:
    text = HEAD.replace("9/TB-UBND", "412/KL-BC\u00d0")
    assert read_text(text, REGISTRY).document.number == "412/KL-BCĐ"


def test_the_words_stay_as_written() -> None:
    said = "Giao UBND huyện Lí Quí và Chʼro Nai cùng \u00d0oàn kiểm tra rà soát trước ngày 05/10/2023."
    text = f"{HEAD}1. {said}\n"
    draft = read_text(text, REGISTRY)
    [one] = draft.directives
    assert "\u00d0oàn" in one.text
    assert draft.document.text[one.span.start : one.span.end] == one.text
    assert [party.phrase for party in one.lead][:1] == ["UBND huyện Lí Quí"]
    for party in one.lead:
        assert party.span is not None
        assert draft.document.text[party.span.start : party.span.end] == party.phrase
