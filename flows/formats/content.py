"""What every format returns, and how all of them refuse and report progress."""

from collections.abc import Callable
from dataclasses import dataclass

from rules.refusal import Refusal

#: Called with a Vietnamese phrase and the share done, 0 to 1, by whatever may last over two seconds.
Progress = Callable[[str, float], None]

SAVE_AS = "Hãy mở bằng Word rồi lưu lại dạng .docx."
FROM_SCAN = "Văn bản được nhận dạng từ ảnh quét, cần soát lại chính tả."


class DocumentError(Refusal, ValueError):
    """A document cannot be taken in; the message is Vietnamese and ready to show."""


@dataclass(frozen=True, slots=True)
class Content:
    """A document's text, line by line.

    ``margin`` is what stands outside of the text (headers, watermarks, repeated lines): it is not
    read, but it may bear a mark of secrecy. ``remarks`` are Vietnamese sentences on how the text
    was come by, for whoever checks it.
    """

    text: str
    margin: str = ""
    remarks: tuple[str, ...] = ()


def no_progress(message: str, share: float) -> None:
    """Report nothing."""
