"""What the operating system refused, in the words of the office: its own speak English."""

import errno

_WORDS = {
    errno.ENOENT: "không có tệp hoặc thư mục đó",
    errno.EACCES: "không đủ quyền",
    errno.EPERM: "không đủ quyền",
    errno.EROFS: "nơi đó chỉ đọc được, không ghi được",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết hạn mức đĩa",
    errno.EFBIG: "tệp quá lớn",
    errno.EIO: "đĩa hoặc thiết bị báo lỗi",
    errno.EISDIR: "đó là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.ENOTEMPTY: "thư mục không trống",
    errno.EEXIST: "đã có sẵn",
    errno.ELOOP: "liên kết tới chính nó hoặc không được đi theo",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENFILE: "đang mở quá nhiều tệp",
    errno.ENOMEM: "hết bộ nhớ",
    errno.EBUSY: "đang được dùng",
    errno.ETXTBSY: "đang được dùng",
    errno.EINVAL: "tên hoặc giá trị không hợp lệ",
    errno.ENODEV: "không có thiết bị đó",
    errno.ENXIO: "không có thiết bị đó",
    errno.ESPIPE: "đó không phải tệp thông thường",
    errno.ESTALE: "ổ đĩa mạng đã mất kết nối",
    errno.EADDRINUSE: "cổng đang được dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    errno.ECONNREFUSED: "bên kia từ chối kết nối",
    errno.ECONNRESET: "đường truyền bị ngắt",
    errno.EPIPE: "đường truyền bị ngắt",
    errno.ETIMEDOUT: "quá thời gian chờ",
    errno.ENETUNREACH: "không có đường mạng tới đó",
    errno.EHOSTUNREACH: "không có đường mạng tới đó",
}


def system_words(error: OSError) -> str:
    """Why the system refused, without a full stop; the number of what nobody has put into words yet."""
    if error.errno is None:
        return type(error).__name__
    return _WORDS.get(error.errno) or f"lỗi {errno.errorcode.get(error.errno, error.errno)} của hệ điều hành"
