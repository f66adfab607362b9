"""What of a Word file is not read as Word shows it: each is said once, for whoever checks the draft."""

from enum import StrEnum

from flows.formats.quoted import quoted


class Unlike(StrEnum):
    """Where the page and the text that was read may differ; the value is the Vietnamese sentence."""

    HIDDEN = "Tệp có chữ ẩn mà Word không hiển thị; phần đó không được đọc."
    FAINT = "Tệp có chữ khó thấy (trùng màu nền, quá nhỏ) nhưng vẫn được đọc; cần đối chiếu."
    TRACKED = "Tệp còn thay đổi được theo dõi (Track Changes), được đọc như đã chấp nhận tất cả."
    STRUCK = "Tệp có chữ bị gạch ngang; phần đó không được đọc, cần đối chiếu."
    TURNED = "Tệp có chữ được đặt chiều viết từ phải sang trái, Word có thể hiển thị khác; cần đối chiếu."
    UNREAD = "Tệp có biểu đồ, sơ đồ, ký hiệu hoặc chữ nghệ thuật; chữ trong đó không được đọc, cần đối chiếu."
    MARGIN = "Tệp có chữ ở đầu trang hoặc chân trang; phần đó không được đọc, cần đối chiếu."
    DOUBLED = "Tệp khai báo hai cách trình bày cùng một tên, Word có thể hiển thị khác; cần đối chiếu."
    COMMENT = "Tệp có ghi chú (comment); ghi chú không phải nội dung văn bản nên không được đọc."
    NOTE = "Tệp có chú thích cuối trang hoặc cuối văn bản; phần đó không được đọc, cần đối chiếu."
    EMBEDDED = "Tệp có đối tượng nhúng; chữ trong đối tượng không được đọc, cần đối chiếu."
    INSERTED_FILE = "Tệp chèn nội dung của một tệp khác; phần đó không được đọc, cần đối chiếu."
    BOUND = "Tệp có ô nội dung lấy từ dữ liệu kèm theo, Word có thể hiển thị khác; cần đối chiếu."
    FIELD = "Tệp có trường tự cập nhật, Word có thể hiển thị khác phần được đọc; cần đối chiếu."
    FIELD_CODE = "Tệp có chữ nằm trong mã trường mà Word không hiển thị; phần đó không được đọc."
    OPEN_FIELD = "Tệp có trường không khép lại, Word có thể hiển thị khác phần được đọc; cần đối chiếu."
    FOREIGN = "Tệp có chữ nằm trong cấu trúc lạ; phần đó không được đọc, cần đối chiếu."
    FURTHER_TEXT = "Tệp chứa một văn bản khác mà Word không hiển thị; phần đó không được đọc."
    ALTERNATIVES = "Tệp có phần ghi theo hai cách; chỉ cách Word hiển thị được đọc, cần đối chiếu."


class Noticed:
    """What was noticed while a file was read, in the order of its first meeting."""

    def __init__(self) -> None:
        self._words: dict[Unlike, str] = {}

    def note(self, what: Unlike, words: str = "") -> None:
        """Keep the first words that it was met in."""
        if not self._words.get(what):
            self._words[what] = words.strip()

    def remarks(self) -> tuple[str, ...]:
        """One sentence for each, with the beginning of what it was met in."""
        return tuple(
            f"{what.removesuffix('.')}: “{quoted(words)}”." if words else what.value
            for what, words in self._words.items()
        )
