"""The door by which a new document comes in, and the page that shows how far its reading is."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from config.act import Act
from flows.actions.documents.intake import store_draft
from flows.actions.reading.apart.reader import Watch, read_apart
from flows.actions.reading.read_again import read_again
from flows.actions.reading.read_document import DocumentError
from flows.actions.tasks.evidence.held_files import Held
from flows.formats.kinds import SUFFIXES
from models.db import reading
from models.documents.same_file import SameFile, from_same_file
from models.facts import source_of
from models.people.register import load_registry
from rules.documents.genres import GENRE_LABELS
from rules.draft import Genre
from rules.refusal import Refusal
from rules.vocabulary import Actor
from web.forms.body_limit import DOCUMENT, LIMIT_MEGABYTES, takes
from web.forms.chosen_files import drop_held, files_again, latest_file
from web.forms.fields import Posted, parse_day, pasted_in, text_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.reading.reading_turns import Asker
from web.pages.reading.readings import (
    Handed,
    Job,
    ReaderBroke,
    ReadingCancelled,
    Readings,
    ReadingsFull,
    ReadingStopped,
    Reporter,
)
from web.visitors.way_in import HERE, WAY_IN, WayIn

router = APIRouter()
GOES_ON = "van-doc"
PASTED = "văn bản dán trực tiếp.txt"
PATIENCE = 1.0  # seconds; most documents are read by then and need no page that waits
#: Who waits so holds one of the forty threads that all pages are made in.
_WAITERS = BoundedSemaphore(8)
_STATUS: dict[type[Refusal], int] = {
    ReaderBroke: 500, ReadingsFull: 503, ReadingStopped: 503, ReadingCancelled: 200,
}  # fmt: skip


def _readings(request: Request) -> Readings:
    found: Readings = request.app.state.readings
    return found


def _asker(request: Request, desk: AtDesk) -> Asker:
    """Whose turn a reading takes (``web/pages/reading/reading_turns.py``): a person's, once signed in."""
    if not desk.viewer.anybody:
        return f"{desk.viewer.person}", ""
    words = (request.headers.get(name, "") for name in ("user-agent", "accept-language"))
    way_in: WayIn = request.scope.get(WAY_IN, HERE)
    return way_in.address, sha256("\n".join(words).encode()).hexdigest()


