"""The parts of a .docx: which file of the archive is the text, which the styles; parsed without harm.

Entities are not expanded and nothing is fetched: a reference to something outside is not followed.
"""

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from flows.actions.formats.content import DocumentError
from flows.actions.formats.limits import MAX_PART_BYTES, MAX_SIDE_TAGS, MAX_TAGS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SAFELY = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def part_stream(name: str, archive: zipfile.ZipFile, part: str, most_tags: int = MAX_TAGS) -> io.BytesIO:
    """The bytes of one part, in the usual namespaces also when Word wrote the strict ones."""
    if archive.getinfo(part).file_size > MAX_PART_BYTES:
        limit = MAX_PART_BYTES // 1024**2
        raise DocumentError(f"Tệp “{name}” có phần chữ lớn hơn {limit} MB. Hãy tách thành nhiều tệp.")
    content = archive.read(part)
    if max(content.count(b"<"), content.count(b"=")) > most_tags:
        raise DocumentError(f"Tệp “{name}” quá dài hoặc quá phức tạp. Hãy tách thành nhiều tệp.")
    if _STRICT in content[:4096]:
        content = content.replace(_STRICT, _USUAL)
    return io.BytesIO(content)


def part_root(name: str, archive: zipfile.ZipFile, part: str | None) -> Any:
    """The root element of a part, or None where the archive has no such part."""
    if part is None or part not in archive.NameToInfo:
        return None
    stream = part_stream(name, archive, part, MAX_SIDE_TAGS)
    return etree.parse(stream, etree.XMLParser(**SAFELY)).getroot()


def main_part(name: str, archive: zipfile.ZipFile) -> str:
    """The part that holds the text: ``word/document.xml``, unless the archive says otherwise."""
    found = related_part(name, archive, "", "officeDocument") or "word/document.xml"
    if found not in archive.NameToInfo or not found.startswith("word/"):
        raise DocumentError(
            f"Tệp “{name}” không phải tệp Word (.docx). Hãy mở bằng Word rồi lưu lại dạng .docx."
        )
    return found


def related_part(name: str, archive: zipfile.ZipFile, source: str, kind: str) -> str | None:
    """The part inside the archive that ``source`` names as its styles, numbering and so on."""
    folder, file = posixpath.split(source)
    relations = part_root(name, archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    for relation in () if relations is None else relations.iter(_RELATION):
        if relation.get("TargetMode") != "External" and relation.get("Type", "").endswith(f"/{kind}"):
            target = posixpath.join("/", folder, relation.get("Target", ""))
            return posixpath.normpath(target).lstrip("/")
    return None
