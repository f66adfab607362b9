"""An official reads why the system refused in Vietnamese; its own words reach no page and no command."""

import errno
import os

import pytest

from rules.installation.machine_troubles import system_words
from tests.checkout import FLOORS, MODULES, source


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_english(number: int) -> None:
    words = system_words(OSError(number, os.strerror(number)))
    assert os.strerror(number) not in words
    assert words.endswith("của hệ điều hành") or words.islower()


def test_an_error_without_a_number_is_named() -> None:
    assert system_words(TimeoutError()) == "TimeoutError"


def test_nobody_shows_the_systems_own_words() -> None:
    said = [str(path) for path in MODULES if path.parts[0] in FLOORS and "error.strerror" in source(path)]
    assert said == []
