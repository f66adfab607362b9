"""Which answers of a Prefect server say that it lets in whoever asks (decision 0013).

Seen to fail: with one question instead of three in ``QUESTIONS``; with the address's own credentials sent;
without following redirections; with every 2xx behind one taken for an open door.
"""

import pytest

from flows import door
from tests.hostile.installation.fake_prefect import Answers, always, fake_prefect


def only(*opened: str, status: int = 200) -> Answers:
    """Asks who we are, but for these."""
    return lambda method, path: (status if f"{method} {path}" in opened else 401, {})


def moved(to: Answers) -> Answers:
    """Sends everybody elsewhere on this server first."""

    def answer(method: str, path: str) -> tuple[int, dict[str, str]]:
        return to(method, path) if path.startswith("/new") else (307, {"location": f"/api/new{path}"})

    return answer


def page(_method: str, _path: str) -> tuple[int, dict[str, str]]:
    return 200, {"content_type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        (always(200), True),
        (page, True),  # whatever it is, it asked nobody
        (always(204), True),
        (only("GET /admin/version"), True),
        (only("POST /flows/filter"), True),  # a proxy that guards reading alone
        (only("POST /deployments/", status=422), True),  # ... or all but writing
        (moved(always(200)), True),
        (always(401), False),
        (always(403), False),
        (moved(page), False),  # the page of a proxy where people sign in
        (moved(always(401)), False),
        (always(404), False),
        (always(500), False),
        (always(503), False),
        (always(0), False),  # cut
        (always(307, location="/api/loop"), False),
        (always(302, location="http://127.0.0.1:1/"), False),
        (always(302, location="http://[::1"), False),
    ],
)
def test_what_an_open_door_is(answers: Answers, is_open: bool) -> None:
    with fake_prefect(answers) as fake:
        assert door.answers_without_password(fake.url) is is_open
        assert door.answers_without_password(fake.url + "/") is is_open
    assert {credentials for _, _, credentials in fake.asked} == {None}


def test_nobody_there_is_no_open_door() -> None:
    assert not door.answers_without_password("http://127.0.0.1:1/api")


def test_the_credentials_of_an_address_are_not_shown_to_it() -> None:
    with fake_prefect(always(200)) as fake:
        assert door.answers_without_password(fake.url.replace("://", "://user:sesame@"))
    assert {credentials for _, _, credentials in fake.asked} == {None}
