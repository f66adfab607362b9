"""The files of a form: those chosen now, and those chosen before it was refused, which are held.

A held file travels as ``token/name`` in a ticked box; whoever takes the tick away does not send it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from starlette.datastructures import FormData, UploadFile

from flows.actions.tasks.evidence.files import NewFile
from flows.actions.tasks.evidence.held_files import Held, fetch, hold, let_go, size_of
from flows.actions.tasks.evidence.kinds import MOST_FILES, EvidenceError, shown_name, suffix_of, too_many
from web.forms.body_limit import LIMIT, LIMIT_MEGABYTES
from web.forms.fields import CHOSEN, KEPT, texts_of

_TOO_LARGE = f"Các tệp cộng lại lớn hơn {LIMIT_MEGABYTES} MB nên không được nhận. Hãy bỏ bớt tệp rồi gửi lại."


@dataclass(frozen=True, slots=True)
class Again:
    """What a form that comes back shows as chosen; ``complete`` is False if a file has to be chosen again."""

    files: tuple[Held, ...] = ()
    complete: bool = True


def chosen_files(form: FormData) -> tuple[NewFile, ...]:
    """All files of the form. Raises EvidenceError when one is not held any more, and before any is read
    when they are too many or too large together: what is held costs its sender nothing.
    """
    kept, chosen = _kept(form), _chosen(form)
    if len(kept) + len(chosen) > 2 * MOST_FILES:
        raise too_many()
    if sum(size_of(token) or 0 for token, _ in kept) + sum(one.size or 0 for one in chosen) > LIMIT:
        raise EvidenceError(_TOO_LARGE)
    return (*map(_fetched, kept), *_uploaded(form))


def latest_file(form: FormData) -> NewFile | None:
    """The file of a form that takes one: what was chosen now takes the place of what is held."""
    if uploaded := _uploaded(form)[-1:]:
        return uploaded[0]
    return next(map(_fetched, _kept(form)[-1:]), None)


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
    for one in _chosen(form):
        one.file.seek(0)
        found.append(NewFile(shown_name(one.filename or ""), one.file.read()))
    return found


def _chosen(form: FormData) -> list[UploadFile]:
    return [one for one in form.getlist(CHOSEN) if isinstance(one, UploadFile) and one.filename]


def _kept(form: FormData) -> list[tuple[str, str]]:
    """Tokens and names, as the page had them; each token once, and no more than any page of ours shows."""
    parts = (value.partition("/") for value in texts_of(form, KEPT))
    named = {token: name for token, _, name in parts}
    return [(token, shown_name(name)) for token, name in islice(named.items(), 2 * MOST_FILES + 1)]


def _fetched(kept: tuple[str, str]) -> NewFile:
    token, name = kept
    data = fetch(token)
    if data is None:
        raise EvidenceError(f"Tệp «{name}» chọn từ trước không còn được giữ; hãy chọn lại tệp này.")
    return NewFile(name, data)
