"""What a row of the trail tells beside its deeds, in words of the office."""

from typing import Any

import pytest

from rules.trail.detail_words import detail_words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, ""),
        ({"done": "added"}, "thêm mới"),
        ({"why": "password"}, "địa chỉ thư hoặc mật khẩu không đúng"),
        ({"what": "totp"}, "bật xác thực hai bước"),
        ({"what": "password", "ended": 0}, "mật khẩu"),
        ({"what": "password", "ended": 2}, "mật khẩu; 2 phiên khác kết thúc"),
        ({"second": True, "way": "link"}, "liên kết gửi qua thư; đã nhập mã xác thực"),
        ({"second": False, "way": "password"}, "mật khẩu"),
        ({"purpose": "invitation"}, "lời mời sử dụng"),
        (
            {"body": "stc", "done": "taken", "from": "2022-01-01", "person": 1, "role": "clerk", "to": None},
            "nhận vị trí; Văn thư; cơ quan stc; người sử dụng số 1; từ ngày 01/01/2022",
        ),
        (
            {
                "deputy": 2,
                "done": "told",
                "from": "2022-12-19",
                "person": 1,
                "seat": None,
                "to": "2022-12-23",
            },
            "ghi vắng mặt; người sử dụng số 1; người được ủy quyền số 2; từ ngày 19/12/2022; "
            "đến hết ngày 23/12/2022",
        ),
        ({"asked": {"what": "person"}}, "bộ lọc: what person"),
        ({"asked": {}}, "không lọc"),
        (
            {"changed": ["smtp_host", "hosts"], "settings": {"hosts": "ab12"}},
            "mục thay đổi: smtp_host, hosts",
        ),
        ({"changed": [], "settings": {}}, ""),
        ({"digest": "ab12"}, ""),
    ],
)
def test_in_words(data: dict[str, Any], words: str) -> None:
    assert "; ".join(detail_words(data)) == words


@pytest.mark.parametrize(
    "data",
    [
        {"done": "flown"}, {"done": ["x"]}, {"role": "boss"}, {"from": "soon"}, {"to": 7}, {"way": None},
        {"asked": "all"}, {"changed": "all"}, {"new": {"a": 1}},
    ],
)  # fmt: skip
def test_what_another_release_wrote_stands_as_it_is(data: dict[str, Any]) -> None:
    [value] = data.values()
    [words] = detail_words(data)
    assert all(
        part in words for part in (str(one) for one in ([value] if not isinstance(value, list) else value))
    )
