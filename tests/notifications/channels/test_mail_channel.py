"""Mail by SMTP against a real server: what a letter looks like, and how lines are kept."""

import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from notifications.channels.mail import smtp_pool
from notifications.channels.registry import post
from notifications.outbox.parcel import Outcome, Parcel
from notifications.sandbox.smtp_sink import SmtpSink
from rules.letter_words import OutcomeClass

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

SENT, AGAIN = OutcomeClass.SENT, OutcomeClass.TRY_AGAIN
NEVER, UNKNOWN = OutcomeClass.NEVER, OutcomeClass.UNKNOWN
TO = "smtpmail://van.thu@stc.example"


def test_a_letter_arrives_whole(sink: SmtpSink, parcel: MakeParcel) -> None:
    outcome = post(TO, parcel())
    assert outcome == Outcome(SENT, "250", "2.0.0 OK queued as 1")
    [received] = sink.messages
    message = received.message
    assert (received.sender, received.recipients) == ("don-doc@dondoc.example", ("van.thu@stc.example",))
    assert message["Subject"] == "[GN-1234] Đôn đốc thực hiện nhiệm vụ trước ngày 30/11/2026"
    assert message["From"] == "Đôn Đốc <don-doc@dondoc.example>"
    assert message["To"] == "Nguyễn Văn A <van.thu@stc.example>"
    assert message["Message-ID"] == "<ob-1@dondoc.example>"
    assert message["References"] == message["In-Reply-To"] == "<task-1@dondoc.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"].datetime.utcoffset().total_seconds() == 7 * 3600
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert text.get_content().splitlines()[2] == "Đề nghị khẩn trương báo cáo."
    assert html.get_content_type() == "text/html"
    assert "Kính gửi: Sở Tài chính" in html.get_content()
    for header in ("Message-ID", "Subject", "Date", "From", "To", "References"):
        assert len(message.get_all(header)) == 1


def test_on_the_wire_all_lines_end_with_crlf_and_all_is_ascii(sink: SmtpSink, parcel: MakeParcel) -> None:
    post(TO, parcel(text="một\r\nhai\rba\n" + "dài " * 600, html="<p>x</p>"))
    raw = sink.messages[0].raw
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    assert max(map(len, raw.splitlines())) <= 998
    assert raw.isascii()


def test_text_is_composed(sink: SmtpSink, parcel: MakeParcel) -> None:
    apart = unicodedata.normalize("NFD", "Đề nghị báo cáo")
    post(TO, parcel(subject=apart, text=apart, html=apart, to_name=apart))
    message = sink.messages[0].message
    text, html = message.iter_parts()
    for found in (message["Subject"], text.get_content().strip(), html.get_content().strip()):
        assert found == "Đề nghị báo cáo"
    assert message["To"].addresses[0].display_name == "Đề nghị báo cáo"


def test_a_line_that_is_a_dot_does_not_end_the_letter(sink: SmtpSink, parcel: MakeParcel) -> None:
    post(TO, parcel(text="trước\n.\n..hai\nsau\n"))
    text = next(sink.messages[0].message.iter_parts())
    assert text.get_content().splitlines() == ["trước", ".", "..hai", "sau"]


def test_long_ids_are_not_encoded(sink: SmtpSink, parcel: MakeParcel) -> None:
    root = f"<task-{'7' * 40}@nhac-viec.van-phong-uy-ban-nhan-dan.tinh.example>"
    post(TO, parcel(thread_root=root, message_id=root.replace("task", "ob")))
    headers = sink.messages[0].raw.partition(b"\r\n\r\n")[0]
    assert headers.count(root.encode()) == 2
    assert root.replace("task", "ob").encode() in headers


@pytest.mark.parametrize(
    "evil", ["\nBcc: x@evil.example", "\r\n\r\nBcc: x@evil.example", "\x85Bcc: a\u2028b"]
)
def test_no_header_can_be_slipped_in(sink: SmtpSink, parcel: MakeParcel, evil: str) -> None:
    names = {"subject": f"Giao việc{evil}", "to_name": f"Nguyễn{evil}", "thread_root": f"<t@x>{evil}"}
    outcome = post(TO, parcel(**names, message_id=f"<ob-1@x>{evil}"))
    assert outcome.kind is SENT
    message = sink.messages[0].message
    assert message["Bcc"] is None
    assert sink.messages[0].recipients == ("van.thu@stc.example",)
    assert b"\nBcc" not in sink.messages[0].raw


def test_the_name_of_the_address_is_shown_unless_the_parcel_names_somebody(
    sink: SmtpSink, parcel: MakeParcel
) -> None:
    post(f"{TO}?name=Tr%E1%BA%A7n%20Th%E1%BB%8B%20B%0ABcc:%20x@y", parcel(to_name=""))
    post(f"{TO}?name=Tr%E1%BA%A7n", parcel())
    names = [received.message["To"].addresses[0].display_name for received in sink.messages]
    assert names == ["Trần Thị B Bcc: x@y", "Nguyễn Văn A"]


# The pool


def test_many_letters_one_connection(sink: SmtpSink, parcel: MakeParcel) -> None:
    for number in range(5):
        assert post(TO, parcel(message_id=f"<ob-{number}@x>")).kind is SENT
    assert (len(sink.messages), sink.connections) == (5, 1)


def test_a_refusal_does_not_cost_the_connection(sink: SmtpSink, parcel: MakeParcel) -> None:
    sink.refuse("di@stc.example")
    kinds = [post(f"smtpmail://{who}@stc.example", parcel()).kind for who in ("a", "di", "b", "di")]
    assert kinds == [SENT, NEVER, SENT, NEVER]
    assert sink.connections == 1


def test_a_line_is_hung_up_after_its_share(
    sink: SmtpSink, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_pool, "MAX_LETTERS", 2)
    for _ in range(5):
        post(TO, parcel())
    assert sink.connections == 3


@pytest.mark.parametrize(("seconds", "connections"), [(29.9, 1), (30.1, 2)])
def test_an_idle_line_is_not_trusted(
    sink: SmtpSink, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch, seconds: float, connections: int
) -> None:
    monkeypatch.setattr(smtp_pool, "monotonic", lambda: 1000.0)
    post(TO, parcel())
    monkeypatch.setattr(smtp_pool, "monotonic", lambda: 1000.0 + seconds)
    assert post(TO, parcel()).kind is SENT
    assert sink.connections == connections


def test_a_line_that_died_meanwhile_is_replaced_once(sink: SmtpSink, parcel: MakeParcel) -> None:
    post(TO, parcel())
    sink.stop()
    sink.start()
    assert post(TO, parcel()).kind is SENT
    assert (len(sink.messages), sink.connections) == (2, 2)


def test_a_server_about_to_close_is_called_anew_but_once(sink: SmtpSink, parcel: MakeParcel) -> None:
    post(TO, parcel())
    sink.refuse_senders(421, "4.3.2 closing")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (AGAIN, "421")
    assert sink.connections == 2


def test_threads_do_not_share_a_line(sink: SmtpSink, parcel: MakeParcel) -> None:
    parcels = [parcel(message_id=f"<ob-{number}@x>", text=f"thư {number}") for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        kinds = list(pool.map(lambda one: post(TO, one).kind, parcels))
    assert kinds == [SENT] * 40
    assert sink.connections <= 4
    texts = {m.message["Message-ID"]: next(m.message.iter_parts()).get_content() for m in sink.messages}
    assert {key: text.strip() for key, text in texts.items()} == {
        one.message_id: one.letter.text for one in parcels
    }
