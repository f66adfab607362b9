"""A sign-in is opened while what opens it still stands, and nothing of it is half done.

Seen red: without the comparison in ``come_in_by_password``; with a link that is used before the password is
hashed, in a transaction of its own. Break on PostgreSQL: ``hold=False``.
"""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.people.taken_away import sign_out
from flows.actions.sign_in import come_in, hashing
from flows.actions.sign_in.come_in import come_in_by_link, come_in_by_password
from flows.actions.sign_in.passwords import put_password, right_password, set_password, try_password
from flows.actions.sign_in.sign_ins import begin_sign_in, sign_in_of
from models.db import reading, unit_of_work
from models.sign_in.accounts import held_password
from models.tables.people import Person
from models.tables.sign_in import Credential, PersonLink, SignedIn
from rules.refusal import NotAllowed
from rules.sign_in.passwords import WrongPassword
from rules.sign_in.words import LinkPurpose, SignInWay
from tests.cast import ON_POSTGRESQL
from tests.flows.people.staff import ours
from tests.flows.sign_in.people import HOA, HOAS, NOW, SEEN, deactivated, link, person, rows_of

OTHER = "một câu hoàn toàn khác"


def opens(engine: Engine, token: str | None) -> int | None:
    """Whose pages the token of a sign-in opens."""
    with reading(engine) as session:
        found = sign_in_of(session, token or "", NOW)
    return found.person_id if found else None


def test_a_right_password_is_a_sign_in(engine: Engine) -> None:
    hoa = person(engine)
    assert opens(engine, come_in_by_password(engine, HOA, HOAS, SEEN, NOW)) == hoa
    assert come_in_by_password(engine, HOA, OTHER, SEEN, NOW) is None
    assert len(rows_of(engine, SignedIn)) == 1


def test_a_hash_that_was_made_anew_is_the_same_password(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoa = person(engine)
    monkeypatch.setattr(hashing, "COST", hashing.HashCost(2, 16, 1))
    assert opens(engine, come_in_by_password(engine, HOA, HOAS, SEEN, NOW)) == hoa


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Something happens between a password that was right and its sign-in."""

    def between(happens: Callable[[], object]) -> None:
        def right(*args: object) -> object:
            found = right_password(*args)  # type: ignore[arg-type]
            happens()
            return found

        monkeypatch.setattr(come_in, "right_password", right)

    return between


def test_a_password_that_was_changed_meanwhile_opens_nothing(
    engine: Engine, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    hoa = person(engine)
    meanwhile(lambda: set_password(engine, hoa, OTHER, NOW))
    assert come_in_by_password(engine, HOA, HOAS, SEEN, NOW) is None
    assert rows_of(engine, SignedIn) == []


def test_a_password_that_was_taken_away_meanwhile_opens_nothing(
    engine: Engine, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    """Seen red where no password at all is as good as the one that was compared."""
    hoa = person(engine)
    meanwhile(lambda: sign_out(engine, hoa, ours(), forget_password=True))
    assert come_in_by_password(engine, HOA, HOAS, SEEN, NOW) is None
    assert rows_of(engine, SignedIn) == []


def test_who_left_meanwhile_stays_out(
    engine: Engine, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    hoa = person(engine)
    meanwhile(lambda: deactivated(engine, hoa))
    with pytest.raises(NotAllowed, match="ngừng sử dụng"):
        come_in_by_password(engine, HOA, HOAS, SEEN, NOW)
    assert rows_of(engine, SignedIn) == []


@ON_POSTGRESQL
def test_who_ends_what_is_open_waits_for_a_sign_in_under_way(engine: Engine) -> None:
    """Else a sign-in appears behind the end of all sign-ins, and stands when the person comes back."""
    hoa = person(engine)
    changes = (
        sa.update(Person).where(Person.id == hoa).values(active=False),
        sa.update(Credential).where(Credential.person_id == hoa).values(password="x"),
    )
    with unit_of_work(engine) as session:
        held_password(session, hoa)
        begin_sign_in(session, hoa, SignInWay.PASSWORD, SEEN, NOW)
        session.flush()
        for change in changes:
            with engine.connect() as other:
                other.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
                with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
                    other.execute(change)
    with engine.begin() as other:
        for change in changes:
            other.execute(change)


def test_a_link_is_a_sign_in_with_a_password_or_without(engine: Engine) -> None:
    hoa = person(engine, password=None)
    assert opens(engine, come_in_by_link(engine, link(engine, hoa), None, SEEN, NOW)) == hoa
    token = link(engine, hoa, LinkPurpose.INVITATION)
    assert opens(engine, come_in_by_link(engine, token, HOAS, SEEN, NOW)) == hoa
    assert try_password(engine, HOA, HOAS, SEEN, NOW) == hoa


def _busy(_password: bytes) -> str:
    raise hashing.Busy("Nhiều người đang đăng nhập.")


def test_a_link_still_opens_after_what_was_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    token = link(engine, person(engine, password=None), LinkPurpose.INVITATION)
    with pytest.raises(WrongPassword):
        come_in_by_link(engine, token, "ngắn", SEEN, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(hashing, "hashed", _busy)
        with pytest.raises(hashing.Busy):
            come_in_by_link(engine, token, HOAS, SEEN, NOW)
    assert come_in_by_link(engine, token, HOAS, SEEN, NOW)


@pytest.mark.parametrize("where", ["put_password", "begin_sign_in"])
def test_a_link_is_not_used_up_for_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The machine stops, or the database, at any point of it."""
    token = link(engine, person(engine, password=None), LinkPurpose.INVITATION)
    real = {"put_password": put_password, "begin_sign_in": begin_sign_in}[where]

    def broken(*args: object) -> object:
        real(*args)  # type: ignore[operator]
        raise OSError("the machine stops")

    with monkeypatch.context() as patch:
        patch.setattr(come_in, where, broken)
        with pytest.raises(OSError, match="stops"):
            come_in_by_link(engine, token, HOAS, SEEN, NOW)
    assert [row.used_at for row in rows_of(engine, PersonLink)] == [None]
    assert [row.password for row in rows_of(engine, Credential)] == [None]
    assert rows_of(engine, SignedIn) == []
