"""Names of bodies that the secretariat confirms while it corrects a draft, and takes back."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_time
from flows.actions.doors.alias import remember_alias, withdraw_once
from models.db import one_at_a_time, unit_of_work
from models.facts import source_of
from models.people.register import load_registry
from models.tables.agencies import Agency
from models.tables.documents import Document
from models.tables.learned import ConfirmedAlias
from rules.draft import DraftDocument
from rules.reading.learning.aliases import AliasRefused, check_alias
from rules.refusal import NotFound, Refusal
from rules.text.folding import fold, name_key

#: What somebody confirmed: these phrases (alias, body id) are names of these bodies.
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AliasLine:
    """A confirmed alias as people see it."""

    row: ConfirmedAlias
    body: str
    source: str


def confirm_aliases(session: Session, document_id: int, facts: DraftDocument, names: Names, act: Act) -> None:
    """Remember the names, in the caller's transaction. Raises AliasRefused; what is known is not repeated."""
    one_at_a_time(session, "aliases")
    for alias, body_id in dict.fromkeys(names):
        registry = load_registry(session)  # with those that were just remembered
        day = facts.date or registry.period_of(facts.text)
        if registry.as_of(day).resolve(alias).body_id == body_id:
            continue
        if name_key(alias) not in name_key(facts.text):
            raise AliasRefused(f"Không ghi nhớ được «{alias}»: văn bản này không có cụm từ đó.")
        check_alias(registry, alias, body_id, day)
        body = registry.get(body_id)
        remember_alias(
            session,
            ConfirmedAlias(
                alias=alias,
                alias_key=fold(alias),
                agency_id=body_id,
                valid_from=body.valid_from,
                valid_to=body.valid_to,
                document_id=document_id,
                confirmed_at=act.now,
                author=act.capacity or act.actor.label,
            ),
            act,
        )


def withdraw_alias(engine: Engine, alias_id: int, act: Act) -> ConfirmedAlias:
    """Forget a name from now on; drafts and tasks stay as they are. Raises Refusal."""
    with unit_of_work(engine) as session:
        done = withdraw_once(session, alias_id, act)
        row = session.get(ConfirmedAlias, alias_id)
        if row is None:
            raise NotFound(f"Không có tên gọi số {alias_id}: hãy xem danh sách bằng «dondoc aliases».")
        if not done:
            when = f" lúc {office_time(row.withdrawn_at):%H:%M ngày %d/%m/%Y}" if row.withdrawn_at else ""
            raise Refusal(f"Tên gọi số {alias_id} («{row.alias}») đã được rút{when}.")
        return row


def confirmed_aliases(session: Session) -> list[AliasLine]:
    """All of them, also those taken back, oldest first."""
    query = (
        sa.select(ConfirmedAlias, Agency.name, Document.kind, Document.number, Document.dated_on)
        .join(Agency, Agency.id == ConfirmedAlias.agency_id)
        .join(Document, Document.id == ConfirmedAlias.document_id)
        .order_by(ConfirmedAlias.id)
    )
    return [
        AliasLine(row, name, source_of(kind, number, dated_on))
        for row, name, kind, number, dated_on in session.execute(query)
    ]
