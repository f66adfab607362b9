"""The demo tells the whole story: each kind of addressee, a bundle, an urging, a climb, a digest."""

import re
import socket
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from config.settings import get_settings
from flows.actions.follow_up.tick import tick
from flows.actions.office import this_office
from flows.demo import stage, story
from flows.demo.morning import Scene
from models.db import connect
from rules.refusal import Refusal
from web.app import create_app

_SET_BY_THE_STAGE = (
    "SECOND_FACTOR_ALWAYS",
    "SECOND_FACTOR_NEW_DEVICE",
    "DATABASE_URL",
    "BASE_URL",
    "LETTERS_FOLDER",
    "SMTP_HOST",
    "SMTP_PORT",
    "ZALO_API",
    "ZALO_ACCESS_TOKEN",
    "WITNESS_FOLDER",
)


@pytest.fixture
def on_stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The demo may be told; its Prefect morning has a test of its own."""
    for name in _SET_BY_THE_STAGE:
        monkeypatch.setenv(f"DONDOC_{name}", "")  # so that what the stage sets is put back
    monkeypatch.setenv("PREFECT_HOME", "")
    monkeypatch.setenv("DONDOC_DEMO_SERVE", "0")

    def without_prefect(on: stage.Stage, now: datetime) -> list[str]:
        return [f"{tick(on.engine, this_office(), now).now:%H}"]

    monkeypatch.setattr(story, "_through_prefect", without_prefect)
    yield
    get_settings.cache_clear()


@pytest.fixture
def told(on_stage: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The demo's output over half a year."""
    story.tell(120, 8000, tmp_path)
    return capsys.readouterr().out


@pytest.mark.usefixtures("on_stage")
def test_a_month_is_told_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody has been urged by then."""
    story.tell(30, 8000, tmp_path)
    assert "Chưa có lần đôn đốc nào." in capsys.readouterr().out


@pytest.mark.usefixtures("on_stage")
def test_a_taken_port_leaves_the_earlier_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DEMO_SERVE", "1")
    (tmp_path / "dondoc.db").write_text("an earlier demo")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=f"Cổng {port} đang được dùng"):
            story.tell(30, port, tmp_path)
    assert (tmp_path / "dondoc.db").read_text() == "an earlier demo"


def test_the_story(told: str, tmp_path: Path) -> None:
    assert "33 nhiệm vụ đã giao" in told
    for addressee in ("Sở, ngành, cơ quan", "UBND cấp huyện", "Thành viên Ban Chỉ đạo"):
        assert addressee in told
    assert "Một thư gộp 2 nội dung" in told
    assert "Đôn đốc lần 1: quá hạn 3 ngày" in told
    climb = told[told.index("6. Việc vượt thẩm quyền") :]
    stations = [
        climb.index(day) for day in ("12/10/2022", "18/10/2022", "26/10/2022", "04/11/2022", "07/11/2022")
    ]
    assert stations == sorted(stations)
    assert "CẦN QUYẾT ĐỊNH (1)" in told
    _every_heading_counts_its_rows(told)
    engine = connect(f"sqlite:///{tmp_path / 'dondoc.db'}")
    with engine.connect() as connection:
        states = set(connection.scalars(sa.text("SELECT DISTINCT state FROM outbox_message")))
    assert {"sent", "saved"} <= states <= {"sent", "saved", "obsolete"}
    assert len(list((tmp_path / "letters").rglob("*.eml"))) > 50
    assert len(list((tmp_path / "letters" / "zalo").glob("*.txt"))) > 10

    _the_pages_open_on_a_full_morning(told)


def _the_pages_open_on_a_full_morning(told: str) -> None:
    """Something of each kind waits, and nothing stands above the pages."""
    said = " ".join(told[told.index("9. Một buổi sáng") :].split())
    assert "Các trang mở buổi sáng ngày 26/10/2022: " in said
    assert [kind.metadata["words"] for kind in fields(Scene) if kind.metadata["words"] not in said] == []
    engine = connect(get_settings().database_url)
    app = create_app(engine, this_office())
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as pages:
        assert "Lời mời sử dụng" in pages.get(_link_of(told, "Thư ký Ban Chỉ đạo")).text
        assert pages.post("/lien-ket", data={"cach": "khong"}).status_code == 200
        for page, words in {"/viec": "GN-0036", "/trinh": "GN-0015", "/cong-van": "UBND"}.items():
            shown = pages.get(page)
            assert shown.status_code == 200
            assert words in shown.text
            assert "banner grave" not in shown.text
    engine.dispose()


def _link_of(told: str, role: str) -> str:
    """The link of whoever plays that role: whole, on the line below the name."""
    found = re.search(rf": {role}[^\n]*\n\S+(/lien-ket/\S+)", told)
    assert found is not None
    return found[1]


def _every_heading_counts_its_rows(told: str) -> None:
    digest = told[told.index("8. Một báo cáo lãnh đạo") :]
    headings = list(re.finditer(r"│ ([A-ZÀ-Ỹ0-9–, ]{6,}) \((\d+)\)", digest))
    assert len(headings) >= 5
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        part = digest[heading.end() : following.start() if following else digest.index("╰")]
        rows = [line for line in part.split("\n")[1:] if line.strip(" │")]
        assert len(rows) == int(heading[2]), heading[0]
