"""A page as it is read."""

import html
import re


def words(page: str) -> str:
    """Its text without tags, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
