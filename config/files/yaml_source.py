"""YAML files checked by pydantic, with errors that name the file, the line and the field."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.files.errors import ConfigError
from config.files.setting_file import MEGABYTE, text_of
from config.files.shown import shown_key, shown_path
from config.files.yaml_events import YamlFault
from config.files.yaml_lines import Yaml, locate
from config.files.yaml_lines import load_yaml as yaml_value

M = TypeVar("M", bound=BaseModel)

#: A policy or a year's calendar is written by hand: a few kilobytes.
MOST_BYTES = MEGABYTE
_MOST_TOLD = 20
#: pydantic's error types in the words of the office, with its limits; our own checks bring their words.
_WORDS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "trường không được biết đến",
    "string_type": "phải là chữ",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "int_parsing_size": "số quá lớn",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "list_type": "phải là danh sách",
    "dict_type": "phải là nhóm trường",
    "model_type": "phải là nhóm trường",
    "model_attributes_type": "phải là nhóm trường",
    "greater_than_equal": "số quá nhỏ, ít nhất là {ge}",
    "greater_than": "số quá nhỏ, phải lớn hơn {gt}",
    "less_than_equal": "số quá lớn, nhiều nhất là {le}",
    "literal_error": "giá trị không nằm trong các lựa chọn được biết đến",
    "enum": "giá trị không nằm trong các lựa chọn được biết đến",
    "too_short": "danh sách không được để trống",
    "too_long": "danh sách quá dài, nhiều nhất {max_length} phần tử",
    "time_parsing": 'giờ không hợp lệ, viết dạng "07:30"',
    "time_type": 'giờ không hợp lệ, viết dạng "07:30"',
}
_OURS = ("value_error", "calendar")
#: After a fault between a field that the file has and one that it leaves out.
_BY_DEFAULT = " (tệp không ghi trường này nên dùng mặc định: hãy ghi cả trường này, hoặc sửa trường kia)"
_NOTHING = "chưa có nội dung nào (tệp trống hoặc chỉ có ghi chú); hãy ghi ít nhất một trường, hoặc xóa tệp"
_OTHERWISE = "giá trị không hợp lệ"


def load_yaml(path: Path, model: type[M]) -> M:
    """The file at ``path`` as ``model``. Raises ConfigError for anything wrong with it."""
    return parse_yaml(text_of(path, MOST_BYTES), path, model)


def parse_yaml(text: str, path: Path, model: type[M]) -> M:
    """As ``load_yaml``, from text already read; ``path`` only names the file in errors."""
    data = data_of(text, path)
    if data is None:  # half a copy, perhaps: nobody's wish to have everything by default
        raise ConfigError(f"Tệp {shown_path(path)}, dòng 1: {_NOTHING}.")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(error, text, path))) from None


def data_of(text: str, path: Path) -> Yaml:
    """The bare value of a settings file's text. Raises ConfigError with the line for what is no such file."""
    try:
        return yaml_value(text)
    except YamlFault as fault:
        raise ConfigError(f"Tệp {shown_path(path)}, dòng {fault.line}: {fault.problem}.") from None


def _explain(error: ValidationError, text: str, path: Path) -> list[str]:
    lines = locate(text)
    return [
        f"Tệp {shown_path(path)}, dòng {lines.line_of(item['loc'])}, "
        f"trường {'.'.join(map(shown_key, item['loc'])) or '(gốc)'}: {in_words(item)}"
        f"{'' if item['type'] not in _OURS or lines.has(item['loc']) else _BY_DEFAULT}."
        for item in error.errors(include_url=False)[:_MOST_TOLD]
    ]


def in_words(item: ErrorDetails) -> str:
    """One of pydantic's faults as the office says it; never its English, which quotes the value."""
    if item["type"] in _OURS:
        return item["msg"].removeprefix("Value error, ")
    words = _WORDS.get(item["type"], _OTHERWISE)
    return words.format_map(item.get("ctx", {}))
