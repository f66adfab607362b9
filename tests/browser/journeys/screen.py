"""How a journey looks at the pages: at a desk and on a telephone, with scripts and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

#: Fields without a name that a screen reader could say, and ids that occur twice.
_AMISS = """() => {
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const nameless = fields.filter((one) => !one.labels.length && !one.getAttribute("aria-label"));
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return [...nameless.map((one) => one.name), ...ids.filter((id, place) => ids.indexOf(id) !== place)];
}"""


@dataclass(frozen=True, slots=True)
class Screen:
    """Whose width it is in CSS pixels, and whether scripts run."""

    width: int
    scripts: bool

    @contextmanager
    def opened(self, browser: Any) -> Iterator[Any]:
        """A page in a browser of its own: nobody is signed in there, and nothing is remembered."""
        context = browser.new_context(
            viewport={"width": self.width, "height": 800},
            java_script_enabled=self.scripts,
            accept_downloads=False,
        )
        page, complaints = context.new_page(), list[str]()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.extend(_complaint(message)))
        yield page
        context.close()
        assert complaints == []


#: Runs a journey four times.
SCREENS = pytest.mark.parametrize(
    "screen",
    [Screen(width, scripts) for width in (1366, 390) for scripts in (True, False)],
    ids=lambda one: f"{one.width}-{'scripts' if one.scripts else 'bare'}",
)


def go(to: Any) -> None:
    """Press a button or a link, and be on the page to which it leads."""
    with to.page.expect_navigation():
        to.click()


def fits(page: Any) -> None:
    """Nothing is wider than the screen, every field has a name, and there is one heading."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(_AMISS) == [], page.url
    assert page.locator("h1").count() == 1, page.url


def told(page: Any) -> str:
    """What the page says was done."""
    return str(page.get_by_role("status").first.inner_text())


def warned(page: Any) -> str:
    """What the page says was wrong."""
    return str(page.get_by_role("alert").inner_text())


def _complaint(message: Any) -> list[str]:
    """What the browser complains of on a page of ours; that a form was refused is no complaint."""
    grave, ours = message.type in ("error", "warning"), "//127.0.0.1:" in message.location["url"]
    refused = "the server responded with a status of" in message.text
    return [message.text] if grave and ours and not refused else []
