"""Whatever stands behind a command is read by ``flows/terminal/options.py``, within bounds, at every edge."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from config.calendar_seed import main as seed
from config.clock import office_day
from config.settings import get_settings
from flows.cli import app
from flows.terminal.instants import parse_instant
from flows.terminal.options import DRAFT, TEXT, TypedOption
from rules.documents.quoted import code_quoted
from rules.people.registry import Registry
from rules.reading import read_text
from rules.refusal import Refusal
from rules.text.typed import MOST_KEY, MOST_PAGES, WrongDay, count_typed, day_typed, key_typed, page_typed

#: What typer judges by itself: a switch; and files, which are judged when they are opened.
PLAIN = (bool, Path, list[Path])


def _commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*words, name))


COMMANDS = list(_commands(typer.main.get_command(app)))
TYPED = [
    (words, parameter)
    for words, command in COMMANDS
    for parameter in command.params
    if hasattr(parameter, "type_descriptor") and parameter.type_descriptor.annotation not in PLAIN
]


def _parser(parameter: Any) -> Any:
    return parameter.type_descriptor.parameter_info.parser


def test_every_option_is_read_by_us() -> None:
    """Break: give any option a bare ``int``, ``str`` or ``float``."""
    assert len(TYPED) > 15
    assert [(words, one.name) for words, one in TYPED if not isinstance(_parser(one), TypedOption)] == []


ODD = [
    "", " ", "9" * 19, "9" * 30, "9" * 5_000, "-1", "0", "1e9", "nan", "inf", "0x10", "1_0", "٣", "x" * 5_000,
    "9999-12-31", "0001-01-01", "31/12/9999", "1999-12-31", "2101-01-01", "2022-02-30",
    "9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00", "2100-12-31T23:59:59-12:00",
    "2000-01-01T00:00:00+14:00", "2022-01-01T00:00+99:00", "\udcff\udcfe", "\x1b[2J",
]  # fmt: skip
ENDS_BEFORE_WORK = [
    (words, one) for words, one in TYPED if getattr(_parser(one), "read", None) not in (TEXT.read, DRAFT.read)
]


@pytest.mark.parametrize(("words", "parameter"), ENDS_BEFORE_WORK, ids=lambda one: getattr(one, "name", None))
def test_an_odd_word_ends_the_command_with_a_sentence(
    words: tuple[str, ...], parameter: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """No database is at hand: the words are refused before one is looked for."""
    for odd in ODD:
        with pytest.raises(typer.Exit) as ended:
            _parser(parameter)(odd)
        said = capsys.readouterr().err
        assert ended.value.exit_code == 2
        assert said.startswith("Lỗi: ")
        assert len(said) < 250
        assert said.rstrip("\n").isprintable()


@pytest.mark.parametrize(
    "words",
    [
        ("tick", "--now", "9999-12-31T23:59:59-12:00"),
        ("simulate", "--from", "9999-12-30", "--days", "3"),
        ("simulate", "--days", "9" * 30),
        ("reading-report", "--to", "9999-12-31"),
        ("aliases", "--withdraw", "9" * 19),
        ("take-back", "9" * 30),
        ("publish", "9" * 5_000),
        ("publish", "0"),
        ("meeting", "add", "2022-12-20", "\udcff"),
        ("meeting", "move", "9" * 19, "2022-12-20"),
        ("serve", "--port", "0"),
        ("work", "--every", "nan"),
        ("demo", "--days", "731"),
        ("restored", "--at", "2101-01-01"),
        ("copy", "\udcff", "--for-tests"),
        ("read", "/dev/zero"),
        ("read", "/dev/null"),
        ("publish", "/dev/zero"),
        ("import", "agencies", "/dev/zero"),
        ("policy", "check", "--policy", "/dev/zero"),
    ],
    ids=" ".join,
)
def test_the_commands_end_with_two(words: tuple[str, ...], migrated_sqlite_url: str, tmp_path: Path) -> None:
    get_settings.cache_clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path)
        patched.setenv("DONDOC_DATABASE_URL", migrated_sqlite_url)
        done = CliRunner().invoke(app, words)
    get_settings.cache_clear()
    assert isinstance(done.exception, SystemExit), repr(done.exception)
    assert (done.exit_code, "Lỗi: " in done.stderr) == (2, True), done.output


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2000-01-01T00:00", "1999-12-31T17:00"),
        ("2000-01-01T00:00+14:00", None),  # still 1999 in the office
        ("2000-01-01T14:00+14:00", "2000-01-01T00:00"),
        ("1999-12-31T17:00+00:00", "1999-12-31T17:00"),
        ("1999-12-31T16:59:59+00:00", None),
        ("2100-12-31T23:59:59", "2100-12-31T16:59:59"),
        ("2100-12-31T16:59:59Z", "2100-12-31T16:59:59"),
        ("2100-12-31T17:00Z", None),
        ("2101-01-01T00:00+14:00", "2100-12-31T10:00"),
        ("0001-01-01T00:00+23:59", None),
        ("9999-12-31T23:59-23:59", None),
        ("2022-09-05T07:30" + " " * 100, None),
    ],
)
def test_an_instant_belongs_to_a_day_of_the_office(typed: str, utc: str | None) -> None:
    if utc is None:
        with pytest.raises(Refusal):
            parse_instant(typed)
    else:
        assert parse_instant(typed) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(st.datetimes(timezones=st.timezones() | st.just(UTC)) | st.datetimes())
def test_no_instant_overflows(instant: datetime) -> None:
    with suppress(Refusal):
        assert 2000 <= office_day(parse_instant(instant.isoformat())).year <= 2100


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30) | st.text("0123456789-+/. e", min_size=1, max_size=22))
def test_whatever_is_typed_is_in_range_or_nothing(typed: str) -> None:
    key, count = key_typed(typed), count_typed(typed)
    assert key is None or 1 <= key <= MOST_KEY
    assert count is None or 0 <= count <= MOST_KEY
    assert 1 <= page_typed(typed) <= MOST_PAGES
    assert code_quoted(typed) is None or code_quoted(typed) >= 0  # type: ignore[operator]
    with suppress(WrongDay):
        assert 2000 <= day_typed(typed).year <= 2100


@pytest.mark.parametrize(
    ("typed", "key"),
    [("1", 1), ("007", 7), (str(2**63 - 1), 2**63 - 1), (str(2**63), None), ("9" * 5_000, None), ("0", None),
     ("-1", None), ("+1", None), ("1 ", None), ("1.0", None), ("1e3", None), ("²", None), ("٣", None)],
)  # fmt: skip
def test_a_key(typed: str, key: int | None) -> None:
    assert key_typed(typed) == key


HEAD = "UBND TỈNH SÓC TRĂNG\nSố: 412/TB-UBND\nSóc Trăng, ngày 16 tháng 12 năm {}\nTHÔNG BÁO\nKết luận\n"


@pytest.mark.parametrize("year", ["2022", "9999", "0000", "0001"])
@pytest.mark.parametrize(
    "deadline",
    [
        "trước ngày 31/12/9999", "trong 999 ngày làm việc", "trong tháng 12/0000", "quý I/0000",
        "trong năm 0000", "6 tháng đầu năm 0000", "trong tuần sau", "trong 30 ngày kể từ ngày 31/12/9999",
    ],
)  # fmt: skip
def test_a_paper_of_another_age_is_read_without_its_day(year: str, deadline: str) -> None:
    """Working days after a paper of 9999 overflowed, and there is no year 0. Break: ``valid`` takes any."""
    draft = read_text(HEAD.format(year) + f"Sở Y tế báo cáo {deadline}.\n", Registry(()))
    days = [draft.document.date, *(one.due.date for one in draft.directives)]
    assert all(day is None or 1900 <= day.year <= 2110 for day in days)


def test_a_code_of_thousands_of_digits_is_none() -> None:
    """Python reads 4,300 digits, and the page of a task was an error of the server beyond."""
    assert code_quoted("GN-" + "9" * 5_000) is None
    assert code_quoted("GN-" + "9" * 40) == int("9" * 40)


@pytest.mark.parametrize("year", ["9999", "0000", "1999", "2101", "٢٠٢٨", "2" * 5_000])
def test_a_calendar_is_drafted_for_these_years_alone(year: str, tmp_path: Path) -> None:
    assert seed([year], tmp_path) == 2
    assert list(tmp_path.iterdir()) == []
