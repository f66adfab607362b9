"""The second factor: set up by its first code, each code once, and asked of those whose seats need it."""

from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy.engine import Engine

from config.settings import get_settings
from flows.actions.sign_in.second_factor import (
    TotpOffer,
    WrongCode,
    begin_totp,
    check_code,
    codes_left,
    confirm_totp,
    has_totp,
    is_required,
    is_trusted,
    remove_totp,
    standing_offer,
    trust_device,
)
from models.db import reading
from models.tables.sign_in import Credential, RecoveryCode, TrustedDevice
from rules.people.seat_roles import SeatRole
from rules.people.viewer import ANYBODY, HeldSeat, Viewer
from rules.refusal import NotAllowed
from rules.trail.words import TrailWhat
from tests.flows.racing.race import at_once
from tests.flows.sign_in.people import HOA, NOW, noted, person, rows_of

STEP = timedelta(seconds=30)
LATER = NOW + 10 * STEP


def code_at(offer: TotpOffer, now: datetime) -> str:
    return pyotp.TOTP(offer.secret).at(now)


def with_totp(engine: Engine) -> tuple[int, TotpOffer, tuple[str, ...]]:
    """A person with a telephone, and the recovery codes."""
    hoa = person(engine)
    offer = begin_totp(engine, hoa, NOW)
    return hoa, offer, confirm_totp(engine, hoa, code_at(offer, NOW), NOW)


def test_a_telephone_counts_from_its_first_code_on(engine: Engine) -> None:
    hoa = person(engine)
    offer = begin_totp(engine, hoa, NOW)
    assert offer.uri.startswith("otpauth://totp/%C4%90%C3%B4n%20%C4%90%E1%BB%91c:Hoa%40")
    assert offer.secret not in repr(offer)
    with reading(engine) as session:
        assert not has_totp(session, hoa)
        assert standing_offer(session, hoa) == offer
    assert not check_code(engine, hoa, code_at(offer, NOW), NOW)
    with pytest.raises(WrongCode, match="6 chữ số"):
        confirm_totp(engine, hoa, "000000", NOW)
    codes = confirm_totp(engine, hoa, code_at(offer, NOW), NOW)
    assert len(set(codes)) == 10
    with reading(engine) as session:
        assert has_totp(session, hoa)
        assert standing_offer(session, hoa) is None
        assert codes_left(session, hoa) == 10
    for stored in rows_of(engine, RecoveryCode):
        assert not any(code in stored.code or code.replace("-", "") in stored.code for code in codes)


def test_a_telephone_that_counts_is_not_replaced_by_beginning_anew(engine: Engine) -> None:
    """Else whoever sits down at an open browser has the second factor."""
    hoa, offer, _ = with_totp(engine)
    with pytest.raises(NotAllowed, match="gỡ mã cũ"):
        begin_totp(engine, hoa, NOW)
    with pytest.raises(NotAllowed):
        confirm_totp(engine, hoa, code_at(offer, LATER), LATER)
    assert check_code(engine, hoa, code_at(offer, LATER), LATER)


def test_no_code_is_taken_twice(engine: Engine) -> None:
    hoa, offer, _ = with_totp(engine)
    assert not check_code(engine, hoa, code_at(offer, NOW), NOW)  # it has confirmed the telephone
    code = code_at(offer, LATER)
    assert check_code(engine, hoa, code, LATER)
    assert not check_code(engine, hoa, code, LATER)
    assert not check_code(engine, hoa, code_at(offer, LATER - STEP), LATER)  # an older one after it
    assert check_code(engine, hoa, code_at(offer, LATER + STEP), LATER)


