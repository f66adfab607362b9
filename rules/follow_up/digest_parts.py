"""The parts of the leadership digest that a list of tasks can show in full.

The stored word is the one of the address line: ``/viec?muc=qua-han-1-30``. A part that is made of others
shows the tasks of all of them.
"""

from rules.vocabulary import Labelled


class DigestPart(Labelled):
    """A heading of the digest; its name in small letters is the section's in ``rules.facts.Digest``."""

    OVERDUE = "qua-han", "Nhiệm vụ quá hạn"
    OVERDUE_1_30 = "qua-han-1-30", "Quá hạn từ 1 đến 30 ngày"
    OVERDUE_31_90 = "qua-han-31-90", "Quá hạn từ 31 đến 90 ngày"
    OVERDUE_OVER_90 = "qua-han-tren-90", "Quá hạn trên 90 ngày"
    AT_ENDED_BODIES = "co-quan-da-ket-thuc", "Ở cơ quan đã kết thúc hoạt động"
    URGED_OFTEN = "don-doc-nhieu-lan", "Đã đôn đốc nhiều lần"
    DUE = "sap-den-han", "Sắp đến hạn"
    DUE_7 = "den-han-7-ngay", "Đến hạn trong 7 ngày tới"
    DUE_14 = "den-han-8-14-ngay", "Đến hạn từ ngày thứ 8 đến ngày thứ 14"
    NO_DEADLINE_OLD = "khong-thoi-han-da-lau", "Không thời hạn, giao đã lâu"
    SILENT = "khong-cap-nhat", "Không cập nhật tiến độ"
    WAITING_CONFIRMATION = "cho-xac-nhan", "Chờ xác nhận kết quả"
    EXTENDED = "gia-han", "Gia hạn"
    EXTENSIONS = "de-nghi-gia-han", "Đề nghị gia hạn chờ trả lời"
    EXTENDED_OFTEN = "gia-han-nhieu-lan", "Đã gia hạn nhiều lần"
    DONE_SINCE = "da-hoan-thanh", "Đã hoàn thành từ kỳ báo cáo trước"

    @property
    def section(self) -> str:
        """The name of the section, by which the digest counts it."""
        return self.name.lower()


#: Headings that stand over several sections.
MADE_OF = {
    DigestPart.OVERDUE: (DigestPart.OVERDUE_OVER_90, DigestPart.OVERDUE_31_90, DigestPart.OVERDUE_1_30),
    DigestPart.DUE: (DigestPart.DUE_7, DigestPart.DUE_14),
    DigestPart.EXTENDED: (DigestPart.EXTENSIONS, DigestPart.EXTENDED_OFTEN),
}
_SECTIONS = {part: (part,) for part in DigestPart} | MADE_OF


def sections_of(part: DigestPart) -> tuple[str, ...]:
    """The names of the sections whose tasks stand under the heading."""
    return tuple(one.section for one in _SECTIONS[part])
