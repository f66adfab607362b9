"""A telephone that is lost and an account that is attacked: what opened, opens nothing any more.

Seen red: without ``shut``; with the password that stays; with one that goes unasked; without the question who
keeps people; without the row of the trail; with one person's sign-ins instead of everybody's.
"""

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.people.taken_away import lose_telephone, sign_out, sign_out_everybody
from flows.actions.sign_in.links import DeadLink, look_at_link
from flows.actions.sign_in.passwords import try_password
from flows.actions.sign_in.second_factor import begin_totp, codes_left, has_totp, is_trusted, trust_device
from flows.actions.sign_in.sign_ins import open_sign_in, sign_in_of
from models.db import reading, unit_of_work
from models.tables.sign_in import Credential, RecoveryCode
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, NotFound, Refusal
from rules.sign_in.words import SignInWay
from rules.trail.words import TrailWhat
from tests.cast import FINANCE, move_in
from tests.flows.people.staff import ours
from tests.flows.sign_in.people import HOA, HOAS, NOW, SEEN, link, noted, person, seated

BINH = "binh@stc.soctrang.example"
Taken = Callable[[Engine, Act], object]


def entered(engine: Engine, email: str = HOA) -> int:
    """Somebody with a telephone and two recovery codes."""
    found = person(engine, email)
    begin_totp(engine, found, NOW)
    with unit_of_work(engine) as session:
        session.get_one(Credential, found).totp_at = NOW
        session.add_all(RecoveryCode(person_id=found, code=f"{found}-{n}") for n in range(2))
    return found


def token_of(engine: Engine, who: int) -> str:
    return open_sign_in(engine, who, SignInWay.PASSWORD, SEEN, NOW, second=True)


def stands(engine: Engine, token: str) -> bool:
    with reading(engine) as session:
        return sign_in_of(session, token, NOW) is not None


def test_a_lost_telephone(engine: Engine) -> None:
    hoa, binh = entered(engine), entered(engine, BINH)
    tokens, device = [token_of(engine, one) for one in (hoa, binh)], trust_device(engine, hoa, NOW)
    assert lose_telephone(engine, hoa, ours()) == 1
    assert [stands(engine, one) for one in tokens] == [False, True]
    with reading(engine) as session:
        assert [has_totp(session, one) for one in (hoa, binh)] == [False, True]
        assert [codes_left(session, one) for one in (hoa, binh)] == [0, 2]
        assert not is_trusted(session, hoa, device, NOW)
    assert noted(engine, TrailWhat.CREDENTIAL)[-1].data == {"what": "totp removed", "ended": 1}
    assert try_password(engine, HOA, HOAS, SEEN, NOW) == hoa
    begin_totp(engine, hoa, NOW)  # she sets up a new one


@pytest.mark.parametrize("forget", [False, True])
def test_an_attacked_account(engine: Engine, forget: bool) -> None:
    hoa, binh = entered(engine), entered(engine, BINH)
    tokens, mailed = [token_of(engine, one) for one in (hoa, hoa, binh)], link(engine, hoa)
    assert sign_out(engine, hoa, ours(), forget_password=forget) == 2
    assert [stands(engine, one) for one in tokens] == [False, False, True]
    with reading(engine) as session, pytest.raises(DeadLink):
        look_at_link(session, mailed, NOW)
    assert try_password(engine, HOA, HOAS, SEEN, NOW) == (None if forget else hoa)
    with reading(engine) as session:
        assert has_totp(session, hoa)
    assert noted(engine, TrailWhat.SIGN_IN_ENDED)[-1].data == {"count": 2, "password_removed": forget}


def test_everybody_at_once(engine: Engine) -> None:
    tokens = [token_of(engine, one) for one in (entered(engine), entered(engine, BINH))]
    assert sign_out_everybody(engine, ours()) == 2
    assert sign_out_everybody(engine, ours()) == 0
    assert [stands(engine, one) for one in tokens] == [False, False]
    assert [row.data for row in noted(engine, TrailWhat.SIGN_IN_ENDED)] == [{"count": 2}, {"count": 0}]


@pytest.mark.parametrize(
    "taken",
    [
        lambda engine, act: lose_telephone(engine, 1, act),
        lambda engine, act: sign_out(engine, 1, act),
        lambda engine, act: sign_out_everybody(engine, act),
    ],
)
def test_only_who_keeps_people_may(engine: Engine, taken: Taken) -> None:
    move_in(engine)
    hoa = entered(engine)
    seated(engine, hoa, SeatRole.HEAD, FINANCE)
    token = token_of(engine, hoa)
    with pytest.raises(NotAllowed, match="quản trị hệ thống"):
        taken(engine, ours(person=hoa))
    assert stands(engine, token)


def test_ones_own_telephone_goes_against_a_code_only(engine: Engine) -> None:
    move_in(engine)
    hoa = entered(engine)
    seated(engine, hoa, SeatRole.ADMIN, None)
    with pytest.raises(NotAllowed, match="Không tự gỡ mã xác thực của mình"):
        lose_telephone(engine, hoa, ours(person=hoa))
    with reading(engine) as session:
        assert has_totp(session, hoa)


def test_where_there_is_nothing_to_take(engine: Engine) -> None:
    bare, invited = person(engine, BINH, password=None), person(engine)
    for who, error, said in (
        (99, NotFound, "Không có người sử dụng số 99"),
        (bare, NotAllowed, "chưa có tài khoản"),
        (invited, NotAllowed, "chưa có mã xác thực"),
    ):
        with pytest.raises(error, match=said):
            lose_telephone(engine, who, ours())
    with pytest.raises(Refusal):
        sign_out(engine, bare, ours())
