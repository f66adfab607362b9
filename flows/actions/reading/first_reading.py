"""The first reading of a document, kept as it was: what the corrections are later measured against.

Whoever has the text read again as another genre begins anew: that reading takes its place.

Unlike the draft it holds the ids of the bodies, so that a name learned meanwhile does not change
what had been read.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flows.actions.reading.draft_form import DraftError
from rules.draft import DraftDirective
from rules.text.incoming import unseen
from rules.text.stored import Json

Directives = tuple[DraftDirective, ...]
_UNSTORABLE = re.compile(r"\\u0000|[\ud800-\udfff]")  # no text column keeps them
_FORM: TypeAdapter[Directives] = TypeAdapter(Directives)


def first_reading_json(directives: Sequence[DraftDirective]) -> list[Json]:
    """The directives as a JSON-ready value; ``first_reading_of`` gives them back unchanged."""
    value: list[Json] = _FORM.dump_python(tuple(directives), mode="json")
    return value


def first_reading_from_file(value: Any, name: str) -> Directives:
    """As ``first_reading_of``, from outside: signs that nobody sees are refused. Raises DraftError."""
    if (found := next(filter(None, map(unseen, _texts(value))), None)) is not None:
        raise DraftError(f"Tệp “{name}”, trường first_reading: {found}.")
    return first_reading_of(value, name)


def first_reading_of(value: Any, name: str) -> Directives:
    """The directives of a stored first reading. Raises DraftError: Vietnamese, naming the file."""
    try:
        if _UNSTORABLE.search(json.dumps(value, ensure_ascii=False)):
            raise _spoilt(name, "")
        return _FORM.validate_python(value)
    except ValidationError as error:
        raise _spoilt(name, "".join(f".{part}" for part in error.errors()[0]["loc"])) from error


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys too, without a call for each level."""
    left = [value]
    while left:
        match left.pop():
            case str(text):
                yield text
            case list(items):
                left += items
            case dict(items):
                left += [*items, *items.values()]


def _spoilt(name: str, place: str) -> DraftError:
    return DraftError(
        f"Tệp “{name}”, trường first_reading{place}: bản đọc ban đầu đã bị sửa sai mẫu; "
        "hãy xóa trường first_reading để phát hành mà không ghi nhận nội dung đã sửa."
    )
