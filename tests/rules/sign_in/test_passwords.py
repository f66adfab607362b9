"""What may be a password, and that no length of it costs anything."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.sign_in import passwords
from rules.sign_in.commonest import COMMONEST
from rules.sign_in.passwords import MOST_BYTES, WrongPassword, check_new, spelt

OWN = ("Nguyễn Thị Hoa", "nguyenthihoa@stc.soctrang.example", "0987123456")


@pytest.mark.parametrize(
    "typed",
    ["con mèo nằm trên mái", "Qk7!vbn2zz", "một-hai-ba-đá-bóng", "nguyenthihoa và con mèo", "x1y2z3w4v5",
     "ữ" * 300 + "abcd"],
)  # fmt: skip
def test_what_is_long_and_rare_may_be_one(typed: str) -> None:
    assert check_new(typed, OWN) == unicodedata.normalize("NFC", typed).encode()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "quá ngắn"), ("chín ký t", "quá ngắn"), ("a" * (MOST_BYTES + 1), "quá dài"),
        ("ữ" * 400, "quá dài"), ("a" * 10_000_000, "quá dài"),
        ("MatKhau123", "rất dễ đoán"), ("Mật khẩu 123", "rất dễ đoán"), ("password2026", "rất dễ đoán"),
        ("Đôn Đốc@2026", "rất dễ đoán"), ("VanPhong@123", "rất dễ đoán"), ("aaaaaaaaaaaa", "rất dễ đoán"),
        ("ｐａｓｓｗｏｒｄ１２３", "rất dễ đoán"), ("Ⓟassword2026", "rất dễ đoán"),
        ("1212121212", "rất dễ đoán"), ("1234567890", "rất dễ đoán"), ("qwertyuiop", "rất dễ đoán"),
        ("Nguyễn Thị Hoa", "trùng với tên"), ("nguyenthihoa", "trùng với tên"), ("NguyenThiHoa ", "trùng"),
        ("nguyenthihoa@stc.soctrang.example", "hộp thư"), ("0987 123 456", "điện thoại"),
        ("mười một ký\ntự", "không nhìn thấy"), ("mười một\x00ký tự", "không nhìn thấy"),
        (" " * 20, "rất dễ đoán"), ("\u3000" * 20, "không nhìn thấy"), ("\u3164" * 20, "rất dễ đoán"),
        ("mười một \ud800 chữ", "không nhìn thấy"), ("mười một\u200b chữ", "không nhìn thấy"),
    ],
)  # fmt: skip
def test_the_rest_is_refused_without_being_repeated(typed: str, why: str) -> None:
    with pytest.raises(WrongPassword) as refused:
        check_new(typed, OWN)
    assert why in str(refused.value)
    assert not typed.strip() or typed not in str(refused.value)
    assert len(str(refused.value)) < 150


def test_ten_megabytes_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break: normalise before the length is known."""
    monkeypatch.setattr(passwords, "unicodedata", None)
    assert spelt("ữ" * 10_000_000) is None


@given(st.text(max_size=200))
def test_every_keyboard_writes_the_same_password(typed: str) -> None:
    """macOS sends NFD. Break: encode what was typed."""
    assert spelt(unicodedata.normalize("NFD", typed)) == spelt(unicodedata.normalize("NFC", typed))


def test_the_commonest_are_written_as_they_are_looked_up() -> None:
    """An entry in capitals or with marks would never be found."""
    assert {one for one in COMMONEST if passwords._bare(one) != one} == set()
    assert len(COMMONEST) > 3_000
