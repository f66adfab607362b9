"""Which addresses the office lets out at all: asked at the import of the register and before each letter."""

from dataclasses import dataclass
from functools import lru_cache

from config.settings import get_settings
from rules.outbox.address_parts import MAILBOX_SCHEMAS, AddressParts, parts_of
from rules.outbox.channels import OUR_CHANNELS
from rules.outbox.inside_addresses import Permitted, refuses_host
from rules.outbox.stock_addresses import NO_DELIVERY, host_of, servers_named, wrong_option

#: Codes of outcomes for an address that is not let out: no server was asked.
SCHEMA, INSIDE, OPTION = "schema", "inside", "option"


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """Why an address is not used: a code for the outbox, and Vietnamese without the address."""

    code: str
    reason: str


def permitted() -> Permitted:
    """What the settings allow inside. Raises ConfigError."""
    return _permitted(get_settings().address_inside)


_refuses = lru_cache(maxsize=4096)(refuses_host)  # a morning has a thousand letters to a hundred domains


@lru_cache(maxsize=8)
def _permitted(entries: tuple[str, ...]) -> Permitted:
    return Permitted.of(entries)


def schema_not_admitted(schema: str) -> NotAdmitted | None:
    """Why no letter goes by addresses of this schema, be it known or not. Raises ConfigError."""
    if schema in NO_DELIVERY:
        return NotAdmitted(
            SCHEMA, f"«{schema}» chỉ ghi vào nhật ký hoặc màn hình của máy, không ai nhận được thư"
        )
    if schema not in get_settings().address_schemas:
        return NotAdmitted(
            SCHEMA, f"kênh «{schema[:24]}» chưa được cho phép (cấu hình DONDOC_ADDRESS_SCHEMAS)"
        )
    return None


def not_admitted(url: str, named_host: bool = False) -> NotAdmitted | None:
    """Why an address of an allowed schema may not be used by what stands in it; None if it may.

    ``named_host``: whether its plugin takes what stands behind the schema for the name of a server (else
    it may be a token). Where another name leads, only the connection knows (``outward.py``). Raises
    ConfigError.
    """
    parts, inside = parts_of(url), permitted()
    if parts.schema in OUR_CHANNELS:
        mailboxes = parts.targets if parts.schema in MAILBOX_SCHEMAS else ()
        domains = (mailbox.rpartition("@")[2] for mailbox in mailboxes if "@" in mailbox)
        return INSIDE_HOST if any(_refuses(domain, inside) for domain in domains) else None
    if said := wrong_option(parts.asked):
        return NotAdmitted(OPTION, said)
    return INSIDE_HOST if any(refuses_host(host, inside) for host in _hosts(parts, named_host)) else None


def _hosts(parts: AddressParts, named_host: bool) -> list[str]:
    named = [host_of(parts.rest)] if named_host else []
    return [host for host in (*named, *servers_named(parts.asked)) if host]


INSIDE_HOST = NotAdmitted(
    INSIDE,
    "máy chủ ở địa chỉ nội bộ hoặc của chính máy này; nếu đúng là cần gửi tới đó, hãy cho phép trong "
    "cấu hình DONDOC_ADDRESS_INSIDE",
)
