"""The demo's stage: a fresh database, a mail server and a Zalo of its own, all on loopback."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from config.agencies import RegisterFile, load_register
from config.files.private_files import private_folder
from config.settings import VAR, get_settings
from flows.actions.installation.own_time import give_own_time
from flows.actions.people.import_register import import_register
from models.db import migrate, open_database
from notifications.sandbox.smtp_sink import SmtpSink
from notifications.sandbox.zalo_fake import ZaloFake

FOLDER = VAR / "demo"
TOKEN = "demo-access-token"  # the fake of Zalo accepts no other


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the story plays on."""

    engine: Engine
    smtp: SmtpSink
    zalo: ZaloFake
    letters: Path


@contextmanager
def stage(port: int, folder: Path = FOLDER) -> Iterator[Stage]:
    """Build the stage in ``folder`` (emptied first) and point this process's settings at it."""
    shutil.rmtree(folder, ignore_errors=True)
    letters = folder / "letters"
    os.environ.pop("DONDOC_HOME", None)  # the story is told under what ships, whatever office is here
    register = load_register()
    with SmtpSink() as smtp, ZaloFake(TOKEN, _zalo_users(register)) as zalo:
        os.environ |= {
            "DONDOC_DATABASE_URL": f"sqlite:///{folder / 'dondoc.db'}",
            "DONDOC_BASE_URL": f"http://127.0.0.1:{port}",
            "DONDOC_LETTERS_FOLDER": str(letters / "thu-muc"),
            "DONDOC_EVIDENCE_FOLDER": str(folder / "evidence"),
            "DONDOC_SMTP_HOST": smtp.host,
            "DONDOC_SMTP_PORT": str(smtp.port),
            "DONDOC_ZALO_API": zalo.api,
            "DONDOC_ZALO_ACCESS_TOKEN": TOKEN,
            "PREFECT_HOME": str(folder / "prefect"),
        }
        get_settings.cache_clear()
        migrate(get_settings().database_url)
        engine = open_database(get_settings().database_url)
        give_own_time(engine)
        import_register(engine, register)
        yield Stage(engine, smtp, zalo, letters)
        engine.dispose()


def keep_letters(on: Stage) -> None:
    """Put what the mail server and Zalo received beside the folder channel's letters."""
    mail, chat = on.letters / "smtp", on.letters / "zalo"
    private_folder(mail)
    private_folder(chat)
    for number, received in enumerate(on.smtp.messages, start=1):
        (mail / f"{number:04d}.eml").write_bytes(received.raw)
    for number, message in enumerate(on.zalo.messages, start=1):
        (chat / f"{number:04d}.txt").write_text(f"{message.user_id}\n\n{message.text}\n", encoding="utf-8")


def _zalo_users(register: RegisterFile) -> list[str]:
    urls = [url for contact in register.contacts for url in contact.addresses]
    return [url.rsplit("/", 1)[1] for url in urls if url.startswith("zalooa://")]
