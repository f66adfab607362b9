"""TCVN3, VNI and Windows-1258: decoded right, told apart, and refused when in doubt."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.reading.read_document import DocumentError, read_document, take_in
from flows.formats.legacy_encodings import _TCVN3, from_tcvn3, from_vni
from rules.text.syllables import is_syllable

CORPUS = sorted((Path(__file__).parents[2] / "corpus" / "dev").glob("*.txt"))
SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

#: The code table of VNI-Windows as published: each letter and what is typed for it.
_PUBLISHED = (
    "á aù à aø ả aû ã aõ ạ aï â aâ ấ aá ầ aà ẩ aå ẫ aã ậ aä ă aê ắ aé ằ aè ẳ aú ẵ aü ặ aë "
    "é eù è eø ẻ eû ẽ eõ ẹ eï ê eâ ế eá ề eà ể eå ễ eã ệ eä í í ì ì ỉ æ ĩ ó ị ò "
    "ó où ò oø ỏ oû õ oõ ọ oï ô oâ ố oá ồ oà ổ oå ỗ oã ộ oä ơ ô ớ ôù ờ ôø ở ôû ỡ ôõ ợ ôï "
    "ú uù ù uø ủ uû ũ uõ ụ uï ư ö ứ öù ừ öø ử öû ữ öõ ự öï ý yù ỳ yø ỷ yû ỹ yõ ỵ î đ ñ"
)
_TYPED = _PUBLISHED.split()
VNI = dict(zip(_TYPED[::2], _TYPED[1::2], strict=True))
VNI |= {letter.upper(): typed.upper() for letter, typed in VNI.items()}


def to_tcvn3(text: str) -> bytes:
    """As an office typed it: accented capitals only in a second font, hence small letters."""
    back = {new: old for old, new in _TCVN3.items() if new != "·"}
    letters = "".join(back.get(c) or back.get(c.lower()) or c for c in text)
    return letters.encode("cp1252", "replace")


def to_vni(text: str) -> bytes:
    return "".join(VNI.get(letter, letter) for letter in text).encode("cp1252", "replace")


def to_1258(text: str) -> bytes:
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = next((mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
            base = unicodedata.normalize("NFC", apart.replace(tone, "") if tone else apart)
            pieces.append((base + tone).encode("cp1258", "replace"))
    return b"".join(pieces)


@pytest.mark.parametrize(
    ("decode", "letters", "text"),
    [
        (from_tcvn3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (from_tcvn3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        (from_tcvn3, "ñy ban nh©n d©n tØnh Sãc Tr¨ng ­u tiªn", "ủy ban nhân dân tỉnh Sóc Trăng ưu tiên"),
        (from_vni, "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (from_vni, "Ñoäc laäp - Töï do - Haïnh phuùc; öu tieân, quyù, kyø, kyû, kyõ, kî",
         "Độc lập - Tự do - Hạnh phúc; ưu tiên, quý, kỳ, kỷ, kỹ, kỵ"),
        (from_vni, "thöïc hieän ñöôïc nhöõng vieäc cuûa nôi ôû", "thực hiện được những việc của nơi ở"),
    ],
)  # fmt: skip
def test_texts_known_from_paper(decode: Callable[[str], str], letters: str, text: str) -> None:
    assert decode(letters) == text


def test_the_published_table_is_decoded_letter_by_letter() -> None:
    assert len(VNI) == 2 * 67
    assert {from_vni(typed) for typed in VNI.values()} == set(VNI)
    assert all(from_vni(typed) == letter for letter, typed in VNI.items())


@given(st.text(SMALL + " ,.12"))
def test_every_small_letter_has_its_place_in_both(text: str) -> None:
    assert from_tcvn3(to_tcvn3(text).decode("cp1252")) == text
    assert from_vni(to_vni(text).decode("cp1252")) == text


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("encode", "name"), [(to_tcvn3, "TCVN3"), (to_vni, "VNI"), (to_1258, "1258")], ids=["abc", "vni", "1258"]
)
def test_whole_documents_are_told_apart(path: Path, encode: Callable[[str], bytes], name: str) -> None:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    content = take_in("a.txt", encode(text))
    assert name in content.remarks[0]
    lost = sum(a.lower() != b.lower() for a, b in zip(content.text, text, strict=True))
    assert lost <= 5  # signs that the old encodings never had


def test_french_is_not_taken_for_vietnamese() -> None:
    text = "L'été dernier, la fenêtre était fermée, où ça? Très bientôt, déjà prêt, château, forêt, élève."
    with pytest.raises(DocumentError, match="TCVN3.*VNI"):
        read_document("a.txt", text.encode("cp1252"))


def test_a_few_letters_are_no_evidence() -> None:
    with pytest.raises(DocumentError, match="dòng 1"):
        read_document("a.txt", "Sở Tài".encode("utf-16-le") + b"\xb5")


@pytest.mark.parametrize(
    "word", ["nghĩa", "quyết", "khuỷu", "giặt", "ươm", "uyên", "xoong", "yêu", "gì", "ĐƯỢC", "huyện"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["été", "hàt", "chñ", "nghìc", "ãé", "Tµi", "strữ"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
