"""Playing the script: each line becomes the action that a person would have taken."""

from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.escalation.escalate import acknowledge, answer_case, raise_case
from flows.actions.tasks.answer import Said, answer
from flows.demo import script
from flows.demo.later_papers import play_papers
from flows.demo.open_tasks import open_task
from flows.demo.script import ScriptLine
from models.db import reading
from models.facts import code_of
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from rules.vocabulary import Actor, Answer


def play_day(engine: Engine, act: Act) -> list[str]:
    """What people do on the day of ``act``, which is the secretariat's; a sentence for each kind."""
    day = act.today
    lines = sorted((line for line in script.LINES if line.day == day), key=_same)
    said = play_papers(engine, act)
    said += [_play(engine, list(same), act) for _, same in groupby(lines, key=_same)]
    if day == script.RAISED_ON:
        task_id = open_task(engine, script.RAISED_BY, script.UNION)
        raise_case(engine, task_id, script.CASE, act.taken_by(Actor.LEAD, script.RAISED_BY))
        said.append(f"{_name(engine, script.RAISED_BY)}: báo cáo vượt thẩm quyền {code_of(task_id)}")
    case_id = _the_case(engine)
    if day == script.DECIDED_ON and case_id:
        leader = act.taken_by(Actor.LEADER, capacity=script.CAPACITY)
        answer_case(engine, case_id, Answer.DECIDE, script.DECISION, leader, script.NEW_DUE)
        said.append(f"{script.CAPACITY}: quyết định việc trình số {case_id}")
    if day == script.ACKNOWLEDGED_ON and case_id:
        acknowledge(engine, case_id, act.taken_by(Actor.LEAD, script.RAISED_BY))
        said.append(f"{_name(engine, script.RAISED_BY)}: ghi nhận ý kiến, việc trình số {case_id}")
    return said


def _same(line: ScriptLine) -> tuple[str, str, str]:
    return line.actor.value, line.what.value, line.note


def _play(engine: Engine, lines: list[ScriptLine], act: Act) -> str:
    first = lines[0]
    codes = []
    for line in lines:
        task_id = open_task(engine, line.who, line.about)
        theirs = act.taken_by(Actor.LEAD, line.who) if line.actor is Actor.LEAD else act
        answer(engine, task_id, line.what, theirs, Said(line.note, faults=line.faults))
        codes.append(code_of(task_id))
    who = _name(engine, first.who) if first.actor is Actor.LEAD else "Văn phòng"
    if first.actor is Actor.LEAD and len(lines) > 1:
        who = f"{len(lines)} cơ quan"
    told = f" – {first.note}" if first.note else ""
    return f"{who}: {first.what.label.lower()} {', '.join(sorted(codes))}{told}"


def _name(engine: Engine, agency_id: str) -> str:
    with reading(engine) as session:
        return session.get_one(Agency, agency_id).name


def _the_case(engine: Engine) -> int | None:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.max(EscalationCase.id)))
