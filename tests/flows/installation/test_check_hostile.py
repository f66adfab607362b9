"""``dondoc check`` before servers that mean no good, and places that wander."""

from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer
from threading import Event, Thread

from flows.actions.installation.check.findings import FindingMark
from notifications.sandbox.smtp_script import SmtpScript
from notifications.sandbox.smtp_sink import SmtpSink
from notifications.sandbox.zalo_fake import ZaloFake
from tests.flows.installation.test_check import SECRET, Settle, found, missing
from tests.flows.installation.test_check import settle as settle
from tests.flows.installation.test_check import well as well
from tests.flows.installation.wall import wall as wall


def test_a_server_that_repeats_our_login(well: tuple[SmtpSink, ZaloFake], settle: Settle) -> None:
    said = b64encode(f"\0a\0{SECRET}".encode()).decode()
    with SmtpScript({"AUTH": f"535 5.7.8 not understood: {said} {SECRET}"}, ("AUTH PLAIN",)) as server:
        settle(smtp_host=server.host, smtp_port=server.port, smtp_username="a", smtp_password=SECRET)
        assert "không chấp nhận tài khoản hoặc mật khẩu: 5.7.8 not understood: ... ..." in missing("mail")


class _Dripping(BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):  # the client has gone
            while not Event().wait(0.05):
                self.request.sendall(b"H")


def test_a_server_that_drips_is_left(well: tuple[SmtpSink, ZaloFake], settle: Settle) -> None:
    """Each piece of its answer comes in time, the whole never."""
    with TCPServer(("127.0.0.1", 0), _Dripping) as server:
        Thread(target=server.handle_request, daemon=True).start()
        settle(zalo_api=f"http://127.0.0.1:{server.server_address[1]}", zalo_timeout=0.2)
        assert "Không kết nối được Zalo (TimeoutError)" in missing("zalo")


def test_places_that_depend_on_where_somebody_stands(settle: Settle, tmp_path: Path) -> None:
    settle(home=tmp_path, database_url="sqlite:///office.db", smtp_port=1)
    settle(evidence_folder="evidence", letters_folder=tmp_path / "letters")
    words = " ".join(one.words for one in found("files") if one.mark is FindingMark.NOTE)
    assert "DONDOC_DATABASE_URL: đường dẫn chưa đầy đủ" in words
    assert "DONDOC_EVIDENCE_FOLDER: đường dẫn chưa đầy đủ" in words
    assert "DONDOC_LETTERS_FOLDER" not in words
    assert "DONDOC_HOME" not in words
    settle(home=".")
    assert any(one.words.startswith("DONDOC_HOME: đường dẫn chưa đầy đủ") for one in found("files"))
    assert [path.name for path in tmp_path.iterdir()] == []
