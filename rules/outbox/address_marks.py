"""A mark on an address: a server said that nothing arrives there. It ends, and nobody is lost for good."""

from datetime import date, timedelta


def spent_since(today: date, mark_days: int) -> date:
    """The last day on which a mark may have been made and be over ``today``."""
    return today - timedelta(days=mark_days)


def over_on(marked: date, mark_days: int) -> date:
    """The day from which a marked address is tried again."""
    return marked + timedelta(days=mark_days)


def in_use(marked: date | None, today: date, mark_days: int) -> bool:
    """Whether letters may go to an address with this mark, or with none."""
    return marked is None or over_on(marked, mark_days) <= today
