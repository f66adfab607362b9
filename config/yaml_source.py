"""YAML files checked by pydantic, with errors that name the file, the line and the field."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from config.errors import ConfigError
from config.yaml_lines import load_yaml as yaml_value
from config.yaml_lines import locate

M = TypeVar("M", bound=BaseModel)

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
    "less_than_equal": "số quá lớn",
    "literal_error": "giá trị không nằm trong các lựa chọn được biết đến",
    "enum": "giá trị không nằm trong các lựa chọn được biết đến",
    "too_short": "danh sách không được để trống",
    "time_parsing": 'giờ không hợp lệ, viết dạng "07:30"',
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
        data = yaml_value(text)
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
    lines = locate(text)
    return [
        f"Tệp {path}, dòng {lines.line_of(item['loc'])}, "
        f"trường {'.'.join(map(str, item['loc'])) or '(gốc)'}: "
        f"{_WORDS.get(item['type'], item['msg'].removeprefix('Value error, '))}."
        for item in error.errors()[:20]
    ]
