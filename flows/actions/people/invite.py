"""A person is invited: an account, and a letter with a link by which the first password is set."""

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_keeps
from flows.actions.letters.to_persons import mail_link
from flows.actions.people.persons import PEOPLE, person_row
from flows.actions.sign_in.accounts import has_accounts
from flows.actions.sign_in.links import make_link, revoke_links
from models.db import one_at_a_time, unit_of_work
from models.people.access.viewers import viewer_of
from models.tables.people import Person
from rules.refusal import NotAllowed
from rules.sign_in.words import LinkPurpose


def invite(engine: Engine, person_id: int, act: Act) -> int:
    """Mail an invitation; links that were given before open nothing any more. Returns the link's id.

    The first account of an office is a quản trị hệ thống's: from then on nobody comes in without one.
    Raises Refusal; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        return mail_invitation(session, person_id, act)


def mail_invitation(session: Session, person_id: int, act: Act) -> int:
    """The same in the caller's transaction, who waits for ``PEOPLE`` first."""
    ask_who_keeps(session, act)
    person = person_row(session, person_id)
    _check(session, person, act)
    revoke_links(session, person_id, act.now)
    link = make_link(session, person_id, LinkPurpose.INVITATION, act.now, act)
    mail_link(session, link, act)
    return link


def _check(session: Session, person: Person, act: Act) -> None:
    assert person.id is not None
    if not person.active:
        raise NotAllowed(
            f"{person.name} đã ngừng sử dụng hệ thống; hãy cho sử dụng lại trước khi gửi lời mời."
        )
    if not person.email:
        raise NotAllowed(f"{person.name} chưa có thư điện tử; hãy ghi thư điện tử trước khi gửi lời mời.")
    viewer = viewer_of(session, person.id, act.today)
    if not any(seat.instead_of is None for seat in viewer.seats):
        raise NotAllowed(
            f"{person.name} hiện không giữ vị trí nào nên không nhận được thư; hãy ghi vị trí trước."
        )
    if not has_accounts(session) and not viewer.is_admin:
        raise NotAllowed(
            "Tài khoản đầu tiên phải là của quản trị hệ thống, vì từ đó chỉ ai có tài khoản mới vào được; "
            "hãy mời một người giữ vị trí quản trị hệ thống trước."
        )
