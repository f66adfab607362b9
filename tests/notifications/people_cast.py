"""The same week: an official is invited, asks for a link, and is given tasks within her body."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from notifications.outbox.parcel import Letter
from tests.notifications import wordings as letters
from tests.notifications.letter_cast import BASE, PLAN, SCT, TODAY, TRADE, on_day
from tests.notifications.wordings import Matter

TO = "Ông/Bà Lê Thị Hồng Nhung"
URL = f"{BASE}/lien-ket/4SBs0W8mVYxkVd1pKcJdW0bqz3uYfJ5mAq7rN2tXo9E"
UNTIL = datetime(2022, 12, 26, 0, 31, tzinfo=UTC)
HANDED_ON = (
    Matter(on_day(TRADE), "Đồng chí chủ trì, báo cáo lãnh đạo Sở hằng tuần.", day=date(2022, 12, 20)),
    Matter(on_day(PLAN)),
)
LETTERS: dict[str, Callable[[], Letter]] = {
    "invitation": lambda: letters.invitation_letter(TO, (f"Văn thư – {SCT}",), URL, UNTIL),
    "invitation_bare": lambda: letters.invitation_letter(TO, (), URL, UNTIL),
    "sign_in": lambda: letters.sign_in_letter(TO, URL, UNTIL),
    "officer": lambda: letters.officer_letter(f"{TO} – {SCT}", TODAY, HANDED_ON, BASE),
    "officer_one": lambda: letters.officer_letter(f"{TO} – {SCT}", TODAY, HANDED_ON[:1], BASE),
}


def people_everywhere(matter: Matter, text: str) -> dict[str, Letter]:
    """These letters with ``text`` in the place of every text."""
    return {
        "invitation": letters.invitation_letter(text, (text,), URL, UNTIL),
        "sign_in": letters.sign_in_letter(text, URL, UNTIL),
        "officer": letters.officer_letter(text, TODAY, [replace(matter, reason=text)], BASE),
    }
