"""What an artifact shows: the words of people as they read, long lists cut and counted."""

from flows.events import ids_payload
from flows.sweeping import Swept, as_markdown, escaped, listed
from tests.cast import at

MONDAY = at("2022-09-05", "06:45")


def test_what_people_wrote_cannot_draw_on_the_artifact() -> None:
    nasty = "[x](javascript:1)\n| <img src=x> `a` *b* & c"
    assert escaped(nasty) == "\\[x\\](javascript:1) \\| &lt;img src=x&gt; \\`a\\` \\*b\\* &amp; c"
    [row] = as_markdown("T", Swept(MONDAY, "S", ((nasty, "v"),))).splitlines()[6:]
    assert row == f"| {escaped(nasty)} | v |"


def test_long_lists_are_cut_and_counted() -> None:
    assert listed(map(str, range(22))).endswith("19; và 2 mục khác")
    assert listed([]) == "không có"
    payload = ids_payload(range(20_000))
    assert (payload["count"], len(payload["ids"])) == (20_000, 10_000)
