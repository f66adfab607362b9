"""What a person of the office may be called, and where she is reached: one spelling, or a refusal.

Two spellings of one mailbox have one key (``email_key_of``), by the rules of every address
(``rules/outbox/addresses.py``).
"""

import re
from dataclasses import dataclass

from rules.outbox.address_parts import DEFAULT_SCHEMA, parts_of
from rules.outbox.address_spelling import WrongAddress, normalised
from rules.outbox.addresses import identity_of, is_mailbox
from rules.refusal import NotAllowed, Refusal
from rules.text.incoming import cleaned
from rules.text.typed import quoted

LONGEST_NAME = 200
LONGEST_EMAIL = 240  # its key, which is longer, fits its column
#: A number of Vietnam without its country: 10 digits of a mobile, 11 of a telephone that stands on a desk.
_PHONE = re.compile(r"0[35789]\d{8}|02\d{9}")
_COUNTRY = re.compile(r"^(?:(?:\+|00)84(?:0(?=[2-9]))?|84(?=[235789]\d{8,9}$))")
_PHONE_SIGNS = re.compile(r"[\s().\-]+")


class WrongPerson(NotAllowed):
    """What was typed of a person cannot be; ``column`` is the field of NewPerson that is wrong."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as typed; ``email`` and ``phone`` may be left out."""

    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as kept."""

    name: str
    email: str | None
    email_key: str | None
    phone: str | None


def person_facts(typed: NewPerson) -> PersonFacts:
    """What is kept of what was typed. Raises WrongPerson, in Vietnamese, which names the field."""
    name, email, phone = kept_name(typed.name), kept_email(typed.email or ""), kept_phone(typed.phone or "")
    return PersonFacts(name, email, email_key_of(email) if email else None, phone)


def email_key_of(typed: str) -> str | None:
    """By what two spellings of one mailbox are told to be one; None for what is no mailbox.

    It is the identity of the address (``addresses.py``), as contacts have it too.
    """
    identity = identity_of(typed[: 2 * LONGEST_EMAIL])
    return identity if is_mailbox(identity) else None


def kept_name(typed: str) -> str:
    """A name as kept. Raises WrongPerson."""
    said = " ".join(cleaned(typed).split())
    if not said:
        raise WrongPerson("name", "Họ tên để trống: hãy ghi họ và tên, ví dụ Nguyễn Thị Hoa.")
    if len(said) > LONGEST_NAME:
        raise WrongPerson("name", f"Họ tên dài {len(said)} ký tự, tối đa {LONGEST_NAME}.")
    if not any(sign.isalpha() for sign in said):
        raise WrongPerson("name", f"Họ tên «{quoted(said)}» không có chữ nào.")
    return said


def kept_email(typed: str) -> str | None:
    """One mailbox and nothing beside it (no channel, no shown name); None for an empty field.

    Raises WrongPerson.
    """
    said = cleaned(typed).strip()
    if not said:
        return None
    if len(said) > LONGEST_EMAIL:
        raise WrongPerson("email", f"Thư điện tử dài {len(said)} ký tự, tối đa {LONGEST_EMAIL}.")
    wrong = f"Thư điện tử «{quoted(said)}» không hợp lệ: "
    parts = parts_of(said)
    if "://" in said or parts.schema != DEFAULT_SCHEMA or parts.asked or parts.name:
        raise WrongPerson("email", f"{wrong}hãy ghi đúng một hộp thư, ví dụ hoa@so.gov.example.")
    try:
        [mailbox] = parts_of(normalised(said)).targets
    except WrongAddress as error:
        raise WrongPerson("email", f"{wrong}{error}.") from None
    return mailbox


def kept_phone(typed: str) -> str | None:
    """In digits, as dialled within the country; None for an empty field.

    A spreadsheet that took a number for a figure has lost its first 0. Raises WrongPerson.
    """
    said = cleaned(typed).strip()
    if not said:
        return None
    digits = _COUNTRY.sub("0", _PHONE_SIGNS.sub("", said), count=1) if len(said) <= 40 else ""
    for dialled in (digits, f"0{digits}"):
        if digits.isascii() and _PHONE.fullmatch(dialled):
            return dialled
    raise WrongPerson(
        "phone",
        f"Điện thoại «{quoted(said)}» không hợp lệ: hãy ghi số di động 10 chữ số hoặc số máy bàn 11 chữ số, "
        "ví dụ 0912 345 678 hoặc 0299 3822 333.",
    )


def same_person(name: str, email: str) -> Refusal:
    """The refusal of an e-mail address that another person has."""
    return WrongPerson("email", f"Thư điện tử {email} đã là của {name}; mỗi người dùng một hộp thư riêng.")
