"""Load the register of bodies and contacts from YAML, and refuse it with a clear message.

Every message is Vietnamese and names the file, the line and the field, because the person who
edits the register is an official of the secretariat and not a programmer.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from config.files.days import Day
from config.files.errors import ConfigError
from config.files.setting_file import MEGABYTE, text_of
from config.files.shown import shown_key, shown_path
from config.files.yaml_lines import Yaml
from config.files.yaml_source import data_of
from config.home import chosen
from config.register.places import Place, SourceFile
from config.register.twins import twins
from rules.outbox.address_spelling import WrongAddress, normalised
from rules.people.bodies import LONGEST_ID, Body, Membership, Succession

SHIPPED_REGISTER = Path(__file__).with_name("agencies.yaml")

#: Some 40 times the register of a whole province.
MOST_BYTES = 8 * MEGABYTE

MOST_ADDRESSES = 20  # of one contact

ContactRole = Literal["van-thu", "lanh-dao", "chuyen-vien"]


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """Whom to write to at a body; ``addresses`` are Apprise URLs in the order to be tried.

    ``source`` and ``ordinal`` (from 0) tell where it stands in a file, for error messages.
    """

    body_id: str
    role: ContactRole
    label: str
    addresses: tuple[str, ...]
    source: SourceFile | None = field(default=None, compare=False, repr=False, kw_only=True)
    ordinal: int = field(default=0, compare=False, repr=False, kw_only=True)

    def where(self, *part: str | int) -> str:
        """Where it, or a part of it ("addresses", 1), stands: in its file, or whose it is."""
        if self.source is not None:
            return self.source.where(("contacts", self.ordinal, *part))
        position = f", địa chỉ thứ {part[1] + 1}" if part[1:] and isinstance(part[1], int) else ""
        return f"Đầu mối «{self.label}» ({self.role}) của cơ quan {self.body_id}{position}"


@dataclass(frozen=True, slots=True)
class CommitteeEntry:
    """The committee served here: ids of bodies of the register."""

    body: str
    chair: str
    standing_agency: str
    upper: str
    secretariat: str


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A whole register file, checked."""

    bodies: tuple[Body, ...]
    contacts: tuple[ContactEntry, ...]
    committee: CommitteeEntry


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=2_000)


def _on_one_line(value: str) -> str:
    """A name with a line's end in it would write further lines into letters and lists."""
    if "\n" in (name := value.strip("\n")):
        raise ValueError("phải viết trên một dòng")
    return name


Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\w"), AfterValidator(_on_one_line)]


class _SuccessionForm(_Strict):
    to: str
    on: Day | None = None
    legal_basis: str | None = None


class _MemberForm(_Strict):
    id: str
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class _BodyForm(_Strict):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=LONGEST_ID)
    name: Name
    kind: Name
    aliases: list[Name] = Field(default=[], max_length=500)
    valid_from: Day | None = None
    valid_to: Day | None = None
    successions: list[_SuccessionForm] = Field(default=[], max_length=100)
    members: list[str | _MemberForm] = Field(default=[], max_length=5_000)
    vague: bool = False
    represents: str | None = None
    note: str | None = None


class _ContactForm(_Strict):
    body: str
    role: ContactRole
    label: Name
    addresses: list[str] = Field(min_length=1, max_length=MOST_ADDRESSES)


class _CommitteeForm(_Strict):
    body: str
    chair: str
    standing_agency: str
    upper: str
    secretariat: str


class _RegisterForm(_Strict):
    committee: _CommitteeForm
    bodies: list[_BodyForm] = Field(min_length=1, max_length=20_000)
    contacts: list[_ContactForm] = Field(default=[], max_length=50_000)


def load_register(path: Path | None = None) -> RegisterFile:
    """Read and check a register file; None reads that of the office's own folder, else the shipped one.

    Addresses come in the one spelling in which they are kept (``rules/outbox/address_spelling.py``); whether
    a plugin takes them is told when the register is imported. Raises ConfigError (message in Vietnamese,
    with file, line and field) if the file cannot be used.
    """
    file = path or chosen(SHIPPED_REGISTER)
    source = SourceFile(file, text_of(file, MOST_BYTES))
    data = _parse(source)
    wrong = _wrong_addresses(data)
    try:
        form = _RegisterForm.model_validate(data)
    except ValidationError as error:
        raise source.error([*_validation_faults(error), *wrong]) from error
    as_shipped = path is None and file == SHIPPED_REGISTER
    alike = [] if as_shipped else twins(form.bodies, source)  # a test looks at the shipped one
    if faults := [*_wrong_references(form), *wrong, *alike]:
        raise source.error(faults)
    return RegisterFile(
        bodies=tuple(_body(entry) for entry in form.bodies),
        contacts=tuple(_contact(entry, source, n) for n, entry in enumerate(form.contacts)),
        committee=CommitteeEntry(**form.committee.model_dump()),
    )


