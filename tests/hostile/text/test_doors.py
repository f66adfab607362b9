"""Every door of text, tried with one table of signs: mended where a person typed, refused in a file."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.datastructures import FormData
from starlette.testclient import TestClient

from config.agencies import load_register
from config.committee import load_policy
from config.files.errors import ConfigError
from config.files.toml_source import toml_values
from config.settings import Settings, get_settings
from flows.actions.escalation.escalate import CaseForm
from flows.actions.reading.draft_file import parse_draft, parse_first_reading
from flows.actions.reading.draft_form import DraftError
from flows.actions.reading.read_conclusion import read_conclusion
from flows.actions.reading.read_document import take_in
from flows.actions.tasks.evidence.kinds import shown_name
from models.db import reading
from models.tables.documents import Document
from models.tables.meetings import Meeting
from notifications.channels.frame import wording
from notifications.letters.kit.filters import one_line
from rules.follow_up.urging_papers import WrongEntry, signatory
from rules.people.registry import Registry
from rules.reading import read_text
from rules.tasks.remarks import remark
from rules.text.figures import read_figure
from rules.vocabulary import EventKind
from tests.flows.formats.word_files import docx, run
from tests.flows.terminal.odd_words import sample_draft
from tests.hostile.text.signs import HONEST, HOSTILE, SIGNS, hidden_in
from tests.web.conftest import (  # noqa: F401  (fixtures)
    _offices,
    _own_witness,
    _patience,
    client,
    office,
    registered,
)
from web.forms.fields import text_of, texts_of

REGISTRY = Registry(())
TASK = "\nGiao {} báo cáo trước ngày 10/01/2023.\n"
IN_WORD = "".join(sign for sign in SIGNS if sign >= " " and sign != "\uffff")  # XML holds no other


def _read_word() -> str:
    return take_in("a.docx", docx(f"<w:p>{run(f'Sở{IN_WORD} Y tế')}</w:p>")).text


MENDED: dict[str, Callable[[], str]] = {
    "a form": lambda: text_of(FormData([("a", HOSTILE)]), "a"),
    "a form's list": lambda: texts_of(FormData([("a", HOSTILE)]), "a")[0],
    "a text file": lambda: take_in("a.txt", HOSTILE.encode()).text,
    "a text file in UTF-16": lambda: take_in("a.txt", HOSTILE.encode("utf-16")).text,
    "a Word file": _read_word,
    "the reader itself": lambda: read_text(HOSTILE, REGISTRY).document.text,
    "a remark": lambda: remark(EventKind.RETURNED, HOSTILE),
    "a figure's unit": lambda: read_figure(f"12 {HOSTILE}").unit,
    "a case": lambda: CaseForm(**dict.fromkeys(CASE, HOSTILE)).opinions,
    "a file's name": lambda: shown_name(f"C:\\tep\\{HOSTILE}"),
    "a line of a letter": lambda: wording.one_line(HOSTILE),
}
CASE = ("missing_authority", "basis", "tried", "options", "recommendation", "opinions")


@pytest.mark.parametrize("door", MENDED)
def test_what_a_person_hands_in_is_mended(door: str) -> None:
    assert " ".join(MENDED[door]().split()) == HONEST


def test_an_old_row_in_a_letter() -> None:
    """Control characters parted words in letters before, and still do."""
    shown = one_line(HOSTILE)
    assert shown.split()[0] == "Sở"
    assert not hidden_in(shown)


def test_what_was_taken_out_of_a_document_is_told_in_its_draft() -> None:
    text = f"Kết luận{TASK.format(HOSTILE)}"
    draft = read_conclusion("a.txt", text.encode(), REGISTRY, date(2022, 12, 1))
    told = [doubt.message for doubt in draft.doubts if "không nhìn thấy" in doubt.message]
    assert len(told) == 1
    assert f"Đã bỏ {2 * len(SIGNS)} ký tự" in told[0]
    assert "U+0001" in told[0]
    honest = read_conclusion("a.txt", f"Kết luận{TASK.format(HONEST)}".encode(), REGISTRY, date(2022, 12, 1))
    assert not [doubt for doubt in honest.doubts if "không nhìn thấy" in doubt.message]
    assert [one.text for one in draft.directives] == [one.text for one in honest.directives]


def test_spans_count_the_shortened_text() -> None:
    text = f"Kết luận{' ' * 5_000}ngày{TASK.format(HOSTILE)}"
    draft = read_conclusion("a.txt", text.encode(), REGISTRY, date(2022, 12, 1))
    assert len(draft.document.text) < 200
    for one in draft.directives:
        assert draft.document.text[one.span.start : one.span.end] == one.text


def test_the_pages_keep_what_is_seen(client: TestClient, registered: Engine) -> None:  # noqa: F811
    client.post("/lich-hop", data={"ngay": "23/12/2022", "noi-dung": f"Họp {HOSTILE}"})
    pasted = client.post("/van-ban/moi", data={"noi-dung": f"Kết luận{TASK.format(HOSTILE)}"})
    assert "ký tự không nhìn thấy" in pasted.text
    name = f"kết\u202e luận{chr(0x200B)}.txt"
    client.post("/van-ban/moi", files={"tep": (name, f"Thông báo{TASK.format(HONEST)}".encode())})
    with reading(registered) as session:
        titles = list(session.scalars(sa.select(Meeting.title)))
        papers = list(session.execute(sa.select(Document.text, Document.source_name)))
    assert titles == [f"Họp {HONEST}"]
    assert [paper.source_name for paper in papers][-1] == "kết luận.txt"
    assert not hidden_in("".join(paper.text + paper.source_name for paper in papers))
    assert not hidden_in(client.get("/viec", params={"tim": HOSTILE}).text)


SMALL = """\
committee: {body: a, chair: a, standing_agency: a, upper: a, secretariat: a}
bodies:
  - id: a
    name: "Sở%s A"
    kind: so
