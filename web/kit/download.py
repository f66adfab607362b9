"""A file that somebody handed in: always saved, never opened inside the pages."""

from urllib.parse import quote

from starlette.responses import FileResponse

from flows.actions.tasks.evidence.files import path_of
from models.tasks.story.evidence import Evidence


def to_save(file: Evidence) -> FileResponse:
    """Its bytes under the name that its sender gave. Raises EvidenceError where they are not there."""
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return FileResponse(
        path_of(file), media_type="application/octet-stream", headers={"Content-Disposition": disposition}
    )
