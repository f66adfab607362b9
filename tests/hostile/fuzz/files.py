"""Files of every format that we read ourselves, as handed in by a stranger.

What must hold: a draft or a refusal in words, whatever the bytes are; what a draft quotes stands in its text;
nothing of it is a sign that a terminal or a page would obey; and it can be written and read back.
"""

import json
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from config.agencies import load_register
from config.work_calendar import office_calendar
from flows.actions.reading.draft_file import draft_to_json, parse_draft_data
from flows.actions.reading.read_conclusion import read_conclusion
from rules.draft import Draft
from rules.people.registry import Registry
from rules.refusal import Refusal
from tests.hostile.fuzz.file_damage import damaged
from tests.hostile.fuzz.kinds import Try
from tests.hostile.fuzz.samples import documents


@contextmanager
def opened(folder: Path) -> Iterator[Try]:
    """The reader with the shipped register, and the honest files."""
    registry = Registry(load_register().bodies)
    honest = sorted(documents().items())
    office_calendar()

    def attempt(seed: int) -> str | None:
        random = Random(seed)
        name, data = damaged(random, *random.choice(honest))
        return read(folder, name, data, registry)

    yield attempt


def read(folder: Path, name: str, data: bytes, registry: Registry) -> str | None:
    """Read the file, which is left in ``folder`` until the next one; what is wrong with what came of it."""
    (folder / "last.bin").write_bytes(data)
    try:
        draft = read_conclusion(name, data, registry, None)
    except Refusal as refusal:
        return _spoken(str(refusal))
    return _sound(draft, registry)


def _spoken(words: str) -> str | None:
    if len(words) > 1000 or _signs(words):
        return f"a refusal of {len(words)} signs, {_signs(words)}: {words[:300]!r}"
    return None


def _sound(draft: Draft, registry: Registry) -> str | None:
    text = draft.document.text
    if _signs(text):
        return f"signs in the text: {_signs(text)}"
    for one in draft.directives:
        if text[one.span.start : one.span.end] != one.text:
            return f"a quotation that is none: {one.text[:100]!r}"
    written = json.loads(json.dumps(draft_to_json(draft, registry), allow_nan=False))
    try:
        again = parse_draft_data(written, "draft.json", registry)  # as a page keeps it
    except Refusal as refusal:
        return f"the draft cannot be read back: {refusal}"
    return None if again.document.text == text else "the text came back changed"


def _signs(text: str) -> list[str]:
    """Signs that are obeyed and not seen, and text that is not composed."""
    found = {one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Cs")} - set("\t\n\u200c\u200d")
    return sorted(map(ascii, found)) + ([] if unicodedata.is_normalized("NFC", text) else ["not NFC"])
