"""Settings of one installation: environment (``DONDOC_...``) over ``dondoc.toml`` over defaults."""

from functools import cache
from pathlib import Path
from tomllib import TOMLDecodeError

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


class Settings(BaseSettings):
    """Everything that differs between two offices running the same code. No secret has a default."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", toml_file="dondoc.toml", extra="ignore")

    database_url: str = Field(default=f"sqlite:///{VAR / 'dondoc.db'}", repr=False)
    base_url: str = "http://127.0.0.1:8000"  # how a reader of a letter reaches the pages
    mail_domain: str = "dondoc.example"  # right side of our Message-IDs
    letters_folder: Path = VAR / "letters"  # where the folder channel writes .eml files
    evidence_folder: Path = VAR / "evidence"  # files handed in with reports; belongs in the backup
    witness_folder: Path | None = None  # what left the building; None: "sent" beside the database, or in VAR

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_security: str = Field(default="none", pattern="^(none|starttls|tls)$")
    smtp_from: str = "Đôn Đốc <don-doc@dondoc.example>"
    smtp_timeout: float = 20.0  # seconds

    zalo_api: str = "https://openapi.zalo.me"
    zalo_access_token: SecretStr | None = None
    zalo_timeout: float = 10.0  # seconds

    sweep_every_seconds: int | None = Field(default=None, ge=1)  # for tests: instead of all cron schedules

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
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


@cache
def get_settings() -> Settings:
    """The settings of this process, read once; tests call ``get_settings.cache_clear()``.

    Raises ConfigError, which names the setting and never repeats its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(f"DONDOC_{str(item['loc'][0]).upper()}" for item in error.errors())
        raise ConfigError(f"Cấu hình có giá trị không hợp lệ: {names} (xem docs/settings.md).") from None
    except TOMLDecodeError as error:
        raise ConfigError(f"Tệp dondoc.toml sai cú pháp: {error}.") from None
