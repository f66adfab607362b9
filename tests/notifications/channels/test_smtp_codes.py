"""What a refusal speaks of is told by its enhanced code in its place, not by words or numbers elsewhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.mail.smtp_answers import Phase, refused
from notifications.channels.mail.smtp_codes import enhanced
from notifications.outbox.parcel import Outcome, Trouble
from rules.letter_words import OutcomeClass

AGAIN, NEVER, UNKNOWN = OutcomeClass.TRY_AGAIN, OutcomeClass.NEVER, OutcomeClass.UNKNOWN
CHANNEL, SUSPECTED = Trouble.CHANNEL, Trouble.SUSPECTED
DEAD = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
LATER = (Phase.RCPT, Phase.DATA, Phase.END)


@pytest.mark.parametrize(
    ("code", "answer", "told"),
    [
        (550, "5.1.1 User unknown", "5.1.1"),
        (550, "#5.1.0 Address rejected.", "5.1.0"),
        (550, "5.1.1", "5.1.1"),
        (550, "5.1.1: no such user", "5.1.1"),
        (550, "5.1.1. No such user", "5.1.1"),
        (550, "5.1.10 null MX", "5.1.10"),
        (550, "5.1.1 no such user\n5.1.1 https://mail.example/?p=NoSuchUser", "5.1.1"),
        (550, "the mailbox is not here\n5.1.1 see above", "5.1.1"),
        (450, "4.2.2 over quota", "4.2.2"),
        (550, "5.1.1 gone\n5.7.1 blocked", None),  # which of them?
        (450, "5.1.1 User unknown", None),  # the reply says: for now
        (550, "4.1.1 User unknown", None),
        (550, "User unknown (5.1.1)", None),
        (550, "see https://mail.example/5.1.1", None),
        (550, "said: 550 5.1.1 User unknown", None),
        (550, "5.1.1.9 is on our list", None),
        (550, "15.1.1 x", None),
        (550, "5.1.1x", None),
        (550, "5.1.01 x", None),
        (550, "5.1.1000 x", None),
        (550, "No such user here", None),
        (550, "", None),
    ],
)
def test_the_enhanced_code_of_a_reply(code: int, answer: str, told: str | None) -> None:
    assert enhanced(code, answer.encode()) == told


#: From RCPT on, any phase.
REFUSALS = [
    # The mailbox or its domain.
    *((550, f"{told} sorry", NEVER, True, None) for told in DEAD),
    (550, "#5.1.1 Cisco", NEVER, True, None),
    (550, "5.1.1 <a@b>: User unknown in relay recipient table", NEVER, True, None),
    (550, "5.1.1 blocked using zen.spamhaus.example", NEVER, True, None),
    (553, "5.1.3 bad syntax", NEVER, True, None),
    # Nothing known of the mailbox: the reader's side, or the hour's.
    (550, "User unknown", AGAIN, False, None),
    (550, "Requested action not taken: mailbox unavailable", AGAIN, False, None),
    (550, "5.1.0 Address rejected", AGAIN, False, None),
    (550, "5.1.4 ambiguous", AGAIN, False, None),
    (550, "5.1.5 valid", AGAIN, False, None),
    (550, "5.2.0 mailbox", AGAIN, False, None),
    (552, "5.2.2 mailbox full", AGAIN, False, None),
    (452, "4.2.2 mailbox full", AGAIN, False, None),
    (552, "mailbox full", AGAIN, False, None),
    (550, "5.2.122 the reader's quota, as relayed", AGAIN, False, None),
    (550, "5.4.1 Recipient address rejected: Access denied", AGAIN, False, None),
    (550, "5.4.4 Unable to route", AGAIN, False, None),
    (554, "5.5.0 whatever", AGAIN, False, None),
    (571, "delivery not authorised", AGAIN, False, None),
    # Greylisting, said to hundreds in one morning.
    (450, "4.2.0 Greylisted", AGAIN, False, None),
    (451, "4.7.1 Greylisting in action, please come back later", AGAIN, False, None),
    (451, "Greylisted, see http://postgrey.example/5.1.1", AGAIN, False, None),
    (452, "4.7.1 too many recipients", AGAIN, False, None),
    (450, "4.1.1 unverified address", AGAIN, False, None),
    # Our sender.
    (550, "5.1.7 bad sender", AGAIN, False, CHANNEL),
    (550, "5.1.8 Sender address rejected: Domain not found", AGAIN, False, CHANNEL),
    (450, "4.1.8 Sender address rejected: Domain not found", AGAIN, False, CHANNEL),
    (550, "5.7.60 no permission to send as this sender", AGAIN, False, CHANNEL),
    # Our quota.
    (550, "5.4.5 Daily user sending quota exceeded", AGAIN, False, CHANNEL),
    (450, "4.7.28 unusual rate of mail from your IP", AGAIN, False, CHANNEL),
    (550, "5.1.90 daily limit for message recipients", AGAIN, False, CHANNEL),
    (550, "5.7.705 tenant has exceeded threshold", AGAIN, False, CHANNEL),
    # Policy, block list, relay, login: this recipient's, or everybody's.
    (550, "5.7.1 your network is on our block list", AGAIN, False, SUSPECTED),
    (554, "5.7.1 Relay access denied", AGAIN, False, SUSPECTED),
    (550, "relay not permitted", AGAIN, False, SUSPECTED),
    (554, "Service unavailable; client blocked using bl.example", AGAIN, False, SUSPECTED),
    (530, "5.7.0 Authentication required", AGAIN, False, SUSPECTED),
    (550, "5.3.2 system is not accepting mail", AGAIN, False, SUSPECTED),
    # The letter's own.
    (552, "5.3.4 too big", NEVER, False, None),
    (552, "5.2.3 too long for this mailbox", NEVER, False, None),
    (554, "5.6.0 broken content", NEVER, False, None),
    (452, "4.3.4 too big for now", AGAIN, False, None),
    # Nonsense.
    (-1, "hm", AGAIN, False, SUSPECTED),
    (999, "5.1.1 hm", AGAIN, False, SUSPECTED),
    (220, "5.1.1 hm", AGAIN, False, SUSPECTED),
]


@pytest.mark.parametrize("phase", LATER)
@pytest.mark.parametrize(("code", "text", "kind", "dead", "trouble"), REFUSALS)
def test_a_refusal_from_rcpt_on(
    phase: Phase, code: int, text: str, kind: OutcomeClass, dead: bool, trouble: Trouble | None
) -> None:
    outcome = refused(phase, code, text.encode(), fresh=True)
    if phase is Phase.END and not 400 <= code < 600:
        kind = UNKNOWN
    assert (outcome.kind, outcome.dead_address, outcome.trouble) == (kind, dead, trouble)
    assert text in outcome.text


@pytest.mark.parametrize(
    ("phase", "trouble"), [(Phase.RCPT, None), (Phase.DATA, SUSPECTED), (Phase.END, SUSPECTED)]
)
def test_a_server_without_room_tells_only_once_it_saw_the_letter(
    phase: Phase, trouble: Trouble | None
) -> None:
    outcome = refused(phase, 452, b"4.3.1 Insufficient system storage", fresh=True)
    assert (outcome.kind, outcome.trouble) == (AGAIN, trouble)


@pytest.mark.parametrize("code", [451, 501, 530, 535, 550, 553, 554, -1, 354])
@pytest.mark.parametrize("told", [*DEAD, "5.1.7", "5.7.1", "5.6.0", "4.7.1", "", "User unknown"])
def test_what_is_refused_at_mail_is_ours(code: int, told: str) -> None:
    outcome = refused(Phase.MAIL, code, f"{told} whatever".encode(), fresh=True)
    assert (outcome.kind, outcome.dead_address, outcome.trouble) == (AGAIN, False, CHANNEL)


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        (552, "Message size exceeds fixed limit", NEVER),
        (552, "5.3.4 Message size exceeds fixed limit", NEVER),
        (554, "5.2.3 too long", NEVER),
        (552, "5.2.2 the sender's storage", AGAIN),
        (452, "4.3.1 no room", AGAIN),
    ],
)
def test_too_big_is_the_letters_own_and_no_other_refusal_at_mail(
    code: int, text: str, kind: OutcomeClass
) -> None:
    outcome = refused(Phase.MAIL, code, text.encode(), fresh=True)
    assert (outcome.kind, outcome.dead_address) == (kind, False)
    assert (outcome.trouble is CHANNEL) is (kind is AGAIN)


@pytest.mark.parametrize(("fresh", "trouble"), [(True, CHANNEL), (False, SUSPECTED)])
@pytest.mark.parametrize("phase", [Phase.MAIL, *LATER])
def test_a_server_that_is_leaving(phase: Phase, fresh: bool, trouble: Trouble) -> None:
    outcome = refused(phase, 421, b"4.3.2 closing", fresh)
    assert (outcome.kind, outcome.trouble) == (AGAIN, trouble)


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        (550, "5.1.8 unknown domain", "DONDOC_SMTP_FROM"),
        (450, "4.1.8 unknown domain", "DONDOC_SMTP_FROM"),
        (553, "5.1.1 out of place", "DONDOC_SMTP_FROM"),
        (550, "not you", "DONDOC_SMTP_FROM"),
        (530, "5.7.0 log in first", "đăng nhập"),
        (554, "5.7.1 you are on our block list", "chính sách"),
        (550, "5.4.5 daily quota", "hạn mức"),
        (451, "4.3.0 later", "tạm chưa nhận"),
    ],
)
def test_at_mail_the_words_say_what_to_look_at(code: int, text: str, words: str) -> None:
    assert words in refused(Phase.MAIL, code, text.encode(), fresh=True).text


_LEADING = re.compile("(?m)^[ \t]*#?(" + "|".join(map(re.escape, DEAD)) + r")(?![0-9])")
_TEXTS = st.text() | st.lists(
    st.sampled_from([*DEAD, "#", " ", "\n", "550", "http://", "user unknown", "relay", "-", ".", "(", "x"])
).map("".join)


@given(st.sampled_from(LATER), st.integers(-1, 999), _TEXTS)
def test_no_words_whatever_make_an_address_dead(phase: Phase, code: int, text: str) -> None:
    outcome: Outcome = refused(phase, code, text.encode(), fresh=True)
    if outcome.dead_address:
        assert 500 <= code < 600
        assert outcome.kind is NEVER
        assert any(_LEADING.match(line.strip()) for line in text.splitlines())
    assert not (outcome.dead_address and outcome.trouble)
    assert outcome.trouble is None or outcome.kind in (AGAIN, UNKNOWN)


@given(st.integers(-1, 999), _TEXTS)
def test_nothing_before_rcpt_speaks_of_the_recipient(code: int, text: str) -> None:
    assert not refused(Phase.MAIL, code, text.encode(), fresh=True).dead_address
