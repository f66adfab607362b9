"""Settings of one installation: environment (``DONDOC_...``) over ``dondoc.toml`` over defaults.

Which ``dondoc.toml`` that is, ``config/home.py`` says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config import setting_checks as check
from config.files.errors import ConfigError
from config.files.shown import MOST_SHOWN, shown_key, shown_path
from config.files.toml_source import toml_values
from config.home import settings_file
from rules.outbox.channels import OUR_CHANNELS
from rules.people.seat_roles import SeatRole

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
_MOST_UNKNOWN = 5  # keys of that file named at once


@dataclass(frozen=True, slots=True)
class _Expected:
    """In a setting's type: what to say where pydantic would speak English, and quote the value."""

    words: str


def _unset_if_blank(value: Any) -> Any:
    """``DONDOC_SMTP_USERNAME=`` in a file of variables says that there is none."""
    return None if isinstance(value, str) and not value.strip() else value


def _given(rule: Callable[[str], str]) -> AfterValidator:
    """``rule`` for a setting that may be left out, and may be a secret."""

    def checked(value: str | SecretStr | None) -> str | SecretStr | None:
        if value is not None:
            rule(value.get_secret_value() if isinstance(value, SecretStr) else value)
        return value

    return AfterValidator(checked)


_Blank = BeforeValidator(_unset_if_blank)
_Filled = BeforeValidator(lambda value: check.not_blank(value) if isinstance(value, str) else value)
_Seconds = Annotated[
    float,
    Field(gt=0, le=check.LONGEST_WAIT, allow_inf_nan=False),
    _Expected("phải là số giây lớn hơn 0, không quá một ngày"),
]
_Folder = Annotated[Path, AfterValidator(check.folder), _Filled]
_WebAddress = Annotated[str, AfterValidator(check.web_address)]
#: Several words: a list in the file, and in a variable divided by commas.
_Word = Annotated[str, Field(max_length=check.LONGEST)]
_Words = Annotated[tuple[_Word, ...], Field(max_length=1_000), NoDecode, BeforeValidator(check.words)]

_Schemas = Annotated[
    _Words, AfterValidator(check.schemas), _Expected("phải là danh sách tên kênh, ví dụ smtpmail, zalooa")
]
_Inside = Annotated[
    _Words,
    AfterValidator(check.inside),
    _Expected("phải là danh sách mạng, địa chỉ IP hoặc tên máy, ví dụ 10.1.2.0/24"),
]
_Proxies = Annotated[
    _Words,
    AfterValidator(check.proxies),
    _Expected("phải là danh sách địa chỉ IP hoặc mạng, ví dụ 127.0.0.1, 10.1.2.0/24"),
]
_Hosts = Annotated[
    _Words,
    AfterValidator(check.hosts),
    _Expected("phải là danh sách tên máy chủ hoặc địa chỉ IP, ví dụ dondoc.example, 10.1.2.3"),
]
_YesOrNo = Annotated[bool, _Expected("phải là true hoặc false")]
_Security = Annotated[
    str, Field(pattern="^(none|starttls|tls)$"), _Expected("phải là none, starttls hoặc tls")
]
_LettersTo = Annotated[
    str, Field(pattern="^(office|person|both)$"), _Expected("phải là office, person hoặc both")
]
_Port = Annotated[int, Field(ge=1, le=65_535), _Expected("phải là số nguyên từ 1 đến 65535")]
_Roles = Annotated[
    _Words,
    AfterValidator(check.roles),
    _Expected("phải là danh sách vị trí, ví dụ admin, secretary, head"),
]
_IdleHours = Annotated[int, Field(ge=1, le=72), _Expected("phải là số giờ từ 1 đến 72")]
_SignInDays = Annotated[int, Field(ge=1, le=90), _Expected("phải là số ngày từ 1 đến 90")]
_LinkMinutes = Annotated[int, Field(ge=5, le=1_440), _Expected("phải là số phút từ 5 đến 1440")]
_Invitation = Annotated[int, Field(ge=1, le=30), _Expected("phải là số ngày từ 1 đến 30")]
_TrustDays = Annotated[int, Field(ge=1, le=365), _Expected("phải là số ngày từ 1 đến 365")]
_Leap = Annotated[int, Field(ge=1, le=366), _Expected("phải là số ngày từ 1 đến 366")]
_YesNo = Annotated[bool, _Expected("phải là true hoặc false")]
_Interval = Annotated[
    Annotated[int, Field(ge=1, le=86_400)] | None, _Expected("phải là số giây nguyên từ 1 đến 86400")
]


