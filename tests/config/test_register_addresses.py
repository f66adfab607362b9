"""Addresses of a register file: kept in one spelling, refused with file, line and field, all at once."""

from pathlib import Path

import pytest

from config.agencies import SHIPPED_REGISTER, load_register
from config.files.errors import ConfigError

HEAD = """\
committee: {body: a, chair: a, standing_agency: a, upper: a, secretariat: a}
bodies:
  - {id: a, name: Sở A, kind: so}
contacts:
  - body: a
    role: van-thu
    label: Văn thư
    addresses:
"""


def written(folder: Path, *addresses: str, tail: str = "") -> Path:
    path = folder / "so-co-quan.yaml"
    path.write_text(HEAD + "".join(f"      - {one}\n" for one in addresses) + tail, encoding="utf-8")
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load_register(path)
    return str(refused.value).splitlines()


def test_addresses_come_in_one_spelling(tmp_path: Path) -> None:
    path = written(tmp_path, '" Phòng Một <mot@A.example>"', "mailto:hai@a.example", "ZALOOA://1/ 2")
    [contact] = load_register(path).contacts
    assert contact.addresses == (
        "smtpmail://mot@a.example?name=Ph%C3%B2ng%20M%E1%BB%99t",
        "smtpmail://hai@a.example",
        "zalooa://1/2",
    )


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    tail = "  - {body: b, role: van-thu, label: B, addresses: [hai@]}\n"
    path = written(tmp_path, "mot@a.example", "smtpmail://mot hai@a.example", "zalooa://1", tail=tail)
    assert refusal(path) == [
        f"Tệp {path}, dòng 10, trường contacts.1.addresses.2: có khoảng trắng ở giữa hộp thư.",
        f"Tệp {path}, dòng 11, trường contacts.1.addresses.3: địa chỉ Zalo thiếu mã người nhận: "
        "zalooa://<mã OA>/<mã người nhận>.",
        f"Tệp {path}, dòng 12, trường contacts.2.body: mã cơ quan “b” không có trong danh mục.",
        f"Tệp {path}, dòng 12, trường contacts.2.addresses.1: thiếu tên miền sau dấu @, "
        "ví dụ: van-thu@so.gov.example.",
    ]


def test_faults_of_form_and_of_addresses_are_told_together(tmp_path: Path) -> None:
    found = refusal(written(tmp_path, "mot hai@a.example", "[]", tail="    colour: red\n"))
    assert [line.partition(": ")[0].rpartition(", ")[2] for line in found] == [
        "trường contacts.1.addresses.1",
        "trường contacts.1.addresses.2",
        "trường contacts.1.colour",
    ]


def test_the_first_five_are_enough(tmp_path: Path) -> None:
    assert len(refusal(written(tmp_path, *("mot hai@a.example" for _ in range(9))))) == 5


def test_the_shipped_addresses_are_spelled_as_they_are_kept() -> None:
    text = SHIPPED_REGISTER.read_text(encoding="utf-8")
    assert all(url in text for contact in load_register().contacts for url in contact.addresses)
