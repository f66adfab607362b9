"""What people write beside an answer: a reason, a result, an opinion."""

import unicodedata

from rules.status import NotAllowed
from rules.vocabulary import Labelled

MOST_CHARACTERS = 4000


def remark(event: Labelled, text: str, needed: bool = True) -> str:
    """``text`` as it is kept: composed, without the bytes that a database refuses, no blank ends.

    ``event`` is what it stands beside: something that happened to a task or to a document.

    Raises NotAllowed when it is empty although ``needed``, or longer than anybody reads.
    """
    said = unicodedata.normalize("NFC", text.replace("\0", "")).strip()
    if needed and not said:
        raise NotAllowed(f"«{event.label}» cần ghi nội dung.")
    if len(said) > MOST_CHARACTERS:
        raise NotAllowed(
            f"Nội dung dài {len(said)} ký tự, tối đa {MOST_CHARACTERS}: hãy tóm tắt và gửi kèm tệp."
        )
    return said
