"""Names that the secretariat confirmed: remembered with the draft, used by the register, taken back."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.documents.intake import DraftChanged, save_draft, store_draft
from flows.actions.people.import_register import import_register
from flows.actions.reading.aliases import confirmed_aliases, withdraw_alias
from models.db import reading, unit_of_work
from models.people.register import load_registry
from models.tables.learned import ConfirmedAlias
from rules.draft import Draft
from rules.reading.learning.aliases import AliasRefused
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests.cast import act, at, conclusion, directive, dump, move_in, register, rows

ALIAS, BODY, NOW = "Ban QLDA ODA", "bqlda1", at("2022-08-15")
CLERK = act(Actor.SECRETARIAT, NOW, capacity="Văn phòng")
DRAFT = conclusion(directive("Giao Ban QLDA ODA rà soát; Ban ODA mới tham gia.", BODY))


def _confirm(engine: Engine, *names: tuple[str, str], draft: Draft = DRAFT, version: int = 0) -> None:
    save_draft(engine, _stored(engine), version, draft, CLERK, names or ((ALIAS, BODY),))


def _stored(engine: Engine) -> int:
    return store_draft(engine, DRAFT, "265.txt", act(Actor.SECRETARIAT, NOW))


def _meaning(engine: Engine, name: str = ALIAS, day: date = date(2022, 12, 5)) -> str | None:
    with reading(engine) as session:
        return load_registry(session).as_of(day).resolve(name).body_id


def test_a_confirmed_name_is_a_name_of_the_body(engine: Engine) -> None:
    move_in(engine)
    assert _meaning(engine) is None
    _confirm(engine)
    assert _meaning(engine) == _meaning(engine, "ban qlda  oda") == BODY
    [row] = rows(engine, ConfirmedAlias)
    assert (row.alias, row.alias_key, row.agency_id) == (ALIAS, "ban qlda oda", BODY)
    assert (row.valid_from, row.valid_to) == (None, date(2025, 6, 30))  # those of the body
    assert (row.document_id, row.author, row.withdrawn_at) == (1, "Văn phòng", None)
    assert row.confirmed_at == NOW


def test_the_next_import_keeps_it(engine: Engine) -> None:
    import_register(engine, register())
    _confirm(engine)
    import_register(engine, register())
    assert _meaning(engine) == BODY
    assert len(rows(engine, ConfirmedAlias)) == 1


def test_confirming_again_adds_nothing(engine: Engine) -> None:
    move_in(engine)
    _confirm(engine, (ALIAS, BODY), (ALIAS, BODY))
    _confirm(engine)
    assert len(rows(engine, ConfirmedAlias)) == 1


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (((ALIAS, BODY), ("ban qlda oda", "bqlda2")), "đã chỉ «Ban Quản lý dự án 1»"),
        ((("Sở Tài chính", BODY),), "không có cụm từ đó"),
        ((("Giao", BODY),), "từ thông thường"),
    ],
)
def test_a_refused_name_saves_nothing(engine: Engine, names: tuple[tuple[str, str], ...], words: str) -> None:
    move_in(engine)
    key, before = _stored(engine), dump(engine)
    with pytest.raises(AliasRefused, match=words):
        save_draft(engine, key, 0, DRAFT, CLERK, names)
    assert dump(engine) == before


def test_an_overtaken_draft_remembers_nothing(engine: Engine) -> None:
    move_in(engine)
    with pytest.raises(DraftChanged):
        _confirm(engine, version=7)
    assert rows(engine, ConfirmedAlias) == []


def test_a_withdrawn_name_is_forgotten_and_may_be_given_anew(engine: Engine) -> None:
    move_in(engine)
    _confirm(engine)
    assert withdraw_alias(engine, 1, act(Actor.SECRETARIAT, at("2022-08-16"))).alias == ALIAS
    assert _meaning(engine) is None
    with pytest.raises(Refusal, match="đã được rút lúc 08:00 ngày 16/08/2022"):
        withdraw_alias(engine, 1, act(Actor.SECRETARIAT, at("2022-08-17")))
    with pytest.raises(Refusal, match="Không có tên gọi số 9"):
        withdraw_alias(engine, 9, act(Actor.SECRETARIAT, NOW))
    _confirm(engine, (ALIAS, "bqlda2"))
    assert _meaning(engine) == "bqlda2"
    with reading(engine) as session:
        found = confirmed_aliases(session)
        lines = [(line.row.id, line.body, line.row.withdrawn_at is None) for line in found]
    assert lines == [(1, "Ban Quản lý dự án 1", False), (2, "Ban Quản lý dự án 2", True)]


@pytest.mark.parametrize("wrong", [{"alias_key": ""}, {"valid_from": date(2025, 7, 1)}, {}])
def test_the_database_refuses_what_the_rules_would(engine: Engine, wrong: dict[str, Any]) -> None:
    """An empty key, an interval that ends before it begins, the same active name twice."""
    move_in(engine)
    _confirm(engine)
    with unit_of_work(engine) as session:
        first = session.get_one(ConfirmedAlias, 1).model_dump(exclude={"id"})
    with pytest.raises(sa.exc.IntegrityError), unit_of_work(engine) as session:
        session.add(ConfirmedAlias(**first | wrong))


def test_a_name_is_remembered_in_either_spelling(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    draft = conclusion(directive("Giao Ban QLDA Lý Kỳ ODA rà soát.", BODY))
    _confirm(sqlite_engine, ("Ban QLDA Lí Kì ODA", BODY), draft=draft)
    assert _meaning(sqlite_engine, "Ban QLDA Lý Kì ODA") == BODY
