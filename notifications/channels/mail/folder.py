"""``emlfolder://user@domain``: each letter becomes one .eml file. For trials, demos and closed networks."""

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from pathlib import Path

from config.files.private_files import private_folder
from config.settings import get_settings
from notifications.channels.frame.base import plugin_of
from notifications.channels.mail.eml import address_of
from notifications.channels.mail.mail import MailboxChannel
from notifications.channels.mail.smtp_answers import unwritable
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from rules.installation.machine_troubles import system_words
from rules.letter_words import OutcomeClass

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]{0,180}")


@plugin_of("emlfolder")
class EmlFolder(MailboxChannel):
    """Writes the letter that ``smtpmail`` would send into ``settings.letters_folder``."""

    service_name = "Thư mục"

    def deliver(self, target: str, parcel: Parcel) -> Outcome:
        """SAVED, with code "exists" if this letter is there already. Any trouble of the disk: TRY_AGAIN."""
        settings = get_settings()
        path = settings.letters_folder / file_name(parcel.message_id, target if len(self.targets) > 1 else "")
        try:
            address_of(settings.smtp_from)
        except ValueError:
            return _trouble("sender", "Cần kiểm tra cấu hình: địa chỉ người gửi không hợp lệ")
        try:
            if path.exists() and not path.is_symlink():
                return _saved("exists", path)
            data = self.composed(target, parcel, settings.smtp_from)
            private_folder(path.parent)
            return _saved("written" if _put(path, data) else "exists", path)
        except ValueError:
            return unwritable()
        except OSError as error:
            code = errno.errorcode.get(error.errno or 0, "disk")
            return _trouble(code, f"Không ghi được vào thư mục lưu thư ({system_words(error)})")


def file_name(message_id: str, target: str = "") -> str:
    """The name a letter is kept under: its Message-ID, with a digest where that alone is unfit or not enough.

    ``target`` tells apart the letters of one address with several targets.
    """
    bare = message_id.strip().strip("<>")
    if not target and _SAFE.fullmatch(bare):
        return f"{bare}.eml"
    digest = hashlib.sha256(f"{bare}\n{target}".encode()).hexdigest()[:16]
    return re.sub(r"[^A-Za-z0-9@._+-]", "_", bare).lstrip(".")[:120] + f"-{digest}.eml"


def _put(path: Path, data: bytes) -> bool:
    """Write beside, then link: no reader sees half a letter, no second writer replaces it. False if there."""
    handle, name = tempfile.mkstemp(suffix=".part", prefix=".", dir=path.parent)
    beside = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        return _name_it(beside, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def _name_it(beside: Path, path: Path) -> bool:
    try:
        os.link(beside, path)
    except FileExistsError:
        if not path.is_symlink():
            return False
        beside.replace(path)  # no letter of ours, wherever it points: the name is taken back
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        beside.rename(path)  # no hard links here (FAT, some network shares)
    return True


def _saved(code: str, path: Path) -> Outcome:
    """In the folder, which is not yet with the reader."""
    return Outcome(OutcomeClass.SAVED, code, f"Đã lưu thành tệp {path.name}", path.name)


def _trouble(code: str, text: str) -> Outcome:
    """No other letter would fare better."""
    return Outcome(OutcomeClass.TRY_AGAIN, code, text, trouble=Trouble.CHANNEL)
