"""The forms of a task's life as posted: the button, reports with files, figures, faults."""

from typing import TypeVar

from starlette.datastructures import FormData

from flows.actions.tasks.report import Report
from rules.refusal import NotAllowed
from rules.text.figures import Figure, UnreadableFigure, read_figure
from rules.vocabulary import Fault, Labelled
from web.forms.chosen_files import chosen_files
from web.forms.fields import text_of, texts_of, word_of
from web.forms.seats import Sitting
from web.kit.words import ROLES

W = TypeVar("W", bound=Labelled)


def pressed(vocabulary: type[W], form: FormData, sitting: Sitting) -> W:
    """What the button says that somebody with a role has pressed. Raises NotAllowed."""
    word = word_of(vocabulary, text_of(form, "viec"))
    if word is None or sitting.role not in ROLES:
        raise NotAllowed("Chưa chọn việc cần ghi.")
    return word


def report_of(form: FormData) -> Report:
    """A report as typed, with its files. Raises NotAllowed, UnreadableFigure, EvidenceError."""
    text, percent = text_of(form, "noi-dung"), _percent(text_of(form, "ty-le"))
    return Report(text, percent, figures_of(form), chosen_files(form))


def _percent(typed: str) -> int | None:
    bare = typed.removesuffix("%").strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 3):
        raise NotAllowed(f"Tỷ lệ hoàn thành «{typed[:20]}» không hợp lệ: hãy ghi một số từ 0 đến 100.")
    return int(bare)


def figures_of(form: FormData) -> dict[str, Figure]:
    """One figure a line, "Số hợp tác xã: 12 hợp tác xã". Raises UnreadableFigure naming the line."""
    found: dict[str, Figure] = {}
    for line in text_of(form, "so-lieu").splitlines():
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise UnreadableFigure(f"Số liệu «{line.strip()[:60]}» cần dạng «Tên số liệu: 1.234 đơn vị».")
        if name.strip() in found:
            raise UnreadableFigure(f"Số liệu «{name.strip()[:60]}» ghi hai lần.")
        found[name.strip()] = read_figure(value)
    return found


def faults_of(form: FormData) -> tuple[Fault, ...]:
    """What is wrong with a result, as ticked."""
    return tuple(fault for typed in texts_of(form, "loi") if (fault := word_of(Fault, typed)))
