"""The one spelling in which an address is kept, and what can be no address, told in Vietnamese.

Whether a plugin takes the address is asked of the plugin (``notifications/channels/registry.py``); here
is what needs no plugin, so that a file is refused with its line before anything is loaded.
"""

import re
from difflib import get_close_matches

from rules.outbox.address_parts import DEFAULT_SCHEMA, STOCK_MAIL, AddressParts, parts_of
from rules.outbox.channels import MEANT, OUR_CHANNELS, Channel
from rules.refusal import Refusal
from rules.text.incoming import cleaned

_LIKENESS = 0.7
_FOLLOWED_BY_ANOTHER = re.compile(r"(?:^|\?)[^?\s,;]*+[\s,;][^?]*://")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
#: What a mailto: link may say besides the mailbox without meaning another reader.
_HARMLESS = frozenset({"name", "subject", "body"})


class WrongAddress(Refusal):
    """What was typed can be no address; the message is Vietnamese, and holds nothing of the address."""


def normalised(typed: str) -> str:
    """The address as it is kept: one spelling for each way of typing it, the shown name behind ``?name=``.

    A mailbox without a schema, also ``mailto:``, becomes one of ``smtpmail``. Raises WrongAddress.
    """
    parts = parts_of(typed)
    _check_text(typed, parts)
    if parts.schema in STOCK_MAIL and _is_mere_mailbox(parts):
        parts = parts_of(f"{DEFAULT_SCHEMA}://{parts.rest}")
    if parts.schema not in OUR_CHANNELS:
        return f"{parts.schema}://{parts.rest}"
    channel = OUR_CHANNELS[parts.schema]
    return _of_ids(channel, parts) if channel.ids else _mail(channel, parts)


def schema_hint(schema: str) -> str:
    """Which schema was meant by one that no channel has, as a sentence for the secretariat."""
    near = (
        [MEANT[schema].scheme]
        if schema in MEANT
        else get_close_matches(schema, [*OUR_CHANNELS, "mailto"], 1, _LIKENESS)
    )
    meant = f"có phải «{near[0]}://»" if near else "ví dụ: smtpmail://van-thu@so.gov.example"
    return f"không có kênh gửi nào tên «{schema[:24]}» ({meant})"


def _check_text(typed: str, parts: AddressParts) -> None:
    if not typed.strip():
        raise WrongAddress("địa chỉ để trống")
    if not parts.schema:
        raise WrongAddress(
            "không phải địa chỉ: cần hộp thư (van-thu@so.gov.example) hoặc địa chỉ có tên kênh (zalooa://...)"
        )
    if parts.schema in MEANT:
        raise WrongAddress(schema_hint(parts.schema))
    if _FOLLOWED_BY_ANOTHER.search(parts.rest):
        raise WrongAddress("hai địa chỉ trong một dòng: hãy ghi mỗi địa chỉ một dòng riêng")


def _is_mere_mailbox(parts: AddressParts) -> bool:
    """Whether Apprise's mail schema says no server, no account and no other reader: then ours is meant."""
    return not parts.secret and len(parts.targets) == 1 and {key for key, _ in parts.asked} <= _HARMLESS


def _mail(channel: Channel, parts: AddressParts) -> str:
    if {"to", "cc", "bcc"} & {key for key, _ in parts.asked}:
        raise WrongAddress("còn hộp thư khác đứng sau dấu «?»: hãy ghi mỗi địa chỉ một dòng riêng")
    if not parts.targets:
        raise WrongAddress("thiếu hộp thư, ví dụ: smtpmail://van-thu@so.gov.example")
    for mailbox in parts.targets:
        _check_mailbox(mailbox)
    if parts.secret:
        raise WrongAddress("địa chỉ có mật khẩu hoặc số cổng: những thứ đó đặt trong cấu hình")
    return channel.url(parts.targets, cleaned(parts.name))


def _check_mailbox(mailbox: str) -> None:
    """Only what a person can be told in words; the rest is the plugin's to refuse."""
    local, at, domain = mailbox.rpartition("@")
    if "@" in local:
        raise WrongAddress("hai hộp thư trong một địa chỉ: hãy ghi mỗi địa chỉ một dòng riêng")
    if not at or not domain:
        raise WrongAddress("thiếu tên miền sau dấu @, ví dụ: van-thu@so.gov.example")
    if not local:
        raise WrongAddress("thiếu tên hộp thư trước dấu @, ví dụ: van-thu@so.gov.example")
    if len(mailbox.split()) > 1:
        raise WrongAddress("có khoảng trắng ở giữa hộp thư")
    if not mailbox.isascii():
        raise WrongAddress("hộp thư có chữ có dấu: chỉ dùng chữ không dấu, chữ số và các dấu . - _ +")
    if not all(map(_LABEL.fullmatch, domain.split("."))):
        raise WrongAddress("tên miền sau dấu @ không hợp lệ")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise WrongAddress("tên hộp thư trước dấu @ có dấu chấm đặt sai")


def _of_ids(channel: Channel, parts: AddressParts) -> str:
    if any("@" in one for one in parts.targets):
        raise WrongAddress(f"địa chỉ {channel.label} có mã bí mật: mã truy cập đặt trong cấu hình")
    if len(parts.targets) < len(channel.ids):
        raise WrongAddress(f"địa chỉ {channel.label} thiếu {channel.ids[-1]}: {channel.form}")
    return channel.url(parts.targets)
