"""The JSON contract: there and back, faults named by file and field, and every key documented."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from config.agencies import load_register
from flows.actions.reading import draft_form
from flows.actions.reading.draft_file import DraftError, draft_to_json, parse_draft
from flows.actions.reading.read_conclusion import read_conclusion
from rules.people.registry import Registry

ROOT = Path(__file__).parents[2]
REGISTRY = Registry(load_register().bodies)
DOCUMENTS = sorted((ROOT / "corpus" / "dev").glob("*.txt"))


def smallest() -> dict[str, Any]:
    """A draft with nothing but the required keys."""
    return {
        "document": {"kind": "notice", "number": None, "date": "2023-09-18", "issuer": "UBND tỉnh Sóc Trăng"},
        "directives": [
            {
                "text": "Sở Y tế và các địa phương rà soát",
                "lead": ["Sở Y tế", "cap-huyen"],
                "cooperate": [],
                "due": {"kind": "date", "date": "2023-09-30", "rule": None},
                "report_to": ["UBND tỉnh"],
                "escalation": False,
                "doubts": [],
            }
        ],
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_reading_survives_the_file(path: Path) -> None:
    draft = read_conclusion(path.name, path.read_bytes(), REGISTRY, None)
    written = draft_to_json(draft, REGISTRY)
    back = parse_draft(json.dumps(written, ensure_ascii=False).encode(), "a.json", REGISTRY)
    assert draft_to_json(back, REGISTRY) == written
    assert [d.lead for d in back.directives if d.lead] != []


def test_names_are_official_and_collectives_are_ids() -> None:
    draft = parse_draft(json.dumps(smallest()), "a.json", REGISTRY)
    directive = draft_to_json(draft, REGISTRY)["directives"][0]
    assert directive["lead"] == ["Sở Y tế", "cap-huyen"]
    assert directive["report_to"] == ["UBND tỉnh Sóc Trăng"]
    assert draft.document.issuer_id == "ubnd-tinh"
    assert draft.document.text == ""


def test_a_draft_without_a_date_is_read_back_in_its_period() -> None:
    text = "Ngành công thương rà soát. Sở Kế hoạch và Đầu tư báo cáo UBND tỉnh.".encode()
    draft = read_conclusion(
        "a.txt", b"Theo Hoi nghi, Pho Chu tich UBND tinh yeu cau:\n" + text, REGISTRY, None
    )
    written = draft_to_json(draft, REGISTRY)
    assert written["document"]["date"] is None
    assert draft_to_json(parse_draft(json.dumps(written), "a.json", REGISTRY), REGISTRY) == written


def test_an_empty_lead_is_allowed_in_the_file() -> None:
    value = smallest()
    value["directives"][0]["lead"] = []
    assert parse_draft(json.dumps(value), "a.json", REGISTRY).directives[0].lead == ()


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("directives", 0, "due", "date"), "30/9/2023", "chỉ đạo số 1, trường due.date: ngày phải ghi dạng"),
        (("directives", 0, "due", "date"), "2023-02-30", "chỉ đạo số 1, trường due.date"),
        (("directives", 0, "due", "date"), None, "chỉ đạo số 1, trường due: kind là “date”"),
        (("directives", 0, "due", "rule"), "monthly day 25", "kind là “recurring”"),
        (("directives", 0, "due", "rule"), "sometimes", "trường due.rule: chu kỳ không đúng ký hiệu"),
        (("directives", 0, "due", "kind"), "soon", "trường due.kind: chỉ nhận một trong các giá trị"),
        (("directives", 0, "escalation"), "no", "trường escalation: phải là true hoặc false"),
        (("directives", 0, "owner"), "x", "chỉ đạo số 1, trường owner: trường không có trong mẫu"),
        (
            ("directives", 0, "lead"),
            ["Sở Y tê tỉnh"],
            "chỉ đạo số 1, trường lead: không xác định được cơ quan",
        ),
        (("directives", 0, "text"), "", "trường text: không được để trống"),
        (("directives", 0, "text"), "  ", "trường text: không được để trống"),
        (("directives", 0, "text"), "Giao \0", "chỉ đạo số 1, trường text: có ký tự hỏng"),
        (("directives", 0, "lead"), ["\ud800"], "chỉ đạo số 1, trường lead: có ký tự hỏng"),
        (("directives", 0, "due", "rule"), "monthly day 32", "trường due.rule: chu kỳ không đúng ký hiệu"),
        (("document", "text"), "Một văn bản khác.", "chỉ đạo số 1, trường text: không phải trích nguyên văn"),
        (("document", "date"), 20230918, "trường document.date"),
        (("document", "kind"), None, "trường document.kind"),
        (("document", "issuer_id"), "zz", "trường document.issuer_id: không có mã cơ quan “zz”"),
        (("directives",), {}, "trường directives: phải là danh sách"),
    ],
    ids=str,
)
def test_a_fault_names_file_and_field(place: tuple[Any, ...], value: Any, words: str) -> None:
    draft = smallest()
    inner: Any = draft
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = value
    with pytest.raises(DraftError) as refused:
        parse_draft(json.dumps(draft), "nhap.json", REGISTRY)
    assert "Tệp “nhap.json”" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize("key", ["lead", "cooperate", "due", "report_to", "escalation", "doubts", "text"])
def test_a_missing_key_is_named(key: str) -> None:
    draft = smallest()
    del draft["directives"][0][key]
    with pytest.raises(DraftError, match=f"chỉ đạo số 1, trường {key}: thiếu trường bắt buộc"):
        parse_draft(json.dumps(draft), "a.json", REGISTRY)


def test_an_unknown_agency_comes_with_candidates() -> None:
    draft = smallest()
    draft["directives"][0]["lead"] = ["Sở Nông nghiêp và Phát triển nông thôn huyện"]
    with pytest.raises(DraftError, match="Có thể là: “Sở Nông nghiệp và Phát triển nông thôn”"):
        parse_draft(json.dumps(draft), "a.json", REGISTRY)


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe{", b"[1]", b"[" * 100_000, b"1" * 5_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(DraftError, match="a.json"):
        parse_draft(data, "a.json", REGISTRY)


def test_every_key_is_documented() -> None:
    page = (ROOT.parent / "docs" / "draft-json.md").read_text(encoding="utf-8")
    forms = [
        value
        for value in vars(draft_form).values()
        if isinstance(value, type)
        and issubclass(value, BaseModel)
        and value.__module__ == draft_form.__name__
    ]
    keys = {name for form in forms for name in form.model_fields}
    assert len(keys) > 20
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