"""


def _written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_bytes(text.encode())
    return folder / name


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"{ord(sign):X}")
def test_a_settings_file_is_refused_with_the_line(sign: str, tmp_path: Path) -> None:
    escape = f"\\U{ord(sign):08x}"
    for spelt in (sign, escape):
        with pytest.raises(ConfigError, match=rf"dòng 4.*U\+{ord(sign):04X}"):
            load_register(_written(tmp_path, "a.yaml", SMALL % spelt))
    with pytest.raises(ConfigError, match=rf"dòng 2.*U\+{ord(sign):04X}"):
        load_policy(_written(tmp_path, "p.yaml", f"reminders: {{}}\n# {sign}\n"))
    with pytest.raises(ConfigError, match=rf"dòng 2.*U\+{ord(sign):04X}"):
        toml_values(_written(tmp_path, "dondoc.toml", f"smtp_port = 25\nadmin_contact = '{sign}'\n"))


@pytest.mark.parametrize("setting", ["admin_contact", "letters_folder", "smtp_password", "zalo_access_token"])
def test_a_setting_is_refused_by_its_name(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"DONDOC_{setting.upper()}", "a\u202eb")
    get_settings.cache_clear()
    with pytest.raises(ConfigError, match=rf"DONDOC_{setting.upper()}: .*U\+202E"):
        get_settings()
    get_settings.cache_clear()
    assert set(Settings.model_fields) >= {setting}


def _spoilt(place: tuple[str | int, ...], sign: str) -> str:
    value: Any = json.loads(sample_draft())
    inner = value
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = f"x{sign}y"
    return json.dumps(value)


@pytest.mark.parametrize(
    "place",
    [("document", "number"), ("document", "title"), ("document", "text"), ("directives", 0, "text"),
     ("directives", 0, "due", "event"), ("directives", 0, "lead", 0),
     ],
    ids=str,
)  # fmt: skip
def test_a_draft_file_is_refused_with_the_field(place: tuple[str | int, ...]) -> None:
    sign = "\U000e0041"
    data = _spoilt(place, sign)
    with pytest.raises(DraftError, match=r"trường .*U\+E0041"):
        parse_draft(data, "d.json", REGISTRY)


def test_a_first_reading_is_looked_at_too() -> None:
    data = _spoilt(("first_reading", 0, "text"), "\x1b")
    with pytest.raises(DraftError, match=r"first_reading.*U\+001B"):
        parse_first_reading(data, "d.json")
    assert parse_first_reading(sample_draft(), "d.json")


def test_what_is_printed_on_a_paper_is_refused() -> None:
    with pytest.raises(WrongEntry):
        signatory("Chánh Văn phòng\u3164")
