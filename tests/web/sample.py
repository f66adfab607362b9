"""Two conclusions in the form that the offices use, made up for these tests."""

CONCLUSION = """\
ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 431/TB-UBND                          Sóc Trăng, ngày 05 tháng 12 năm 2022

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp Ban Chỉ đạo phát triển kinh tế tập thể

Ngày 02/12/2022, Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo chủ trì cuộc họp về tình hình kinh tế tập thể. \
Sau khi nghe Sở Kế hoạch và Đầu tư báo cáo, Trưởng Ban Chỉ đạo kết luận như sau:

1. Giao Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Liên minh Hợp tác xã tỉnh hoàn chỉnh Kế hoạch hoạt động \
của Ban Chỉ đạo năm 2023, trình UBND tỉnh trước ngày 12/12/2022.

2. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Công Thương xây dựng vùng nguyên liệu gắn \
với các hợp tác xã, báo cáo UBND tỉnh trước ngày 22/12/2022.

3. Sở Tài chính tham mưu phương án bổ sung vốn điều lệ cho Quỹ Hỗ trợ phát triển hợp tác xã; trường hợp vượt \
thẩm quyền, báo cáo UBND tỉnh xem xét, quyết định.

4. Liên minh Hợp tác xã tỉnh báo cáo tiến độ gửi Sở Kế hoạch và Đầu tư trước ngày 25 hằng tháng.

5. UBND các huyện, thị xã, thành phố rà soát các hợp tác xã ngừng hoạt động, hoàn thành trước ngày 31/01/2023.

Trên đây là kết luận của Trưởng Ban Chỉ đạo, các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.
"""

PRESS = """\
Họp Ban Chỉ đạo kinh tế tập thể
Phát biểu tại cuộc họp, Trưởng Ban Chỉ đạo yêu cầu Sở Công Thương phối hợp với các đơn vị liên quan mở rộng \
tiêu thụ sản phẩm của hợp tác xã, chậm nhất trong quý I.
Ngành nông nghiệp khẩn trương hướng dẫn nông dân <script>alert("x")</script> xuống giống đúng lịch thời vụ.
"""

#: Who leads the tasks of CONCLUSION that the tests press buttons of.
LEADS = {"GN-0001": "skhdt", "GN-0002": "snn", "GN-0003": "stc", "GN-0005": "ubnd-st"}


def seat(role: str, code: str) -> dict[str, str]:
    """The hidden fields of a form of that task, as its page gives them to its lead or to the office."""
    return {"vai": role, "co-quan": LEADS[code]} if role == "chu-tri" else {"vai": role}
