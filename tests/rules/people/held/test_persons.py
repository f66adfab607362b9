"""What a person may be called, and where she is reached."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.people.held.persons import (
    NewPerson,
    WrongPerson,
    email_key_of,
    kept_email,
    kept_name,
    kept_phone,
    person_facts,
)
from rules.people.held.role_words import role_typed
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed
from rules.text.incoming import unseen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn   Thị Hoa ", "Nguyễn Thị Hoa"),
        (unicodedata.normalize("NFD", "Trần Văn Đạt"), "Trần Văn Đạt"),
        ("Lê\u200b Minh\n", "Lê Minh"),
    ],
)
def test_a_name_is_one_line_as_it_is_seen(typed: str, kept: str) -> None:
    assert kept_name(typed) == kept


@pytest.mark.parametrize("typed", ["", " \t", "\u200b", "123", "--", "x" * 201])
def test_no_name(typed: str) -> None:
    with pytest.raises(WrongPerson, match="Họ tên") as told:
        kept_name(typed)
    assert told.value.column == "name"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("  ", None),
        (" Hoa@STC.gov.example. ", "Hoa@stc.gov.example"),
        ("a.b+c@x-y.gov.example", "a.b+c@x-y.gov.example"),
    ],
)
def test_one_mailbox(typed: str, kept: str | None) -> None:
    assert kept_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "hoa", "@stc.gov.example", "hoa@", "hoa@stc..gov", "hoa@a@b.example", "hoa lê@stc.example",
        "hòa@stc.example",
        "hoa@stc.example, lan@stc.example", "hoa@stc.example; lan@stc.example", "Hoa <hoa@stc.example>",
        "smtpmail://hoa@stc.example", "mailto:hoa@stc.example?cc=x@y.example", "hoa:secret@stc.example",
        "zalooa://1/2", "hoa@stc.example?name=x", ".hoa@stc.example", f"{'h' * 240}@stc.example",
        "hoa@stc.example/lan@stc.example",
    ],
)  # fmt: skip
def test_no_mailbox(typed: str) -> None:
    """Break: take what ``normalised`` takes (it knows other channels, names and several readers)."""
    with pytest.raises(WrongPerson, match="Thư điện tử") as told:
        kept_email(typed)
    assert told.value.column == "email"


def test_two_spellings_of_a_mailbox_have_one_key() -> None:
    assert email_key_of(" HOA@Stc.Example") == email_key_of("hoa@stc.example") == "mailbox:hoa@stc.example"
    assert email_key_of("hoa") is None
    assert email_key_of("x" * 10_000_000) is None


@given(st.text(max_size=300))
def test_no_typing_is_a_fault(typed: str) -> None:
    """Whatever is typed is kept in a way that is kept again the same, or refused in words."""
    email_key_of(typed)
    for keep in (kept_name, kept_email, kept_phone):
        try:
            kept = keep(typed)
        except WrongPerson as told:
            kept = None if len(str(told)) < 250 else str(told)
        assert kept is None or (keep(kept) == kept and unseen(kept) is None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0) 912-345-678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912008412", "0912008412"),  # 0084 within it is no country
        ("912000840", "0912000840"),
        ("841234567", "0841234567"),  # a spreadsheet has lost the 0 of 084...
        ("912345678", "0912345678"),
        ("0299 3822 333", "02993822333"),
        ("(0299) 3822-333", "02993822333"),
        ("2993822333", "02993822333"),
        ("+84 299 3822 333", "02993822333"),
    ],
)
def test_a_telephone_is_kept_as_it_is_dialled(typed: str, kept: str | None) -> None:
    assert kept_phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["113", "0112345678", "09123456789", "091234567", "+1 912 345 678", "không", "٠٩١٢٣٤٥٦٧٨", "0" * 99],
)
def test_no_telephone(typed: str) -> None:
    with pytest.raises(WrongPerson, match="Điện thoại") as told:
        kept_phone(typed)
    assert told.value.column == "phone"


def test_a_person_needs_a_name_only() -> None:
    assert person_facts(NewPerson("Hoa")).email_key is None
    assert person_facts(NewPerson("Hoa", "Hoa@x.example")).email_key == "mailbox:hoa@x.example"


@pytest.mark.parametrize("role", SeatRole)
def test_a_role_is_known_by_word_and_name(role: SeatRole) -> None:
    for typed in (role.value, role.label, role.label.upper(), f" {role.label.lower()} "):
        assert role_typed(typed) is role


def test_other_names_of_a_role() -> None:
    assert role_typed("Phó trưởng ban") is SeatRole.DEPUTY_CHAIR
    assert role_typed("trưởng ban") is SeatRole.CHAIR
    assert role_typed("thu ky") is SeatRole.SECRETARY
    with pytest.raises(NotAllowed, match="Không có vai trò «sếp»; các vai trò: Văn thư, "):
        role_typed("sếp")
