"""How much the reader takes on, whoever calls it: what it costs is lines and names, not letters.

Both are far above any conclusion: 600 pages, the longest text that is taken in, have some 27,000 lines. A
text at both limits is read in a few seconds.
"""

from rules.refusal import Refusal

#: Lines with anything on them.
MOST_LINES = 60_000
#: Names of agencies, each time that one stands in the text.
MOST_NAMES = 20_000
#: Events ("trước khai mạc hội thi 3 ngày") whose day is looked up in the whole text; of others it stays open.
MOST_EVENTS = 30


class TooMuchToRead(Refusal):
    """A text that no meeting produces; the message is Vietnamese."""


def check_lines(lines: int) -> None:
    """Raises TooMuchToRead."""
    if lines > MOST_LINES:
        raise TooMuchToRead(
            f"Văn bản có {_grouped(lines)} dòng, nhiều nhất là {_grouped(MOST_LINES)}."
            " Hãy tách thành nhiều văn bản rồi đọc lại."
        )


def check_names(names: int) -> None:
    """Raises TooMuchToRead."""
    if names > MOST_NAMES:
        raise TooMuchToRead(
            f"Văn bản nhắc tên cơ quan {_grouped(names)} lần, nhiều nhất là {_grouped(MOST_NAMES)}."
            " Hãy tách thành nhiều văn bản rồi đọc lại."
        )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
