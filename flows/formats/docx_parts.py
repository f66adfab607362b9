"""The parts of a .docx: which file of the archive is the text, which the styles; parsed without harm.

Parts are found as Word finds them: from the package's relations, names compared without case. Nothing
is fetched, a reference to something outside is not followed, and a part that defines entities is refused.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from flows.formats.content import SAVE_AS, DocumentError
from flows.formats.limits import MAX_PART_BYTES, MAX_SIDE_TAGS, MAX_TAGS
from flows.formats.one_archive import part_key, two_readings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: The two spellings of a relation's type (transitional and strict); whatever else ends alike is a guess.
_KINDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
_TYPES = "[content_types].xml"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_MAIN_TYPE = re.compile(r"\Aapplication/vnd\.(?:openxmlformats|ms-word)\S*\.main\+xml", re.IGNORECASE)
_DOCUMENT = "word/document.xml"
#: Comments and instructions part a text in two where no reader sees a gap, so they are left out.
SAFELY: dict[str, bool] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip
_DECLARED = re.compile(rb"""\A<\?xml\s[^>]*?encoding\s*=\s*["']([^"']{1,40})""")
_FILLS_ANEW = re.compile(rb"updateFields(?![^<>]{0,100}=\s{0,9}.(?:0|false|off))")
_LONGEST_HEAD = 4_096
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
#: A namespace is spelt out anew for each element that is looked at.
_LONG_NAMESPACE = re.compile(rb"""xmlns[^=<>]{0,100}=\s{0,9}["'][^"'<]{500}""")


class Package:
    """The archive by the names of its parts."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name, self._archive = name, archive
        self._parts = {part_key(info.orig_filename): info for info in archive.infolist() if not info.is_dir()}

    def names(self) -> Iterator[str]:
        """All parts, in small letters and without the slash."""
        return (key[1:] for key in self._parts)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part_key(part) in self._parts

    def stream(self, part: str, most_tags: int = MAX_TAGS) -> io.BytesIO:
        """The bytes of one part as UTF-8, in the usual namespaces also when Word wrote the strict ones."""
        info = self._parts[part_key(part)]
        if info.file_size > MAX_PART_BYTES:
            limit = MAX_PART_BYTES // 1024**2
            raise DocumentError(
                f"Tệp “{self.name}” có phần chữ lớn hơn {limit} MB. Hãy tách thành nhiều tệp."
            )
        content = self._one_encoding(self._archive.read(info))
        if max(content.count(b"<"), content.count(b"=")) > most_tags or _LONG_NAMESPACE.search(content):
            raise DocumentError(f"Tệp “{self.name}” quá dài hoặc quá phức tạp. Hãy tách thành nhiều tệp.")
        if b"<!DOCTYPE" in content:
            raise DocumentError(
                f"Tệp “{self.name}” có khai báo DTD hoặc thực thể XML, không tiếp nhận. {SAVE_AS}"
            )
        if _STRICT in content:
            content = content.replace(_STRICT, _USUAL)
        return io.BytesIO(content)

    def root(self, part: str | None) -> Any:
        """The root element of a part, or None where the archive has no such part."""
        if part is None or not self.has(part):
            return None
        return etree.parse(self.stream(part, MAX_SIDE_TAGS), etree.XMLParser(**SAFELY)).getroot()

    def main(self) -> str:
        """The part that holds the text: what the package's relations say, as Word follows them."""
        named = self.related("", "officeDocument")
        if len({part_key(part) for part in named}) > 1:
            raise two_readings(self.name, "khai báo nhiều phần văn bản chính")
        found = named[0] if named else _DOCUMENT
        declared = self._declared().get(part_key(found), "")
        if not self.has(found) or (declared and not _MAIN_TYPE.fullmatch(declared)):
            raise self.no_word_file()
        return found

    def no_word_file(self) -> DocumentError:
        """The refusal of a zip that is none of Word's."""
        return DocumentError(
            f"Tệp “{self.name}” không phải tệp Word (.docx). Hãy mở bằng Word rồi lưu lại dạng .docx."
        )

    def further_mains(self, main: str) -> list[str]:
        """Other parts that are a whole document by their declared type or their usual place."""
        declared = {key for key, kind in self._declared().items() if _MAIN_TYPE.fullmatch(kind)}
        others = (declared | {part_key(_DOCUMENT)}) - {part_key(main)}
        return sorted(key[1:] for key in others if key in self._parts)

    def style_part(self, main: str, kind: str) -> str | None:
        """The styles or numbering of ``main``; in the usual place where it names no relations at all."""
        found = self.related(main, kind)
        if len({part_key(part) for part in found}) > 1:
            raise two_readings(self.name, f"khai báo nhiều phần {kind}")
        if found:
            return found[0]
        return None if self.has(_relations_of(main)) else f"word/{kind}.xml"

    def fills_fields_anew(self, main: str) -> bool:
        """Whether Word works out all fields when it opens the file, so that they may show something else."""
        for part in self.related(main, "settings")[:1]:
            info = self._parts.get(part_key(part))
            if info is not None and info.file_size <= MAX_PART_BYTES:
                return bool(_FILLS_ANEW.search(self._archive.read(info)))
        return False

    def related(self, source: str, kind: str) -> list[str]:
        """The parts inside the archive that ``source`` names as its styles, headers and so on."""
        root = self.root(_relations_of(source))
        exact: list[str] = []
        alike: list[str] = []
        for relation in () if root is None else root.iter(_RELATION):
            named = relation.get("Type", "")
            if relation.get("TargetMode") == "External" or not named.endswith(f"/{kind}"):
                continue
            known = named.removesuffix(kind) in _KINDS
            (exact if known else alike).append(self._target(source, relation))
        return exact or alike

    def targets(self, source: str, kind: str) -> dict[str, str]:
        """The parts inside the archive that ``source`` names as of this kind, by the key of the relation."""
        root = self.root(_relations_of(source))
        return {
            relation.get("Id", ""): self._target(source, relation)
            for relation in (() if root is None else root.iter(_RELATION))
            if relation.get("TargetMode") != "External" and relation.get("Type", "").endswith(f"/{kind}")
        }

    def bytes_of(self, part: str) -> bytes | None:
        """A part that is no XML, as it is; None where it is missing, damaged or too large."""
        info = self._parts.get(part_key(part))
        if info is None or info.file_size > MAX_PART_BYTES:
            return None
        try:
            return self._archive.read(info)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError):
            return None

    def _target(self, source: str, relation: Any) -> str:
        target = posixpath.join("/", posixpath.dirname(source), relation.get("Target", ""))
        return posixpath.normpath(target).lstrip("/")

    def _declared(self) -> dict[str, str]:
        root = self.root(_TYPES)
        overrides = () if root is None else root.iter(_OVERRIDE)
        return {part_key(found.get("PartName", "")): found.get("ContentType", "") for found in overrides}

    def _one_encoding(self, content: bytes) -> bytes:
        """UTF-16 becomes UTF-8; another encoding than these two is none that the format allows."""
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
            codec = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le"
            text = content.decode("utf-16-be" if content[:1] == b"\0" else codec)
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.removeprefix("\ufeff")).encode()
        head = content[:_LONGEST_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
        declared = _DECLARED.match(head)
        if (
            head.startswith(b"<?xml")
            and b"?>" not in head
            or declared
            and declared[1].lower() not in _ENCODINGS
        ):
            raise two_readings(self.name, "phần chữ không dùng bảng mã UTF-8")
        return content


def _relations_of(source: str) -> str:
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")
