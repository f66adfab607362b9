"""What a zygote does once, so that none of its readers has to: imports, patterns, the register's views."""

from importlib import import_module

from flows.actions.reading.read_conclusion import read_conclusion
from rules.calendar.workdays import WorkCalendar
from rules.people.registry import Registry

#: What a reader would import when it met its first such file.
_LATE = (
    "encodings.cp1258",
    "encodings.cp437",
    "encodings.utf_16",
    "flows.formats.docx",
    "flows.formats.legacy_encodings",
    "flows.formats.pdf",
    "flows.formats.plain_text",
    "flows.formats.word_97",
    "rapidfuzz.process",
)
#: Ours, so that the zygote reads nobody else's: it meets most patterns once.
_SAMPLE = """UBND TỈNH SÓC TRĂNG
Số: 1/TB-UBND
Sóc Trăng, ngày 05 tháng 12 năm 2022
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp
Chủ tịch UBND tỉnh kết luận như sau:
1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan rà soát, báo cáo UBND tỉnh \
trước ngày 28/12/2022.
2. Các sở, ngành, địa phương báo cáo định kỳ hằng tháng trước ngày 25; vượt thẩm quyền thì báo cáo.
a) Sở Tư pháp thẩm định trong 07 ngày làm việc kể từ ngày nhận đủ hồ sơ.
- Phấn đấu đến hết quý I/2023 hoàn thành.
3. Giao Sở Xây dựng (Cơ quan thường trực) chậm nhất ngày 10/01/2023 hoàn thành; đồng thời phải rà soát và \
tháo gỡ khó khăn, vướng mắc khi phát sinh.
4. Đồng chí Nguyễn Văn A, Giám đốc Sở Nội vụ, cần tiếp tục theo dõi; xong trước tháng 3 năm 2023.
Sau đó, các đơn vị cho biết kết quả của kế hoạch, bắt đầu từ ngày 15/12/2022.
Nơi nhận:
- Như trên;
"""


def warm_up(registry: Registry, calendar: WorkCalendar) -> None:
    """Build the register's views and compile what compiles late."""
    for name in _LATE:
        import_module(name)
    if registry.bodies:  # else no paper can be read, and each reader says so
        read_conclusion("mau.txt", _SAMPLE.encode(), registry, None, calendar)
