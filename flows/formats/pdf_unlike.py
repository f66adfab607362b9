"""What of a PDF file is not read as its reader sees it, in Vietnamese, for whoever checks the draft."""

from collections.abc import Mapping, Sequence

from flows.formats.quoted import quoted

_OF_PAGES = {
    "unseen": "có chữ không hiện trên trang; phần đó không được đọc",
    "faint": "có chữ khó thấy (trùng màu nền, bị che, quá nhỏ, ngoài trang) nhưng vẫn được đọc",
    "layer": "chữ được đọc từ lớp chữ ẩn dưới ảnh trang, cần đối chiếu với ảnh",
    "replaced": "có chữ được khai báo thay cho chữ in trên trang, cần đối chiếu",
    "noted": "có ghi chú hoặc ô điền đè lên trang; phần đó không được đọc, cần đối chiếu",
    "unchecked": "quá nhiều đối tượng nên chưa kiểm tra hết chữ ẩn, cần đối chiếu",
}
_OF_FILE = {
    "earlier": "Tệp PDF còn giữ bản lưu trước có nội dung khác; chỉ bản lưu cuối được đọc",
    "attached": "Tệp PDF có tệp khác đính kèm bên trong; tệp đính kèm không được đọc",
    "form": "Tệp PDF dùng biểu mẫu động (XFA), người xem có thể thấy nội dung khác; cần đối chiếu",
    "before": "Tệp có dữ liệu khác đứng trước phần PDF; chỉ phần PDF được đọc",
    "after": "Tệp có dữ liệu khác nối sau phần PDF; chỉ phần PDF được đọc",
    "script": "Tệp PDF có mã lệnh tự chạy (JavaScript), người xem có thể thấy nội dung khác; cần đối chiếu",
    "unchecked": "Tệp PDF có nhiều bản lưu trước, chưa so hết nội dung; cần đối chiếu",
}
_MOST_PAGES = 8  # that are named one by one


def remarks_of(pages: Sequence[Mapping[str, str]], file: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each thing noted; ``pages`` and ``file`` hold codes with words of the document."""
    said = [_sentence(words, file[code]) for code, words in _OF_FILE.items() if code in file]
    for code, words in _OF_PAGES.items():
        numbers = [number for number, notes in enumerate(pages, 1) if code in notes]
        if numbers:
            quote = next((pages[number - 1][code] for number in numbers if pages[number - 1][code]), "")
            said.append(_sentence(f"Trang {_listed(numbers)} {words}", quote))
    return tuple(said)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_PAGES]))
    return shown if len(numbers) <= _MOST_PAGES else f"{shown}..."


def _sentence(words: str, quote: str) -> str:
    said = quoted(quote)
    return f"{words}: “{said}”." if said else f"{words}."
