"""A letter never reaches this machine or the office's networks by an address that others wrote."""

import gzip
import http.server
import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.agencies import ContactEntry
from config.files.errors import ConfigError
from config.settings import get_settings
from flows.actions.people.register_contacts import checked_contacts
from notifications.channels import registry
from notifications.channels.stock import outward
from notifications.channels.stock.bounded_answers import MOST_CONTENT
from notifications.outbox.parcel import Letter, Outcome, Parcel
from rules.letter_words import OutcomeClass
from rules.outbox.inside_addresses import Permitted

NOBODY = Permitted()
LETTER = Parcel(Letter("Chủ đề", "nội dung", "<p>x</p>", "ngắn"), "<a@b.example>")


class Stranger(http.server.ThreadingHTTPServer):
    """A server on this machine that keeps the paths it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"json://{host}:{self.server_port}/{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class _Answer(http.server.BaseHTTPRequestHandler):
    server: Stranger

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.asked.append((self.path, dict(self.headers)))
        away = self.path.startswith("/away/")
        self.send_response(int(self.path.split("/")[2]) if away else 200)
        if away:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/followed")
        body = b""
        if self.path == "/bomb":
            body = gzip.compress(bytes(40 * MOST_CONTENT), 9)
            self.send_header("Content-Encoding", "gzip")
        elif self.path == "/flood":
            body = bytes(4 * outward.MOST_BYTES)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the reader has had enough
            self.close_connection = True

    do_GET = do_POST  # noqa: N815  (the server looks for this name)

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture(scope="module")
def server() -> Iterator[Stranger]:
    with Stranger() as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def stranger(server: Stranger) -> Stranger:
    server.asked.clear()
    return server


@pytest.fixture
def let_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """``let_out("json", "127.0.0.1")``: schemas and inside places that the office allows."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)

    def change(schemas: str, inside: str = "") -> None:
        monkeypatch.setenv("DONDOC_ADDRESS_SCHEMAS", schemas)
        monkeypatch.setenv("DONDOC_ADDRESS_INSIDE", inside)
        get_settings.cache_clear()

    yield change
    get_settings.cache_clear()


def never(outcome: Outcome, code: str = "inside") -> None:
    assert (outcome.kind, outcome.code, outcome.dead_address) == (OutcomeClass.NEVER, code, True)
    assert "DONDOC_ADDRESS" in outcome.text or code == "option"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]"])
def test_an_address_inside_is_refused_at_the_door_and_before_sending(
    host: str, stranger: Stranger, let_out: Callable[..., None]
) -> None:
    let_out("json, smtpmail")
    url = stranger.url("latest/meta-data", host)
    with pytest.raises(ConfigError, match="địa chỉ thứ 2: máy chủ ở địa chỉ nội bộ") as refused:
        checked_contacts([ContactEntry("stc", "van-thu", "Văn thư", ("smtpmail://a@b.example", url))])
    assert "meta-data" not in str(refused.value)
    never(registry.post(url, LETTER))
    assert registry.post(f"smtpmail://van-thu@{host.strip('[]')}", LETTER).kind is OutcomeClass.NEVER
    assert stranger.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "mailtos://u:p@mail.example?smtp=127.0.0.1",
        "mailtos://u:p@mail.example?smtp=localhost",
        "mailto://u:p@127.0.0.1:2525?to=a@b.example",
        "discord://a/b?url=http://169.254.169.254/latest",
        "json://user:pass@[::1]/x",
        "json://hook.example:80@127.0.0.1/x",
    ],
)
def test_a_server_inside_is_found_wherever_an_address_names_it(
    url: str, let_out: Callable[..., None]
) -> None:
    let_out("mailto, mailtos, discord, json")
    assert registry.why_no_address(url) is not None
    assert registry.post(url, LETTER).kind is OutcomeClass.NEVER


