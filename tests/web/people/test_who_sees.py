"""What each of the cast sees on every page, against the rules evaluated in Python; on both databases."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.settings import get_settings
from flows.actions.office import this_office
from models.db import open_database
from models.facts import code_of
from models.tables.cases import EscalationCase
from models.tables.documents import Document
from models.tables.reports import EvidenceFile
from models.tables.tasks import Task, UrgingPaper
from rules.trail.words import TrailWhat
from tests.cast import dump
from tests.installations import another_installation
from tests.web.people.seen_office import CAST, FEW, Rows, SeenOffice, seen_office

_LINK = re.compile(r'(?:href|action|formaction)="(/[^"]*)"')
_ROW = re.compile(r"/(viec|van-ban|trinh|tep|cong-van)/(?:GN-)?(\d+)")
_MOST_PAGES = 20
MISSING = 9999


_POSTGRES = [pytest.param("postgresql", who, marks=pytest.mark.postgres) for who in FEW]
_tried = pytest.mark.parametrize(("kind", "who"), [*(("sqlite", who) for who in FEW), *_POSTGRES])
_by_rows = pytest.mark.parametrize(("kind", "who"), [*(("sqlite", who) for who in CAST), *_POSTGRES])


@pytest.fixture(scope="module")
def offices(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], SeenOffice]]:
    """One of each kind for all tests of this file, which change nothing; made when it is first asked for."""
    folder, made = tmp_path_factory.mktemp("seen"), dict[str, SeenOffice]()
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("DONDOC_EVIDENCE_FOLDER", str(folder / "evidence"))
        patch.setenv("DONDOC_WITNESS_FOLDER", str(folder / "sent"))
        get_settings.cache_clear()

        def office_on(kind: str) -> SeenOffice:
            if kind not in made:
                engine = stack.enter_context(_opened(request, folder, kind))
                made[kind] = stack.enter_context(seen_office(engine, this_office()))
            return made[kind]

        yield office_on
    get_settings.cache_clear()


@contextmanager
def _opened(request: pytest.FixtureRequest, folder: Path, kind: str) -> Iterator[Engine]:
    pool = request.getfixturevalue("postgres_pool") if kind == "postgresql" else None
    name = pool.take() if pool else str(folder / "office.db")
    if pool is None:
        shutil.copyfile(request.getfixturevalue("_migrated_sqlite"), name)
    engine = open_database(another_installation(pool.server.url(name) if pool else f"sqlite:///{name}"))
    yield engine
    engine.dispose()
    if pool:
        pool.give_back(name)


@pytest.fixture
def office(offices: Callable[[str], SeenOffice], kind: str) -> SeenOffice:
    """The one on that kind of database."""
    return offices(kind)


@pytest.fixture(autouse=True)
def _own_witness() -> None:
    """The office's own, not a new one for each test."""


def opened_ids(rows: Rows) -> dict[str, set[int]]:
    return {
        "viec": rows.tasks(),
        "van-ban": rows.documents(),
        "trinh": rows.cases(),
        "tep": rows.files(),
        "cong-van": rows.papers(),
    }


def every_id(rows: Rows) -> dict[str, set[int]]:
    tables = {"viec": Task, "van-ban": Document, "trinh": EscalationCase, "tep": EvidenceFile}
    return {noun: rows.all_of(table) for noun, table in {**tables, "cong-van": UrgingPaper}.items()}


def address(noun: str, key: int) -> str:
    return f"/viec/{code_of(key)}" if noun == "viec" else f"/{noun}/{key}"


def links(text: str) -> set[str]:
    return {unescape(one) for one in _LINK.findall(text) if not one.startswith("/static/")}


def shown(text: str) -> set[tuple[str, int]]:
    return {(noun, int(key)) for one in links(text) for noun, key in _ROW.findall(one)}


