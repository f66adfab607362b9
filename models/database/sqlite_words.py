"""Why SQLite could not open or read a file, in the words of the office: its own speak English."""

import sqlite3

#: By the first two words of the name of its error (SQLITE_READONLY_DBMOVED is one of READONLY).
_WORDS = {
    "SQLITE_BUSY": "tệp đang bị một chương trình khác khóa; hãy đợi chương trình ấy xong rồi chạy lại",
    "SQLITE_LOCKED": "tệp đang bị một chương trình khác khóa; hãy đợi chương trình ấy xong rồi chạy lại",
    "SQLITE_NOTADB": "tệp này không phải cơ sở dữ liệu SQLite",
    "SQLITE_CORRUPT": "tệp đã hỏng; hãy khôi phục bản sao lưu («dondoc restore»)",
    "SQLITE_CANTOPEN": "không mở được tệp; hãy xem lại đường dẫn và quyền của tài khoản này",
    "SQLITE_READONLY": "tệp hoặc thư mục chứa tệp chỉ đọc được, không ghi được",
    "SQLITE_PERM": "không đủ quyền đối với tệp",
    "SQLITE_FULL": "đĩa đã đầy",
    "SQLITE_IOERR": "đĩa hoặc thiết bị báo lỗi khi đọc, ghi tệp",
}


def sqlite_words(error: BaseException | None) -> str | None:
    """What is wrong, without a full stop; None: not SQLite's, or nobody has put it into words yet."""
    if not isinstance(error, sqlite3.Error):
        return None
    name = getattr(error, "sqlite_errorname", None) or ""  # unset where the driver itself complains
    return _WORDS.get("_".join(name.split("_")[:2]))
