"""What a password may be: long enough, and none that everybody tries first. No rules of composition.

After NIST SP 800-63B-4, section 3.1.1.2: length, a list of the commonest, nothing known of the person.
"""

import unicodedata
from collections.abc import Collection

from rules.refusal import Refusal
from rules.sign_in.commonest import COMMONEST

LEAST = 10  # characters
MOST_BYTES = 1_024
_LEAST_OF_OWN = 4  # a shorter word of a name says nothing


class WrongPassword(Refusal):
    """What was chosen cannot be a password; the message is Vietnamese and does not repeat it."""


def spelt(typed: str) -> bytes | None:
    """The bytes that are hashed: composed (NFC), so that every keyboard writes the same ones.

    None is too long to be a password, and costs nothing however long it is.
    """
    if len(typed) > MOST_BYTES:
        return None
    found = unicodedata.normalize("NFC", typed).encode("utf-8", "surrogatepass")
    return found if len(found) <= MOST_BYTES else None


def check_new(typed: str, own: Collection[str]) -> bytes:
    """The bytes of a password that may be set; ``own`` is what is known of the person (name, mailbox...).

    Raises WrongPassword.
    """
    found = spelt(typed)
    if found is None:
        raise WrongPassword(f"Mật khẩu quá dài: tối đa {MOST_BYTES} byte (khoảng 500 chữ có dấu).")
    plain = unicodedata.normalize("NFC", typed)
    if len(plain) < LEAST:
        raise WrongPassword(f"Mật khẩu quá ngắn: cần ít nhất {LEAST} ký tự; một câu dễ nhớ là tốt nhất.")
    if not plain.isprintable():
        raise WrongPassword("Mật khẩu có ký tự không nhìn thấy được (xuống dòng, ký tự điều khiển).")
    bare = _bare(plain)
    if bare in COMMONEST or len(set(bare)) < _LEAST_SIGNS or _is_run(bare):
        raise WrongPassword("Mật khẩu này quá nhiều người dùng nên rất dễ đoán; hãy chọn một câu khác.")
    if bare in {word for one in own for word in _words(one)}:
        raise WrongPassword("Mật khẩu trùng với tên, hộp thư hoặc số điện thoại của bạn; hãy chọn câu khác.")
    return found


_LEAST_SIGNS = 4  # "aaaaaaaaaa", "1212121212"
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz",
         "qwertyuiopasdfghjklzxcvbnm")  # fmt: skip


def _bare(text: str) -> str:
    """Without case, marks, blanks, wide letters: "Mật khẩu 123" is what everybody types as "matkhau123"."""
    apart = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    return "".join(sign for sign in apart if not unicodedata.combining(sign) and not sign.isspace())


def _is_run(bare: str) -> bool:
    return any(bare in run for run in _RUNS)


def _words(own: str) -> set[str]:
    """What of a name or mailbox would be a password: the whole, and what stands before the @."""
    whole = _bare(own)
    return {word for word in (whole, whole.partition("@")[0]) if len(word) >= _LEAST_OF_OWN}
