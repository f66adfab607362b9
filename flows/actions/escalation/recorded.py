"""The secretariat records what a leader decided on a signed phiếu trình: with the force of the leader's own.

Its scan is kept as evidence is; the step of the case says which slip it was, and who recorded it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.escalation.answers import Opinion
from flows.actions.escalation.escalate import give_opinion
from flows.actions.tasks.evidence.files import Arrived, NewFile, arriving, give_names
from flows.actions.tasks.evidence.kinds import MEDIA_TYPES
from models.db import unit_of_work
from models.tables.cases import EscalationCase, SignedSlip
from rules.escalation.slips import Slip, check_scan, checked_slip
from rules.people.on_cases import check_recorder
from rules.refusal import NotAllowed
from rules.text.incoming import cleaned
from rules.vocabulary import CaseState


@dataclass(frozen=True, slots=True)
class Recorded:
    """A signed slip as typed, with its scan; None where none was chosen."""

    number: str
    signed_by: str
    signed_on: date | None
    scan: NewFile | None


def record_answer(
    engine: Engine, case_id: int, opinion: Opinion, recorded: Recorded, act: Act, folder: Path | None = None
) -> CaseState:
    """What the rung answered on paper; ``act.capacity`` is the office of who signed.

    ``folder`` None is the installation's evidence folder. Raises Refusal (NotAllowed, NotFound,
    EvidenceError); then nothing has changed.
    """
    check_recorder(act.actor)
    slip = checked_slip(recorded.number, recorded.signed_by, recorded.signed_on, act.today)
    if recorded.scan is None:
        raise NotAllowed("Hãy kèm bản chụp phiếu trình đã ký.")
    with arriving([recorded.scan], folder) as (scan,), unit_of_work(engine) as session:
        check_scan(scan.name, scan.suffix)
        case = give_opinion(session, case_id, opinion, act)
        give_names(session, [scan])
        session.add(_row(case, slip, scan, act))
        return case.state


def _row(case: EscalationCase, slip: Slip, scan: Arrived, act: Act) -> SignedSlip:
    assert case.id is not None
    return SignedSlip(
        case_id=case.id,
        seq=case.version,
        number=slip.number,
        signed_on=slip.signed_on,
        signed_by=slip.signed_by,
        capacity=cleaned(act.capacity).strip(),
        name=scan.name,
        media_type=MEDIA_TYPES[scan.suffix],
        size=scan.size,
        sha256=scan.sha256,
        stored_as=scan.stored_as,
    )
