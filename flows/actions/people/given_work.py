"""May these bodies be given work today? Asked wherever an issued task gets another body.

That is a corrected lead or partner, a hand-over, a directive that is added, a body asked to cooperate.
"""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from models.tables.agencies import Agency
from rules.people.bodies import why_no_work
from rules.refusal import NotAllowed, NotFound


def check_given_work(session: Session, bodies: Iterable[str], today: date) -> None:
    """Raises NotFound for a body that nobody knows; NotAllowed for a collective, one that has ended (its last
    day is too late) or has not begun, with a Vietnamese sentence for each.
    """
    found = [_known(session, body) for body in dict.fromkeys(bodies)]
    reasons = (why_no_work(one.name, one.kind, one.valid_from, one.valid_to, today) for one in found)
    if refused := [reason for reason in reasons if reason]:
        raise NotAllowed(" ".join(refused))


def _known(session: Session, body: str) -> Agency:
    agency = session.get(Agency, body)
    if agency is None:
        raise NotFound(f"Không có cơ quan «{body[:40]}» trong danh mục.")
    return agency
