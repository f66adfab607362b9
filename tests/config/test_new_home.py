"""What ships, and what a new folder of an office begins with: the same defaults, each written once."""

import os
import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from sqlalchemy.engine import Engine

from config import new_home as homes
from config import shipped
from config.agencies import load_register
from config.committee import Policy, load_policy
from config.files.yaml_source import parse_yaml
from config.home import KNOWN
from config.new_home import EXAMPLES, new_home, write_home
from config.settings import Settings, get_settings
from config.work_calendar import YearFile
from flows.actions.follow_up.policy_check import values_of
from flows.actions.people.import_register import import_register
from rules.refusal import Refusal
from tests.checkout import ROOT

#: Values of the template that are no default: folders differ from machine to machine, secrets have none.
EXAMPLES_ONLY = {
    "database_url", "evidence_folder", "letters_folder", "witness_folder",
    "admin_contact", "smtp_username", "smtp_password", "zalo_access_token",
    "oidc_issuer", "oidc_client_id", "oidc_client_secret",
}  # fmt: skip


def test_the_digests_are_those_of_the_files() -> None:
    """Whoever changes a file that ships writes its digest into config/shipped.py."""
    names = {
        "committee.yaml",
        "agencies.yaml",
        *(f"workdays/{p.name}" for p in (shipped.FOLDER / "workdays").iterdir()),
    }
    assert {n: sha256((shipped.FOLDER / n).read_bytes()).hexdigest() for n in names} == shipped.DIGESTS
    assert shipped.edited() == []


def test_a_new_office_has_the_defaults(tmp_path: Path) -> None:
    write_home(tmp_path, new_home())
    assert load_policy(tmp_path / "committee.yaml") == Policy()
    told = yaml.safe_load((tmp_path / "committee.yaml").read_text(encoding="utf-8"))
    assert {f"{part}.{name}" for part, group in told.items() for name in group} == set(values_of(Policy()))


def test_every_setting_of_the_policy_is_explained() -> None:
    lines = new_home()["committee.yaml"].decode().splitlines()
    settings = [line for line in lines if re.match(r"  [a-z_]+:", line)]
    assert len(settings) > 20
    assert [line for line in settings if "#" not in line] == []


def test_the_template_of_settings_is_complete_and_says_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    text = new_home()["dondoc.toml"].decode()
    assert tomllib.loads(text) == {}  # all of it is commented out
    told = tomllib.loads(re.sub(r"^#(?=\w+ = )", "", text, flags=re.MULTILINE))
    fields = Settings.model_fields
    assert told.keys() == fields.keys() - {"sweep_every_seconds"}  # for tests only
    for name in told.keys() - EXAMPLES_ONLY:
        assert type(fields[name].default)(told[name]) == fields[name].default, name
    assert Settings(**told).smtp_username == told["smtp_username"]


def test_the_template_is_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_home(tmp_path, new_home())
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setenv("DONDOC_SMTP_PORT", "2525")
    assert get_settings.__wrapped__().smtp_port == 2525


def test_the_first_register_is_short_and_can_be_imported(sqlite_engine: Engine, tmp_path: Path) -> None:
    write_home(tmp_path, new_home())
    assert len((tmp_path / "agencies.yaml").read_text(encoding="utf-8").splitlines()) <= 25
    report = import_register(sqlite_engine, load_register(tmp_path / "agencies.yaml"))
    assert (report.bodies, report.contacts) == (7, 4)


def test_the_sample_of_a_year_is_one(tmp_path: Path) -> None:
    [name] = [name for name in new_home() if name.startswith("workdays/")]
    assert not name.endswith(".yaml")  # until a person has made a year of it
    text = new_home()[name].decode()
    assert parse_yaml(text, Path(name), YearFile).year == 2028


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_used_as_it_is(sqlite_engine: Engine, tmp_path: Path, example: str) -> None:
    home = tmp_path / "home"
    write_home(home, new_home(example))
    assert {path.name for path in home.iterdir()} == set(KNOWN)
    assert import_register(sqlite_engine, load_register(home / "agencies.yaml")).bodies > 100
    assert load_policy(home / "committee.yaml") == Policy()


def test_an_example_that_there_is_not() -> None:
    with pytest.raises(Refusal, match="«ca-mau»: hãy chọn trong soc-trang-2022"):
        new_home("ca-mau")


def test_files_are_for_us_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    write_home(folder, new_home())
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["dondoc.toml", "agencies.yaml", "workdays/nam-mau.txt"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    """All or nothing, whichever of them is there: a file, a link to nothing."""
    (tmp_path / "workdays").mkdir()
    (tmp_path / name).symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refusal, match=f"đã có {name}: không ghi đè"):
        write_home(tmp_path, new_home())
    assert [path.name for path in tmp_path.rglob("*") if not path.is_dir()] == [Path(name).name]


@pytest.mark.parametrize("error", [OSError(28, "full"), KeyboardInterrupt()])
def test_what_could_not_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    made: list[Path] = []

    def fill_up(path: Path) -> bool:
        if len(made) == 3:
            raise error
        made.append(path)
        return written(path)

    written = homes.private_file
    monkeypatch.setattr(homes, "private_file", fill_up)
    with pytest.raises((Refusal, KeyboardInterrupt)):
        write_home(tmp_path / "new" / "home", new_home())
    assert len(made) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="Chưa tạo gì"):
        write_home(tmp_path / "file" / "home", new_home())


@pytest.fixture
def edited_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what ships in which somebody changed the policy and added a year."""
    folder = tmp_path / "config"
    for name in ("committee.yaml", "agencies.yaml", "workdays/2026.yaml", "examples/new-office/dondoc.toml",
                 "examples/new-office/agencies.yaml", "examples/new-office/nam-mau.txt"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((shipped.FOLDER / name).read_bytes())
    with (folder / "committee.yaml").open("a", encoding="utf-8") as file:
        file.write("# của chúng tôi\n")
    (folder / "workdays" / "2031.yaml").write_text("year: 2031\ndays_off: {}\n", encoding="utf-8")
    monkeypatch.setattr(homes, "FOLDER", folder)
    monkeypatch.setattr(homes, "edited", lambda: shipped.edited(folder))
    return folder


def test_an_edit_where_it_ships_is_seen_and_carried_over(edited_checkout: Path) -> None:
    assert shipped.edited(edited_checkout) == ["committee.yaml", "workdays/2031.yaml"]
    files = new_home()
    assert files["committee.yaml"].endswith("# của chúng tôi\n".encode())
    assert b"2031" in files["workdays/2031.yaml"]
    assert "workdays/2026.yaml" not in files


def test_a_checkout_with_a_file_that_cannot_be_read(edited_checkout: Path) -> None:
    (edited_checkout / "agencies.yaml").unlink()
    os.mkfifo(edited_checkout / "agencies.yaml")
    assert shipped.edited(edited_checkout) == ["committee.yaml", "workdays/2031.yaml"]


def test_the_wheel_has_what_init_writes(tmp_path: Path) -> None:
    import zipfile

    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = zipfile.ZipFile(wheel).namelist()
    wanted = [path for path in (ROOT / "config").rglob("*") if path.suffix in (".yaml", ".toml", ".txt")]
    assert len(wanted) > 9
    assert [path for path in wanted if path.relative_to(ROOT).as_posix() not in names] == []
