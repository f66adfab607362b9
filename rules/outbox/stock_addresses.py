"""What an address of Apprise's own plugins may not be: no delivery, or one that gives something away."""

from collections.abc import Iterable

#: Schemas whose plugin writes into a log or onto the desktop of this machine, or into a log server:
#: nobody has read it, so it is no delivery. ``tests/hostile/installation/test_schemas.py`` looks through
# them all.
NO_DELIVERY = frozenset(
    {"syslog", "rsyslog", "dbus", "kde", "qt", "glib", "gio", "gnome", "macosx", "windows", "blink1"}
)
#: Options that make a plugin read a file of this machine.
_READS_FILES = frozenset({"keyfile", "subfile", "pgpkey", "pgp", "attach"})
_YES = frozenset({"yes", "true", "1", "on", "y", "enable", "enabled", ""})
_NO = frozenset({"no", "false", "0", "off", "n", "disable", "disabled", "never", "deny"})
#: Options by which an address may name a server besides its host.
_SERVERS = frozenset({"smtp", "server", "host", "url", "api", "apihost", "proxy", "homeserver", "gateway"})


def wrong_option(asked: Iterable[tuple[str, str]]) -> str | None:
    """Why an address must not ask this of its plugin, in Vietnamese; None if it may.

    ``asked`` is its query, as ``address_parts`` takes it apart.
    """
    for key, value in asked:
        key, value = key.lstrip("+-:").lower(), value.strip().lower()
        if key == "verify" and value not in _YES:
            return "không được tắt việc kiểm tra chứng thư của máy chủ (verify=no)"
        if key == "redirect" and value not in _NO:
            return "không được cho chuyển tiếp thư sang máy chủ khác (redirect=yes)"
        if key == "mode" and value == "insecure":
            return "không được gửi qua kết nối chưa mã hóa (mode=insecure)"
        if key in _READS_FILES or value.startswith("file:"):
            return f"không được đọc tệp của máy này («{key}»)" if key in _READS_FILES else _FILE
    return None


_FILE = "không được đọc tệp của máy này (file:)"


def servers_named(asked: Iterable[tuple[str, str]]) -> list[str]:
    """The hosts that the query of an address names, without scheme, account, port and path."""
    found = []
    for key, value in asked:
        rest = value.partition("://")[2] if "://" in value else value if key in _SERVERS else ""
        if rest:
            found.append(host_of(rest))
    return found


def host_of(rest: str) -> str:
    """The host of what stands behind ``schema://``: between an account and a port, a path or a query."""
    place = rest.replace("\\", "/").partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place if place.count(":") > 1 else place.partition(":")[0]
