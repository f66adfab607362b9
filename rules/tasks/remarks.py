"""What people write beside an answer: a reason, a result, an opinion."""

from rules.refusal import NotAllowed
from rules.text.incoming import cleaned
from rules.vocabulary import Labelled

MOST_CHARACTERS = 4000


def remark(event: Labelled, text: str, needed: bool = True) -> str:
    """``text`` as it is kept: as it came through the door (``incoming.py``), no blank ends.

    ``event`` is what it stands beside: something that happened to a task or to a document.

    Raises NotAllowed when it is empty although ``needed``, or longer than anybody reads.
    """
    said = cleaned(text).strip()
    if needed and not said:
        raise NotAllowed(f"«{event.label}» cần ghi nội dung.")
    if len(said) > MOST_CHARACTERS:
        raise NotAllowed(
            f"Nội dung dài {len(said)} ký tự, tối đa {MOST_CHARACTERS}: hãy tóm tắt và gửi kèm tệp."
        )
    return said
