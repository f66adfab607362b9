"""To the secretariat, when a clock that nobody confirmed has come back: what it showed, what was not done."""

from datetime import date, datetime, timedelta

from config.clock import office_day, office_time
from notifications.letters.kit.filters import clean, formal_day, grouped
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.short import short_letter
from notifications.letters.kit.subjects import many
from notifications.outbox.parcel import Letter
from rules.outbox.payloads.office import WrongClock

_ONE_DAY = timedelta(days=1)


def clock_letter(to_name: str, wrong: WrongClock, base_url: str) -> Letter:
    """The clock is right again, and nobody has to do anything over."""
    subject = many("Đồng hồ của hệ thống đã sai, nay đã trở lại đúng thời gian")
    link, days = f"{base_url.rstrip('/')}/thu", _days(_not_followed(wrong))
    items = [
        f"- Đồng hồ đã chỉ {_instant(wrong.shown)}; không việc nào được quyết định theo đồng hồ sai.",
        f"- Không được theo dõi: {days}." if days else "- Không ngày nào bị bỏ sót.",
        f"- Thư đã chờ từ trước được gửi trong thời gian đó: {grouped(wrong.sent)}.",
    ]
    return letter_from(
        "clock",
        subject=subject,
        short=short_letter(subject, items, link),
        heading="Đồng hồ của hệ thống đã sai",
        to_name=clean(to_name),
        shown=_instant(wrong.shown),
        last_shown=_instant(wrong.last_shown) if wrong.last_shown > wrong.shown else "",
        ahead=(office_day(wrong.shown) - wrong.last_day).days,
        last_day=formal_day(wrong.last_day),
        back=_instant(wrong.back),
        days=days,
        sent=wrong.sent,
        link=link,
    )


def _not_followed(wrong: WrongClock) -> tuple[date, date] | None:
    """The first and the last day on which the follow-up did not run because of it."""
    first, last = wrong.last_day + _ONE_DAY, office_day(wrong.back) - _ONE_DAY
    return (first, last) if first <= last else None


def _days(span: tuple[date, date] | None) -> str:
    if span is None:
        return ""
    first, last = map(formal_day, span)
    return first if first == last else f"từ {first} đến hết {last}"


def _instant(instant: datetime) -> str:
    local = office_time(instant)
    return f"{local:%H:%M}, {formal_day(local.date())}"
