"""What a row of the trail tells is read by officials: in words and names, without the program's own."""

from typing import Any

import pytest

from rules.trail.told_words import Names, told_words

NAMES = Names({3: "Nguyễn Thị Hoa", 4: "Trần Văn Minh"}, {"stc": "Sở Tài chính"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"done": "changed", "fields": ["name", "phone"]}, "sửa thông tin; họ tên, điện thoại"),
        (
            {"done": "taken", "person": 3, "role": "clerk", "body": "stc", "from": "2022-08-01", "to": None},
            "nhận vị trí; người: Nguyễn Thị Hoa; vai trò: Văn thư; cơ quan: Sở Tài chính; từ ngày 01/08/2022",
        ),
        (
            {"done": "told", "person": 3, "deputy": 4, "seat": 7, "from": "2022-08-01", "to": "2022-08-05"},
            "ghi vắng mặt; người: Nguyễn Thị Hoa; được ủy quyền: Trần Văn Minh; chỉ vị trí số 7; "
            "từ ngày 01/08/2022; đến hết ngày 05/08/2022",
        ),
        ({"done": "cancelled", "person": 99, "seat": None}, "hủy; người: người sử dụng số 99"),
        ({"way": "password", "second": True}, "bằng: Mật khẩu; có mã xác thực"),
        ({"way": "link", "second": False}, "bằng: Liên kết gửi qua thư"),
        ({"purpose": "invitation"}, "Lời mời sử dụng"),
        ({"what": "recovery code"}, "mã dự phòng"),
        ({"why": "oidc"}, "tài khoản của tỉnh chưa gắn với ai"),
        ({"digest": "0123456789abcdef"}, "mã tệp 0123456789ab"),
        ({"changed": []}, "ghi lần đầu"),
        ({"changed": ["smtp_port"]}, "đổi: DONDOC_SMTP_PORT"),
        ({"asked": {}}, "tất cả"),
        ({"asked": {"what": "person", "person": "3", "body": "stc", "first": "2022-08-01"}},
         "bộ lọc: loại «Thay đổi người sử dụng», người «Nguyễn Thị Hoa», cơ quan «Sở Tài chính», "
         "từ ngày «2022-08-01»"),
        ({"ended": 0}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_in_words(data: dict[str, Any], said: str) -> None:
    assert told_words(data, NAMES) == said


@pytest.mark.parametrize("value", [None, "", 0, [], {}, "lạ", {"x": 1}, [1], True, 2.5])
def test_what_another_release_wrote_stands_as_it_is(value: Any) -> None:
    """Whatever stands behind a known word, a page never fails for it."""
    for key in ("done", "fields", "person", "from", "changed", "asked", "role", "body", "moi"):
        assert isinstance(told_words({key: value}, NAMES), str)
    assert told_words({"moi": "lạ"}, NAMES) == "moi: lạ"
