"""A password opens its account and no other, and whoever tries learns nothing from what it costs."""

import unicodedata
from contextlib import ExitStack
from datetime import timedelta

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.engine import Engine

from flows.actions.sign_in import hashing, tries
from flows.actions.sign_in.accounts import has_accounts
from flows.actions.sign_in.links import look_at_link
from flows.actions.sign_in.passwords import set_password, try_password
from flows.actions.sign_in.second_factor import is_trusted, trust_device
from flows.actions.sign_in.sign_ins import open_sign_in, sign_in_of
from models.db import reading
from models.tables.sign_in import Credential
from rules.refusal import NotAllowed, NotFound
from rules.sign_in.account_names import account_name
from rules.sign_in.passwords import WrongPassword
from rules.sign_in.words import SignInWay
from rules.trail.words import TrailWhat
from tests.flows.sign_in.people import (
    HOA,
    HOAS,
    NOW,
    SEEN,
    deactivated,
    link,
    names_noted,
    noted,
    person,
    rows_of,
)


def test_a_password_opens_its_account(engine: Engine) -> None:
    with reading(engine) as session:
        assert not has_accounts(session)
    hoa = person(engine)
    with reading(engine) as session:
        assert has_accounts(session)
    for email in (HOA, f" {HOA.lower()} ", HOA.upper()):
        assert try_password(engine, email, HOAS, SEEN, NOW) == hoa
    assert try_password(engine, HOA, unicodedata.normalize("NFD", HOAS), SEEN, NOW) == hoa
    [row] = rows_of(engine, Credential)
    assert row.password.startswith("$argon2id$")
    assert HOAS not in repr(row)


@pytest.mark.parametrize("typed", ["", "con mèo", HOAS.upper(), f"{HOAS} ", "x" * 10_000_000, "\ud800" * 20])
def test_no_other_word_does(sqlite_engine: Engine, typed: str) -> None:
    person(sqlite_engine)
    assert try_password(sqlite_engine, HOA, typed, SEEN, NOW) is None


@pytest.mark.parametrize(
    "email",
    ["", "x", "nobody@stc.example", "a" * 10_000_000, f"{HOA},b@c.vn", "\ud800@b.vn", "a\x00@b.vn", "%"],
)
def test_no_other_name_does(engine: Engine, email: str) -> None:
    person(engine)
    person(engine, email=None, password="another long one 7")
    assert try_password(engine, email, HOAS, SEEN, NOW) is None


def test_whoever_is_gone_or_has_no_password_stays_out(engine: Engine) -> None:
    person(engine, active=False)
    person(engine, email="b@stc.example", password=None)
    link(engine, 2)
    assert try_password(engine, HOA, HOAS, SEEN, NOW) is None
    assert try_password(engine, "b@stc.example", "", SEEN, NOW) is None


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that is made from here on."""
    made: list[str] = []
    for name in ("hash", "verify"):
        real = getattr(Argon2Hasher, name)

        def counted(self: Argon2Hasher, *args: object, _real=real, _name=name, **more: object) -> object:  # type: ignore[no-untyped-def]
            made.append(_name)
            return _real(self, *args, **more)

        monkeypatch.setattr(Argon2Hasher, name, counted)
    return made


def test_every_account_costs_one_hash(sqlite_engine: Engine, hashes: list[str]) -> None:
    """Break: return before the hash where there is no account, or it is locked."""
    person(sqlite_engine)
    person(sqlite_engine, email="gone@stc.example", active=False)
    person(sqlite_engine, email="none@stc.example", password=None)
    link(sqlite_engine, 3)
    try_password(sqlite_engine, "warm@up.example", "the first of a process", SEEN, NOW)
    locked = "locked@stc.example"
    person(sqlite_engine, email=locked)
    while tries.may_try(account_name(locked), SEEN.address):
        pass
    for email, typed, inside in [
        (HOA, HOAS, True), (HOA, "wrong", False), (HOA, "x" * 2_000, False),
        ("nobody@x.example", HOAS, False), ("", "", False),
        ("gone@stc.example", HOAS, False), ("none@stc.example", HOAS, False), (locked, HOAS, False),
    ]:  # fmt: skip
        hashes.clear()
        assert (try_password(sqlite_engine, email, typed, SEEN, NOW) is not None) is inside
        assert hashes == ["verify"], email


def test_a_hash_of_older_parameters_is_made_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    hoa = person(engine)
    [before] = rows_of(engine, Credential)
    monkeypatch.setattr(hashing, "COST", hashing.HashCost(2, 16, 1))
    assert try_password(engine, HOA, "wrong", SEEN, NOW) is None
    assert rows_of(engine, Credential) == [before]
    assert try_password(engine, HOA, HOAS, SEEN, NOW) == hoa
    [after] = rows_of(engine, Credential)
    assert "m=16,t=2,p=1" in after.password
    assert try_password(engine, HOA, HOAS, SEEN, NOW) == hoa
    assert rows_of(engine, Credential) == [after]


def test_a_flood_of_passwords_fills_no_memory(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four at once, and whoever waits too long is told so, known or not. Break: hash without a turn."""
    hoa = person(sqlite_engine)
    monkeypatch.setattr(hashing, "_PATIENCE", 0.01)
    with ExitStack() as others:
        for _ in range(4):
            others.enter_context(hashing._turn())
        told = set()
        for email in (HOA, "nobody@x.example"):
            with pytest.raises(hashing.Busy, match="Nhiều người đang đăng nhập") as busy:
                try_password(sqlite_engine, email, HOAS, SEEN, NOW)
            told.add(str(busy.value))
        with pytest.raises(hashing.Busy):
            hashing.hashed(b"another one")
    assert len(told) == 1
    assert try_password(sqlite_engine, HOA, HOAS, SEEN, NOW) == hoa


