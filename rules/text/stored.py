"""What a row keeps as JSON: a typed value in Python, JSON in the database, one way to and fro.

Days and instants are ISO text in JSON, words of a vocabulary their value. A field with a default is not
stored while it has it.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeAlias, get_args, get_origin, get_type_hints

#: Whatever JSON can say.
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Read = Callable[[Any], Any]


class Unreadable(ValueError):
    """What is stored is not what its kind says."""


class Stored:
    """A dataclass that a column keeps as JSON; ``plan`` is its ``parts_of``."""

    __slots__ = ()
    plan: ClassVar[tuple["StoredPart", ...]]

    def stored(self) -> dict[str, Json]:
        """As the column keeps it."""
        told = [(one, getattr(self, one.name)) for one in self.plan]
        return {one.key: as_json(value) for one, value in told if value != one.default}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """What is stored; what an older release wrote besides is passed over. Raises Unreadable."""
        try:
            return cls._read(cls.of_old(data))
        except (LookupError, TypeError, ValueError) as error:
            raise Unreadable(f"{cls.word()}: {type(error).__name__} {error}") from error

    @classmethod
    def seen(cls, data: Mapping[str, Any]) -> Self | None:
        """The same for whoever shows it: None for what cannot be read, which costs its own words only."""
        try:
            return cls.of(data)
        except Unreadable:
            return None

    @classmethod
    def _read(cls, known: Mapping[str, Any]) -> Self:
        return cls(**{one.name: one.read(known[one.key]) for one in cls.plan if one.key in known or one.must})

    @classmethod
    def of_old(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """``data`` as this release would have written it; for what older ones wrote otherwise."""
        return data

    @classmethod
    def word(cls) -> str:
        """What a fault calls it."""
        return cls.__name__


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A field, the key under which JSON has it (``from_`` is ``from``), and how its value is read."""

    name: str
    key: str
    read: Read
    default: Any

    @property
    def must(self) -> bool:
        """Whether it is always stored."""
        return self.default is MISSING


def parts_of(stored: type[Any]) -> tuple[StoredPart, ...]:
    """The fields of a dataclass as parts of what is stored."""
    types = get_type_hints(stored)
    return tuple(
        StoredPart(one.name, one.name.rstrip("_"), reader(types[one.name]), one.default)
        for one in fields(stored)
    )


def as_json(value: Any) -> Json:
    """A field's value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if is_dataclass(value):
        return {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
    told: Json = getattr(value, "value", value)
    return told


def reader(kind: Any) -> Read:
    """How a value of this type is read from JSON; what it gives raises ValueError and the like."""
    if kind in (date, datetime):
        return kind.fromisoformat  # type: ignore[no-any-return]
    if get_origin(kind) is tuple:
        one = reader(get_args(kind)[0])
        return lambda values: tuple(map(one, values))
    if type(None) in get_args(kind):
        [there] = (part for part in get_args(kind) if part is not type(None))
        read = reader(there)
        return lambda value: None if value is None else read(value)
    if hasattr(kind, "__dataclass_fields__"):
        parts = {name: reader(part) for name, part in get_type_hints(kind).items()}
        return lambda value: kind(**{name: read(value[name]) for name, read in parts.items()})
    return kind if issubclass(kind, StrEnum) else lambda value: _exactly(kind, value)


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} was stored, not {type(value).__name__}")
    return value
