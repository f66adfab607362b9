"""The tasks under one heading of the digest, as a condition of a list: the same words, all the rows."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.follow_up.digest_extensions import extended_tasks
from models.follow_up.digest_matter import previous_issue
from models.follow_up.digest_sections import task_sections
from models.tables.tasks import Task
from rules.follow_up.digest import DigestWindows
from rules.follow_up.digest_parts import MADE_OF, DigestPart, sections_of

_EXTENSIONS = frozenset({DigestPart.EXTENDED, *MADE_OF[DigestPart.EXTENDED]})


def in_part(session: Session, part: DigestPart, as_of: date, windows: DigestWindows) -> Any:
    """Whether a task stands under the heading ``part`` in the digest of ``as_of``."""
    sections = sections_of(part)
    if part in _EXTENSIONS:
        return Task.id.in_(extended_tasks(as_of, windows.extended_often_from, sections))
    return sa.and_(Task.assigned_on <= as_of, _any_of(session, sections, as_of, windows))


def _any_of(session: Session, sections: Collection[str], as_of: date, windows: DigestWindows) -> Any:
    known = task_sections(as_of, previous_issue(session, as_of), windows)
    return sa.or_(*(known[name].where for name in sections))
