"""What a paper was read as, in the words of an office."""

from rules.draft import Genre

GENRE_LABELS = {
    Genre.NOTICE: "thông báo kết luận",
    Genre.PRESS: "tin báo chí",
    Genre.LETTER: "công văn",
    Genre.TELEGRAM: "công điện",
    Genre.PARTY: "chỉ thị hoặc kết luận của Đảng",
    Genre.PLAN: "kế hoạch hoặc chương trình",
    Genre.MINUTES: "biên bản",
    Genre.LIST: "danh sách nhiệm vụ",
}