def test_the_real_parameters_are_those_of_the_standard() -> None:
    assert hashing.HashCost(3, 65_536, 4) == hashing.REAL_COST


def test_a_new_password_ends_what_the_old_one_opened(engine: Engine) -> None:
    hoa = person(engine)
    other = person(engine, email="b@stc.example")
    kept, lost, others = (
        open_sign_in(engine, who, SignInWay.PASSWORD, SEEN, NOW) for who in (hoa, hoa, other)
    )
    device, token = trust_device(engine, hoa, NOW), link(engine, hoa)
    with reading(engine) as session:
        here = sign_in_of(session, kept, NOW)
    assert here is not None
    set_password(engine, hoa, "một câu hoàn toàn khác", NOW + timedelta(minutes=1), but=here.id)
    now = NOW + timedelta(minutes=2)
    with reading(engine) as session:
        assert sign_in_of(session, kept, now) == here
        assert sign_in_of(session, lost, now) is None
        assert sign_in_of(session, others, now) is not None
        assert not is_trusted(session, hoa, device, now)
        with pytest.raises(NotAllowed, match="thu hồi"):
            look_at_link(session, token, now)
    assert try_password(engine, HOA, HOAS, SEEN, now) is None
    assert try_password(engine, HOA, "một câu hoàn toàn khác", SEEN, now) == hoa


def test_a_bad_new_password_changes_nothing(engine: Engine) -> None:
    hoa = person(engine)
    token = open_sign_in(engine, hoa, SignInWay.PASSWORD, SEEN, NOW)
    for bad in ("ngắn", "x" * 10_000_000, "nguyễn thị hoa"):
        with pytest.raises(WrongPassword):
            set_password(engine, hoa, bad, NOW)
    with reading(engine) as session:
        assert sign_in_of(session, token, NOW)
    assert try_password(engine, HOA, HOAS, SEEN, NOW) == hoa


def test_nobody_gets_a_password_who_is_gone(sqlite_engine: Engine) -> None:
    gone = person(sqlite_engine, active=False)
    for who in (gone, 99):
        with pytest.raises(NotFound):
            set_password(sqlite_engine, who, "một câu hoàn toàn khác", NOW)


def test_nobody_gets_a_password_who_leaves_while_it_is_hashed(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoa, hashed = person(sqlite_engine), hashing.hashed

    def leaves(password: bytes) -> str:
        deactivated(sqlite_engine, hoa)
        return hashed(password)

    monkeypatch.setattr(hashing, "hashed", leaves)
    with pytest.raises(NotFound):
        set_password(sqlite_engine, hoa, "một câu hoàn toàn khác", NOW)


def test_the_trail_tells_of_it(engine: Engine) -> None:
    hoa = person(engine)
    try_password(engine, HOA, "wrong", SEEN, NOW)
    try_password(engine, "nobody@x.example", "wrong", SEEN, NOW)
    assert [(row.address, row.person_id) for row in noted(engine, TrailWhat.SIGN_IN_FAILED)] == [
        (SEEN.address, None), (SEEN.address, None)
    ]  # fmt: skip
    assert names_noted(engine) == [HOA.lower(), "nobody@x.example"]
    [row] = noted(engine, TrailWhat.CREDENTIAL)
    assert (row.person_id, row.data["what"]) == (hoa, "password")
