"""Passwords cost a test next to nothing, and no test counts the tries of another one."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """The cheapest hash that argon2 makes; what the real one costs: ``make bench ARGS=sign_in``."""
    from flows.actions.sign_in import hashing

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "COST", hashing.HashCost(rounds=1, memory=8, lanes=1))
        yield


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> Iterator[None]:
    from flows.actions.sign_in import tries

    yield
    if tries._limiter.cache_info().currsize:
        tries.forget_all()
