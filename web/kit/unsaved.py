"""What was typed into a form that was refused: it stands in its field again, or above the page.

A page keeps what was typed in its own fields. Where the field is gone meanwhile (the task has ended, the
row was answered by somebody else, nothing of the kind exists), the text is shown, so that nobody has to
think of each way in which a form can disappear.
"""

from collections.abc import Iterable

from markupsafe import escape
from starlette.datastructures import FormData
from starlette.requests import Request

from rules.text.incoming import cleaned

#: Fields that are pressed, ticked, chosen or hidden, by the last part of their name: none was typed.
CHOSEN = frozenset(
    {
        "bo-cau", "cach", "chon", "chu-ky", "chu-tri-moi", "co-quan", "cua-toi", "cung-chi-dao", "cycle",
        "dau", "de-nghi", "den", "doi-tuong", "don-vi", "dropped", "due_kind", "escalation", "genre",
        "ghep", "giu", "khoi-phuc", "kind", "loai", "loai-han", "loc", "loi", "muc", "ngoai-nguyen-van",
        "nguoi", "phan", "phien-ban", "remember", "seen", "standing_rule", "tach", "thay", "the-loai",
        "them-cau", "tin-cay", "trang", "trang-thai", "tu", "urgent", "vai", "vai-tro", "ve", "version",
        "vi-tri", "viec", "xac-nhan",
    }
)  # fmt: skip
#: What is never shown again, whatever becomes of its form.
SECRET = frozenset({"mat-khau", "mat-khau-cu", "mat-khau-moi", "nhac-lai", "ma"})
#: The end of a hidden field's name that says what another field began with.
BEGAN = "-cu"


def typed_in(request: Request) -> list[str]:
    """The list of what was typed in the form of this request; one list for all who ask."""
    if not hasattr(request.state, "typed"):
        request.state.typed = []
    found: list[str] = request.state.typed
    return found


def typed_texts(form: FormData) -> list[str]:
    """Every typed text of ``form`` as the pages read it, once, in the order of its fields.

    A field that says what it began with (``x-moi`` beside a hidden ``x-cu``) was typed into if it differs.
    """
    items = [(name, cleaned(value).strip()) for name, value in form.multi_items() if isinstance(value, str)]
    began = {name.removesuffix(BEGAN): text for name, text in items if name.endswith(BEGAN)}
    texts = (
        text
        for name, text in items
        if name.rpartition(".")[2] not in CHOSEN | SECRET
        and not name.endswith(BEGAN)
        and began.get(name.removesuffix("-moi")) != text
    )
    return [text for text in dict.fromkeys(texts) if text]


def not_in_fields(html: str, typed: Iterable[str]) -> list[str]:
    """Those of ``typed`` that stand in no field of a page."""
    return [text for text in typed if not _in_a_field(html, str(escape(text)))]


def _in_a_field(html: str, text: str) -> bool:
    return f'value="{text}"' in html or f">{text}</textarea>" in html
