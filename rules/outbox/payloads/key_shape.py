"""One definition of a letter's key, from which Python makes a text and SQL an expression."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Key(Generic[P]):
    """What makes the letters of a kind unique: ``kind:part:part``, the parts in the definition's order.

    Called with its parts it gives the key; ``sql`` gives the same as an expression of columns. A part with a
    default stands last, and is left out where it is the default.
    """

    def __init__(self, kind: str, definition: Callable[P, None]) -> None:
        code = definition.__code__
        self.kind, self.__doc__ = kind, definition.__doc__
        self.parts: tuple[str, ...] = code.co_varnames[: code.co_argcount]
        self._definition = definition
        defaults = definition.__defaults__ or ()
        self._unsaid = dict(zip(reversed(self.parts), reversed(defaults), strict=False))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The key of one letter; days become ISO text."""
        self._definition(*args, **kwargs)  # it does nothing but refuse what it has no parameter for
        told = {**dict(zip(self.parts, args, strict=False)), **kwargs}
        named = (name for name in self.parts if name in told)
        values = (told[name] for name in named if told[name] != self._unsaid.get(name, ...))
        return ":".join(map(str, (self.kind, *values)))

    def sql(self, **columns: str) -> str:
        """The key as an SQL expression; each part an expression of a word, a whole number or an ISO day.

        A part with a default may be left out. Raises TypeError for a part that is missing or unknown.
        """
        named = [name for name in self.parts if name in columns or name not in self._unsaid]
        if set(named) != columns.keys():
            raise TypeError(f"the key of {self.kind} has the parts {self.parts}, not {tuple(columns)}")
        return f"'{self.kind}:' || " + " || ':' || ".join(columns[name] for name in named)


def key_of(kind: str) -> Callable[[Callable[P, None]], Key[P]]:
    """Makes a key of a definition without a body: its parameters are the parts."""

    def made(definition: Callable[P, None]) -> Key[P]:
        return Key(kind, definition)

    return made
