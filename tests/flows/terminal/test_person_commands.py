"""``dondoc person`` and ``dondoc import people`` as a user meets them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from config.agencies import SHIPPED_REGISTER
from config.settings import get_settings
from flows.actions.installation.instant import advance
from flows.actions.sign_in.links import look_at_link
from flows.cli import app
from flows.terminal.commands import console
from models.db import open_database, reading
from models.tables.outbox import OutboxLetter
from rules.outbox.payloads.keys import LetterKind
from rules.sign_in.words import LinkPurpose
from tests.cast import at, dump, move_in, rows

Run = Callable[..., Result]
NOW = at("2022-12-14", "09:05")


@pytest.fixture
def run(migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an office that lives on 14/12/2022; its output is not wrapped."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("DONDOC_BASE_URL", "https://dondoc.example")
    monkeypatch.setattr(console, "width", 200)
    get_settings.cache_clear()
    advance(move_in(open_database(migrated_sqlite_url)), NOW)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def _said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_entered_seated_absent_and_ended(run: Run) -> None:
    assert "Chưa có người sử dụng nào" in _said(run("person", "list"))
    hoa = run("person", "add", "Nguyễn Thị [Hoa]", "--email", "hoa@stc.example", "--phone", "0912 345 678")
    assert "Đã thêm người sử dụng số 1." in _said(hoa)
    _said(run("person", "add", "Trần Văn Minh"))
    assert "vị trí số 1: Văn thư, từ ngày 14/12/2022" in _said(
        run("person", "seat", 1, "văn thư", "--body", "stc")
    )
    _said(
        run(
            "person", "seat", 2, "head", "--body", "Sở Tài chính", "--from", "1/12/2022", "--to", "31/12/2022"
        )
    )
    listed = _said(run("person", "list", "--body", "Sở Tài chính"))
    assert "1 Nguyễn Thị [Hoa] hoa@stc.example 0912345678 số 1: Văn thư, Sở Tài chính, từ ngày" in listed
    assert "từ ngày 01/12/2022 đến hết ngày 31/12/2022" in listed
    absent = run("person", "absence", "add", 2, 1, "15/12/2022", "20/12/2022", "--seat", 2, "--note", "họp")
    assert "Đã ghi lần vắng mặt số 1, từ ngày 15/12/2022 đến hết ngày 20/12/2022" in _said(absent)
    assert "1 Trần Văn Minh Nguyễn Thị [Hoa] từ ngày 15/12/2022" in _said(run("person", "absence", "list"))
    _said(run("person", "absence", "end", 1))
    assert "Không có ai vắng mặt" in _said(run("person", "absence", "list"))
    assert "Vị trí số 2 kết thúc hết ngày 14/12/2022" in _said(run("person", "end", 2))
    _said(run("person", "change", 1, "--name", "Nguyễn Hoa", "--phone", ""))
    _said(run("person", "deactivate", 2))
    listed = _said(run("person", "list"))
    assert "Nguyễn Hoa hoa@stc.example số 1" in listed
    assert "Trần Văn Minh (đã ngừng)" in listed
    _said(run("person", "reactivate", 2))


def test_the_first_admin_gets_a_link(run: Run, migrated_sqlite_url: str) -> None:
    """Break: make the link of no seat."""
    said = _said(run("person", "add", "Hoa", "--email", "hoa@stc.example", "--admin"))
    token = said.partition("https://dondoc.example/lien-ket/")[2]
    with reading(open_database(migrated_sqlite_url)) as session:
        seen = look_at_link(session, token, NOW)
        assert (seen.person_id, seen.purpose) == (1, LinkPurpose.INVITATION)
    assert "Quản trị hệ thống, từ ngày 14/12/2022" in _said(run("person", "list"))
    assert "/lien-ket/" in _said(run("person", "link", 1))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", " "), "Họ tên để trống"),
        (("add", "Hoa", "--email", "hoa"), "Thư điện tử «hoa» không hợp lệ"),
        (("seat", 1, "sếp"), "Không có vai trò «sếp»"),
        (("seat", 7, "văn thư", "--body", "stc"), "Không có người sử dụng số 7"),
        (("seat", 7, "văn thư", "--body", "Sở Tài"), "Không rõ cơ quan «Sở Tài»"),
        (("end", 7), "Không có vị trí số 7"),
        (("change", 7), "Không có người sử dụng số 7"),
        (("link", 10**30), "Không có người sử dụng"),
        (("absence", "add", 1, 1, "ngày mai", "20/12/2022"), "không hợp lệ"),
        (("absence", "end", 7), "Không có lần vắng mặt số 7"),
        (("list", "--body", "Sở Tài"), "Không rõ cơ quan"),
    ],
)
def test_refused_with_a_sentence(run: Run, words: tuple[object, ...], said: str) -> None:
    result = run("person", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_list_is_looked_at_and_imported(run: Run, migrated_sqlite_url: str, tmp_path: Path) -> None:
    made, file = Workbook(), tmp_path / "nguoi.xlsx"
    assert made.active is not None
    made.active.append(("STT", "Họ và tên", "Thư điện tử", "Điện thoại", "Cơ quan", "Vai trò"))
    made.active.append((1, "Nguyễn Thị Hoa", "hoa@stc.example", 912345678, "Sở Tài chính", "Văn thư"))
    made.save(file)
    engine = open_database(migrated_sqlite_url)
    before = dump(engine)
    looked = _said(run("import", "people", file, "--look"))
    assert dump(engine) == before
    assert (
        "Không đọc các cột: STT. Dòng 2: thêm Nguyễn Thị Hoa (hoa@stc.example); Văn thư, Sở Tài chính, từ"
        in looked
    )
    assert "Sẽ thêm 1 người, sửa 0 người, ghi 1 vị trí; 0 dòng không đổi gì." in looked
    assert "Đã thêm 1 người, sửa 0 người, ghi 1 vị trí" in _said(run("import", "people", file))
    assert "Đã thêm 0 người, sửa 0 người, ghi 0 vị trí; 1 dòng không đổi gì." in _said(
        run("import", "people", file)
    )


def test_a_wrong_list_names_line_and_column(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "nguoi.csv"
    file.write_text("Họ tên;Thư điện tử\nHoa;hoa@stc.example\nLan;hoa@stc.example\n;x\n", encoding="utf-8")
    result = run("import", "people", file)
    assert result.exit_code == 2
    assert "Dòng 3, cột «Thư điện tử»: người này đã có ở dòng 2" in result.stderr
    assert "Dòng 4, cột «Họ tên»: Họ tên để trống" in result.stderr
    assert run("import", "people", tmp_path / "khong-co.xlsx").exit_code == 2


def test_an_invitation_leaves_by_letter(run: Run, migrated_sqlite_url: str) -> None:
    """Break: make the link, and mail nothing."""
    _said(run("person", "add", "Hoa", "--email", "hoa@stc.example"))
    refused = run("person", "invite", 1)
    assert refused.exit_code == 2
    assert "Hoa hiện không giữ vị trí nào nên không nhận được thư" in " ".join(refused.stderr.split())
    _said(run("person", "seat", 1, "văn thư", "--body", "stc"))
    assert "Tài khoản đầu tiên phải là của quản trị hệ thống" in run("person", "invite", 1).stderr
    _said(run("person", "seat", 1, "quản trị"))
    assert "Đã ghi thư mời người sử dụng số 1" in _said(run("person", "invite", 1))
    [letter] = rows(open_database(migrated_sqlite_url), OutboxLetter)
    assert (letter.kind, letter.person_id) == (LetterKind.INVITATION, 1)


def test_a_list_invites_whoever_is_new_and_sits_today(
    run: Run, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    """Break: invite those too whose seat begins later, and the list is refused."""
    file = tmp_path / "nguoi.csv"
    file.write_text(
        "Họ tên;Thư điện tử;Cơ quan;Vai trò;Từ ngày\nAn;an@x.example;;quản trị;\n"
        "Hoa;hoa@stc.example;stc;Văn thư;\nLan;lan@stc.example;stc;Lãnh đạo;1/2/2023\nMai;mai@x.example;;;\n",
        encoding="utf-8-sig",
    )
    engine = open_database(migrated_sqlite_url)
    before = dump(engine)
    assert "Sẽ gửi lời mời đến 2 người mới; 2 người mới hôm nay chưa giữ vị trí nào" in _said(
        run("import", "people", file, "--look", "--invite")
    )
    assert dump(engine) == before
    assert "Đã gửi lời mời đến 2 người mới" in _said(run("import", "people", file, "--invite"))
    assert {row.person_id for row in rows(engine, OutboxLetter)} == {1, 2}
    before = dump(engine)
    assert "Đã gửi lời mời đến 0 người mới." in _said(run("import", "people", file, "--invite"))
    assert dump(engine) == before


def test_whoever_ends_the_seat_of_a_deputy_is_told(run: Run) -> None:
    for name in ("Hoa", "Minh"):
        _said(run("person", "add", name))
    for person in (1, 2):
        _said(run("person", "seat", person, "văn thư", "--body", "stc"))
    _said(run("person", "absence", "add", 1, 2, "14/12/2022", "20/12/2022"))
    said = _said(run("person", "end", 2, "--last", "16/12/2022"))
    assert "CHÚ Ý, lần vắng mặt số 1: Từ ngày 17/12/2022 Minh không giữ vị trí nào" in said
    assert "CHÚ Ý, lần vắng mặt số 1: Từ ngày 14/12/2022" in _said(run("person", "deactivate", 2))


def test_the_register_names_seats_of_bodies_that_end(run: Run, tmp_path: Path) -> None:
    _said(run("person", "add", "Hoa"))
    _said(run("person", "seat", 1, "văn thư", "--body", "sct", "--to", "31/12/2023"))
    file = tmp_path / "agencies.yaml"
    head, own, rest = SHIPPED_REGISTER.read_text(encoding="utf-8").partition("  - id: sct\n")
    file.write_text(head + own + rest.replace("valid_to: 2025-06-30", "valid_to: 2022-12-31", 1), "utf-8")
    said = _said(run("import", "agencies", file))
    assert "- số 1, Hoa, Văn thư: Sở Công Thương kết thúc hoạt động ngày 31/12/2022" in said
    assert "CHÚ Ý: Sở Công Thương kết thúc hoạt động" in _said(run("person", "list"))


def test_what_somebody_comes_in_with_is_taken_away(run: Run) -> None:
    _said(run("person", "add", "Nguyễn Văn An", "--email", "an@tinh.example", "--admin"))
    assert "Đã chấm dứt 0 phiên" in _said(run("person", "sign-out", 1))
    said = _said(run("person", "sign-out", 1, "--password"))
    assert "Đã xóa mật khẩu; «dondoc person link 1» in liên kết" in said
    assert "của tất cả mọi người" in _said(run("person", "sign-out-all"))
    refused = run("person", "lost-phone", 1)
    assert (refused.exit_code, "chưa có mã xác thực" in refused.output) == (2, True)
