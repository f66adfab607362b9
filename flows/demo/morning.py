"""The most eventful morning of the demo's year: kept while the year is told, opened when it is over.

A newcomer who opens the pages should meet work: what is late, what waits for a word, what is to be signed.
"""

import os
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.settings import get_settings
from models.db import connect, reading, unit_of_work
from models.installation.database_copy import copy_pages
from models.installation.restores import WitnessStream
from models.tables.documents import Document
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task, UrgingPaper
from models.tasks.listing import task_counts
from rules.vocabulary import DocumentState, ExtensionState, TaskStatus


def _kind(words: str) -> Any:
    return field(default=0, metadata={"words": words})


@dataclass(frozen=True, slots=True)
class Scene:
    """How much of each kind waits for somebody on a morning."""

    overdue: int = _kind("nhiệm vụ quá hạn")
    due_soon: int = _kind("nhiệm vụ sắp đến hạn")
    cases: int = _kind("việc vượt thẩm quyền chờ ý kiến")
    results: int = _kind("kết quả chờ xác nhận")
    extensions: int = _kind("đề nghị gia hạn")
    refusals: int = _kind("nhiệm vụ bị từ chối")
    papers: int = _kind("công văn đôn đốc chờ ký")
    drafts: int = _kind("dự thảo chờ duyệt")

    @property
    def worth(self) -> tuple[int, int]:
        """The more kinds the better; among these, the more of them."""
        counts = [getattr(self, kind.name) for kind in fields(self)]
        return sum(count > 0 for count in counts), sum(counts)

    @property
    def words(self) -> str:
        """ "3 nhiệm vụ quá hạn, 1 đề nghị gia hạn"."""
        counts = ((getattr(self, kind.name), kind.metadata["words"]) for kind in fields(self))
        return ", ".join(f"{count} {words}" for count, words in counts if count) or "chưa có việc gì"


def scene_of(session: Session, today: date) -> Scene:
    """What waits on the morning of ``today``."""

    def count(column: Any, state: Any) -> int:
        query = sa.select(sa.func.count()).where(column == state)
        return session.scalar(query) or 0

    tasks = task_counts(session, today)
    papers = sa.select(sa.func.count()).where(UrgingPaper.issued_on.is_(None))
    return Scene(
        tasks.overdue,
        tasks.due_soon,
        tasks.escalated,
        tasks.submitted,
        count(ExtensionRequest.state, ExtensionState.OPEN),
        count(Task.status, TaskStatus.REFUSED),
        session.scalar(papers) or 0,
        count(Document.state, DocumentState.DRAFT),
    )


@dataclass(slots=True)
class Album:
    """The best morning so far, with a copy of its database in ``folder``."""

    folder: Path
    day: date | None = None
    scene: Scene = field(default_factory=Scene)

    @property
    def path(self) -> Path:
        """The database of that morning."""
        return self.folder / "buoi-sang.db"

    @property
    def words(self) -> str:
        """The morning, and what waits on it."""
        return f"ngày {self.day:%d/%m/%Y}: {self.scene.words}" if self.day else "đầu tiên"

    def look(self, engine: Engine, today: date) -> None:
        """Keep the morning of ``today`` if it is worth more than the one that was kept."""
        with reading(engine) as session:
            scene = scene_of(session, today)
        if self.day is None or scene.worth > self.scene.worth:
            copy_pages(engine, self.path)
            self.day, self.scene = today, scene

    def open(self) -> None:
        """Let this process live on that morning.

        The copy has a witness of its own, an empty one: what was sent after that morning is not to be
        taken for the trace of a restore.
        """
        os.environ["DONDOC_DATABASE_URL"] = f"sqlite:///{self.path}"
        os.environ["DONDOC_WITNESS_FOLDER"] = str(self.folder / "buoi-sang-so-chung")
        get_settings.cache_clear()
        engine = connect(get_settings().database_url)
        with unit_of_work(engine) as session:
            session.execute(sa.delete(WitnessStream))
        engine.dispose()