def leads_to(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    """Any name has these addresses, each time the next: a name server that changes its mind."""
    answers = itertools.cycle(ips)

    def looked_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        ip = next(answers)
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (ip, port, 0, 0) if ":" in ip else (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


@pytest.mark.parametrize("ip", ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "10.0.0.7"])
def test_a_name_that_leads_inside_is_found_when_it_is_connected_to(
    ip: str, stranger: Stranger, let_out: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_out("json")
    leads_to(monkeypatch, ip)
    assert registry.why_no_address(stranger.url("x", "hook.example")) is None  # nobody was asked yet
    never(registry.post(stranger.url("x", "hook.example"), LETTER))
    assert stranger.asked == []


def test_a_name_is_allowed_as_it_is_written_wherever_it_leads(
    stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, "127.0.0.1")
    with outward.outward_only(Permitted.of(["hook.so.example"])) as journey:
        journey.asked = "hook.so.example"  # an answer made up here is not seen as a question
        socket.create_connection(("hook.so.example", stranger.server_port)).close()
        journey.asked = "other.example"
        with pytest.raises(outward.Forbidden):
            socket.create_connection(("other.example", stranger.server_port))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("asks", ["", "?method=GET"])
def test_a_redirection_is_not_followed(
    status: int, asks: str, stranger: Stranger, let_out: Callable[..., None]
) -> None:
    let_out("json", "127.0.0.1")
    registry.post(stranger.url(f"away/{status}{asks}"), LETTER)
    assert [path.strip("/") for path in stranger.paths] == [f"away/{status}"]


def test_a_plugin_that_asks_for_a_redirection_and_a_password_itself_gets_none(
    stranger: Stranger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import requests

    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ai password mat-khau-9\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    url = stranger.url("away/307").replace("json:", "http:")
    with outward.outward_only(Permitted.of(["127.0.0.1"])) as journey:
        answer = requests.post(url, data="x", allow_redirects=True, verify=False, timeout=5)
    assert (answer.status_code, stranger.paths, journey.refused) == (307, ["/away/307"], "")
    assert "Authorization" not in stranger.asked[0][1]


@pytest.mark.parametrize("path", ["bomb", "flood"])
def test_a_long_answer_is_not_read_to_its_end(
    path: str, stranger: Stranger, let_out: Callable[..., None]
) -> None:
    let_out("json", "127.0.0.1")
    outcome = registry.post(stranger.url(path).rstrip("/"), LETTER)
    assert stranger.paths == [f"/{path}"]
    assert outcome.kind is OutcomeClass.UNKNOWN  # it was told


def test_a_letter_has_one_time_for_all_its_answers(
    stranger: Stranger, let_out: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_out("json", "127.0.0.1")
    monkeypatch.setattr(outward, "SECONDS", -1.0)
    assert registry.post(stranger.url("x"), LETTER).kind is OutcomeClass.UNKNOWN


def test_neither_proxy_nor_password_of_the_environment_travels(
    stranger: Stranger, let_out: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    let_out("json", "127.0.0.1")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ai password mat-khau-9\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert registry.post(stranger.url("x"), LETTER).kind is OutcomeClass.SENT
    [(_, heads)] = stranger.asked
    assert "Authorization" not in heads


def _json_file(path: Any) -> str:
    path.write_text(json.dumps({"text": "bí mật"}), encoding="utf-8")
    return str(path)


def test_a_plugin_on_its_way_runs_nothing_opens_nothing_and_starts_no_thread(tmp_path: Any) -> None:
    import subprocess
    import syslog

    file = _json_file(tmp_path / "x.json")
    deeds: dict[str, Callable[[], Any]] = {
        "program": lambda: subprocess.run(["true"], check=False),
        "file": lambda: open(file).close(),
        "thread": lambda: threading.Thread(target=print).start(),
        "log": lambda: syslog.syslog("x"),
        "inside": lambda: socket.socket(socket.AF_UNIX).connect(file),
    }
    for what, deed in deeds.items():
        with outward.outward_only(NOBODY) as journey, pytest.raises(outward.Forbidden):
            deed()
        assert journey.refused == what
    with outward.outward_only(NOBODY) as journey:
        for send in ("sendto", "sendmsg"):
            with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(outward.Forbidden):
                getattr(sock, send)(*([b"x"] if send == "sendto" else [[b"x"], [], 0]), ("127.0.0.1", 514))
    assert Path(file).read_text(encoding="utf-8")  # afterwards all is as it was
