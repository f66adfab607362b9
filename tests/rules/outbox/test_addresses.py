"""Addresses: one spelling each, one identity for all spellings, and a reason for what is none."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.outbox.address_spelling import WrongAddress, normalised
from rules.outbox.addresses import channel_of, identity_of, is_mailbox

KEPT = "smtpmail://thong-ke@cuc.gov.example"


@pytest.mark.parametrize(
    "typed",
    [
        KEPT,
        "thong-ke@cuc.gov.example",
        "  thong-ke@cuc.gov.example\u00a0",
        "<thong-ke@cuc.gov.example>",
        "thong-ke@cuc.gov.example;",
        "thong-ke @ CUC.gov.example.",
        "\ufeffthong-\u200bke@cuc.gov.example",
        "mailto:thong-ke@cuc.gov.example",
        "MAILTO: thong%2Dke@cuc.gov.example?subject=Xin%20ch%C3%A0o",
        "mailto://thong-ke@cuc.gov.example",
        "SmtpMail:// thong-ke@Cuc.GOV.Example",
        "smtpmail:thong-ke@cuc.gov.example",
        "smtpmail:///thong-ke@cuc.gov.example/",
        "smtpmail://thong%2Dke@cuc.gov.example?retry=3",
        "thong-ke@cuc.gov.example <thong-ke@cuc.gov.example>",
    ],
)
def test_one_spelling_for_all_ways_of_typing_it(typed: str) -> None:
    assert normalised(typed) == KEPT
    assert identity_of(typed) == "mailbox:thong-ke@cuc.gov.example"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Cục Thống kê <thong-ke@cuc.gov.example>", "C%E1%BB%A5c%20Th%E1%BB%91ng%20k%C3%AA"),
        ("“Cục Thống kê”  <mailto:thong-ke@cuc.gov.example>", "C%E1%BB%A5c%20Th%E1%BB%91ng%20k%C3%AA"),
        ("smtpmail://Phòng A <thong-ke@cuc.gov.example>", "Ph%C3%B2ng%20A"),
        ("smtpmail://thong-ke@cuc.gov.example ?retry=2&name=Ph%C3%B2ng+A", "Ph%C3%B2ng%2BA"),
    ],
)
def test_the_shown_name_is_kept_apart(typed: str, name: str) -> None:
    assert normalised(typed) == f"{KEPT}?name={name}"
    assert identity_of(typed) == identity_of(KEPT)


@pytest.mark.parametrize(
    ("typed", "kept", "identity"),
    [
        (" ZALOOA:// 77 / u-1 /?x=1", "zalooa://77/u-1", "zalo:77/u-1"),
        ("a%41+b@x.example", "smtpmail://a%2541%2Bb@x.example", "mailbox:a%41+b@x.example"),
        ("EmlFolder://A@b.example", "emlfolder://A@b.example", "mailbox:a@b.example"),
        ("smtpmail://b@x.example/A%40y.example", "smtpmail://b@x.example/A%40y.example",
         "mailbox:a@y.example/b@x.example"),
        ("TGRAM://Tok/9 ", "tgram://Tok/9", "tgram:Tok/9"),
        ("json://h/p?format=text&to=7", "json://h/p?format=text&to=7", "json:h/p?to=7"),
        ("mailtos://u:geheim@post.example?to=B@x.example", "mailtos://u:geheim@post.example?to=B@x.example",
         "mailbox:b@x.example"),
        ("mailtos://u:geheim@post.example", "mailtos://u:geheim@post.example", "mailbox:u@post.example"),
    ],
)  # fmt: skip
def test_what_is_kept_and_what_it_reaches(typed: str, kept: str, identity: str) -> None:
    assert (normalised(typed), identity_of(typed)) == (kept, identity)
    assert is_mailbox(identity) == ("@" in identity)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  ", "để trống"),
        ("sở tài chính", "không phải địa chỉ"),
        ("thong-ke(at)cuc.gov.example", "không phải địa chỉ"),
        ("email://thong-ke@cuc.gov.example", "có phải «smtpmail://»"),
        ("zalo://77/1", "có phải «zalooa://»"),
        ("thong ke@cuc.gov.example", "khoảng trắng"),
        ("smtpmail://thong-ke@cuc gov.example", "khoảng trắng"),
        ("thống-kê@cuc.gov.example", "có dấu"),
        ("thong-ke@cục.gov.example", "có dấu"),
        ("a@x.example, b@x.example", "hai hộp thư"),
        ("smtpmail://a@x.example; b@x.example", "hai hộp thư"),
        ("A <a@x.example>, B <b@x.example>", "hai hộp thư"),
        ("mailto:a@x.example,b@x.example", "hai hộp thư"),
        ("smtpmail://a@x.example zalooa://1/2", "hai địa chỉ"),
        ("tgram://t/1, json://h", "hai địa chỉ"),
        ("mailto:a@x.example?cc=b@x.example", "hộp thư khác"),
        ("smtpmail://thong-ke", "thiếu tên miền"),
        ("thong-ke@", "thiếu tên miền"),
        ("smtpmail://@cuc.gov.example", "thiếu tên hộp thư"),
        ("smtpmail://", "thiếu hộp thư"),
        ("smtpmail://a@cuc..example", "tên miền"),
        ("smtpmail://a@-cuc.example", "tên miền"),
        (".a@cuc.example", "dấu chấm"),
        ("smtpmail://a:geheim@cuc.example", "mật khẩu"),
        ("smtpmail://a@cuc.example:587", "số cổng"),
        ("zalooa://77", "thiếu mã người nhận"),
        ("zalooa://geheim@77/1", "mã bí mật"),
    ],
)
def test_what_is_no_address_says_why_and_shows_nothing(typed: str, words: str) -> None:
    with pytest.raises(WrongAddress, match=words) as refused:
        normalised(typed)
    assert "geheim" not in str(refused.value)


def test_two_places_stay_two() -> None:
    urls = [
        "a@x.example", "b@x.example", "a@y.example", "a@x.example/b@x.example", "zalooa://1/2", "zalooa://1/3",
        "json://h?to=1", "json://h?to=2", "tgram://t/A", "tgram://t/a", "mailto://u:p@x.example?to=c@x.example",
    ]  # fmt: skip
    assert len({identity_of(url) for url in urls}) == len(urls)


_LOCALS = st.text(string.ascii_letters + string.digits + "+-_%'=#&!", min_size=1, max_size=12)
_DOMAINS = st.from_regex(r"[a-zA-Z][a-zA-Z0-9]{0,8}(\.[a-zA-Z]{2,8}){1,2}", fullmatch=True)
_AROUND = st.sampled_from(["{}", " {} ", "<{}>", "Phòng Một <{}>", "{};", "\u200b{}", "{}."])
_NAMES = st.sampled_from(["", "?name=Ph%C3%B2ng", "?name=A+B&retry=1"])


@given(_LOCALS, _DOMAINS, _AROUND)
def test_a_mailbox_however_it_is_typed(local: str, domain: str, around: str) -> None:
    typed = around.format(f"{local}@{domain}")
    kept = normalised(typed)
    assert normalised(kept) == kept
    assert identity_of(kept) == identity_of(typed) == f"mailbox:{local}@{domain}".lower()
    assert channel_of(kept) == "mail"


_ODD = st.text("ab@@::///?<>;,%&=+. A24\u00e9\u200b\u00a0", max_size=25)
_SCHEMAS = st.sampled_from(
    ["smtpmail://", "EMLFOLDER://", "zalooa://1/", "mailto:", "mailtos://u@", "json://", "tgram ://", ""]
)


@settings(max_examples=500)
@given(st.builds("{}{}{}".format, _SCHEMAS, _ODD, _NAMES) | st.text(max_size=30))
def test_normalising_twice_is_once_and_keeps_the_place(typed: str) -> None:
    try:
        kept = normalised(typed)
    except WrongAddress:
        return
    assert normalised(kept) == kept
    assert identity_of(kept) == identity_of(typed)
