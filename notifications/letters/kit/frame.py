"""Templates to letters: each letter is worded once and dressed twice, as text and as HTML.

``templates/<letter>.j2`` holds the words; ``templates/text`` and ``templates/html`` hold a frame
and the parts that the words are set in. User text is data in both: never compiled, escaped in HTML.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notifications.letters.kit import filters
from notifications.outbox.parcel import Letter
from rules.deadlines.wording import until
from rules.text.stacked_marks import composed

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "templates"
SENDER = "Văn phòng – bộ phận theo dõi, đôn đốc (thư tự động của hệ thống Đôn Đốc)"
FILTERS = ("day", "formal_day", "grouped", "percent", "one_line", "paragraphs", "shorten", "upper_first")


@cache
def dress(name: str) -> "Environment":
    """The environment of one dress, "text" or "html"; jinja2 is loaded with the first letter."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / name, TEMPLATES]),
        autoescape=name == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update({name: getattr(filters, name) for name in FILTERS})
    environment.filters["until"] = until
    environment.globals["sender"] = SENDER
    return environment


def make_ready() -> None:
    """Load jinja2 and the template of a morning, so that the first letter does not wait for them."""
    for name in ("text", "html"):
        dress(name).get_template("morning.j2")


def letter_from(template: str, *, subject: str, short: str, **context: Any) -> Letter:
    """The finished letter: both dresses of one template, in NFC."""
    text, html = (
        dress(name).get_template(f"{template}.j2").render(subject=subject, **context)
        for name in ("text", "html")
    )
    return Letter(*map(_nfc, (subject, tidy(text), html.strip() + "\n", short)))


def tidy(text: str) -> str:
    """Plain text without trailing blanks and with at most one empty line in a row."""
    text = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _nfc(text: str) -> str:
    return composed(text)
