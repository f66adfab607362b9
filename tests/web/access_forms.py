"""What is sent to each route of the table: a form that is taken from whoever may send it."""

import re
from typing import Any

from tests.web.tasks.test_tasks import GATE

PLACES = {
    "code": "GN-0002", "document_id": "1", "case_id": "2", "event_id": "1", "paper_id": "1", "file_id": "1",
    "token": "khong-co", "seq": "1", "verdict": "gui-lai", "address_id": "1", "message_id": "1",
    "typed_id": "1", "person_id": "1", "seat_id": "1", "absence_id": "1", "sign_in_id": "1",
}  # fmt: skip
AS_LEAD = {"vai": "chu-tri", "co-quan": "snn"}
AS_PARTNER, AS_OFFICE, AS_LEADER = (
    {"vai": "phoi-hop", "co-quan": "sct"},
    {"vai": "van-phong"},
    {"vai": "lanh-dao"},
)
WORDS = "Đã rà soát xong."
SCAN = {"tep": ("phieu-trinh.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
EXTENSION = {"viec": "extension_agreed", "de-nghi": "1", "ly-do": WORDS, "tu-cach": "Trưởng Ban Chỉ đạo"}
OPINION = {"cach": "decide", "noi-dung": "Đồng ý phương án 1.", "tu-cach": "Trưởng Ban Chỉ đạo"}
SLIP = {"so-phieu": "45/PTr-VP", "nguoi-ky": "Nguyễn Văn An", "ngay-ky": "16/12/2022"}
#: By row: the fields of its form; what stands under another place than PLACES in ``AT``.
FORMS: dict[str, dict[str, Any]] = {
    "POST /viec/{code}/tra-loi [lead]": {**AS_LEAD, "viec": "progress", "noi-dung": WORDS},
    "POST /viec/{code}/tra-loi [refuse]": {**AS_LEAD, "viec": "refused", "noi-dung": WORDS},
    "POST /viec/{code}/tra-loi [office]": {**AS_OFFICE, "viec": "paused", "noi-dung": WORDS},
    "POST /viec/{code}/tra-loi [leader]": {**AS_LEADER, "viec": "paused", "noi-dung": WORDS},
    "POST /viec/{code}/vuot-tham-quyen": {**AS_LEAD, **GATE},
    "POST /viec/{code}/gia-han [ask]": {
        **AS_LEAD, "viec": "extension_asked", "ly-do": WORDS, "ngay": "15/01/2023",
    },
    "POST /viec/{code}/gia-han [decide]": {**AS_LEADER, **EXTENSION},
    "POST /viec/{code}/gia-han [office]": {**AS_OFFICE, **EXTENSION},
    "POST /viec/{code}/phoi-hop [partner]": {**AS_PARTNER, "viec": "contributed", "noi-dung": WORDS},
    "POST /viec/{code}/phoi-hop [office]": {**AS_OFFICE, "viec": "asked", "don-vi": "stc"},
    "POST /viec/{code}/nguoi-thuc-hien": {**AS_LEAD, "nguoi": "9"},
    "POST /viec/{code}/dinh-chinh": {
        "version": "0", "chu-tri-moi": "snn", "phoi-hop-moi": "Sở Công Thương",
        "noi-dung-moi": "Nội dung khác.", "thoi-han-moi": "22/12/2022", "ly-do-dinh-chinh": "Ghi nhầm.",
    },
    "POST /viec/{code}/don-doc": {"y-kien-don-doc": "Đề nghị báo cáo."},
    "POST /chuyen-giao": {
        "tu": "snn", "den": "stc", "can-cu": "QĐ 12", "ly-do": WORDS, "nguoi-lap": "Chánh Văn phòng",
        "muc": "2:0:",
    },
    "POST /van-ban/{document_id}": {"version": "99"},
    "POST /van-ban/{document_id}/phat-hanh": {"version": "99"},
    "POST /van-ban/{document_id}/thu-hoi": {"version": "1", "ly-do": WORDS},
    "POST /trinh/{case_id}/y-kien [chair's rung]": {**OPINION, "co-quan": "truong-bcd"},
    "POST /trinh/{case_id}/y-kien [standing's rung]": {**OPINION, "co-quan": "skhdt"},
    "POST /trinh/{case_id}/y-kien [no rung]": OPINION,
    "POST /trinh/{case_id}/theo-phieu-trinh": {**OPINION, **SLIP},
    "POST /trinh/{case_id}/ghi-nhan": {"co-quan": "snn"},
    "POST /cong-van/{paper_id}/ban-hanh": {
        "so": "512/UBND-TH", "nguoi-ky": "Chánh Văn phòng", "ngay": "19/12/2022",
    },
    "POST /thu/chua-ro/{verdict}": {"den": "9"},
    "POST /su-kien/{event_id}/ngay": {"ngay": "19/12/2022"},
    "POST /lich-nghi/{typed_id}": {"chon": "giu-ngay-cu"},
    "POST /lich-hop": {"ngay": "26/12/2022", "noi-dung": "Họp Ban Chỉ đạo"},
    "POST /lich-hop/{typed_id}/chuyen-ngay": {"ngay-1": "27/12/2022"},
    "POST /dong-ho/xac-nhan": {"ngay": "19/12/2022"},
}  # fmt: skip
#: Rows about another one than PLACES says.
AT = {
    "POST /viec/{code}/gia-han [decide]": {"code": "GN-0001"},
    "POST /viec/{code}/gia-han [office]": {"code": "GN-0001"},
    "POST /trinh/{case_id}/ghi-nhan": {"case_id": "3"},
    "GET /trinh/{case_id}/phieu-trinh/{seq}": {"case_id": "3"},
    "GET /van-ban/{document_id} [draft]": {"document_id": "2"},
    "GET /viec/{code} [of the standing agency]": {"code": "GN-0001"},
    **dict.fromkeys(
        (
            "POST /van-ban/{document_id}", "POST /van-ban/{document_id}/ve-du-thao",
            "POST /van-ban/{document_id}/bo", "POST /van-ban/{document_id}/khoi-phuc",
            "GET /van-ban/{document_id}/phat-hanh", "POST /van-ban/{document_id}/phat-hanh",
        ),
        {"document_id": "2"},
    ),
}  # fmt: skip


def address_of(row: str) -> tuple[str, str, dict[str, Any]]:
    """The method and the address of a row, and what is sent."""
    method, path = row.partition(" [")[0].split(" ")
    places = {**PLACES, **AT.get(row, {})}
    address = re.sub(r"{(\w+)}", lambda found: places[found[1]], path)
    files = {"files": SCAN} if path.endswith("theo-phieu-trinh") else {}
    return method, address, {"data": FORMS.get(row, {}), **files}