UnderWay = Annotated[Readings, Depends(_readings)]
Asking = Annotated[Asker, Depends(_asker)]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was handed in, as typed, and the problem with it."""

    text: str = ""
    day: str = ""
    problem: str = ""
    files: tuple[Held, ...] = ()  # the file, held while something else is put right
    genre: str = ""
    known: tuple[SameFile, ...] = ()  # documents that came from the same file


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """What whoever hands in a paper knows of it."""

    day: date | None
    genre: Genre | None


@router.get("/van-ban/moi")
def new_document(desk: AtDesk) -> HTMLResponse:
    """The form for a new document."""
    return _form(desk, Arrival())


@router.post("/van-ban/moi")
@takes(DOCUMENT)
def take_in(desk: AtDesk, readings: UnderWay, asker: Asking, form: Posted) -> Response:
    """Read what was handed in and keep the draft; a bad file leaves nothing behind."""
    text, typed, genre = (text_of(form, name) for name in ("noi-dung", "ngay", "the-loai"))
    job, act = None, desk.act(Actor.SECRETARIAT)
    try:
        day = parse_day(typed)
        handed = _handed_in(form, text, typed, asker)
        given = KnownBefore(day, Genre(genre) if genre in set(Genre) else None)
        if known := _known(desk, handed, form):
            held = files_again(form, desk.now, bool).files[-1:]
            return _form(desk, Arrival(text, typed, "", held, genre, known), 409)
        job = readings.begin(handed, lambda report: _store(desk, handed, given, act, report))
        document_id = _soon(job)
    except Refusal as error:
        again = job is None or not isinstance(error, DocumentError)  # else it is the file that is refused
        held = files_again(form, desk.now, bool).files[-1:] if again else ()
        return _refused(desk, Arrival(text, typed, str(error), held, genre), error)
    drop_held(form)
    return see(f"/van-ban/dang-doc/{job.token}" if document_id is None else _draft(document_id))


@router.get("/van-ban/dang-doc/{token}")
def under_way(token: str, desk: AtDesk, readings: UnderWay) -> Response:
    """How far a reading is; then its draft, or the form again with what was wrong."""
    job = readings.find(token)
    if job is None:
        return desk.show("documents/lost.html.j2", status=404)
    return _how_far(desk, job)


@router.post("/van-ban/dang-doc/{token}")
def cancel(token: str, desk: AtDesk, readings: UnderWay) -> Response:
    """Read it no further; what was read by then stays as it is."""
    desk.act(Actor.SECRETARIAT)
    job = readings.find(token)
    if job is not None:
        readings.cancel(job)
        with suppress(Refusal):
            _soon(job)
    return see(f"/van-ban/dang-doc/{token}")


def _soon(job: Job) -> int | None:
    """Wait a moment for what is read at once; a crowd that hands in is shown the page that waits instead."""
    patient = _WAITERS.acquire(blocking=False)
    try:
        return job.document_id(PATIENCE if patient else 0.0)
    finally:
        if patient:
            _WAITERS.release()


def _known(desk: Desk, handed: Handed, form: FormData) -> tuple[SameFile, ...]:
    """Documents of the same file, unless whoever hands it in has been told and goes on."""
    if text_of(form, "viec") == GOES_ON:
        return ()
    with reading(desk.engine) as session:
        return from_same_file(session, handed.digest)


def _how_far(desk: Desk, job: Job) -> Response:
    try:
        document_id = job.document_id()
    except Refusal as error:
        return _refused(desk, Arrival(job.pasted, job.day, str(error)), error)
    if document_id is not None:
        return see(_draft(document_id))
    message, share = job.step
    percent = None if share is None else round(share * 100)
    return desk.show(
        "documents/reading.html.j2", token=job.token, name=job.name, message=message, percent=percent
    )


def _draft(document_id: int) -> str:
    return f"/van-ban/{document_id}?xong=doc"


def _refused(desk: Desk, arrival: Arrival, error: Refusal) -> HTMLResponse:
    return _form(desk, arrival, _STATUS.get(type(error), 422))


def _form(desk: Desk, arrival: Arrival, status: int = 200) -> HTMLResponse:
    accepted = ",".join(SUFFIXES)
    return desk.show(
        "documents/new.html.j2",
        status=status,
        arrival=arrival,
        limit=LIMIT_MEGABYTES,
        accepted=accepted,
        known=[(one, source_of(one.kind, one.number, one.dated_on)) for one in arrival.known],
        genres=GENRE_LABELS,
    )


def _handed_in(form: FormData, text: str, day: str, asker: Asker) -> Handed:
    file = latest_file(form)
    if file and text:
        raise DocumentError("Vừa có tệp vừa có nội dung dán: hãy chỉ dùng một trong hai.")
    if file:
        return Handed(file.name, file.data, day=day, asker=asker)
    if text:
        pasted = pasted_in(form, "noi-dung").encode("utf-8", "replace")
        return Handed(PASTED, pasted, text, day, asker)
    raise DocumentError("Chưa có gì để đọc: hãy chọn một tệp .docx, .pdf... hoặc dán nội dung văn bản.")


def _store(desk: Desk, handed: Handed, given: KnownBefore, act: Act, report: Reporter) -> int:
    """The work of a reading; it runs after its request was answered and uses nothing of it."""
    with reading(desk.engine) as session:
        registry = load_registry(session)
    watch = Watch(report, report.wanted)
    draft = read_apart(handed.name, handed.data, registry, given.day, desk.office.calendar, watch)
    if given.genre and given.genre is not draft.document.genre:
        draft = read_again(draft, registry, given.genre, desk.office.calendar)
    report.wanted()
    return store_draft(desk.engine, draft, handed.name, act, handed.digest)
