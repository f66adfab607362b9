"""docs/install.md and docs/cai-dat.md are one way to install, in two languages.

Seen red: with a command that one of the two does not have, and with a step that only one has.
"""

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, VIETNAMESE = ((DOCS / name).read_text(encoding="utf-8") for name in ("install.md", "cai-dat.md"))


def commands(text: str) -> list[str]:
    """The indented lines, with the number of the step that they are of."""
    step, found = "0", []
    for line in text.splitlines():
        if head := re.match(r"## (\d+)\.", line):
            step = head[1]
        elif line.startswith("    "):
            found.append(f"{step}: {line.strip()}")
    return found


def test_they_have_the_same_commands_in_the_same_steps() -> None:
    assert commands(VIETNAMESE) == commands(ENGLISH)
    assert len(commands(ENGLISH)) > 100


def test_they_name_the_same_settings_and_files() -> None:
    said = [set(re.findall(r"DONDOC_[A-Z_]+|/[a-z][\w./-]{8,}", text)) for text in (ENGLISH, VIETNAMESE)]
    assert said[0] == said[1]
