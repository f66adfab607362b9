"""Whether people can come in by the address that letters carry: its host, https, and the proxy before us."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from config.setting_checks import hosts, is_loopback
from config.settings import Settings
from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong

_AGAIN = "rồi khởi động lại các dịch vụ"
_PROXIES = (
    "Đặt DONDOC_TRUSTED_PROXIES=127.0.0.1 nếu Caddy hoặc nginx chạy trên cùng máy "
    f"(docs/cai-dat.md, mục 5), {_AGAIN}."
)


def look(premises: Premises) -> Iterator[Finding]:
    """What the settings say; nobody is called."""
    settings = premises.settings
    if settings is None:
        return
    address = urlsplit(settings.base_url)
    if is_loopback(address.hostname or ""):
        yield _only_here(settings)
        return
    missing = [*_of_host(settings), *_of_line(settings, address.scheme)]
    yield from missing or [good(f"Địa chỉ trong thư mở được từ máy khác: {settings.base_url}.")]
    if settings.plain_lan:
        words = (
            "DONDOC_PLAIN_LAN: người ở máy khác vào được mà không có https, đường truyền không được bảo vệ."
        )
        yield note(words, "Chỉ dùng trong mạng nội bộ nhỏ; có https thì bỏ dòng này.")


def _only_here(settings: Settings) -> Finding:
    if not (settings.hosts or settings.trusted_proxies or settings.plain_lan):
        return good(f"Trang chỉ mở trên chính máy này: {settings.base_url}.")
    words = (
        f"DONDOC_BASE_URL là {settings.base_url} trong khi trang mở cho máy khác: liên kết trong thư không "
        "mở được ở máy của người nhận."
    )
    name = settings.hosts[0] if settings.hosts else "don-doc.tinh.example"
    return wrong(words, f"Đặt DONDOC_BASE_URL=https://{name}, {_AGAIN}.")


def _of_host(settings: Settings) -> Iterator[Finding]:
    """Whether the name that letters carry is one by which the pages answer."""
    host = urlsplit(settings.base_url).hostname or ""
    [sent] = hosts((f"[{host}]" if ":" in host else host,))
    if sent not in settings.hosts:
        known = ", ".join(settings.hosts) or "chưa khai tên nào"
        words = (
            f"DONDOC_HOSTS ({known}) thiếu «{sent}» của DONDOC_BASE_URL: trang từ chối mọi người mở tên này."
        )
        yield wrong(words, f"Thêm {sent} vào DONDOC_HOSTS hoặc sửa DONDOC_BASE_URL, {_AGAIN}.")


def _of_line(settings: Settings, scheme: str) -> Iterator[Finding]:
    """Whether somebody brings people in with https, and is believed, or a plain network is allowed."""
    if scheme == "https":
        if not settings.trusted_proxies:
            words = (
                "Chưa khai máy đứng trước nhận https (DONDOC_TRUSTED_PROXIES): trang từ chối mọi máy khác."
            )
            yield wrong(words, _PROXIES)
    elif not settings.plain_lan:
        words = f"DONDOC_BASE_URL ({settings.base_url}) không phải https nên trang từ chối mọi máy khác."
        mend = f"Đặt https trước trang (docs/cai-dat.md, mục 5) và sửa địa chỉ thành https://..., {_AGAIN}."
        yield wrong(words, mend)