def _parse(source: SourceFile) -> dict[str, Yaml]:
    data = data_of(source.text, source.path)
    if not isinstance(data, dict):
        place = f"Tệp {shown_path(source.path)}, dòng 1"
        raise ConfigError(f"{place}: cần các mục committee, bodies và contacts ở ngoài cùng.")
    return data


_FIELD_PROBLEMS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "trường không có trong mẫu, hãy xóa hoặc sửa tên trường",
    "string_type": "phải là chữ",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "too_long": "danh sách quá dài, nhiều nhất {max_length} phần tử",
    "string_pattern_mismatch": "chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối",
    "too_short": "phải có ít nhất một phần tử",
    "list_type": "phải là danh sách",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "literal_error": "chỉ nhận một trong các giá trị: van-thu, lanh-dao, chuyen-vien",
    "model_type": "phải là một mục gồm các trường con",
}


def _problem(item: ErrorDetails) -> str:
    if item["type"] == "string_pattern_mismatch" and item["loc"][-1] != "id":
        return "phải có chữ hoặc chữ số"
    if item["type"] == "value_error":  # our own
        return item["msg"].removeprefix("Value error, ")
    return _FIELD_PROBLEMS.get(item["type"], "giá trị không hợp lệ").format_map(item.get("ctx", {}))


def _validation_faults(error: ValidationError) -> list[tuple[Place, str]]:
    return [
        (tuple(part for part in item["loc"] if part not in ("str", "_MemberForm")), _problem(item))
        for item in error.errors(include_url=False)
    ]


def _wrong_addresses(data: dict[str, Yaml]) -> list[tuple[Place, str]]:
    """Whatever stands where an address should be and cannot be one; the forms tell what is no text."""
    found: list[tuple[Place, str]] = []
    for index, contact in enumerate(_items(data.get("contacts"))):
        addresses = contact.get("addresses") if isinstance(contact, dict) else None
        for number, address in enumerate(_items(addresses)[:MOST_ADDRESSES]):
            try:
                if isinstance(address, str):
                    normalised(address)
            except WrongAddress as error:
                found.append((("contacts", index, "addresses", number), str(error)))
    return found


def _items(value: Yaml) -> list[Yaml]:
    return value if isinstance(value, list) else []


def _wrong_references(form: _RegisterForm) -> list[tuple[Place, str]]:
    known: set[str] = set()
    faults: list[tuple[Place, str]] = []
    for index, entry in enumerate(form.bodies):
        if entry.id in known:
            faults.append((("bodies", index, "id"), f"mã cơ quan “{shown_key(entry.id)}” bị trùng"))
        known.add(entry.id)
        if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
            faults.append((("bodies", index, "valid_to"), "ngày hết hiệu lực trước ngày bắt đầu"))
    return faults + [
        (place, f"mã cơ quan “{shown_key(name)}” không có trong danh mục")
        for place, name in _references(form)
        if name not in known
    ]


def _references(form: _RegisterForm) -> list[tuple[Place, str]]:
    """Every place of the file that names a body, with the name."""
    found: list[tuple[Place, str]] = []
    for index, entry in enumerate(form.bodies):
        at = ("bodies", index)
        found += [((*at, "successions", i, "to"), s.to) for i, s in enumerate(entry.successions)]
        found += [
            ((*at, "members", i), m if isinstance(m, str) else m.id) for i, m in enumerate(entry.members)
        ]
        if entry.represents is not None:
            found.append(((*at, "represents"), entry.represents))
    found += [(("contacts", i, "body"), contact.body) for i, contact in enumerate(form.contacts)]
    found += [(("committee", field), str(name)) for field, name in form.committee.model_dump().items()]
    return found


def _contact(entry: _ContactForm, source: SourceFile, ordinal: int) -> ContactEntry:
    addresses = tuple(map(normalised, entry.addresses))
    return ContactEntry(entry.body, entry.role, entry.label, addresses, source=source, ordinal=ordinal)


def _body(entry: _BodyForm) -> Body:
    return Body(
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        aliases=tuple(entry.aliases),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        successions=tuple(Succession(s.to, s.on, s.legal_basis) for s in entry.successions),
        members=tuple(
            Membership(m) if isinstance(m, str) else Membership(m.id, m.from_, m.to) for m in entry.members
        ),
        vague=entry.vague,
        represents=entry.represents,
        note=entry.note,
    )
