"""What is kept of one person: each row of the trail once, in the part that she has in it."""

from datetime import timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Doer
from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.actions.people.invite import invite
from flows.actions.people.links import add_admin
from flows.actions.people.persons import NewPerson, change_person
from flows.actions.sign_in.second_factor import trust_device
from flows.actions.sign_in.sign_ins import open_sign_in
from models.db import reading, unit_of_work
from models.people.held.kept_of import KeptBeside, KeptPart, kept_beside, kept_of
from models.trail.write import Noted, Signer, write
from rules.sign_in.words import SignInWay
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way
from tests.cast import move_in
from tests.flows.people.staff import NOW, day, ours, somebody
from tests.flows.sign_in.people import SEEN

W, P = TrailWhat, KeptPart


def acted(session: Session, doer: Doer) -> None:
    write(session, Noted(W.ACT, "task", 1), NOW, Signer(Actor.LEAD, Way.PAGE, None, doer))


def test_own_rows_those_in_her_name_and_those_about_her(engine: Engine) -> None:
    """Break: count the own rows only, or count a row in two parts."""
    move_in(engine)
    boss, _ = add_admin(engine, NewPerson("Boss"), ours())
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    absence = say_absent(engine, NewAbsence(hoa, minh, day(15), day(20)), ours(person=hoa))
    end_absence(engine, absence, day(18), ours(person=minh))
    change_person(engine, hoa, NewPerson("Hoa B", "hoa@stc.example"), ours(NOW + timedelta(days=1), boss))
    invite(engine, hoa, ours(person=boss))
    open_sign_in(engine, hoa, SignInWay.PASSWORD, SEEN, NOW)
    trust_device(engine, hoa, NOW)
    with unit_of_work(engine) as session:
        acted(session, Doer(hoa))
        acted(session, Doer(minh, None, hoa))
    with reading(engine) as session:
        found = kept_of(session, hoa)
        beside = kept_beside(session, hoa)
    assert [(one.part, one.what, one.count) for one in found] == [
        (P.OWN, W.ACT, 1), (P.OWN, W.SIGNED_IN, 1), (P.OWN, W.CREDENTIAL, 1), (P.OWN, W.ABSENCE, 1),
        (P.INSTEAD, W.ACT, 1),
        (P.ABOUT, W.LINK_MADE, 1), (P.ABOUT, W.PERSON, 2), (P.ABOUT, W.SEAT, 1), (P.ABOUT, W.ABSENCE, 1),
    ]  # fmt: skip
    changed = next(one for one in found if one.what is W.PERSON)
    assert (changed.first_at, changed.last_at) == (NOW, NOW + timedelta(days=1))
    assert beside == KeptBeside(sign_ins=1, devices=1, letters=1)
