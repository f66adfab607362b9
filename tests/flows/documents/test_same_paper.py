"""A conclusion is issued once, however its number and its issuer are typed the second time."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.documents.intake import store_draft, stored_draft
from flows.actions.documents.issue import AlreadyIssued
from flows.actions.documents.issued_before import issued_before
from models.db import reading
from models.tables.documents import Document
from rules.vocabulary import Actor
from tests.cast import DATED, act, at, conclusion, dump, issue, move_in, rows

FREE = {"issuer_id": None, "issuer": "BQL Khu Đông Ðô"}


@pytest.mark.parametrize(
    "typed", ["031/KL-BCĐ", "Số 31 /KL-BCĐ", "31./KL-BCĐ", "31/kl–bcđ", "0031/KL-BC\u00d0", "３１/KL-BCĐ"]
)
def test_a_number_typed_otherwise_is_the_same_paper(engine: Engine, typed: str) -> None:
    issue(move_in(engine), DATED, number="31/KL-BCĐ")
    before = dump(engine)
    with pytest.raises(AlreadyIssued, match="số 31/KL-BCĐ"):
        issue(engine, DATED, number=typed)
    assert dump(engine) == before


def test_the_number_is_kept_as_it_was_written(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, number="0031 / KL–BCĐ")
    [document] = rows(sqlite_engine, Document)
    assert document.number == "0031 / KL–BCĐ"
    assert document.identity == f"so:{document.issuer_id}:2022:31/kl-bcd"


@pytest.mark.parametrize("typed", ["310/KL-BCĐ", "131/KL-BCĐ", "31a/KL-BCĐ", "31/TB-BCĐ", "3.1.0/KL-BCĐ"])
def test_another_number_is_another_paper(sqlite_engine: Engine, typed: str) -> None:
    issue(move_in(sqlite_engine), DATED, number="31/KL-BCĐ")
    issue(sqlite_engine, DATED, number=typed)
    assert len(rows(sqlite_engine, Document)) == 2


@pytest.mark.parametrize("issuer", ["BQL  khu Đông Đô ", "bql khu đông đô", "BQL Khu Ðông Ðô."])
def test_an_issuer_typed_otherwise_is_the_same(sqlite_engine: Engine, issuer: str) -> None:
    issue(move_in(sqlite_engine), DATED, **FREE)
    with pytest.raises(AlreadyIssued):
        issue(sqlite_engine, DATED, **(FREE | {"issuer": issuer}))


def test_an_issuer_that_the_register_has_learned_is_the_same(sqlite_engine: Engine) -> None:
    named = {"issuer": "Sở Tài chính", "issuer_id": None}
    issue(move_in(sqlite_engine), DATED, **named)
    with pytest.raises(AlreadyIssued):
        issue(sqlite_engine, DATED, **(named | {"issuer_id": "stc"}))
    issue(sqlite_engine, DATED, issuer="Sở Tài chính", issuer_id="st-stc", number="266/TB-UBND")
    issue(sqlite_engine, DATED, issuer="Sở Tài chính", issuer_id="stc", number="266/TB-UBND")  # two bodies


def test_an_identity_that_an_older_release_stored(engine: Engine) -> None:
    issue(move_in(engine), DATED, number="007/KL-BCĐ")
    with engine.begin() as connection:
        connection.execute(sa.update(Document).values(identity="so:ubnd-tinh:2022:007/kl-bcd"))
    with pytest.raises(AlreadyIssued, match="văn bản số 1 trong hệ thống"):
        issue(engine, DATED, number="7/KL-BCĐ")
    issue(engine, DATED, number="7/KL-BCĐ", date=date(2021, 8, 15))
    assert len(rows(engine, Document)) == 2


def test_the_page_is_told_before_the_work_begins(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, number="31/KL-BCĐ")
    draft = conclusion(DATED, number="031/KL-BCĐ")
    key = store_draft(sqlite_engine, draft, "b.txt", act(Actor.SECRETARIAT, at("2022-08-16")))
    with reading(sqlite_engine) as session:
        first = issued_before(session, stored_draft(session, key)[1])
        assert first is not None
        assert first.id == 1
        other = replace(draft, document=replace(draft.document, number="32/KL-BCĐ"))
        assert issued_before(session, other) is None