@_by_rows
def test_one_row_is_there_exactly_for_whom_it_is(office: SeenOffice, who: str) -> None:
    client, rows = office.look_as(who), Rows(office.engine, who)
    may = opened_ids(rows)
    for noun, ids in every_id(rows).items():
        missing = client.get(address(noun, MISSING))
        assert missing.status_code == 404
        for key in ids:
            answer = client.get(address(noun, key))
            assert answer.status_code == (200 if key in may[noun] else 404), (noun, key)
            if key not in may[noun]:
                as_missing = answer.text.replace(f"{code_of(key)}.", f"{code_of(MISSING)}.")
                as_missing = re.sub(rf"(«|số ){key}\b", rf"\g<1>{MISSING}", as_missing)
                assert as_missing == missing.text, (noun, key)


@_tried
def test_every_page_shows_only_what_is_open_and_leads_nowhere_else(office: SeenOffice, who: str) -> None:
    client, may = office.look_as(who), opened_ids(Rows(office.engine, who))
    waiting, met = ["/viec", "/viec?trang-thai=tat-ca", "/van-ban", "/trinh", "/thu", "/cong-van"], set()
    nowhere = {one for one in waiting if client.get(one).status_code != 200}
    waiting = [one for one in waiting if one not in nowhere]
    while waiting and len(met) < _MOST_PAGES:
        page = waiting.pop(0)
        met.add(page)
        answer = client.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        if page.startswith("/tep/"):
            continue
        for noun, key in shown(answer.text):
            assert key in may[noun], (page, noun, key)
        found = {one.partition("#")[0] for one in re.findall(r'<a [^>]*?href="(/[^"#]*)', answer.text)}
        waiting += sorted({unescape(one) for one in found} - met - set(waiting))
    if who in ("lead", "cooperating", "deputy"):
        assert len(met) > 8


@_tried
def test_lists_and_their_figures(office: SeenOffice, who: str) -> None:
    client, rows = office.look_as(who), Rows(office.engine, who)
    may = opened_ids(rows)
    every = client.get("/viec?trang-thai=tat-ca").text
    assert {key for noun, key in shown(every) if noun == "viec"} == may["viec"]
    if rows.whole or may["viec"]:
        assert f"{len(may['viec'])} nhiệm vụ" in every.replace("Không có", "0")
    if (papers := client.get("/van-ban")).status_code == 200:
        listed = {key for noun, key in shown(papers.text) if noun == "van-ban"}
        assert listed == may["van-ban"]
        assert (f"{len(listed)} văn bản" in papers.text) == bool(listed)
        for key in listed:
            row = re.search(rf'href="/van-ban/{key}".*?data-label="Nhiệm vụ">(\d*)<', papers.text, re.S)
            assert row is not None
            assert int(row[1] or 0) == len(_tasks_of(rows, key) & may["viec"]), key
    if (cases := client.get("/trinh")).status_code == 200:
        listed = {key for noun, key in shown(cases.text) if noun == "trinh"}
        assert listed == may["trinh"]
        assert f"Đang chờ ý kiến ({len(listed)})" in cases.text
        assert f"<strong>{len(listed)}</strong> <span>" in client.get("/viec").text
    if (issued := client.get("/cong-van?phan=da-ban-hanh")).status_code == 200:
        listed = {key for noun, key in shown(issued.text) if noun == "cong-van"}
        assert listed == may["cong-van"] - {2}


def _tasks_of(rows: Rows, document: int) -> set[int]:
    given = {row.id for row in rows.rows["Directive"] if row.document_id == document}
    return {row.id for row in rows.rows["Task"] if row.directive_id in given}


@_tried
def test_a_search_finds_nothing_else(office: SeenOffice, who: str) -> None:
    """A code leads nowhere, a number names no paper, words find no sentence, a filter names no source."""
    client, rows = office.look_as(who), Rows(office.engine, who)
    may = opened_ids(rows)
    for key in sorted(rows.all_of(Task))[:4]:
        by_code = client.get("/viec", params={"tim": code_of(key)})
        assert (by_code.status_code == 303) == (key in may["viec"]), key
        assert client.get(f"/viec/gn-{key}").status_code == (303 if key in may["viec"] else 404)
    asked = ("431/TB-UBND", "432/TB-UBND", "hợp tác xã", "GN-0002 GN-0003 GN-0004")
    pages = [client.get("/viec", params={"tim": words, "trang-thai": "tat-ca"}) for words in asked]
    pages += [client.get(f"/viec?van-ban={key}&trang-thai=tat-ca") for key in (1, 2, 3)]
    pages += [client.get(f"/viec?chi-dao={n}&van-ban=1") for n in (3, 5)]
    pages += [client.get(f"/viec?muc={part}") for part in ("qua-han", "gia-han")]
    for page in pages:
        assert page.status_code == 200
        for noun, key in shown(page.text):
            assert key in may[noun], (page.url, noun, key)


