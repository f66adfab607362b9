"""The bytes of a form, and the one text that they may mean: UTF-8, as every page of ours asks for.

A charset that somebody names is never obeyed: Python knows codecs that run for ever, raise what nobody
expects, or make of harmless bytes what was refused as text (RFC 7578, section 5.1.2 leaves it to us).
"""

from collections.abc import AsyncGenerator
from urllib.parse import unquote_to_bytes

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from rules.text.stacked_marks import MOST_MARKS, stacks_marks
from web.forms.body_limit import FormLimits
from web.forms.under_way import Share, UnderWay

_UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_SPOOLED = 64 * 1024  # bytes of a file that stay in memory
_MOST_PARTS = 1_000  # fields; each has a head of its own to read, and our forms with files have ten

NOT_UTF_8 = (
    "Biểu mẫu không dùng bảng mã UTF-8 nên không đọc được; chưa có gì được lưu. "
    "Hãy mở lại trang bằng trình duyệt rồi gửi lại."
)
BROKEN = (
    "Biểu mẫu gửi lên không đầy đủ hoặc sai cấu trúc nên không đọc được; chưa có gì được lưu. Hãy gửi lại."
)

_HEAPS = (
    f"Nội dung có chữ mang hơn {MOST_MARKS} dấu chồng lên nhau nên không đọc được; chưa có gì được lưu. "
    "Hãy xóa những dấu thừa rồi gửi lại."
)


async def read_form(request: Request, limits: FormLimits, text: Share, whole: Share) -> FormData:
    """The posted form; empty for a body of another kind. Files lie on the disk: close the form.

    Raises HTTPException: 400 for what is no form, 413 beyond ``limits``, 415 for another charset, 429 when
    the shares cannot grow.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    multipart = kind == b"multipart/form-data"
    if not multipart and kind != b"application/x-www-form-urlencoded":
        return FormData()
    if _charset(options.get(b"charset", b"")) not in _UTF_8:
        raise HTTPException(415, NOT_UTF_8)
    stream = _counted(request.stream(), whole, None if multipart else limits.fields)
    rooms: UnderWay = request.app.state.under_way
    parser = (_Parts if multipart else _Fields)(request.headers, stream, limits, text)
    parser.looks = rooms.looks
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError) as error:  # ValueError: a boundary that is none
        raise HTTPException(400, BROKEN) from error
    if _charset(form.get("_charset_")) not in _UTF_8:  # how a page may say which charset it was sent in
        await form.close()
        raise HTTPException(415, NOT_UTF_8)
    return form


def decoded(data: bytes | bytearray) -> str:
    """The text of a field, its name or a file's name. Raises HTTPException 415, or 400 for heaps of marks."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(415, NOT_UTF_8) from None
    if stacks_marks(text):
        raise HTTPException(400, _HEAPS)
    return text


def _charset(named: object) -> str:
    text = named.decode("latin-1") if isinstance(named, bytes) else str(named or "")
    return text.strip().strip("'\"").lower()


async def _counted(
    stream: AsyncGenerator[bytes, None], whole: Share, fields: int | None
) -> AsyncGenerator[bytes, None]:
    """Empty fields (``&&&``) count too: each costs the parser as much as one that says something."""
    found = 0
    async for chunk in stream:
        whole.grow(len(chunk))
        found += chunk.count(b"&")
        if fields is not None and found > fields:
            raise MultiPartException("Too many fields.")
        yield chunk


class _Fields(FormParser):
    """``a=b&c=d``"""

    looks: CapacityLimiter | None = None

    def __init__(
        self, headers: Headers, stream: AsyncGenerator[bytes, None], limits: FormLimits, text: Share
    ) -> None:
        super().__init__(headers, stream, max_fields=limits.fields, max_part_size=limits.text)
        self._limits, self._text = limits, text
        self._raw: list[tuple[bytes, bytes]] = []

    def on_field_name(self, data: bytes, start: int, end: int) -> None:
        _grow(self._text, end - start, self._limits)
        super().on_field_name(data, start, end)

    def on_field_data(self, data: bytes, start: int, end: int) -> None:
        _grow(self._text, end - start, self._limits)
        super().on_field_data(data, start, end)

    def on_field_end(self) -> None:
        if len(self._raw) >= self.max_fields:
            raise MultiPartException("Too many fields.")
        self._raw.append((bytes(self._field_name), bytes(self._field_value)))

    async def parse(self) -> FormData:
        """The form; a large one is decoded beside the event loop, where a megabyte would take 0.1 s."""
        await super().parse()
        if self._text.size < _SPOOLED:
            return self._decoded()
        return await run_sync(self._decoded, limiter=self.looks)

    def _decoded(self) -> FormData:
        return FormData([(_unquoted(name), _unquoted(value)) for name, value in self._raw])


class _Parts(MultiPartParser):
    """``multipart/form-data``, whose parts may each name an encoding of their own."""

    spool_max_size = _SPOOLED
    looks: CapacityLimiter | None = None

    def __init__(
        self, headers: Headers, stream: AsyncGenerator[bytes, None], limits: FormLimits, text: Share
    ) -> None:
        fields = min(limits.fields, _MOST_PARTS)
        super().__init__(
            headers, stream, max_files=limits.files, max_fields=fields, max_part_size=limits.text
        )
        self._limits, self._text, self._ended = limits, text, False
        self._large: list[bytes | bytearray] = []

    def on_end(self) -> None:
        self._ended = True

    async def parse(self) -> FormData:
        """The form. Raises MultiPartException where the last boundary is missing: something was cut off."""
        form = await super().parse()
        if not self._ended:
            await form.close()
            raise MultiPartException("No last boundary.")
        try:
            if self._large:
                await run_sync(self._check_large, limiter=self.looks)
        except HTTPException:
            await form.close()
            raise
        return form

    def on_headers_finished(self) -> None:
        fields = dict(self._current_part.item_headers)
        _, options = parse_options_header(fields.get(b"content-disposition"))
        for value in options.values():
            decoded(value)
        if _charset(fields.get(b"content-transfer-encoding")) not in _PLAIN:
            raise HTTPException(415, NOT_UTF_8)
        _, kind = parse_options_header(fields.get(b"content-type"))
        if b"filename" not in options and _charset(kind.get(b"charset")) not in _UTF_8:
            raise HTTPException(415, NOT_UTF_8)
        super().on_headers_finished()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            _grow(self._text, end - start, self._limits)
        super().on_part_data(data, start, end)

    def on_part_end(self) -> None:
        """A large text is looked at beside the event loop, where eight megabytes would take a second."""
        if self._current_part.file is None:
            if len(self._current_part.data) < _SPOOLED:
                decoded(self._current_part.data)
            else:
                self._large.append(self._current_part.data)
        super().on_part_end()

    def _check_large(self) -> None:
        for data in self._large:
            decoded(data)
        self._large.clear()


def _grow(text: Share, more: int, limits: FormLimits) -> None:
    text.grow(more)
    if text.size > limits.text:
        raise HTTPException(413, limits.too_large)


def _unquoted(data: bytes) -> str:
    """A slice at a time: ``unquote_to_bytes`` takes fifteen times its argument while it works."""
    plain, found, start = data.replace(b"+", b" "), bytearray(), 0
    while start < len(plain):
        end = start + _SPOOLED
        cut = plain.rfind(b"%", end - 2, end)  # the slice would end within an escape
        end = end if cut < 0 else cut
        found += unquote_to_bytes(plain[start:end])
        start = end
    return decoded(found)
