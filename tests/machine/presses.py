"""What somebody may send from the pages, whoever it is: a form by its name, about any row, in any role.

Whether this one may is said by the office. ``pick`` is any number from 0 up: which day, which answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from models.tables.cases import EscalationCase
from models.tables.tasks import Task, TaskCooperation, UrgingPaper
from tests.machine.access_table import AccessTable

FILE = {"tep": ("bao-cao.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
WORDS = "Đã rà soát xong."
GATE = dict.fromkeys(("missing_authority", "basis", "tried", "options", "recommendation"), "Vốn điều lệ")
BODIES = ("stc", "sct", "snn", "ccts")


@dataclass(frozen=True)
class Sent:
    """A form that is sent: where to, about which noun and row, with what."""

    noun: str
    key: int
    place: str
    data: dict[str, str]
    files: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        row = f"GN-{self.key:04d}" if self.noun == "viec" else str(self.key)
        return f"/{self.noun}/{row}/{self.place}"


@dataclass(frozen=True)
class About:
    """The row in question, if there is one, and the rest that a form asks for; ``number`` comes once."""

    table: AccessTable
    request: int
    which: int
    pick: int
    number: int

    def one_of(self, table: Any) -> Any:
        found = self.table.of(table)
        return found[self.which % len(found)] if found else None

    @property
    def task(self) -> Any:
        return self.one_of(Task)

    @property
    def lead(self) -> dict[str, str]:
        """The lead's seat; now and then another body's, which must not be taken."""
        body = BODIES[self.pick % len(BODIES)] if self.pick % 7 == 6 else self.task.agency_id
        return {"vai": "chu-tri", "co-quan": body}

    @property
    def partner(self) -> dict[str, str]:
        parts = [one for one in self.table.of(TaskCooperation) if one.task_id == self.task.id]
        body = parts[self.pick % len(parts)].agency_id if parts else BODIES[self.pick % len(BODIES)]
        return {"vai": "phoi-hop", "co-quan": body}

    @property
    def above(self) -> dict[str, str]:
        return {"vai": ("van-phong", "lanh-dao")[self.pick % 2], "tu-cach": "Trưởng Ban Chỉ đạo"}

    @property
    def words(self) -> str:
        """What nothing else says."""
        return f"số {self.number}."

    @property
    def day(self) -> str:
        due: date = self.task.due_on or self.table.today
        return f"{max(due, self.table.today) + timedelta(days=1 + self.pick % 9):%d/%m/%Y}"


def _said(who: str, event: str, files: bool = False) -> Callable[[About], Sent | None]:
    def form(of: About) -> Sent | None:
        data = {**getattr(of, who), "viec": event, "noi-dung": WORDS, "loi": "thin"}
        return Sent("viec", of.task.id, "tra-loi", data, {"files": FILE} if files else {})

    return form


def _extends(who: str, event: str) -> Callable[[About], Sent | None]:
    def form(of: About) -> Sent | None:
        asked = {"viec": event, "de-nghi": str(of.request), "ly-do": WORDS, "ngay": of.day}
        return Sent("viec", of.task.id, "gia-han", getattr(of, who) | asked)

    return form


def _part(who: str, state: str) -> Callable[[About], Sent | None]:
    def form(of: About) -> Sent | None:
        body = BODIES[of.pick % len(BODIES)] if state == "asked" else of.partner["co-quan"]
        data = {"viec": state, "noi-dung": WORDS, "don-vi": body, "ly-do-phoi-hop": WORDS}
        return Sent("viec", of.task.id, "phoi-hop", getattr(of, who) | data, {"files": FILE})

    return form


def _officer(of: About) -> Sent:
    seat = of.lead if of.pick % 2 else of.partner
    back = {"viec": "thoi-giao"} if of.pick % 5 == 4 else {}
    return Sent(
        "viec",
        of.task.id,
        "nguoi-thuc-hien",
        seat | back | {"nguoi": str(1 + of.pick % 12), "ngay": "", "ghi-chu": f"Nội bộ {of.words}"},
    )


def _answers(of: About) -> Sent | None:
    case = of.one_of(EscalationCase)
    if case is None:
        return None
    whole = of.table.committee
    at = {"standing": whole.standing_agency_id, "chair": whole.chair_id, "province": whole.upper_id}
    body = at.get(str(case.rung), "") if of.pick % 5 else whole.chair_id
    reply = ("decide", "pass_up", "return")[of.pick % 3]
    said = {"cach": reply, "noi-dung": f"Ý kiến {of.words}", "tu-cach": "Trưởng Ban Chỉ đạo"}
    return Sent("trinh", case.id, "y-kien", said | {"co-quan": body})


def _slip(of: About) -> Sent | None:
    case = of.one_of(EscalationCase)
    if case is None:
        return None
    reply = ("decide", "pass_up")[of.pick % 2]
    said = {"cach": reply, "noi-dung": f"Ý kiến {of.words}", "tu-cach": "Trưởng Ban"}
    paper = {"so-phieu": "45/PTr-VP", "nguoi-ky": "Nguyễn Văn An", "ngay-ky": f"{of.table.today:%d/%m/%Y}"}
    return Sent("trinh", case.id, "theo-phieu-trinh", said | paper, {"files": FILE})


def _takes_note(of: About) -> Sent | None:
    case = of.one_of(EscalationCase)
    leads = {one.id: one.agency_id for one in of.table.of(Task)}
    return Sent("trinh", case.id, "ghi-nhan", {"co-quan": leads[case.task_id]}) if case else None


def _issues(of: About) -> Sent | None:
    paper = of.one_of(UrgingPaper)
    number = {"so": f"{of.pick}/UBND-TH", "nguoi-ky": "Chánh Văn phòng", "ngay": f"{of.table.today:%d/%m/%Y}"}
    return Sent("cong-van", paper.id, "ban-hanh", number) if paper else None


#: Each form by its name in a failing example.
PRESSES: dict[str, Callable[[About], Sent | None]] = {
    "receive": _said("lead", "received"),
    "report": _said("lead", "progress", files=True),
    "submit": _said("lead", "submitted"),
    "refuse": _said("lead", "refused"),
    "confirm": _said("above", "confirmed"),
    "return": _said("above", "returned"),
    "pause": _said("above", "paused"),
    "resume": _said("above", "resumed"),
    "withdraw": _said("above", "withdrawn"),
    "ask for more time": _extends("lead", "extension_asked"),
    "agree to more time": _extends("above", "extension_agreed"),
    "propose another day": _extends("above", "extension_countered"),
    "accept the proposal": _extends("lead", "extension_agreed"),
    "ask to cooperate": _part("above", "asked"),
    "accept a part": _part("partner", "accepted"),
    "contribute": _part("partner", "contributed"),
    "release": _part("above", "released"),
    "hand to an officer": _officer,
    "ask upward": lambda of: Sent(
        "viec", of.task.id, "vuot-tham-quyen", of.lead | GATE | {"missing_authority": f"Quyền {of.words}"}
    ),
    "answer a case": _answers,
    "record a signed slip": _slip,
    "take note of a decision": _takes_note,
    "urge by hand": lambda of: Sent("viec", of.task.id, "don-doc", {"y-kien-don-doc": "Khẩn trương."}),
    "issue a paper": _issues,
}