@_tried
def test_no_sentence_of_another_is_read(
    office: SeenOffice, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper that is open to its addressees is read whole; else nobody reads what is another's."""
    client, rows = office.look_as(who), Rows(office.engine, who)
    mine = rows.sentences()
    others = {row.id: row.text[:60] for row in rows.rows["Directive"] if row.id not in mine}
    _no_page_has(client, others, [address("viec", key) for key in rows.tasks()])
    if 1 not in rows.documents():
        return
    whole = client.get("/van-ban/1").text
    assert "Trên đây là kết luận" in whole
    monkeypatch.setenv("DONDOC_DOCUMENTS_OPEN", "false")
    get_settings.cache_clear()
    _no_page_has(client, others, [address("van-ban", key) for key in rows.documents()])
    closed = client.get("/van-ban/1").text
    assert ("Trên đây là kết luận" in closed) == rows.whole
    own = [row.text for row in rows.rows["Directive"] if row.document_id == 1 and row.id in mine]
    assert all(text in unescape(closed) for text in own)
    monkeypatch.undo()
    get_settings.cache_clear()


def _no_page_has(client: TestClient, texts: dict[int, str], pages: list[str]) -> None:
    for page in pages:
        read = unescape(client.get(page).text)
        assert not [key for key, text in texts.items() if text in read], page


@_tried
def test_a_form_about_what_is_not_seen_is_a_form_about_nothing(office: SeenOffice, who: str) -> None:
    client, rows = office.look_as(who), Rows(office.engine, who)
    may, before = opened_ids(rows), dump(office.engine)
    forms = {
        "viec": ("tra-loi", "vuot-tham-quyen", "gia-han", "phoi-hop", "dinh-chinh", "don-doc"),
        "van-ban": ("ve-du-thao", "bo", "khoi-phuc", "phat-hanh", "bo-sung", "thu-hoi"),
        "trinh": ("y-kien", "ghi-nhan"),
        "cong-van": ("ban-hanh",),
    }
    said = {"vai": "chu-tri", "co-quan": LEAD_OF.get(who, "snn"), "viec": "progress", "noi-dung": "Thử."}
    for noun, names in forms.items():
        hidden = sorted(every_id(rows)[noun] - may[noun])[:1]
        for name in names:
            missing = client.post(f"{address(noun, MISSING)}/{name}", data=said)
            for key in hidden:
                answer = client.post(f"{address(noun, key)}/{name}", data=said)
                assert (answer.status_code, missing.status_code) == (404, 404), (noun, key, name)
                assert (
                    answer.text.replace(f"{code_of(key)}.", f"{code_of(MISSING)}.").replace(
                        f"số {key}.", f"số {MISSING}."
                    )
                    == missing.text
                )
    after = dump(office.engine)
    trail, known = after.pop("trail"), before.pop("trail")
    assert after == before
    assert trail[: len(known)] == known
    assert {row[2] for row in trail[len(known) :]} <= {TrailWhat.REFUSED}  # that it was tried


LEAD_OF = {"cooperating": "sct", "former lead": "stc", "heir": "lmhtx"}


@_tried
def test_letters_are_for_the_secretariat_and_the_admin(office: SeenOffice, who: str) -> None:
    client = office.look_as(who)
    assert client.get("/thu").status_code == (200 if who in ("secretary", "admin") else 404)
    if who not in ("secretary", "admin"):
        for key in Rows(office.engine, who).tasks():
            text = client.get(address("viec", key)).text
            assert "Thư: " not in text
            assert ".example" not in text
