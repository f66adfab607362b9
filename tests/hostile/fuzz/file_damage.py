"""Damage that keeps a file's own shape, so that it reaches deeper than flipped bytes do."""

import io
import re
import zipfile
from random import Random

from tests.hostile.fuzz.mutate import some_bytes, some_text, word
from tests.hostile.fuzz.samples import parts_of

_COUNTS = (
    "-1",
    "0",
    "1",
    "8",
    "9",
    "64",
    "32767",
    "65536",
    "99999999",
    "2147483648",
    "9" * 20,
    "1e9",
    "٣",
    "",
    "x",
)
_LONGEST = 20_000_000  # signs of a part: over that the fuzzer itself needs too much memory
_ELEMENT = re.compile(r"<w:(p|r|tc|tr|tbl|t|lvl|style|pPr|rPr)[ />]")
_NAMES = (
    "word/document.xml",
    "WORD/document.xml",
    "word\\document.xml",
    "/word/document.xml",
    "word/../x",
    "x" * 300,
)


def damaged(random: Random, name: str, data: bytes) -> tuple[str, bytes]:
    """Another file made of this one, and its name."""
    if random.random() < 0.05:
        name = random.choice(
            ("a.docx", "a.pdf", "a.txt", "a", "", "x" * 400, "a\u202etxt.exe", "\x1b[31m.txt")
        )
    suffix = name.rpartition(".")[2]
    if random.random() < 0.15:
        return name, some_bytes(random, data)
    match suffix:
        case "docx" if data[:2] == b"PK":
            return name, _word(random, data)
        case "pdf":
            return name, _pdf(random, data)
        case "txt":
            return name, _text(random, data)
    return name, some_bytes(random, data)


def _word(random: Random, data: bytes) -> bytes:
    parts = parts_of(data)
    chosen = random.choice([one for one in parts if one.endswith(".xml")])
    text = parts[chosen].decode("utf-8", "replace")
    for _ in range(random.randint(1, 5)):
        text = _xml(random, text)[:_LONGEST]
    parts[chosen] = text.encode("utf-8", "surrogatepass")
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
            if random.random() < 0.03:
                _twice(archive, random, content)
    return some_bytes(random, kept.getvalue(), 2) if random.random() < 0.1 else kept.getvalue()


def _twice(archive: zipfile.ZipFile, random: Random, content: bytes) -> None:
    """One more part of nearly the same name; the library warns of doubled names, which is what is wanted."""
    name = random.choice(_NAMES)
    if name not in archive.namelist():
        archive.writestr(name, content)


def _xml(random: Random, text: str) -> str:
    match random.randrange(6):
        case 0 | 1:
            return _a_count(random, text)
        case 2:
            return _doubled(random, text)
        case 3:
            return _nested(random, text)
        case 4:
            at = text.find(">", random.randrange(len(text) + 1)) + 1
            return text[:at] + word(random) + text[at:]
        case _:
            return some_text(random, text, 2)


def _a_count(random: Random, text: str) -> str:
    found = list(re.finditer(r'="(\d+)"', text))
    if not found:
        return text
    one = random.choice(found)
    return text[: one.start(1)] + random.choice(_COUNTS) + text[one.end(1) :]


def _doubled(random: Random, text: str) -> str:
    """An element again and again, where it stands."""
    found = list(_ELEMENT.finditer(text))
    if not found:
        return text
    one = random.choice(found)
    stop = text.find(f"</w:{one[1]}>", one.start())
    if stop < 0:
        return text
    stop += len(one[1]) + 5
    return text[:stop] + text[one.start() : stop] * random.choice((1, 3, 200)) + text[stop:]


def _nested(random: Random, text: str) -> str:
    depth = random.choice((2, 30, 300, 3000))
    tag = random.choice(("w:tbl><w:tr><w:tc", "w:sdt><w:sdtContent", "w:ins", "w:p", "mc:AlternateContent"))
    opening = "".join(f"<{one}>" for one in tag.split("><"))
    closing = "".join(f"</{one}>" for one in reversed(tag.split("><")))
    at = text.find("<w:p>")
    return text[:at] + opening * depth + closing * depth + text[at:] if at > 0 else text


def _pdf(random: Random, data: bytes) -> bytes:
    for _ in range(random.randint(1, 4)):
        numbers = list(re.finditer(rb"(?<=[ \[/])\d+(?:\.\d+)?", data))
        if random.random() < 0.7 and numbers:
            one = random.choice(numbers)
            count = random.choice(("-1", "0", "90", "1e9", "99999999", "9" * 20, "0.0000001")).encode()
            data = data[: one.start()] + count + data[one.end() :]
        else:
            data = some_bytes(random, data, 1)
    return data + data[random.randrange(len(data)) :] if random.random() < 0.05 else data


def _text(random: Random, data: bytes) -> bytes:
    text = some_text(random, data.decode("utf-8", "replace"), 8)
    if random.random() < 0.1:
        text *= random.choice((2, 10, 40))
    return text.encode(random.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-8-sig")), "surrogatepass")
