"""The secretariat urges a task today, without waiting for the sweep: the next number of the same series.

Source: issue 10, line 9; docs/follow-up.md, "Urging". At most one a task and day, whoever urges; the sweep
counts its working days from the last one, by hand or not.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.office import Office
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import letter
from models.db import unit_of_work
from models.follow_up.sweep.papers import ask_to_sign, paper_for
from models.follow_up.sweep.sql.statements import Pass
from models.follow_up.told import knew_before
from models.people.ended_bodies import ended_bodies
from models.people.register import agency_names, the_committee
from models.tables.tasks import Task, TaskChanges, Urging
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.deadlines.wording import urging_by_hand
from rules.outbox.payloads import deadlines, keys
from rules.refusal import NotAllowed
from rules.tasks.event_data import UrgedData
from rules.tasks.remarks import remark
from rules.tasks.status import move
from rules.vocabulary import EventKind


def urge_by_hand(engine: Engine, task_id: int, said: str, act: Act) -> int:
    """Urge an awaited task, late or not, with what the secretariat has to say; returns the number.

    Raises NotAllowed, NotFound, Overtaken, NoCalendar; then nothing has changed.
    """
    words, today, office = remark(EventKind.URGED, said), act.today, act.office
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        # Who may not urge at all is told so first.
        move(EventKind.URGED, task.status, act.actor, task.paused_from)
        _check_day(task, today, office)
        _check_lead(session, task, today)
        number = task.urged + 1
        text = f"{urging_by_hand(number, task.due_on, task.assigned_on, today)} {words}"
        changes: TaskChanges = {"urged": number, "last_urged_on": today}
        data = UrgedData(number, by_hand=True)
        perform(session, task, act, Happening(EventKind.URGED, text, data, changes))
        at = Pass(act.by_clock(), office.soonest(act.now))
        paper = paper_for(session, task.agency_id, at) if _on_paper(task, today, office) else None
        _write(session, task, text, today, paper)
        enqueue(session, [_letter(task, number, words, act)], act.now)
        if paper:
            ask_to_sign(session, the_committee(session).secretariat_id, at)
        return number


def _check_day(task: Task, today: date, office: Office) -> None:
    if task.last_urged_on == today:
        raise NotAllowed(
            f"Hôm nay nhiệm vụ này đã được đôn đốc (lần {task.urged}); mỗi ngày chỉ đôn đốc một lần."
        )
    if not (task.urgent or office.calendar.is_working(today)):
        raise NotAllowed(
            f"Ngày {today:%d/%m/%Y} là ngày nghỉ, không gửi thư và không tính lần đôn đốc; "
            "hãy đôn đốc vào ngày làm việc."
        )


def _check_lead(session: Session, task: Task, today: date) -> None:
    """What the sweep asks too: that the lead still works, and knows of what it is urged to do."""
    if ended_bodies(session, today).has_ended(task.agency_id):
        raise NotAllowed(
            "Cơ quan chủ trì đã kết thúc hoạt động nên không đôn đốc được nữa; "
            "hãy chuyển giao nhiệm vụ cho cơ quan kế thừa."
        )
    if not knew_before(session, task, today):
        raise NotAllowed(
            "Cơ quan chủ trì chưa được báo nhiệm vụ này, với thời hạn hiện nay, trước ngày hôm nay; "
            "thư báo gửi vào một ngày làm việc trước đó thì mới đôn đốc được."
        )


def _write(session: Session, task: Task, text: str, today: date, paper: int | None) -> None:
    assert task.id is not None
    secretariat = the_committee(session).secretariat_id
    urging = Urging(
        task_id=task.id,
        number=task.urged,
        urged_on=today,
        recipient_id=task.agency_id,
        text=text,
        letter_key=keys.urging(task.id, task.urged),
        sender=agency_names(session, [secretariat])[secretariat],
        paper_id=paper,
    )
    session.add(urging)
    session.flush()


def _letter(task: Task, number: int, words: str, act: Act) -> NewLetter:
    assert task.id is not None
    key = keys.urging(task.id, number)
    asked = letter(deadlines.Urging(words), key, task.agency_id, task, act)
    return replace(asked, number=number)


def _on_paper(task: Task, today: date, office: Office) -> bool:
    """Whether the urging stands on a công văn, as the sweep decides it; only what is late does."""
    late = task.due_on is not None and task.due_on < today
    return late and task.urged >= office.policy.urging.paper_from
