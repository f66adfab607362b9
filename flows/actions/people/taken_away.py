"""With what somebody comes in is taken away by who keeps people: a lost telephone, an attacked account."""

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.credential import change_credential, replace_recovery_codes
from flows.actions.doors.person import ask_who_keeps
from flows.actions.doors.sign_in import end_every_sign_in
from flows.actions.people.persons import person_row
from flows.actions.sign_in.accounts import shut
from flows.actions.trail.note import Noted, note
from models.db import unit_of_work
from models.tables.sign_in import Credential
from rules.refusal import NotAllowed
from rules.trail.words import TrailNoun, TrailWhat


def lose_telephone(engine: Engine, person_id: int, act: Act) -> int:
    """The second factor, its recovery codes and trusted browsers are gone, and every sign-in ends.

    Where a seat asks for a second factor, the next sign-in sets up a new one. One's own goes against a code
    only (``sign_in/second_factor.py``): else whoever finds a page open would get rid of it. Returns how many
    sign-ins ended. Raises Refusal; then nothing has changed.
    """
    if act.doer is not None and act.doer.person == person_id:
        raise NotAllowed(
            "Không tự gỡ mã xác thực của mình ở đây được: hãy gỡ ở trang «Tài khoản của tôi» bằng một mã "
            "đang dùng được hoặc mã dự phòng; không còn mã nào thì nhờ một quản trị hệ thống khác."
        )
    with unit_of_work(engine) as session:
        credential = _credential(session, person_id, act)
        if credential.totp_secret is None:
            raise NotAllowed(f"Người sử dụng số {person_id} chưa có mã xác thực nên không có gì để gỡ.")
        change_credential(session, credential, {"totp_secret": None, "totp_at": None})
        replace_recovery_codes(session, person_id, ())
        ended = shut(session, person_id, act.now)
        told = Noted(TrailWhat.CREDENTIAL, "person", person_id, data={"what": "totp removed", "ended": ended})
        note(session, told, act)
        return ended


def sign_out(engine: Engine, person_id: int, act: Act, forget_password: bool = False) -> int:
    """Every sign-in of the person ends, links and trusted browsers open nothing; the password, if asked, too.

    Returns how many sign-ins ended. Raises Refusal; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        credential = _credential(session, person_id, act)
        if forget_password:
            change_credential(session, credential, {"password": None, "password_at": None})
        ended = shut(session, person_id, act.now)
        data = {"count": ended, "password_removed": forget_password}
        note(session, Noted(TrailWhat.SIGN_IN_ENDED, "person", person_id, data={**data}), act)
        return ended


def sign_out_everybody(engine: Engine, act: Act) -> int:
    """Every sign-in of everybody ends; whoever is known comes in again. Returns how many. Raises Refusal."""
    with unit_of_work(engine) as session:
        ask_who_keeps(session, act)
        ended = end_every_sign_in(session, act.now)
        note(session, Noted(TrailWhat.SIGN_IN_ENDED, TrailNoun.SIGN_IN, data={"count": ended}), act)
        return ended


def _credential(session: Session, person_id: int, act: Act) -> Credential:
    ask_who_keeps(session, act)
    name = person_row(session, person_id).name
    found = session.get(Credential, person_id)
    if found is None:
        raise NotAllowed(f"{name} chưa có tài khoản.")
    return found
