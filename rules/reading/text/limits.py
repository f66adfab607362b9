"""How much the reader takes on, whoever calls it: what it costs is lines, sentences and names, not letters.

All are far above any conclusion: 600 pages, the longest text that is taken in, have some 27,000 lines. A
text at a limit is read in a few seconds.
"""

from rules.refusal import Refusal

#: Lines with anything on them.
MOST_LINES = 60_000
#: Stops with a blank after them: sentences, and the numbers of lists, which cost as much.
MOST_STOPS = 100_000
_STOPS = (". ", "! ", "? ", "… ")
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


def check_stops(text: str) -> None:
    """Raises TooMuchToRead."""
    stops = sum(text.count(stop) for stop in _STOPS)
    if stops > MOST_STOPS:
        raise TooMuchToRead(
            f"Văn bản có {_grouped(stops)} câu, nhiều nhất là {_grouped(MOST_STOPS)}."
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
