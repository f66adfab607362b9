"""YAML files checked by pydantic, with errors that name the file, the line and the field."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from config.errors import ConfigError

M = TypeVar("M", bound=BaseModel)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: pydantic's error types in the words of the office; anything else keeps pydantic's message.
_WORDS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "trường không được biết đến",
    "string_type": "phải là chữ",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "date_from_datetime_parsing": "ngày không hợp lệ, viết dạng NĂM-THÁNG-NGÀY",
    "date_parsing": "ngày không hợp lệ, viết dạng NĂM-THÁNG-NGÀY",
    "date_type": "ngày không hợp lệ, viết dạng NĂM-THÁNG-NGÀY",
    "list_type": "phải là danh sách",
    "dict_type": "phải là nhóm trường",
    "greater_than_equal": "số quá nhỏ",
    "greater_than": "số quá nhỏ",
}


def load_yaml(path: Path, model: type[M]) -> M:
    """The file at ``path`` as ``model``. Raises ConfigError for anything wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"Không tìm thấy tệp {path}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Không đọc được tệp {path}: {error}.") from None
    return parse_yaml(text, path, model)


def parse_yaml(text: str, path: Path, model: type[M]) -> M:
    """As ``load_yaml``, from text already read; ``path`` only names the file in errors."""
    try:
        data = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", dòng {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "không phải YAML hợp lệ"
        raise ConfigError(f"Tệp {path}{line}: YAML sai cú pháp ({problem}).") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(error, text, path))) from None


def _explain(error: ValidationError, text: str, path: Path) -> list[str]:
    root = yaml.compose(text, Loader=_LOADER)
    return [
        f"Tệp {path}, dòng {line_of(root, item['loc'])}, trường {'.'.join(map(str, item['loc'])) or '(gốc)'}: "
        f"{_WORDS.get(item['type'], item['msg'].removeprefix('Value error, '))}."
        for item in error.errors()[:20]
    ]


def line_of(root: Any, location: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest node on the way to ``location``."""
    node = root
    line = node.start_mark.line + 1 if node is not None else 1
    for step in location:
        found = _child(node, step)
        if found is None:
            break
        node, line = found, found.start_mark.line + 1
    return line


def _child(node: Any, step: int | str) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    return None
