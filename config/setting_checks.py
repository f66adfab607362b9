"""Which values of a setting can never work: found at start, and not letter by letter.

Each check returns the value or raises ValueError with a Vietnamese sentence that does not repeat it.
Only the impossible is refused: whether a server or a port is the right one, nobody knows here.
"""

import os
import re
from email.utils import parseaddr
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rules.outbox.inside_addresses import Permitted
from rules.outbox.stock_addresses import NO_DELIVERY
from rules.people.seat_roles import SeatRole
from rules.text.incoming import unseen

MOST_LETTERS = 200
LONGEST = 2_000
LONGEST_WAIT = 86_400.0  # seconds: a socket takes no much longer time-out
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?", re.I | re.ASCII)
_DOMAIN = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*", re.I | re.ASCII)
_LITERAL = re.compile(r"\[[\w.:]+\]", re.ASCII)
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", re.ASCII)
_SCHEMA = re.compile(r"[a-z0-9][a-z0-9+.-]{0,31}")
_PLAIN = re.compile(r"[\x21-\x7e]+")


def writable(value: str) -> str:
    """Text that is all to be seen: bytes that are no UTF-8 come out of the environment as halves of pairs."""
    if len(value) > LONGEST:
        raise ValueError(f"dài quá {LONGEST} ký tự")
    if found := unseen(value):
        raise ValueError(f"{found}")
    return value


def not_blank(value: str) -> str:
    """A setting that needs a value; an empty variable is none."""
    if not value.strip():
        raise ValueError("không được để trống")
    return value


def one_line(value: str) -> str:
    """A name, an address or a number, as people read it."""
    if len(value) > MOST_LETTERS or not value.isprintable():
        raise ValueError(f"phải viết trên một dòng, không quá {MOST_LETTERS} ký tự")
    return value


def host(value: str) -> str:
    """A name or an address, with neither scheme nor port."""
    if not (_is_ip(value) or _NAME.fullmatch(_in_ascii(value))):
        raise ValueError("phải là tên máy chủ hoặc địa chỉ IP, không kèm giao thức và cổng")
    return value


def domain(value: str) -> str:
    """A domain in ASCII: it stands in Message-IDs, and we greet mail servers with it."""
    if not _DOMAIN.fullmatch(value):
        raise ValueError("phải là tên miền không dấu, ví dụ dondoc.example")
    return value


def web_address(value: str) -> str:
    """``http(s)://host[:port][/path]``: paths are put behind it."""
    try:
        parts = urlsplit(value)
        named = parts.hostname is not None and (parts.port is None or parts.port > 0)
        fine = named and host(parts.hostname or "") != ""
    except ValueError:
        fine = False
    if not fine or parts.scheme not in ("http", "https") or re.search(r"[\s?#\\]", value):
        raise ValueError("phải là địa chỉ http:// hoặc https://, không có phần sau dấu ? hoặc #")
    return value


def issuer(value: str) -> str:
    """The province's server of sign-ins, as it names itself; whoever listens on the way must not sign in."""
    web_address(value)
    parts = urlsplit(value)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ValueError("phải bắt đầu bằng https://")
    return value


def sender(value: str) -> str:
    """``Name <local@domain>`` or the bare address, in ASCII as mail servers take it."""
    local, _, where = parseaddr(one_line(value))[1].rpartition("@")
    if not (_LOCAL.fullmatch(local) and (_DOMAIN.fullmatch(where) or _LITERAL.fullmatch(where))):
        raise ValueError("phải có một địa chỉ thư điện tử không dấu, ví dụ Đôn Đốc <don-doc@dondoc.example>")
    return value


def credential(value: str) -> str:
    """User name or password of a mail server: smtplib writes ASCII alone."""
    if not value.isascii():
        raise ValueError("chỉ được gồm ký tự không dấu (ASCII)")
    return value


def token(value: str) -> str:
    """Fit for an HTTP header."""
    if not _PLAIN.fullmatch(value):
        raise ValueError("có ký tự không hợp lệ (khoảng trắng, xuống dòng hoặc chữ có dấu)")
    return value


def folder(value: Path) -> Path:
    """A folder, or a place where one can be made."""
    if os.path.exists(value) and not os.path.isdir(value):  # unlike Path's, deaf to a lack of rights
        raise ValueError("phải là thư mục, nhưng ở đó đang có một tệp")
    return value


def words(value: Any) -> Any:
    """``smtpmail, zalooa`` in a variable is the list of the two; blank is an empty one."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def schemas(value: tuple[str, ...]) -> tuple[str, ...]:
    """Schemas of addresses, each in lower case: names alone, and of channels that reach somebody."""
    found = tuple(word.removesuffix("://").lower() for word in value)
    if not all(map(_SCHEMA.fullmatch, found)):
        raise ValueError("chỉ gồm tên kênh, ví dụ smtpmail, zalooa")
    if idle := sorted(NO_DELIVERY.intersection(found)):
        raise ValueError(f"«{idle[0]}» chỉ ghi vào nhật ký hoặc màn hình của máy chủ, không ai nhận được thư")
    return found


def roles(value: tuple[str, ...]) -> tuple[SeatRole, ...]:
    """Roles of seats by their words; none at all is an answer too."""
    try:
        return tuple(SeatRole(word.lower()) for word in value)
    except ValueError:
        known = ", ".join(role.value for role in SeatRole)
        raise ValueError(f"chỉ gồm các vị trí: {known}") from None


def inside(value: tuple[str, ...]) -> tuple[str, ...]:
    """Networks, addresses and names of hosts."""
    try:
        Permitted.of(value)
    except ValueError:
        raise ValueError("chỉ gồm mạng, địa chỉ IP hoặc tên máy, ví dụ 10.1.2.0/24") from None
    return value


def proxies(value: tuple[str, ...]) -> tuple[str, ...]:
    """Networks and addresses; whoever trusts the whole world believes whatever it says of itself."""
    try:
        found = [ip_network(word.strip("[]"), strict=False) for word in value]
    except ValueError:
        raise ValueError("chỉ gồm địa chỉ IP hoặc mạng, ví dụ 127.0.0.1, 10.1.2.0/24") from None
    if any(one.prefixlen == 0 for one in found):
        raise ValueError("không tin được mọi địa chỉ; hãy ghi đúng địa chỉ của máy chủ proxy")
    return tuple(map(str, found))


def hosts(value: tuple[str, ...]) -> tuple[str, ...]:
    """Names as a browser sends them: in ASCII and lower case, an IPv6 address in its brackets."""
    return tuple(_as_sent(word) for word in value)


def _as_sent(word: str) -> str:
    name = _in_ascii(word).lower().rstrip(".")
    if _is_ip(word.strip("[]")):
        address = ip_address(word.strip("[]"))
        return f"[{address}]" if address.version == 6 else f"{address}"
    if not _DOMAIN.fullmatch(name):
        raise ValueError("chỉ gồm tên máy chủ hoặc địa chỉ IP, không kèm giao thức, cổng và dấu *")
    return name


def is_loopback(name: str) -> bool:
    """Whether what is sent there stays on this machine."""
    return name.lower().rstrip(".") == "localhost" or (_is_ip(name) and ip_address(name).is_loopback)


def _is_ip(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def _in_ascii(value: str) -> str:
    """As name servers are asked: "" if the name cannot be written so."""
    try:
        return value.encode("idna").decode()
    except UnicodeError:
        return ""
