"""Tasks as the rules, the letters and the pages see them: one query, frozen values."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.parameters import IDS
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.documents import Directive, DirectiveParty, Document
from models.tables.tasks import Task, TaskCooperation
from rules.facts import CaseFacts, TaskFacts
from rules.vocabulary import DocumentState, PartyRole

BATCH = 500  # SQLite allows 32,766 parameters; small batches keep the plan simple


def code_of(task_id: int) -> str:
    """What people quote for a task: GN-0012."""
    return f"GN-{task_id:04d}"


#: The fields of TaskFacts that are columns of the task under the same name; the id comes first.
_COLUMNS = tuple(field.name for field in fields(TaskFacts) if field.name in Task.__table__.columns)  # type: ignore[attr-defined]
#: What ``facts_of`` is made of: columns, not objects, which would cost more than the rest.
FACT_COLUMNS = (
    *(getattr(Task, name) for name in _COLUMNS),
    Agency.valid_to, Agency.name, Document.kind, Document.number, Document.dated_on,
)  # fmt: skip


def task_query() -> sa.Select[Any]:
    """The columns of the facts of tasks; add your own WHERE."""
    return (
        sa.select(*FACT_COLUMNS)
        .join_from(Task, Agency, Agency.id == Task.agency_id)
        .join(Directive, Directive.id == Task.directive_id)
        .join(Document, Document.id == Directive.document_id)
    )


def facts(session: Session, query: sa.Select[Any]) -> list[TaskFacts]:
    """The facts of every row of a ``task_query()``."""
    return [facts_of(tuple(row)) for row in session.execute(query)]


def facts_by_id(session: Session, ids: Iterable[int]) -> dict[int, TaskFacts]:
    """Facts of the tasks with these ids."""
    found: dict[int, TaskFacts] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), BATCH):
        rows = session.execute(_by_id(), {"ids": wanted[start : start + BATCH]})
        found.update({item.id: item for item in map(facts_of, rows)})
    return found


@cache
def _by_id() -> sa.Select[Any]:
    return task_query().where(Task.id.in_(IDS))


def facts_of(row: Sequence[Any]) -> TaskFacts:
    """The facts in the values of ``FACT_COLUMNS``."""
    *values, ends_on, agency_name, kind, number, dated_on = row
    columns = dict(zip(_COLUMNS, values, strict=True))
    source = source_of(kind, number, dated_on)
    named = {"code": code_of(values[0]), "agency_name": agency_name, "source": source}
    return TaskFacts(**columns, **named, agency_ends_on=ends_on)


_FORMS = {
    "notice": "Thông báo kết luận",
    "press": "Tin báo chí về kết luận",
    "minutes": "Biên bản",
    "table": "Bảng phân công nhiệm vụ",
    "slip": "Phiếu giao việc",
}


@lru_cache(maxsize=1024)  # a morning cites few documents, each many times
def source_of(kind: str, number: str | None, dated_on: Any) -> str:
    """How a letter cites the document: "Thông báo kết luận số 412/TB-UBND ngày 16/12/2022"."""
    parts = [_FORMS.get(kind, "Văn bản")]
    if number:
        parts.append(f"số {number}")
    if dated_on:
        parts.append(f"ngày {dated_on:%d/%m/%Y}")
    return " ".join(parts)


def cooperating_names(session: Session, task_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Names of the cooperating bodies of each task, in the register's order."""
    found: dict[int, tuple[str, ...]] = {}
    query = (
        sa.select(TaskCooperation.task_id, Agency.name)
        .join(Agency, Agency.id == TaskCooperation.agency_id)
        .where(TaskCooperation.task_id.in_(list(task_ids)))
        .order_by(TaskCooperation.task_id, Agency.name)
    )
    for task_id, name in session.execute(query):
        found[task_id] = (*found.get(task_id, ()), name)
    return found


def escalation_targets(session: Session, task_ids: Sequence[int]) -> dict[int, str]:
    """Where the directive, or a standing rule of its document, sends what is beyond authority."""
    found: dict[int, list[str]] = {}
    for task_id, name in session.execute(_targets(), {"ids": list(task_ids)}):
        found.setdefault(task_id, []).append(name)
    return {task_id: _route(list(dict.fromkeys(names))) for task_id, names in found.items()}


@cache
def _targets() -> sa.Select[Any]:
    """The bodies named by the directives of the tasks ``:ids`` and by the standing rules beside them."""
    rule = sa.alias(Directive.__table__)  # type: ignore[attr-defined]
    return (
        sa.select(Task.id, Agency.name)
        .join(Directive, Directive.id == Task.directive_id)
        .join(rule, rule.c.document_id == Directive.document_id)
        .where(sa.or_(rule.c.id == Directive.id, rule.c.standing_rule), rule.c.escalation)
        .join(
            DirectiveParty,
            sa.and_(DirectiveParty.directive_id == rule.c.id, DirectiveParty.role == PartyRole.REPORT_TO),
        )
        .join(Agency, Agency.id == DirectiveParty.agency_id)
        .where(Task.id.in_(IDS))
        .order_by(Task.id, rule.c.id, DirectiveParty.position)
    )


def _route(names: list[str]) -> str:
    """The first decides, the others pass it on: "UBND tỉnh (qua Sở ...)" (labelling guideline §5)."""
    return names[0] + (f" (qua {', '.join(names[1:])})" if len(names) > 1 else "")


def standing_rules(session: Session) -> list[str]:
    """The stand-alone escalation sentences of all issued documents."""
    query = (
        sa.select(Directive.text)
        .join(Document, Document.id == Directive.document_id)
        .where(Directive.standing_rule, Document.state == DocumentState.ISSUED)
        .order_by(Directive.id)
    )
    return list(session.scalars(query))


def case_facts(case: EscalationCase, task: TaskFacts, today: Any) -> CaseFacts:
    """A case as letters and the digest see it on ``today``."""
    assert case.id is not None
    return CaseFacts(
        id=case.id,
        task=task,
        raised_on=case.raised_on,
        rung=case.rung,
        rung_since=case.rung_since,
        answer_by=case.answer_by,
        missing_authority=case.missing_authority,
        basis=case.basis,
        tried=case.tried,
        opinions=case.opinions,
        options=case.options,
        recommendation=case.recommendation,
        needed_by=case.needed_by,
        days_waiting=(today - case.raised_on).days,
        answer=case.answer,
        decision=case.decision,
        decided_on=case.decided_on,
        capacity=case.capacity,
    )
