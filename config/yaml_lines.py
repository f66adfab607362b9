"""Load YAML, and find the line on which a field stands, for error messages.

Composing nodes with their marks costs more than loading values, so it is done only once a file
has been found wrong.
"""

import re
from collections.abc import Hashable, Sequence
from typing import Any

import yaml

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL = "tag:yaml.org,2002:bool"
_DATE = "tag:yaml.org,2002:timestamp"
_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_MERGE = "tag:yaml.org,2002:merge"


class _PlainWordsLoader(_BaseLoader):  # type: ignore[misc]
    """YAML 1.1 reads the keys ``on`` and ``no`` as booleans; here only true and false are.

    It reads 17:30 as 1050 and 010 as 8; here a number is written in decimal, and all else is text.

    Dates stay text: the forms check them and can say on which line 30/2 stands, YAML just breaks.
    A key written twice is an error: YAML would let the second silently win.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen and key.tag != _MERGE:
                problem = f"«{key.value}» ghi hai lần"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


_PlainWordsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in (_BOOL, _DATE, _INT, _FLOAT)]
    for first, resolvers in _BaseLoader.yaml_implicit_resolvers.items()
}
_PlainWordsLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF"))
_PlainWordsLoader.add_implicit_resolver(_INT, re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_PlainWordsLoader.add_implicit_resolver(
    _FLOAT, re.compile(r"^[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-+0123456789")
)


def load_yaml(text: str) -> Any:
    """The value of one YAML document. Raises yaml.YAMLError with a mark of the place."""
    return yaml.load(text, Loader=_PlainWordsLoader)


class LineMap:
    """Line numbers (from 1) of the parts of one YAML document."""

    def __init__(self, root: yaml.Node | None) -> None:
        self._root = root

    def line_of(self, path: Sequence[Hashable]) -> int:
        """The line of the part at ``path`` (keys and indexes), or of its nearest parent."""
        node, line = self._root, 1
        for part in path:
            child = _child(node, part)
            if child is None:
                break
            node, line = child
        return line


def locate(text: str) -> LineMap:
    """Compose ``text`` (already known to be YAML) into a map of lines."""
    return LineMap(yaml.compose(text, Loader=_PlainWordsLoader))


def _child(node: yaml.Node | None, part: Hashable) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item, item.start_mark.line + 1
    return None
