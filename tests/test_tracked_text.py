"""What the repository's text may hold: composed letters, no registry, no path of one machine; the locks."""

import re
import unicodedata
from pathlib import PurePosixPath

import pytest

from tests.checkout import pyproject, source, texts

# In two halves, or this file would be the first to break the rule.
FOREIGN = re.compile(
    "|".join(
        [
            "pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(com|org)", "deb" + r"\.debian\.org",
            "crates" + r"\.io", "docker" + r"\.io", "ghcr" + r"\.io",
            "/work" + "/(main|shared|steering|[.]library)", "/tmp/" + "bash_jobs", "/opt" + "/(wheels|pypi)",
        ]
    )
)  # fmt: skip


def test_no_registry_and_no_path_of_one_machine() -> None:
    found = [
        f"{path}:{number}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_text_is_composed() -> None:
    # One document of the corpus is decomposed on purpose. Else:
    # đ, ơ and the tone marks have two spellings in Unicode; comparing needs one of them. A test that
    # wants the other writes it with escapes or normalises at run time.
    decomposed = [str(path) for path, text in texts() if not unicodedata.is_normalized("NFC", text)]
    assert [path for path in decomposed if not path.startswith("tests/corpus/")] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_is_complete_and_names_no_index(lock: str) -> None:
    text = source(PurePosixPath(lock))
    assert not re.search(r"https?:|file:|^-", text, re.M)
    locked = {canonical(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)}
    project = pyproject()["project"]
    wanted = list(project["dependencies"])
    if lock == "requirements-dev.txt":
        wanted += project["optional-dependencies"]["dev"]
    assert {canonical(re.split(r"[\[<>=!~; ]", line)[0]) for line in wanted} <= locked


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
