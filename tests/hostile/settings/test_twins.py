"""Two bodies of a register that no reader can tell apart: refused, with both lines."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from config.agencies import SHIPPED_REGISTER, load_register
from config.files.errors import ConfigError
from config.register import twins as register_twins
from config.register.places import SourceFile
from rules.text.lookalikes import plain

REGISTER = """\
committee: {{body: a, chair: a, standing_agency: a, upper: a, secretariat: a}}
bodies:
  - id: a
    name: Sở Kế hoạch và Đầu tư
    kind: so
    aliases: [Sở KHĐT, ngành kế hoạch]
  - id: {id}
    name: {name}
    kind: so
    aliases: ["{alias}"]
    valid_from: {since}
"""


def _load(
    folder: Path, name: str = "Sở Y tế", alias: str = "ngành y", key: str = "b", since: str = "null"
) -> None:
    file = folder / "a.yaml"
    file.write_text(REGISTER.format(name=name, alias=alias, id=key, since=since), encoding="utf-8")
    load_register(file)


@pytest.mark.parametrize(
    "name",
    [
        "\u0405ở Kế hoạch và Đầu tư",
        "Sở Kế h\u03bfạch và Đầu tư",
        "\uff33ở Kế hoạch và Đầu tư",
        "Sở Kế hoạch và \u00d0ầu tư",
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
        "Sở\u00a0Kế\u2003hoạch và Đầu tư",
        "Sở\u200d Kế hoạch và Đầu tư",
        "So\u031b\u0309 Kê\u0301 hoạch và Đầu tư",
        "Sơ\u0313 Kế hoạch và Đầu tu\u0315",
        "Sở Kế hoa\u0325ch và \u018aầu tư",
        "Sở Kế hoạch và Đầu tư",
    ],
)
def test_a_second_name_that_looks_the_same(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"dòng 8, trường bodies\.2\.name: .*cơ quan a ở dòng 4"):
        _load(tmp_path, name=f'"{name}"')


@pytest.mark.parametrize(
    "alias", ["\u0405ở KHĐT", "Sở KH\u00d0T", "ngành kế h\u043eạch", "Sở Kế hoạch \u03bdà Đầu tư"]
)
def test_an_alias_in_other_letters(alias: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"dòng 10, trường bodies\.2\.aliases\.1: .*ở dòng"):
        _load(tmp_path, alias=alias)


def test_a_key_that_is_read_as_another(tmp_path: Path) -> None:
    shipped = SHIPPED_REGISTER.read_text(encoding="utf-8")
    file = tmp_path / "a.yaml"
    file.write_text(shipped, encoding="utf-8")
    load_register(file)
    file.write_text(
        "committee: {body: so-1a, chair: so-1a, standing_agency: so-1a, upper: so-1a, secretariat: so-1a}\n"
        "bodies:\n  - {id: so-1a, name: Sở A, kind: so}\n  - {id: so-la, name: Sở B, kind: so}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"dòng 4, trường bodies\.2\.id: .*so-1a.*dòng 3"):
        load_register(file)


@pytest.mark.parametrize(
    "honest",
    [
        {},
        {"alias": "Sở KHĐT"},  # one alias for two bodies, as registers have it
        {"alias": "sở khđt"},
        {"name": "Sở Kế hoạch và Đầu tứ"},
        {"name": "Sở Kế hoạch và Đầu tư 2"},
    ],
    ids=str,
)
def test_what_a_reader_tells_apart_is_taken(honest: dict[str, str], tmp_path: Path) -> None:
    _load(tmp_path, **honest)


def test_a_name_of_another_time_is_taken_in_one_spelling_only(tmp_path: Path) -> None:
    text = REGISTER.replace(
        "kind: so\n    aliases: [", "kind: so\n    valid_to: 2024-12-31\n    aliases: [", 1
    )
    file = tmp_path / "a.yaml"
    for name, fine in (("Sở Kế hoạch và Đầu tư", True), ("\u0405ở Kế hoạch và Đầu tư", False)):
        written = text.format(name=name, alias="x y", id="b", since="2025-01-01")
        file.write_text(written, encoding="utf-8")
        if fine:
            load_register(file)
        else:
            with pytest.raises(ConfigError, match="trông giống hệt"):
                load_register(file)


def test_a_figure_after_a_letter_with_its_tone(tmp_path: Path) -> None:
    file = tmp_path / "b.yaml"
    text = REGISTER.replace("Sở Kế hoạch và Đầu tư", "Sở Giáo dục", 1)
    file.write_text(text.format(name="Sở Giá0 dục", alias="x y", id="b", since="null"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bodies\.2\.name: .*ở dòng 4"):
        load_register(file)


class _Plenty:
    """A body of thousands: one alias with all others, or one name with those of other years."""

    def __init__(self, number: int) -> None:
        self.id, self.aliases = f"b{number}", ["UBND", "ubnd"]
        self.name = "Sở Y tế"
        self.valid_from = date(2000, 1, 1) + timedelta(days=2 * number)
        self.valid_to = self.valid_from + timedelta(days=1)


def test_thousands_with_one_alias_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    spelt = 0

    def counted(name: str) -> str:
        nonlocal spelt
        spelt += 1
        return plain(name)

    monkeypatch.setattr(register_twins, "plain", counted)
    plenty = [_Plenty(number) for number in range(1_000)]
    assert register_twins.twins(plenty, SourceFile(Path("a.yaml"), "")) == []
    assert spelt < 10 * len(plenty)
    late = _Plenty(500)
    late.id = "late"
    assert len(register_twins.twins([*plenty, late], SourceFile(Path("a.yaml"), ""))) == 1


def test_a_name_stands_on_one_line(tmp_path: Path) -> None:
    _load(tmp_path, name='"Sở Y tế\\n"')  # as a block of YAML ends
    with pytest.raises(ConfigError, match=r"dòng 8, trường bodies\.2\.name: phải viết trên một dòng"):
        _load(tmp_path, name='"Sở Y tế\\nĐã phát hành"')
