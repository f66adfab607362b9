"""The shipped register agrees with the labelling register, and a faulty file says where it is wrong."""

from pathlib import Path

import pytest
import yaml

from config.agencies import SHIPPED_REGISTER, load_register
from config.files.errors import ConfigError
from rules.people.bodies import MEMBER

CORPUS = Path(__file__).parent.parent / "corpus" / "agencies.yaml"
SMALL = """\
committee: {body: a, chair: a, standing_agency: a, upper: a, secretariat: a}
bodies:
  - id: a
    name: Sở A
    kind: so
contacts:
  - body: a
    role: van-thu
    label: Văn thư
    addresses: ["smtpmail://van-thu@a.example"]
"""


def test_ids_names_aliases_and_dates_are_those_of_the_labels() -> None:
    ours = {body.id: body for body in load_register().bodies}
    for entry in yaml.safe_load(CORPUS.read_text(encoding="utf-8"))["agencies"]:
        body = ours[entry["id"]]
        assert (body.name, body.kind, list(body.aliases)) == (
            entry["name"], entry["kind"], entry.get("aliases") or [],
        )  # fmt: skip
        assert [str(d) if d else None for d in (body.valid_from, body.valid_to)] == [
            entry.get("valid_from"), entry.get("valid_to"),
        ]  # fmt: skip
        if entry.get("successor"):
            assert [s.body_id for s in body.successions] == [entry["successor"]]
        assert body.vague == bool(entry.get("vague"))
        assert set(entry.get("members") or []) <= {m.body_id for m in body.members}


def test_every_department_district_and_member_can_be_written_to() -> None:
    file = load_register()
    told = {contact.body_id for contact in file.contacts}
    groups = {body.id: body for body in file.bodies}
    for group in ("so-nganh", "cap-huyen"):
        assert {m.body_id for m in groups[group].members} <= told
    assert {body.id for body in file.bodies if body.kind == MEMBER} <= told
    assert {"lmhtx", "nhnn", "mttq", "hnd", "vpubnd", "truong-bcd", "ubnd-tinh"} <= told
    assert "ttns" not in told  # left out on purpose: the engine raises it to the secretariat


def test_addresses_are_examples_and_some_have_a_fall_back() -> None:
    contacts = load_register().contacts
    assert all(
        ".example" in address or address.startswith("zalooa://") for c in contacts for address in c.addresses
    )
    paired = [c for c in contacts if c.addresses[0].startswith("zalooa://")]
    assert 4 <= len(paired) <= 6
    assert all(c.addresses[1].startswith("smtpmail://") for c in paired)
    assert sum(c.addresses[0].startswith("emlfolder://") for c in contacts) >= 3


def test_members_are_offices_and_represent_agencies() -> None:
    file = load_register()
    ids = {body.id for body in file.bodies}
    members = [body for body in file.bodies if body.kind == MEMBER]
    assert 10 <= len(members) <= 14
    assert all(body.represents in ids and "Ban Chỉ đạo" in body.name for body in members)
    assert file.committee.standing_agency == "skhdt"


def test_a_small_register_loads(tmp_path: Path) -> None:
    assert load_register(_written(tmp_path, SMALL)).bodies[0].id == "a"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("    kind: so\n", "    kind: so\n    represents: b\n", 6, "bodies.1.represents"),
        ("    name: Sở A\n", "", 3, "bodies.1.name: thiếu trường bắt buộc"),
        ("    kind: so\n", "    kind: so\n    colour: red\n", 6, "trường không có trong mẫu"),
        ("    kind: so\n", "    kind: so\n    valid_to: 31/12/2024\n", 6, "ngày không hợp lệ"),
        ("    kind: so\n", "    kind: so\n    valid_to: 2022-02-30\n", 6, "valid_to: ngày không hợp lệ"),
        ("role: van-thu", "role: boss", 8, "van-thu, lanh-dao, chuyen-vien"),
        ("contacts:\n", "  - {id: a, name: B, kind: so}\ncontacts:\n", 6, "bị trùng"),
        ("    kind: so\n", "    kind: so\n    members: [{id: zz}]\n", 6, "“zz” không có trong danh mục"),
        ("    kind: so\n", "    kind: so\n    successions: [{to: zz, on: 2025-07-01}]\n", 6, "“zz”"),
        ("  - body: a\n", "  - body: q\n", 7, "contacts.1.body"),
        ("    name: Sở A\n", "    name: [Sở A\n", 5, "sai cú pháp YAML"),
    ],
)
def test_a_fault_names_file_line_and_field(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    path = _written(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(ConfigError) as refused:
        load_register(path)
    assert f"{path}, dòng {line}" in str(refused.value)
    assert words in str(refused.value)


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Không tìm thấy"):
        load_register(tmp_path / "none.yaml")
    (tmp_path / "x.yaml").write_bytes("Sở".encode("utf-16"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_register(tmp_path / "x.yaml")
    with pytest.raises(ConfigError, match="dòng 1"):
        load_register(_written(tmp_path, "- a\n- b\n"))


def test_the_shipped_file_holds_no_secret() -> None:
    text = SHIPPED_REGISTER.read_text(encoding="utf-8").lower()
    assert not [word for word in ("password:", "token:", "mật khẩu:", "secret:") if word in text]


def _written(folder: Path, text: str) -> Path:
    path = folder / "agencies.yaml"
    path.write_text(text, encoding="utf-8")
    return path