class Settings(BaseSettings):
    """Everything that differs between two offices running the same code. No secret has a default."""

    model_config = SettingsConfigDict(
        env_prefix="DONDOC_",
        extra="forbid",
        validate_default=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, _Filled] = Field(default=f"sqlite:///{VAR / 'dondoc.db'}", repr=False)
    base_url: _WebAddress = "http://127.0.0.1:8000"  # how a reader of a letter reaches the pages
    admin_contact: Annotated[str | None, _Blank, _given(check.one_line)] = None  # who runs this installation
    #: Who may come to the pages from beyond this machine: proxies that are believed, names that we answer to.
    trusted_proxies: _Proxies = ()
    hosts: _Hosts = ()
    plain_lan: _YesOrNo = False  # without https, from a network that the office vouches for
    mail_domain: Annotated[str, AfterValidator(check.domain)] = "dondoc.example"  # of our Message-IDs
    documents_open: _YesNo = True  # whole papers for every body that they are addressed to
    letters_folder: _Folder = VAR / "letters"  # where the folder channel writes .eml files
    evidence_folder: _Folder = VAR / "evidence"  # files handed in with reports; belongs in the backup
    #: What left the building; None: the folder "sent" beside an SQLite database, or in VAR.
    witness_folder: Annotated[_Folder | None, _Blank] = None

    #: What the addresses of the register may be: schemas, and networks or hosts inside that are allowed.
    address_schemas: _Schemas = tuple(OUR_CHANNELS)
    address_inside: _Inside = ()

    letters_to: _LettersTo = "both"  # to the office's mailbox, to whoever sits there, or to both

    smtp_host: Annotated[str, AfterValidator(check.host)] = "127.0.0.1"
    smtp_port: _Port = 25
    smtp_username: Annotated[str | None, _Blank, _given(check.credential)] = None
    smtp_password: Annotated[SecretStr | None, _Blank, _given(check.credential)] = None
    smtp_security: _Security = "none"
    smtp_from: Annotated[str, AfterValidator(check.sender)] = "Đôn Đốc <don-doc@dondoc.example>"
    smtp_timeout: _Seconds = 20.0

    zalo_api: _WebAddress = "https://openapi.zalo.me"
    zalo_access_token: Annotated[SecretStr | None, _Blank, _given(check.token)] = None
    zalo_timeout: _Seconds = 10.0

    #: How long a sign-in stands unused, and at all; a mailed link; an invitation; a trusted browser.
    sign_in_idle_hours: _IdleHours = 8
    sign_in_days: _SignInDays = 7
    sign_in_link_minutes: _LinkMinutes = 20
    invitation_days: _Invitation = 7
    trusted_device_days: _TrustDays = 30
    #: Seats that need a second factor always, and on a browser that is not trusted.
    second_factor_always: _Roles = (SeatRole.ADMIN, SeatRole.SECRETARY)
    second_factor_new_device: _Roles = (SeatRole.HEAD, SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)

    #: The province's own server of sign-ins (OpenID Connect); None: there is none.
    oidc_issuer: Annotated[str | None, _Blank, _given(check.issuer)] = None
    oidc_client_id: Annotated[str | None, _Blank, _given(check.token)] = None
    oidc_client_secret: Annotated[SecretStr | None, _Blank, _given(check.token)] = None

    #: How many days after the last day followed the machine's clock is still believed without a question.
    clock_leap_days: _Leap = 15
    #: For tests: instead of all cron schedules.
    sweep_every_seconds: _Interval = None

    @field_validator("*", mode="before")
    @classmethod
    def _writable(cls, value: Any) -> Any:
        return check.writable(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _can_log_in(self) -> Self:
        if self.smtp_username and self.smtp_password is None:
            raise _contradiction("smtp_password", "có tên đăng nhập nhưng chưa có mật khẩu")
        if self.smtp_username and self.smtp_security == "none" and not check.is_loopback(self.smtp_host):
            text = "không gửi mật khẩu qua kết nối chưa mã hoá; hãy dùng starttls hoặc tls"
            raise _contradiction("smtp_security", text)
        return self

    @model_validator(mode="after")
    def _is_known_to_the_province(self) -> Self:
        if self.oidc_issuer and self.oidc_client_id is None:
            raise _contradiction("oidc_client_id", "có máy chủ đăng nhập của tỉnh nhưng chưa có mã ứng dụng")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, then the TOML file."""
        return (init_settings, env_settings, InitSettingsSource(settings_cls, toml_values(settings_file())))


def _contradiction(setting: str, text: str) -> PydanticCustomError:
    """Two settings that cannot work together; ``setting`` is the one to look at first."""
    return PydanticCustomError("contradiction", "{text}", {"setting": setting, "text": text})


@cache
def get_settings() -> Settings:
    """The settings of this process, read once; tests call ``get_settings.cache_clear()``.

    Raises ConfigError, which names the setting and never repeats its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        said = "; ".join(map(_named, _first(error.errors(include_url=False, include_input=False))))
        raise ConfigError(f"Cấu hình có giá trị không hợp lệ: {said} (xem docs/settings.md).") from None


def _first(items: list[ErrorDetails]) -> list[ErrorDetails]:
    """All faults of settings; of keys that no setting has, which may be thousands, the first few."""
    unknown = [item for item in items if item["type"] == "extra_forbidden"]
    return [item for item in items if item["type"] != "extra_forbidden"] + unknown[:_MOST_UNKNOWN]


def _named(item: ErrorDetails) -> str:
    """The variable, and what is wrong with it in our own words."""
    if item["type"] == "extra_forbidden":
        return _unknown(str(item["loc"][0]))
    told = item.get("ctx", {})
    setting = str(item["loc"][0] if item["loc"] else told["setting"])
    ours = told.get("error") if item["type"] == "value_error" else told.get("text")
    text = str(ours) if ours else _expected(setting)
    return f"DONDOC_{setting.upper()}: {text}" if text else f"DONDOC_{setting.upper()}"


def _expected(setting: str) -> str:
    """The words of its type, or "" where only a check of ours refuses, which speaks for itself."""
    said = (one.words for one in Settings.model_fields[setting].metadata if isinstance(one, _Expected))
    return next(said, "")


def _unknown(key: str) -> str:
    """A key of ``dondoc.toml`` that no setting has, and the one that may be meant."""
    near = get_close_matches(key[:MOST_SHOWN].lower().removeprefix("dondoc_"), Settings.model_fields, n=1)
    meant = f" (có phải «{near[0]}»?)" if near else ""
    return f"tệp {shown_path(settings_file())} có khóa không được biết đến «{shown_key(key)}»{meant}"
