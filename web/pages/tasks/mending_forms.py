"""The forms that mend an issued task: what they begin with, and what was typed into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session
from starlette.datastructures import FormData

from models.people.register import agency_names, load_registry
from models.tables.tasks import Task
from models.tasks.corrected_tasks import count_siblings, reading_of
from rules.people.registry import RegistryView
from rules.refusal import NotAllowed
from rules.tasks.mending import TaskReading
from rules.tasks.status import OPEN
from rules.text.folding import name_key
from rules.vocabulary import AWAITED, CorrectionField
from web.forms.fields import parse_day, text_of


@dataclass(frozen=True, slots=True)
class Mending:
    """What the forms on a task's page begin with; ``cooperating`` are names, one a line."""

    version: int
    text: str
    lead: str
    cooperating: str
    due: str
    next_number: int  # of the series of urgings
    siblings: int  # other open tasks of the directive
    may_correct: bool
    may_urge: bool
    recurs: bool

    @property
    def fields(self) -> dict[CorrectionField, str]:
        """What each field of the correction begins with."""
        return {
            CorrectionField.LEAD: self.lead,
            CorrectionField.COOPERATE: self.cooperating,
            CorrectionField.TEXT: self.text,
            CorrectionField.DUE: self.due,
        }


def mending_of(session: Session, task: Task, text: str) -> Mending:
    """The task as it stands; ``text`` are its words, those of a correction if there was one."""
    reading = reading_of(session, task, text)
    names = agency_names(session, reading.cooperating)
    return Mending(
        version=task.version,
        text=reading.text,
        lead=reading.lead,
        cooperating="\n".join(sorted(names.values())),
        due=f"{reading.due_on:%d/%m/%Y}" if reading.due_on else "",
        next_number=task.urged + 1,
        siblings=count_siblings(session, task),
        may_correct=task.status in OPEN,
        may_urge=task.status in AWAITED,
        recurs=task.occurrence > 0,
    )


def wanted_reading(session: Session, task: Task, form: FormData, today: date) -> TaskReading:
    """What the task should say, as typed. Raises NotAllowed naming what nobody knows, WrongDate."""
    before = reading_of(session, task)
    known = {name_key(name): body for body, name in agency_names(session, before.cooperating).items()}
    names = [line.strip() for line in text_of(form, "phoi-hop-moi").replace(";", "\n").splitlines()]
    view = load_registry(session).as_of(today)
    return TaskReading(
        text=text_of(form, "noi-dung-moi"),
        lead=text_of(form, "chu-tri-moi") or before.lead,
        cooperating=frozenset(_body(name, known, view) for name in names if name),
        due_on=parse_day(text_of(form, "thoi-han-moi")),
    )


def _body(name: str, known: Mapping[str, str], view: RegistryView) -> str:
    """The id of a body; those that cooperate already keep theirs, whatever the name means by now."""
    if name_key(name) in known:
        return known[name_key(name)]
    found = view.resolve(name)
    if found.body_id is None:
        names = "; ".join(dict.fromkeys(view.registry.get(body).name for body in found.candidates))
        offered = f" Có phải: {names}?" if names else ""
        raise NotAllowed(f"Không rõ «{name[:80]}» là cơ quan nào trong danh mục hôm nay.{offered}")
    return found.body_id
