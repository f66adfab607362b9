"""What is wrong with Prefect's settings, folder or server, said in a sentence: ``python -m flows`` shows it.

Nothing here imports Prefect: it is asked before Prefect is, and about what Prefect has raised. A value of a
setting is never repeated: PREFECT_API_KEY is one of them.
"""

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from types import TracebackType

from pydantic import ValidationError

from config.files.private_files import private_folder
from config.setting_checks import web_address
from flows.terminal.troubles import trouble_of
from rules.refusal import Refusal

WRONG_PASSWORD = (
    "Máy chủ Prefect không nhận mật khẩu: hãy đặt PREFECT_API_AUTH_STRING bằng đúng giá trị "
    "PREFECT_SERVER_API_AUTH_STRING của máy chủ."
)
_THEIRS = ("prefect", "httpx", "httpcore", "fastmcp", "uvicorn")


@contextmanager
def prefect_troubles() -> Iterator[None]:
    """Turn what the user can mend into a Refusal; a fault of ours goes on as it is."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        said = trouble_of(error) or _of_settings(error) or _of_prefect(error)
        if said is None:
            raise
        raise Refusal(said) from None


def look_at_settings(environment: MutableMapping[str, str]) -> None:
    """What Prefect would meet with a traceback later, often in another process. Raises Refusal, OSError."""
    home = Path(environment["PREFECT_HOME"])
    private_folder(home)
    if not os.access(home, os.W_OK):
        raise Refusal(f"PREFECT_HOME: không ghi được vào thư mục «{home}».")
    if url := environment.get("PREFECT_API_URL", "").strip():
        try:
            web_address(url)
        except ValueError as error:
            raise Refusal(f"PREFECT_API_URL: {error}.") from None
    else:
        environment.pop("PREFECT_API_URL", None)  # blank says that there is none


def _of_settings(error: Exception) -> str | None:
    """Ours come as a ConfigError, so pydantic speaks of Prefect's."""
    if not isinstance(error, ValidationError):
        return None
    names = sorted({".".join(map(str, one["loc"])) for one in error.errors(include_input=False)})
    return f"Cấu hình của Prefect (các biến PREFECT_...) có giá trị không hợp lệ: {', '.join(names)}."


def _of_prefect(error: Exception) -> str | None:
    """A server that is away or answers nonsense, or settings that Prefect finds no words for."""
    if not any(name.partition(".")[0] in _THEIRS for name in _modules(error.__traceback__)):
        return None
    kind = type(error).__name__
    if getattr(getattr(error, "response", None), "status_code", None) == HTTPStatus.UNAUTHORIZED:
        return WRONG_PASSWORD
    return f"Prefect không làm được ({kind}): hãy xem PREFECT_API_URL và các biến PREFECT_... khác."


def _modules(trace: TracebackType | None) -> Iterator[str]:
    """From where it was raised: the module of each frame below the last one of ours."""
    names = []
    while trace is not None:
        names.append(str(trace.tb_frame.f_globals.get("__name__", "")))
        trace = trace.tb_next
    for name in reversed(names):
        if name.partition(".")[0] in ("flows", "models", "notifications", "config", "rules"):
            return
        yield name