@pytest.mark.parametrize(("off", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_a_step(sqlite_engine: Engine, off: int, taken: bool) -> None:
    hoa, offer, _ = with_totp(sqlite_engine)
    assert check_code(sqlite_engine, hoa, code_at(offer, LATER + off * STEP), LATER) is taken


def test_one_code_typed_twice_at_once_is_taken_once(engine: Engine) -> None:
    """Break: take ``totp_step < step`` out of the door."""
    hoa, offer, codes = with_totp(engine)
    for code in (code_at(offer, LATER), codes[0]):
        outcomes = at_once(
            engine, [lambda e, c=code: check_code(e, hoa, c, LATER)] * 2, engine.dialect.name == "postgresql"
        )  # type: ignore[misc]
        assert sorted(outcomes) == [False, True]


def test_a_recovery_code_opens_once_however_it_is_typed(engine: Engine) -> None:
    hoa, _, codes = with_totp(engine)
    other = person(engine, email="b@c.example")
    assert not check_code(engine, other, codes[0], LATER)
    assert check_code(engine, hoa, f" {codes[0].upper().replace('-', ' ')} ", LATER)
    assert not check_code(engine, hoa, codes[0], LATER)
    assert check_code(engine, hoa, codes[1], LATER)
    with reading(engine) as session:
        assert codes_left(session, hoa) == 8


def test_who_guesses_waits_and_a_recovery_code_still_opens(engine: Engine) -> None:
    hoa, offer, codes = with_totp(engine)
    right = code_at(offer, LATER)
    wrong = next(f"{number:06}" for number in range(9) if f"{number:06}" not in _near(offer))
    assert [check_code(engine, hoa, wrong, LATER) for _ in range(5)] == [False] * 5
    assert not check_code(engine, hoa, right, LATER)
    assert check_code(engine, hoa, codes[0], LATER)
    assert len(noted(engine, TrailWhat.SIGN_IN_FAILED)) == 5


def test_who_guesses_recovery_codes_does_not_fill_the_trail(sqlite_engine: Engine) -> None:
    """Break: note each of them."""
    hoa, _, codes = with_totp(sqlite_engine)
    guesses = [f"{number:016b}".replace("0", "b").replace("1", "c") for number in range(30)]
    assert not any(check_code(sqlite_engine, hoa, guess, LATER) for guess in guesses)
    assert len(noted(sqlite_engine, TrailWhat.SIGN_IN_FAILED)) == 20
    assert check_code(sqlite_engine, hoa, codes[0], LATER)
    assert noted(sqlite_engine, TrailWhat.CREDENTIAL)[-1].data["what"] == "recovery code"


def _near(offer: TotpOffer) -> set[str]:
    return {code_at(offer, LATER + off * STEP) for off in (-1, 0, 1)}


def test_it_is_removed_with_its_codes_and_devices(engine: Engine) -> None:
    hoa, offer, codes = with_totp(engine)
    device = trust_device(engine, hoa, NOW)
    remove_totp(engine, hoa, NOW)
    remove_totp(engine, hoa, NOW)
    assert not check_code(engine, hoa, code_at(offer, LATER), LATER)
    assert not check_code(engine, hoa, codes[0], LATER)
    with reading(engine) as session:
        assert not is_trusted(session, hoa, device, NOW)
    assert [row.data["what"] for row in noted(engine, TrailWhat.CREDENTIAL)] == [
        "password", "totp", "device", "totp removed"
    ]  # fmt: skip
    begin_totp(engine, hoa, NOW)


def test_a_device_is_trusted_for_a_month_by_one_person(engine: Engine) -> None:
    hoa, other = person(engine), person(engine, email="b@c.example")
    token = trust_device(engine, hoa, NOW)
    with reading(engine) as session:
        assert is_trusted(session, hoa, token, NOW + timedelta(days=29))
        assert not is_trusted(session, hoa, token, NOW + timedelta(days=30))
        assert not is_trusted(session, other, token, NOW)
        for word in ("", token[:-1], "x" * 10_000_000, "ữ", "\ud800"):
            assert not is_trusted(session, hoa, word, NOW)
    assert token not in repr(rows_of(engine, TrustedDevice))


@pytest.mark.parametrize(
    ("role", "new", "trusted"),
    [
        (SeatRole.ADMIN, True, True), (SeatRole.SECRETARY, True, True), (SeatRole.HEAD, True, False),
        (SeatRole.CHAIR, True, False), (SeatRole.DEPUTY_CHAIR, True, False), (SeatRole.CLERK, False, False),
        (SeatRole.OFFICER, False, False), (SeatRole.MEMBER, False, False),
    ],
)  # fmt: skip
def test_seats_ask_for_it(sqlite_engine: Engine, role: SeatRole, new: bool, trusted: bool) -> None:
    hoa = person(sqlite_engine)
    for instead_of in (None, 7):  # a deputy too
        viewer = Viewer(hoa, (HeldSeat(1, role, "x", instead_of),))
        with reading(sqlite_engine) as session:
            assert (is_required(session, viewer, False), is_required(session, viewer, True)) == (new, trusted)


def test_a_setting_says_which(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SECOND_FACTOR_ALWAYS", "clerk")
    monkeypatch.setenv("DONDOC_SECOND_FACTOR_NEW_DEVICE", "")
    get_settings.cache_clear()
    viewers = [
        Viewer(1, (HeldSeat(1, role, "x"),)) for role in (SeatRole.CLERK, SeatRole.ADMIN, SeatRole.HEAD)
    ]
    try:
        with reading(sqlite_engine) as session:
            assert [is_required(session, viewer, False) for viewer in viewers] == [True, False, False]
    finally:
        get_settings.cache_clear()


def test_whoever_has_one_is_asked_on_a_new_device(sqlite_engine: Engine) -> None:
    hoa, _, _ = with_totp(sqlite_engine)
    viewer = Viewer(hoa, (HeldSeat(1, SeatRole.CLERK, "x"),))
    with reading(sqlite_engine) as session:
        assert is_required(session, viewer, False)
        assert not is_required(session, viewer, True)
        assert not is_required(session, ANYBODY, False)


def test_the_secret_is_shown_by_no_row(sqlite_engine: Engine) -> None:
    _, offer, _ = with_totp(sqlite_engine)
    assert offer.secret not in repr(rows_of(sqlite_engine, Credential))
    assert HOA in offer.uri.replace("%40", "@")
