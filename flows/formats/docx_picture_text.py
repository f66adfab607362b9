"""What is written in the pictures of a Word file: recognised like a scan, and put where the picture stands.

At most 20 pictures a file, in the machine's one turn of recognising. What is not read is named with its
reason; emblems and logos, and pictures in which nothing is written, are not worth a word.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.formats import ocr
from flows.formats.content import DocumentError, Progress
from flows.formats.docx_parts import Package
from flows.formats.docx_pictures import Picture, Pictures, numbers_in, without_marks
from flows.formats.image_size import MAX_UNPACKED, unpacked_bytes
from flows.formats.page_lines import joined
from flows.formats.quoted import quoted
from flows.formats.work import Work
from rules.text.syllables import share_of_syllables

MOST_PICTURES = 20
_DOCUMENT_SECONDS = 600
_READABLE = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_LEAST_PIXELS = 6_000  # bytes of them: no letters of five words fit
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 5  # fewer are a caption, a seal, the name under an emblem
_LIKELY = 0.6  # of the words: what is no writing comes out as signs and single letters
_MUCH = 12  # words that are none: there is writing, but not for us
_READ = "Tệp có {n} hình chứa chữ; chữ trong hình được nhận dạng từ ảnh, cần soát lại chính tả: “{first}”."
_UNREAD = "Tệp có {n} hình mà chữ trong đó không được đọc ({why}); cần đối chiếu."
_CROPPED = "Tệp có hình bị cắt xén; phần được đọc có thể nhiều hơn phần Word hiển thị, cần đối chiếu."
_KIND, _LARGE, _SMALL = "kiểu hình không hỗ trợ", "hình quá lớn", "hình quá nhỏ"
_BROKEN, _LATE, _STRANGE = "hình hỏng hoặc nằm ngoài tệp", "nhận dạng quá lâu", "không nhận ra chữ tiếng Việt"
_OVER = f"ngoài {MOST_PICTURES} hình được đọc của một tệp"
_MARGIN = "ở đầu trang hoặc chân trang"
_NO_PROGRAM = "máy chủ chưa có phần mềm nhận dạng chữ tiếng Việt"


@dataclass(slots=True)
class PictureTexts:
    """What was found: the words of each picture by its number, and how many were not read, by reason."""

    texts: dict[int, str] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    aside: list[str] = field(default_factory=list)  # few words: looked at for a mark of secrecy
    cropped: bool = False

    def remarks(self) -> list[str]:
        """What has to be said of the pictures."""
        told = []
        if self.texts:
            first = self.texts[min(self.texts)]
            told.append(_READ.format(n=len(self.texts), first=quoted(first)))
        if self.unread:
            why = "; ".join(_counted(reason, n, len(self.unread)) for reason, n in self.unread.items())
            told.append(_UNREAD.format(n=sum(self.unread.values()), why=why))
        return [*told, *([_CROPPED] if self.cropped else [])]


def read_pictures(package: Package, part: str, met: Pictures, work: Work, progress: Progress) -> PictureTexts:
    """Recognise the pictures of ``part``. Raises DocumentError when the machine's turn does not come."""
    found = PictureTexts()
    wanted = _worth_reading(package, part, met.met, found)
    if wanted and not ocr.has_tesseract():
        found.unread[_NO_PROGRAM] += len(wanted)
    elif wanted:
        found.unread[_OVER] += max(len(wanted) - MOST_PICTURES, 0)
        chosen = dict(list(wanted.items())[:MOST_PICTURES])
        with (
            ocr.recognition(package.name, progress),
            TemporaryDirectory(prefix="dondoc-ocr-") as folder,
        ):
            _recognise(package, chosen, Path(folder, "hinh"), found, progress)
        found.cropped = any(met.met[number].cropped for number in found.texts)
    found.unread = +found.unread
    for text in found.texts.values():
        work.charge(signs=len(text))
    return found


def note_margins(found: PictureTexts, met: Pictures) -> None:
    """Pictures of headers and footers are no part of the text, and said to be none."""
    if large := sum(not picture.is_emblem for picture in met.met):
        found.unread[_MARGIN] += large


def needs_a_program(found: PictureTexts) -> bool:
    """Whether there are pictures to be read and nothing to read them with."""
    return _NO_PROGRAM in found.unread


def put_in(text: str, texts: Mapping[int, str]) -> str:
    """``text`` with what was read in each picture below the picture's line; within the row of a table."""
    lines: list[str] = []
    told: set[int] = set()
    for line in text.split("\n"):
        numbers = [n for n in numbers_in(line) if n in texts and n not in told]
        told.update(numbers)
        bare = without_marks(line)
        if not numbers:
            lines.append(bare)
        elif "\t" in line:
            lines.append(_in_row(line, {n: " ".join(texts[n].split()) for n in numbers}))
        else:
            lines += [bare] if bare.strip() else []
            lines += [row for n in numbers for row in texts[n].split("\n")]
    return "\n".join(lines)


def _in_row(line: str, texts: Mapping[int, str]) -> str:
    cells = []
    for cell in line.split("\t"):
        words = [texts[n] for n in numbers_in(cell) if n in texts]
        cells.append(" ".join(filter(None, (without_marks(cell).strip(), *words))))
    return "\t".join(cells)


def _worth_reading(
    package: Package, part: str, met: Iterable[Picture], found: PictureTexts
) -> dict[int, str]:
    """The parts of the pictures to be recognised, by number; why not is counted in ``found``."""
    targets, seen = package.targets(part, "image"), set[str]()
    wanted: dict[int, str] = {}
    for number, picture in enumerate(met):
        target = targets.get(picture.relation, "")
        if picture.is_emblem or target in seen:
            continue
        seen |= {target} - {""}
        reason = _hindrance(package.bytes_of(target))
        if not reason:
            wanted[number] = target
        elif not (reason == _KIND and picture.of_object):  # the object is named by itself
            found.unread[reason] += 1
    return wanted


def _hindrance(data: bytes | None) -> str:
    """Why a picture with these bytes is not recognised; empty if nothing hinders it."""
    if data is None:
        return _BROKEN
    if not data.startswith(_READABLE):
        return _KIND
    size = unpacked_bytes(data)
    if size > MAX_UNPACKED:
        return _LARGE
    return _SMALL if 0 < size < _LEAST_PIXELS else ""


def _recognise(
    package: Package, wanted: Mapping[int, str], image: Path, found: PictureTexts, progress: Progress
) -> None:
    until = time.monotonic() + _DOCUMENT_SECONDS
    for done, (number, part) in enumerate(wanted.items()):
        progress(f"Đang nhận dạng chữ, hình {done + 1}/{len(wanted)}", done / len(wanted))
        try:
            image.write_bytes(package.bytes_of(part) or b"")
            text = ocr.recognised(package.name, image) if time.monotonic() < until else None
        except ocr.OverTime:
            text = None
        except DocumentError:
            found.unread[_BROKEN] += 1
            continue
        _keep(found, number, text)
    progress("Đã nhận dạng chữ", 1.0)


def _keep(found: PictureTexts, number: int, text: str | None) -> None:
    if text is None:
        found.unread[_LATE] += 1
        return
    words = _WORD.findall(text)
    if share_of_syllables(words) < _LIKELY:
        found.unread[_STRANGE] += len(words) >= _MUCH
    elif len(words) >= _FEWEST_WORDS:
        found.texts[number] = joined([line for line in text.splitlines() if line.strip()])
    else:
        found.aside.append(text)


def _counted(reason: str, count: int, reasons: int) -> str:
    return reason if reasons == 1 else f"{count} {reason}"
