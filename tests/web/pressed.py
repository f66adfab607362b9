"""The way from a draft to its issue, as a person goes it: the draft's button, the last look, its button."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from httpx2 import Response
from starlette.testclient import TestClient

LOOK = "/phat-hanh"


def look_form(page: str, confirm: bool = True) -> dict[str, Sequence[str]]:
    """The form of a last look as a browser would send it, with every question confirmed or as it stands."""
    form: dict[str, Sequence[str]] = {
        name: [unescape(value)]
        for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page)
    }
    ticks = re.findall(r'<input type="checkbox" name="xac-nhan" value="([^"]*)"( checked)?', page)
    form["xac-nhan"] = [unescape(key) for key, ticked in ticks if confirm or ticked]
    return form


def publish(
    client: TestClient,
    address: str,
    sheet: Mapping[str, object],
    wish: str = "phat-hanh",
    confirm: bool = True,
) -> Response:
    """Save the draft and press on; where the draft is refused, its page is the answer."""
    answered = client.post(address, data={**sheet, "viec": wish})
    if not answered.url.path.endswith(LOOK):
        return answered
    return client.post(answered.url.path, data=look_form(answered.text, confirm))
