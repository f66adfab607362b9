"""To one person: an invitation, a link to sign in by, a task that the own body hands on.

A link stands in the long forms only: not in the subject, which is kept, and not in the short form, which
is for chats.
"""

from collections.abc import Sequence
from datetime import date, datetime

from config.clock import office_time
from notifications.letters.kit.about_tasks import ToldTasks, letter_about
from notifications.letters.kit.filters import clean, day, formal_day
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter
from notifications.letters.kit.rows import Facts, ShownRow, deadline_facts, row
from notifications.letters.kit.subjects import many
from notifications.outbox.parcel import Letter

_OPEN_MAIL = "Mở thư điện tử để dùng liên kết."


def invitation_letter(to_name: str, seats: Sequence[str], url: str, until: datetime) -> Letter:
    """The first letter to a person: as what, and the link by which to begin."""
    subject = many("Lời mời sử dụng hệ thống theo dõi, đôn đốc nhiệm vụ")
    return letter_from(
        "invitation",
        subject=subject,
        short=f"{subject}\n{_OPEN_MAIL}",
        heading="Lời mời sử dụng hệ thống Đôn Đốc",
        to_name=clean(to_name),
        seats="; ".join(clean(tuple(seats))),
        url=url,
        until=_instant(until),
    )


def sign_in_letter(to_name: str, url: str, until: datetime) -> Letter:
    """To whoever asked for a link instead of a password."""
    subject = many("Liên kết đăng nhập")
    return letter_from(
        "sign_in",
        subject=subject,
        short=f"{subject}\n{_OPEN_MAIL}",
        heading="Liên kết đăng nhập",
        to_name=clean(to_name),
        url=url,
        until=_instant(until),
    )


def officer_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To an officer of a body: tasks that it hands on. ``Matter.day`` is the body's own date, if any."""

    def one(matter: Matter) -> ShownRow:
        inner: Facts = (("Thời hạn trong cơ quan", day(matter.day)),) if matter.day else ()
        said: Facts = (("Nội dung giao", matter.reason),) if matter.reason else ()
        return row(matter.line, base_url, facts=inner + deadline_facts(matter.line.task) + said)

    words = ("Giao thực hiện nhiệm vụ", "nhiệm vụ được giao thực hiện")
    told = ToldTasks(to_name, as_of, matters, base_url, most)
    return letter_about("officer", told, one, words, "Nhiệm vụ được giao thực hiện")


def _instant(instant: datetime) -> str:
    local = office_time(instant)
    return f"{local:%H:%M}, {formal_day(local.date())}"
