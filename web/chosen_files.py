"""The files of a form: those chosen now, and those chosen before it was refused, which are held.

A held file travels as ``token/name`` in a ticked box; whoever takes the tick away does not send it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import FormData, UploadFile

from flows.actions.evidence import NewFile
from flows.actions.evidence_kinds import MOST_FILES, EvidenceError, shown_name, suffix_of
from flows.actions.held_files import Held, fetch, hold, let_go, size_of
from web.forms import texts_of

CHOSEN, KEPT = "tep", "giu"


@dataclass(frozen=True, slots=True)
class Again:
    """What a form that comes back shows as chosen; ``complete`` is False if a file has to be chosen again."""

    files: tuple[Held, ...] = ()
    complete: bool = True


def chosen_files(form: FormData) -> tuple[NewFile, ...]:
    """All files of the form. Raises EvidenceError when one is not held any more."""
    return (*_held(form), *_uploaded(form))


def files_again(form: FormData, now: datetime, fits: Callable[[NewFile], bool] | None = None) -> Again:
    """Hold what was chosen in a form that is refused; what the rules refuse (``fits``) is not held."""
    fits = fits or _is_evidence
    before = [Held(token, name, size) for token, name in _kept(form) if (size := size_of(token)) is not None]
    uploaded = _uploaded(form)
    fitting = [file for file in uploaded if fits(file)][: max(MOST_FILES - len(before), 0)]
    held = hold(fitting, now)
    return Again((*before, *held), len(held) == len(uploaded) and len(before) == len(_kept(form)))


def drop_held(form: FormData) -> None:
    """The form was taken: nothing of it need be held."""
    let_go(token for token, _ in _kept(form))


def _is_evidence(file: NewFile) -> bool:
    try:
        suffix_of(file.name, file.data)
    except EvidenceError:
        return False
    return True


def _uploaded(form: FormData) -> list[NewFile]:
    """Read anew each time: a form that is refused is read twice."""
    found = []
    for one in form.getlist(CHOSEN):
        if isinstance(one, UploadFile) and one.filename:
            one.file.seek(0)
            found.append(NewFile(shown_name(one.filename), one.file.read()))
    return found


def _kept(form: FormData) -> list[tuple[str, str]]:
    """Tokens and names, as the page had them."""
    parts = (value.partition("/") for value in texts_of(form, KEPT))
    return [(token, shown_name(name)) for token, _, name in parts]


def _held(form: FormData) -> list[NewFile]:
    found = []
    for token, name in _kept(form):
        data = fetch(token)
        if data is None:
            raise EvidenceError(f"Tệp «{name}» chọn từ trước không còn được giữ; hãy chọn lại tệp này.")
        found.append(NewFile(name, data))
    return found
