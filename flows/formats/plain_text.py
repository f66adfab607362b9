"""A text file -> its text: Unicode by its mark or its form, else an encoding of the nineties."""

from flows.formats.content import Content, DocumentError
from flows.formats.kinds import ACCEPTED
from flows.formats.legacy_encodings import decoded_bytes
from flows.formats.limits import MAX_PLAIN_TEXT_BYTES

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_plain_text(name: str, data: bytes) -> Content:
    """UTF-8 with or without a mark, UTF-16 with one, TCVN3, VNI, Windows-1258. Raises DocumentError."""
    if len(data) > MAX_PLAIN_TEXT_BYTES:
        limit = MAX_PLAIN_TEXT_BYTES // 1024**2
        raise DocumentError(f"Tệp “{name}” có phần chữ lớn hơn {limit} MB. Hãy tách thành nhiều tệp.")
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8")
    try:
        content = Content(data.decode(encoding))
    except UnicodeDecodeError as error:
        content = _of_the_nineties(name, data, encoding, error)
    if "\x00" in content.text:
        raise DocumentError(f"Tệp “{name}” không phải văn bản. {ACCEPTED}")
    return content


def _of_the_nineties(name: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> Content:
    found = decoded_bytes(data) if encoding == "utf-8" else None
    if found is None:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError(
            f"Tệp “{name}”, dòng {line}, vị trí byte {error.start}: không đúng bảng mã UTF-8, cũng không "
            "nhận ra là TCVN3 (ABC), VNI hay Windows-1258. Hãy lưu lại với bảng mã UTF-8."
        ) from error
    return Content(found.text, remarks=(found.remark,))
