"""The gate of "beyond our authority" as a form: its fields in the words of the offices."""

from dataclasses import dataclass, field

from pydantic import ValidationError
from starlette.datastructures import FormData

from flows.actions.escalation.escalate import CaseForm
from web.forms.fields import WrongDate, parse_day, text_of


@dataclass(frozen=True, slots=True)
class GateField:
    """One field: what it is called, and what belongs in it."""

    label: str
    hint: str
    required: bool = True


GATE = {
    "missing_authority": GateField("Thẩm quyền còn thiếu", "Việc gì cơ quan không tự quyết định được"),
    "basis": GateField("Căn cứ", "Quy định nào giao thẩm quyền đó cho cấp trên"),
    "tried": GateField("Đã làm gì", "Những việc đã làm trong thẩm quyền trước khi trình"),
    "opinions": GateField("Ý kiến cơ quan phối hợp", "Để trống nếu không có", required=False),
    "options": GateField("Các phương án", "Mỗi phương án kèm hệ quả"),
    "recommendation": GateField("Kiến nghị", "Phương án đề nghị chọn, viết sẵn thành câu chỉ đạo"),
}


@dataclass(slots=True)
class Gate:
    """The form as typed, with what is wrong."""

    values: dict[str, str] = field(default_factory=lambda: dict.fromkeys((*GATE, "needed_by"), ""))
    errors: dict[str, str] = field(default_factory=dict)


def posted_gate(form: FormData) -> Gate:
    """What was typed."""
    return Gate({name: text_of(form, name) for name in (*GATE, "needed_by")})


def case_form(gate: Gate) -> CaseForm | None:
    """The checked form; None when something is wrong, then ``gate.errors`` says what."""
    day = None
    try:
        day = parse_day(gate.values["needed_by"])
    except WrongDate as error:
        gate.errors["needed_by"] = str(error)
    try:
        checked = CaseForm.model_validate({**gate.values, "needed_by": day})
    except ValidationError as error:
        for item in error.errors():
            gate.errors[str(item["loc"][0])] = _wrong(item["type"])
        return None
    return None if gate.errors else checked


def _wrong(kind: str) -> str:
    too_long = kind == "string_too_long"
    return "Nội dung quá dài (tối đa 4.000 ký tự)." if too_long else "Cần ghi nội dung mục này."
