"""What the pages show somebody, held against the table of access row by row and figure by figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from httpx2 import Response
from sqlmodel import SQLModel

from models.tables.cases import EscalationCase, SignedSlip
from models.tables.documents import Directive, Document
from models.tables.people import Person, TaskOfficer
from models.tables.reports import EvidenceFile
from models.tables.tasks import Task, UrgingPaper
from tests.machine.access_table import NOUNS, AccessTable, Eye
from tests.machine.browsers import Browsers

TABLE_OF: dict[str, type[SQLModel]] = {
    "viec": Task, "van-ban": Document, "trinh": EscalationCase, "tep": EvidenceFile, "cong-van": UrgingPaper,
}  # fmt: skip
MISSING = 9999
_LINK = re.compile(r'(?:href|action|formaction)="(/[^"]*)"')
_ROW = re.compile(r"^/(viec|van-ban|trinh|tep|cong-van)/(?:GN-)?(\d+)")
_TILE = re.compile(r'class="tile [^>]*><strong>([\d.]+)</strong>')
#: Pages for who sees all of the committee; for the secretariat; for it and the admin.
_WHOLE = ("/bao-cao", "/bao-cao/co-quan", "/su-kien", "/lich-nghi", "/lich-hop")
_OFFICE = ("/chuyen-giao", "/van-ban/moi")
_KEEPERS = ("/thu", "/nhat-ky", "/nguoi-dung")
#: The lists, and the figure that each tells of its rows.
LISTS = (
    ("viec", "", r"([\d.]+) nhiệm vụ chưa kết thúc"),
    ("viec", "tat-ca", r"([\d.]+) nhiệm vụ theo bộ lọc"),
    ("viec", "submitted", r"([\d.]+) nhiệm vụ theo bộ lọc"),
    ("viec", "qua-han", r"([\d.]+) nhiệm vụ theo bộ lọc"),
    ("viec", "7-ngay", r"([\d.]+) nhiệm vụ theo bộ lọc"),
    ("viec", "cua-toi", r"([\d.]+) nhiệm vụ theo bộ lọc"),
    ("van-ban", "", r"([\d.]+) văn bản<"),
    ("trinh", "", r"Đang chờ ý kiến \(([\d.]+)\)"),
    ("trinh", "da-xong", r"hoặc không còn cần \(([\d.]+)\)"),
    ("cong-van", "da-ban-hanh", r"Đã ban hành \(([\d.]+)\)"),
)
_ASKED = {
    "": "", "tat-ca": "?trang-thai=tat-ca", "submitted": "?trang-thai=submitted", "qua-han": "?han=qua-han",
    "7-ngay": "?han=7-ngay", "cua-toi": "?cua-toi=1", "da-xong": "?phan=da-xong",
    "da-ban-hanh": "?phan=da-ban-hanh",
}  # fmt: skip


def address(noun: str, key: int) -> str:
    return f"/viec/GN-{key:04d}" if noun == "viec" else f"/{noun}/{key}"


def rows_shown(text: str) -> set[tuple[str, int]]:
    """The rows to which a page leads."""
    return {(match[1], int(match[2])) for one in _LINK.findall(text) if (match := _ROW.match(unescape(one)))}


@dataclass
class Look:
    """One person looks; each method yields what is wrong, in words."""

    browsers: Browsers
    table: AccessTable
    person: int

    def __post_init__(self) -> None:
        self.eye: Eye = self.table.eye(self.person)
        self.may = {noun: self.eye.ids(noun) for noun in NOUNS}
        self.browsers.sits_down(self.person)

    def everything(self) -> Iterator[str]:
        """Every list, every row and every page of one's own; the export last, for it leaves a row."""
        if not self.eye.seats:
            yield from self._only_the_own_account()
            return
        for which in range(len(LISTS)):
            yield from self.a_list(which)
        yield from self._searches()
        for noun in NOUNS:
            yield from self._rows_of(noun)
        yield from self._slips()
        yield from self._pages()
        yield from self._persons()

    def glance(self) -> Iterator[str]:
        """The whole list of each noun, and of each row whether it is there."""
        for which in (1, 6, 7, 9):
            yield from self.a_list(which)
        if not (self.eye.whole or self.eye.bodies):
            return
        for noun in NOUNS:
            for row in self.table.of(TABLE_OF[noun]):
                status = self._get(address(noun, row.id)).status_code
                if status != (200 if row.id in self.may[noun] else 404):
                    yield self._told(f"{address(noun, row.id)} answers {status}")

    def a_list(self, which: int) -> Iterator[str]:
        """One list of LISTS: its rows, its figure, where it leads."""
        noun, cut, figure = LISTS[which]
        if not self.eye.seats:
            yield from self._only_the_own_account()
            return
        page = self._get(f"/{noun}{_ASKED[cut]}")
        if not (self.eye.whole or self.eye.bodies):
            yield from self._nothing_to_see(noun, page)
            return
        wanted = self._wanted(noun, cut)
        listed = {key for name, key in rows_shown(page.text) if name == noun}
        if listed != wanted:
            yield self._told(f"/{noun}{_ASKED[cut]} lists {sorted(listed)}, not {sorted(wanted)}")
        yield from self._count(page, figure, len(wanted), f"/{noun}{_ASKED[cut]}")
        yield from self._leads_nowhere_else(page)
        if (noun, cut) == ("viec", ""):
            yield from self._tiles(page)
        if noun == "van-ban":
            yield from self._tasks_of_documents(page)

    # How it is done.

    def _wanted(self, noun: str, cut: str) -> set[int]:
        if noun == "viec":
            return self.eye.tasks_that_are(cut)
        if noun == "trinh":
            waiting = {one.id for one in self.table.of(EscalationCase) if one.state == "waiting"}
            return self.may[noun] - waiting if cut else self.may[noun]
        if noun == "cong-van":
            out = {one.id for one in self.table.of(UrgingPaper) if one.issued_on is not None}
            return self.may[noun] & out
        return self.may[noun]

    def _count(self, page: Response, figure: str, number: int, where: str) -> Iterator[str]:
        if figure.startswith("Đang chờ"):
            waits = {one.id for one in self.table.of(EscalationCase) if one.state == "waiting"}
            number = len(self.may["trinh"] & waits)
        found = re.search(figure, page.text)
        told = int(found[1].replace(".", "")) if found else 0
        if told != number:
            yield self._told(f"{where} says {told}, and there are {number}")

    def _tiles(self, page: Response) -> Iterator[str]:
        waiting = {one.id for one in self.table.of(EscalationCase) if one.state == "waiting"}
        cuts = ("qua-han", "7-ngay", "submitted")
        wanted = [
            *(len(self.eye.tasks_that_are(one)) for one in cuts),
            len(self.may["trinh"] & waiting),
        ]
        told = [int(one.replace(".", "")) for one in _TILE.findall(page.text)]
        if told != wanted:
            yield self._told(f"the figures above the list are {told}, not {wanted}")

    def _tasks_of_documents(self, page: Response) -> Iterator[str]:
        given = {one.id: one.document_id for one in self.table.of(Directive)}
        for key in self.may["van-ban"]:
            mine = [one for one in self.eye.tasks.values() if given[one.directive_id] == key]
            row = re.search(rf'href="/van-ban/{key}".*?data-label="Nhiệm vụ">(\d*)<', page.text, re.DOTALL)
            if row is None or int(row[1] or 0) != len(mine):
                yield self._told(f"/van-ban tells another number of tasks of {key} than {len(mine)}")

    def _searches(self) -> Iterator[str]:
        """A code, words of a sentence, a lead, a paper: what they find is what is open of it."""
        if not (self.eye.whole or self.eye.bodies):
            return
        every = {one.id for one in self.table.of(Task)}
        for key in (*sorted(self.may["viec"])[:1], *sorted(every - self.may["viec"])[:2]):
            found = self._get(f"/viec?tim=GN-{key:04d}").status_code == 303
            if found != (key in self.may["viec"]):
                yield self._told(f"the code of task {key} is {'found' if found else 'not found'}")
        for asked, wanted in self._asked_of_tasks():
            page = self._get(f"/viec?trang-thai=tat-ca&{asked}")
            listed = {key for noun, key in rows_shown(page.text) if noun == "viec"}
            if listed != wanted:
                yield self._told(f"/viec?{asked} lists {sorted(listed)}, not {sorted(wanted)}")
            yield from self._count(page, LISTS[1][2], len(wanted), f"/viec?{asked}")
            yield from self._leads_nowhere_else(page)
        for asked in (
            "/viec?tim=265/TB-UBND GN-0001 GN-0003",
            "/viec?muc=qua-han",
            "/van-ban?tim=265/TB-UBND",
        ):
            yield from self._leads_nowhere_else(self._get(asked))

    def _asked_of_tasks(self) -> Iterator[tuple[str, set[int]]]:
        given = {one.id: one for one in self.table.of(Directive)}
        tasks = [(one, given[one.directive_id]) for one in self.eye.tasks.values()]
        yield "co-quan=sct", {one.id for one, _ in tasks if one.agency_id == "sct"}
        for paper in self.table.of(Document)[:2]:
            yield f"van-ban={paper.id}", {one.id for one, said in tasks if said.document_id == paper.id}
        yield "tim=hợp tác xã", {one.id for one, said in tasks if "hợp tác xã" in said.text}

    def _rows_of(self, noun: str) -> Iterator[str]:
        missing = self._get(address(noun, MISSING))
        for row in self.table.of(TABLE_OF[noun]):
            answer = self._get(address(noun, row.id))
            if answer.status_code != (200 if row.id in self.may[noun] else 404):
                yield self._told(f"{address(noun, row.id)} answers {answer.status_code}")
            elif row.id not in self.may[noun]:
                yield from self._as_if_missing(noun, row.id, answer.text, missing.text)
            elif noun != "tep":
                yield from self._leads_nowhere_else(answer)
                yield from self._reads_no_other(noun, answer)

    def _as_if_missing(self, noun: str, key: int, text: str, missing: str) -> Iterator[str]:
        same = text.replace(f"GN-{key:04d}.", f"GN-{MISSING}.")
        same = re.sub(rf"(«|số ){key}\b", rf"\g<1>{MISSING}", same)
        if same != missing:
            yield self._told(f"{address(noun, key)} is refused in other words than what is not there")

    def _reads_no_other(self, noun: str, page: Response) -> Iterator[str]:
        """No page tells a case that is not open, nor what a body says to its own people; a task's page tells
        no sentence but those of the viewer (a paper is open to its addressees)."""
        text, mine = unescape(page.text), {one.body for one in self.eye.seats}
        told = [
            (f"case {one.id}", words)
            for one in self.table.of(EscalationCase)
            for words in (one.missing_authority, one.decision)
            if one.id not in self.may["trinh"]
        ]
        told += [
            (f"a note of {one.body_id}", one.note)
            for one in self.table.of(TaskOfficer)
            if one.body_id not in mine
        ]
        if noun == "viec":
            others = (one for one in self.table.of(Directive) if one.id not in self.eye.sentences)
            told += [(f"sentence {one.id}", one.text) for one in others]
        for what, words in told:
            if words and words in text:
                yield self._told(f"{page.url.path} tells {what}")

    def _slips(self) -> Iterator[str]:
        for row in self.table.of(SignedSlip):
            where = f"/trinh/{row.case_id}/phieu-trinh/{row.seq}"
            if self._get(where).status_code != (200 if row.case_id in self.may["trinh"] else 404):
                yield self._told(f"{where} is there for whom it is not, or the other way round")

    def _pages(self) -> Iterator[str]:
        """Pages that are there for some, and the export, which has every row of the trail."""
        keeper = self.eye.secretary or self.eye.admin
        asked = [(one, self.eye.whole) for one in _WHOLE]
        asked += [(one, self.eye.secretary) for one in _OFFICE] + [(one, keeper) for one in _KEEPERS]
        for where, there in asked:
            page = self._get(where)
            if page.status_code != (200 if there else 404):
                yield self._told(f"{where} answers {page.status_code}")
            elif there:
                yield from self._leads_nowhere_else(page)
        answer = self.browsers.post(self.person, "/nhat-ky/csv")
        if answer.status_code != (200 if keeper else 404):
            yield self._told(f"the export of the trail answers {answer.status_code}")

    def _persons(self) -> Iterator[str]:
        """The page of a person: her own, or for who keeps people. One's own absences, nobody else's."""
        for one in self.table.of(Person)[self.person - 1 : self.person + 1]:
            there = self.eye.secretary or self.eye.admin or one.id == self.person
            if self._get(f"/nguoi-dung/{one.id}").status_code != (200 if there else 404):
                yield self._told(f"/nguoi-dung/{one.id} is there for whom it is not")
            named = f"/vang-mat?nguoi={one.id}"
            if one.id != self.person and not self.eye.admin and self._get(named).status_code != 404:
                yield self._told(f"the absences of {one.id} are shown")

    def _only_the_own_account(self) -> Iterator[str]:
        """Whoever has no seat, or has ceased, is led away from every page, be the row there or not."""
        places = ["/viec", "/van-ban", "/trinh", "/cong-van", "/thu", "/nhat-ky", "/nguoi-dung", "/bao-cao"]
        places += [address(noun, key) for noun in NOUNS for key in (1, MISSING)]
        active = any(one.id == self.person and one.active for one in self.table.of(Person))
        to = "/tai-khoan" if active else "/dang-nhap"
        for place in places:
            answer = self._get(place)
            if answer.status_code != 303 or not answer.headers["location"].startswith(to):
                yield self._told(f"{place} answers {answer.status_code} to somebody without a seat")

    def _nothing_to_see(self, noun: str, page: Response) -> Iterator[str]:
        if page.status_code != (200 if noun == "viec" else 404) or rows_shown(page.text):
            yield self._told(f"/{noun} answers {page.status_code} to who has no body")

    def _leads_nowhere_else(self, page: Response) -> Iterator[str]:
        for noun, key in rows_shown(page.text):
            if key not in self.may[noun]:
                yield self._told(f"{page.url} leads to {address(noun, key)}")

    def _get(self, where: str) -> Response:
        return self.browsers.get(self.person, where)

    def _told(self, wrong: str) -> str:
        seats = ", ".join(f"{one.role} {one.body} {one.instead_of or ''}".strip() for one in self.eye.seats)
        return f"{self.table.today}, person {self.person} ({seats}): {wrong}"
