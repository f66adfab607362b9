"""How large a stored draft is, for whoever limits what may be sent in its place."""

import json

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.database.columns import MOST_ID
from models.db import reading
from models.tables.documents import Document


def draft_size(engine: Engine, document_id: int) -> int:
    """Bytes of the draft in UTF-8 as last saved; 0 where there is none."""
    if not 0 <= document_id <= MOST_ID:
        return 0
    with reading(engine) as session:
        draft = session.scalar(sa.select(Document.draft).where(Document.id == document_id))
    return len(json.dumps(draft, ensure_ascii=False).encode("utf-8", "surrogatepass")) if draft else 0
