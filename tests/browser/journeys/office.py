"""The office of the journeys: its pages on loopback, its people, and a mail server that its letters reach."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

import pyotp
import uvicorn
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from config.act import by_clock
from flows.actions.follow_up.tick import send_letters
from flows.actions.installation.instant import present, shown_now
from flows.actions.office import this_office
from flows.actions.people.persons import NewPerson, add_person
from flows.actions.people.seats import NewSeat, seat_person
from flows.actions.sign_in.passwords import set_password
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import open_sign_in, renew, sign_in_of
from flows.cli import app
from flows.terminal.page_server import serving
from models.db import reading
from notifications.sandbox.smtp_sink import Received, SmtpSink
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import SignInWay
from rules.vocabulary import Actor
from tests.cast import act
from tests.office_people import SINCE
from tests.web.conftest import NOW
from tests.web.sign_in.entered import telephone
from web.app import create_app

PASSWORD = "thuyền ra khơi lúc năm giờ"
_LINK = re.compile(r"https?://\S+/lien-ket/[\w-]+")


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, with a telephone if ``totp`` is one."""

    id: int
    name: str
    email: str
    totp: pyotp.TOTP | None = None
    recovery: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """A code that was not used when the telephone was set up."""
        assert self.totp is not None
        return self.totp.at(shown_now(), counter_offset=1)


@dataclass(frozen=True, slots=True)
class JourneyOffice:
    """An office that has issued the sample; ``engine`` is its database from beside the pages."""

    engine: Engine
    address: str
    sink: SmtpSink

    def on_terminal(self, *words: str) -> str:
        """What a command prints."""
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == 0, result.output
        return result.stdout

    def account(
        self, name: str, role: SeatRole, body: str | None, mailbox: str, with_telephone: bool = False
    ) -> Account:
        """A person who sits there and has a password already."""
        ours, email = act(Actor.SECRETARIAT, NOW), f"{mailbox}@soctrang.example"
        key = add_person(self.engine, NewPerson(name, email), ours)
        seat_person(self.engine, key, NewSeat(role, body, SINCE), ours)
        set_password(self.engine, key, PASSWORD, NOW)
        return Account(key, name, email, *(telephone(self.engine, key) if with_telephone else ()))

    def let_in(self, page: Any, who: Account, path: str) -> None:
        """``path`` in a browser in which that one has signed in, with a second factor if there is one."""
        now = present(self.engine)
        token = open_sign_in(self.engine, who.id, SignInWay.PASSWORD, CameFrom("127.0.0.1", "Chrome/1"), now)
        if who.totp is not None:
            with reading(self.engine) as session:
                standing = sign_in_of(session, token, now)
            assert standing is not None
            token = renew(self.engine, standing.id, now, second=True)
        page.context.add_cookies([{"name": "dondoc", "value": token, "url": self.address}])
        page.goto(f"{self.address}{path}")

    def letters_to(self, email: str) -> list[Received]:
        """All that has arrived in that mailbox, after what waits has been sent."""
        send_letters(self.engine, by_clock(present(self.engine), this_office()))
        return [one for one in self.sink.messages if one.recipients == (email,)]

    def mailed_link(self, email: str) -> str:
        """The one link of the newest letter there that has one, the same in both forms of it."""
        found = [links for letter in self.letters_to(email) if (links := _links(letter))]
        [plain], [html] = found[-1]
        assert plain == html
        return str(plain)


def _links(letter: Received) -> list[list[str]]:
    """Those of the plain form and of HTML; nothing where there is none."""
    bodies = [letter.message.get_body((form,)) for form in ("plain", "html")]
    found = [_LINK.findall(body.get_content()) for body in bodies if body is not None]
    return found if any(found) else []


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket on a port that the system picks."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as found:
        yield found


@contextmanager
def served_here(engine: Engine, line: socket.socket) -> Iterator[None]:
    """The pages of ``engine`` on ``line``, by uvicorn as ``dondoc serve`` asks for it, on a thread."""
    options = {**serving(0), "app": create_app(engine, this_office()), "factory": False, "log_config": None}
    server = uvicorn.Server(uvicorn.Config(**options))  # type: ignore[arg-type]
    thread = Thread(target=server.run, kwargs={"sockets": [line]}, daemon=True)
    thread.start()
    yield
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
