"""The draft file as strict forms, and its faults explained in Vietnamese."""

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from config.files.shown import shown_key
from rules.calendar.recurrence import UnknownRule, check_rule
from rules.refusal import Refusal
from rules.text.incoming import cleaned, unseen
from rules.text.typed import YEARS, in_reach

#: In a text; the longest that is read has two million signs.
MOST_OFFSET = 10_000_000
#: Signs of one name or sentence of a list, and of fields that are looked up or indexed.
LONGEST_ITEM = 5_000
LONGEST = {"number": 200, "issuer": 1_000, "issuer_id": 200, "rule": 200, "title": 20_000, "text": 2_000_000}
#: Of a list: a million wrong items would be a gigabyte of faults. No paper that is read comes near.
MOST_DIRECTIVES = 60_000
MOST_STATEMENTS = 200_000
MOST_NAMES = 10_000
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # JSON can spell them, no database keeps them


#: How a file is validated. A draft that we stored may hold any year that a paper says: a person corrects it.
FROM_FILE: dict[str, bool] = {"file": True}


class DraftError(Refusal, ValueError):
    """A draft file cannot be used; the message is Vietnamese and ready to show."""


def _iso_day(value: Any, info: ValidationInfo) -> Any:
    if value is None or isinstance(value, datetime.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("ngay-iso")
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("ngay-iso") from None
    if info.context is FROM_FILE and not in_reach(day):
        raise ValueError("ngay-nam")
    return day


def _known_rule(value: str | None) -> str | None:
    if value is not None:
        try:
            check_rule(value)
        except UnknownRule:
            raise ValueError("chu-ky") from None
    return value


Day = Annotated[datetime.date | None, BeforeValidator(_iso_day)]
Rule = Annotated[str | None, AfterValidator(_known_rule)]
Names = Annotated[list[str], Field(max_length=MOST_NAMES)]


def _one_text(value: Any, outside: bool, most: int | None) -> Any:
    if not isinstance(value, str):
        return value
    if _UNSTORABLE.search(value):
        raise ValueError("ky-tu")
    if not outside:
        return value
    if most and len(value) > most:
        raise ValueError("dai")
    if found := unseen(value):
        raise ValueError(f"{found}")
    return cleaned(value)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    @field_validator("*")
    @classmethod
    def _fit(cls, value: Any, info: ValidationInfo) -> Any:
        """Rows of older releases may hold what a file may not: a page shows them without it."""
        outside = info.context is FROM_FILE
        if isinstance(value, list):
            return [_one_text(item, outside, LONGEST_ITEM) for item in value]
        return _one_text(value, outside, LONGEST.get(info.field_name or ""))


class DueForm(_Strict):
    """``directives[].due``."""

    kind: Literal["date", "recurring", "none"]
    date: Day
    rule: Rule
    phrase: str | None = None
    start: int | None = Field(default=None, ge=0, le=MOST_OFFSET)
    end: int | None = Field(default=None, ge=0, le=MOST_OFFSET)
    read_by: str | None = None
    anchor: Literal["document", "receipt", "event"] | None = None
    approximate: bool = False
    event: str | None = None

    @model_validator(mode="after")
    def _agrees(self) -> "DueForm":
        if (self.kind == "date") != (self.date is not None):
            raise ValueError("kind-date")
        if (self.kind == "recurring") != (self.rule is not None):
            raise ValueError("kind-rule")
        return self


class DoubtForm(_Strict):
    """``doubt_details[]`` of the document or a directive: a doubt with its field, candidates and sentence."""

    field: str
    message: str
    candidates: Names = []
    start: int | None = Field(default=None, ge=0, le=MOST_OFFSET)
    end: int | None = Field(default=None, ge=0, le=MOST_OFFSET)


class DirectiveForm(_Strict):
    """``directives[]``. An empty ``lead`` is allowed here; publishing refuses it."""

    text: str = Field(pattern=r"\S")
    lead: Names
    cooperate: Names
    due: DueForm
    report_to: Names
    escalation: bool
    doubts: Names
    doubt_details: Annotated[list[DoubtForm], Field(max_length=MOST_NAMES)] | None = None
    standing_rule: bool = False
    start: int | None = Field(default=None, ge=0, le=MOST_OFFSET)
    end: int | None = Field(default=None, ge=0, le=MOST_OFFSET)
    read_by: str | None = None


class StatementForm(_Strict):
    """``statements[]``: a line of the operative part and what it amounts to."""

    start: int = Field(ge=0, le=MOST_OFFSET)
    end: int = Field(ge=0, le=MOST_OFFSET)
    mark: Literal["directive", "orientation", "no_task"]
    reason: str
    read_by: str


class DocumentForm(_Strict):
    """``document``."""

    kind: Literal["notice", "press", "minutes", "table", "slip"]
    number: str | None
    date: Day
    issuer: str | None
    issuer_id: str | None = None
    title: str = ""
    urgent: bool = False
    text: str = ""
    doubts: Names = []
    doubt_details: Annotated[list[DoubtForm], Field(max_length=MOST_NAMES)] | None = None
    genre: (
        Literal["thong-bao", "bao-chi", "cong-van", "cong-dien", "dang", "ke-hoach", "bien-ban", "danh-sach"]
        | None
    ) = None
    genre_reason: str = ""
    sentences: int = Field(default=0, ge=0, le=MOST_OFFSET)


class DraftForm(_Strict):
    """A whole draft file."""

    document: DocumentForm
    directives: list[DirectiveForm] = Field(max_length=MOST_DIRECTIVES)
    statements: list[StatementForm] = Field(default=[], max_length=MOST_STATEMENTS)
    outside: list[StatementForm] = Field(default=[], max_length=MOST_STATEMENTS)
    dropped: list[DirectiveForm] = Field(default=[], max_length=MOST_DIRECTIVES)
    first_reading: Annotated[list[Any], Field(max_length=MOST_DIRECTIVES)] | None = (
        None  # see flows/actions/reading/first_reading.py
    )


_PROBLEMS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "trường không có trong mẫu",
    "string_type": "phải là chữ",
    "string_pattern_mismatch": "không được để trống",
    "list_type": "phải là danh sách",
    "bool_type": "phải là true hoặc false",
    "int_type": "phải là số nguyên",
    "greater_than_equal": "không được nhỏ hơn 0",
    "model_type": "phải là một đối tượng",
    "too_long": "danh sách quá dài, nhiều nhất {max_length} phần tử",
    "less_than_equal": "số quá lớn, nhiều nhất là {le}",
}
_OWN_PROBLEMS = {
    "ky-tu": "có ký tự hỏng, không lưu được",
    "dai": "dài quá mức tiếp nhận",
    "ngay-nam": f"ngày phải trong các năm {YEARS}",
    "ngay-iso": "ngày phải ghi dạng năm-tháng-ngày, ví dụ 2023-04-15",
    "chu-ky": "chu kỳ không đúng ký hiệu, ví dụ “monthly day 25”, “quarterly day 20”",
    "kind-date": "kind là “date” thì phải có date; kind khác thì date phải là null",
    "kind-rule": "kind là “recurring” thì phải có rule; kind khác thì rule phải là null",
}


def explain(name: str, error: ValidationError) -> str:
    """The faults of a draft file, each with its file and field, one to a line."""
    lines = []
    for item in error.errors(include_url=False)[:8]:
        problem = _PROBLEMS.get(item["type"], "giá trị không hợp lệ").format_map(item.get("ctx", {}))
        if item["type"] == "literal_error":
            problem = f"chỉ nhận một trong các giá trị {item['ctx']['expected'].replace(' or ', ', ')}"
        if item["type"] == "value_error":
            said = str(item["ctx"]["error"])
            problem = _OWN_PROBLEMS.get(said, said)
        place = _place(item["loc"])
        lines.append(f"Tệp “{name}”{place}: {problem}.")
    return "\n".join(lines)


def _place(location: tuple[int | str, ...]) -> str:
    if len(location) >= 2 and location[0] == "directives" and isinstance(location[1], int):
        field = ".".join(map(shown_key, location[2:]))
        return f", chỉ đạo số {location[1] + 1}" + (f", trường {field}" if field else "")
    return f", trường {'.'.join(map(shown_key, location))}" if location else ""
