"""YAML as it arrives, event by event: what a settings file never needs is refused before it is built.

Anchors and merge keys make a file of 347 bytes into gigabytes, tags call constructors, depth ends in
the stack of the parser. So the events are looked at one by one, and no loader of PyYAML ever runs.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from config.files.setting_file import line_at
from config.files.shown import shown_key
from rules.text.incoming import unseen

MOST_DEPTH = 20
MOST_PARTS = 400_000  # keys, values, lists and groups
LONGEST_VALUE = 20_000  # signs
LONGEST_KEY = 200

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)

_NO_ANCHOR = "không dùng neo (&) và tham chiếu (*): hãy ghi đủ giá trị ở từng chỗ"
_NO_TAG = "không dùng nhãn kiểu (!): hãy ghi thẳng giá trị"
_SYNTAX = "sai cú pháp YAML. Kiểm tra thụt dòng, dấu hai chấm và dấu ngoặc kép ở gần dòng này"


class YamlFault(Exception):
    """Why a text is no settings file: the problem in Vietnamese, without a full stop, and its line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"dòng {line}: {problem}")
        self.line, self.problem = line, problem


def line_of(event: yaml.Event) -> int:
    """The line (from 1) on which an event begins."""
    return event.start_mark.line + 1 if event.start_mark else 1


def events_of(text: str) -> Iterator[yaml.Event]:
    """The events of the one document in ``text``: scalars, starts and ends of lists and groups.

    Raises YamlFault for bad syntax and for all that is refused; nothing of the document is kept meanwhile.
    """
    _refuse_signs(text)
    depth = parts = documents = 0
    for event in _parsed(text):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlFault(line_of(event), "chỉ được có một tài liệu trong một tệp")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            yield event
        elif isinstance(event, yaml.NodeEvent):
            parts += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            _refuse(event, depth, parts)
            yield event


def _parsed(text: str) -> Iterator[yaml.Event]:
    line = 1
    try:
        for event in yaml.parse(text, Loader=_Loader):
            line = line_of(event)
            yield event
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise YamlFault(mark.line + 1 if mark else line, _SYNTAX) from None
    except (ValueError, OverflowError, RecursionError):  # of the scanner: an escape that is no sign
        raise YamlFault(line, _SYNTAX) from None


def _refuse_signs(text: str) -> None:
    if found := unseen(text):
        raise YamlFault(found.line, f"{found}")
    # A thousand %TAG lines are compared with each other before the first event: no file needs one.
    if directive := _DIRECTIVE.search(text):
        raise YamlFault(line_at(text, directive.start()), "không dùng chỉ dẫn bắt đầu bằng dấu %")


def _refuse(event: Any, depth: int, parts: int) -> None:
    problem = None
    if event.anchor is not None:  # an alias has one too
        problem = _NO_ANCHOR
    elif event.tag is not None:
        problem = _NO_TAG
    elif depth > MOST_DEPTH:
        problem = f"các mục lồng nhau quá {MOST_DEPTH} cấp"
    elif parts > MOST_PARTS:
        problem = f"tệp có quá {MOST_PARTS:_} mục".replace("_", ".")
    elif isinstance(event, yaml.ScalarEvent):
        problem = _scalar_problem(event.value)
    if problem:
        raise YamlFault(line_of(event), problem)


def _scalar_problem(value: str) -> str | None:
    if len(value) > LONGEST_VALUE:
        return f"giá trị dài quá {LONGEST_VALUE:_} ký tự («{shown_key(value, 20)}»)".replace("_", ".")
    if found := unseen(value):  # spelt as an escape
        return f"{found}"
    return None
