"""``dondoc audit``: what it says of an honest trail, of one that was tampered with, and of a wrong head."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from config.settings import get_settings
from flows.actions.installation.instant import advance
from flows.actions.installation.own_time import give_own_time
from flows.cli import app
from models.db import unit_of_work
from tests.models.trail.trail_book import LATER, add, filled, looked_at


@pytest.fixture
def ours(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The database that the command line opens, with a filled trail, on 30/9/2022."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", str(sqlite_engine.url))
    get_settings.cache_clear()
    give_own_time(sqlite_engine)
    filled(sqlite_engine)
    advance(sqlite_engine, LATER)
    return sqlite_engine


def run(*words: str, given: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["audit", *words], input=given)
    return done.exit_code, " ".join(done.output.split())


def test_an_honest_trail(ours: Engine) -> None:
    code, said = run("verify")
    assert (code, "Nhật ký nguyên vẹn." in said) == (0, True)
    assert looked_at(ours).head.digest in run("head")[1]


def test_a_fault_is_named_with_its_day(ours: Engine) -> None:
    with ours.begin() as connection:
        connection.execute(sa.text("UPDATE trail SET noun_key = '99' WHERE id = 4"))
    code, said = run("verify")
    assert code == 1
    assert "Dòng số 4 (niêm phong số 4)" in said
    assert "16/08/2022" in said
    assert "đã bị sửa" in said


def test_a_head_from_a_letter(ours: Engine) -> None:
    digest = looked_at(ours).head.digest
    grouped = " ".join(digest[at : at + 8] for at in range(0, 64, 8))
    assert run("verify", "--head", grouped)[0] == 0
    assert run("verify", "--head", "f" * 64)[0] == 1
    code, said = run("verify", "--head", "ngắn")
    assert (code, "64 ký tự" in said) == (2, True)


def test_names_go_only_after_a_yes(ours: Engine) -> None:
    with unit_of_work(ours) as session:
        add(session, LATER.replace(year=2021), 10, "Nguyễn Văn A")
    assert run("black-out", "--year", "2022", "--yes")[0] == 2
    assert run("black-out", "--year", "2021", given="n\n")[0] == 2
    assert "Đã xóa tên trong 1 dòng" in run("black-out", "--year", "2021", given="y\n")[1]
