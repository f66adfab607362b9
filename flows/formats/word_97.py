"""An old Word file (.doc, .rtf) -> a .docx, by LibreOffice when the machine has it.

LibreOffice gets a profile of its own that forbids macros and links to the outside, a limit of time and
of memory, and the machine to itself: one conversion at a time.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from filelock import Timeout

from flows.formats.compound_file import MAGIC, check_compound
from flows.formats.content import SAVE_AS, DocumentError, Progress
from flows.formats.rtf_text import check_rtf
from flows.formats.turns import turn

_SECONDS = 90
_WAIT_SECONDS = 120
#: Of data, not address space: LibreOffice takes 170 MB of it for 200 pages; a short .rtf can ask for 3 GB.
_KILOBYTES = 178_000
_PROCESSOR_SECONDS = 60
_BLOCKS_WRITTEN = 120_000  # of 512 bytes: what a .docx may be once it is unpacked
_FILTER = "docx:MS Word 2007 XML"
#: The soft limits of whoever reads are its own, not this program's; a harder one than ours stays.
_LIMITED = (
    'for kind in t v; do ulimit -S -$kind "$(ulimit -H -$kind)"; done; '
    f"ulimit -t {_PROCESSOR_SECONDS} 2>/dev/null || :; "
    f'ulimit -f {_BLOCKS_WRITTEN} && ulimit -d "$0" && exec "$@"'
)
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
)


def as_docx(name: str, data: bytes, progress: Progress) -> bytes:
    """The same document as .docx. Raises DocumentError, naming the file."""
    if data.startswith(MAGIC):
        check_compound(name, data)
    else:
        check_rtf(name, data)
    if shutil.which("soffice") is None:
        raise DocumentError(
            f"Tệp “{name}” là định dạng Word cũ (.doc), máy chủ chưa có phần mềm chuyển đổi. {SAVE_AS}"
        )
    try:
        with (
            turn("soffice", _WAIT_SECONDS, lambda: progress("Đang chờ chuyển đổi xong tệp khác", 0.0)),
            tempfile.TemporaryDirectory(prefix="dondoc-") as folder,
        ):
            progress("Đang chuyển đổi tệp Word cũ (.doc)", 0.0)
            converted = _convert(data, Path(folder))
    except Timeout as error:
        raise DocumentError(f"Tệp “{name}”: máy chủ đang chuyển đổi tệp khác, hãy thử lại sau.") from error
    if converted is None:
        raise DocumentError(
            f"Tệp “{name}” bị hỏng, quá lớn hoặc được đặt mật khẩu, không chuyển đổi được. {SAVE_AS}"
        )
    progress("Đã chuyển đổi tệp Word cũ", 1.0)
    return converted


def _convert(data: bytes, folder: Path) -> bytes | None:
    source, profile = folder / "tep.doc", folder / "profile"
    source.write_bytes(data)
    _forbid(profile)
    command = [
        "soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", _FILTER, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    if not _runs_through(command, folder):
        return None
    made = folder / "out" / "tep.docx"
    return made.read_bytes() if made.is_file() else None


def _forbid(profile: Path) -> None:
    settings = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{settings}</oor:items>',
        encoding="utf-8",
    )


def _runs_through(command: list[str], home: Path) -> bool:
    """Whether it ended well in time; with it dies everything it started."""
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "HOME": str(home)}
    limited = ["sh", "-c", _LIMITED, str(_KILOBYTES), *command]
    process = subprocess.Popen(
        limited, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    )
    try:
        return process.wait(_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
