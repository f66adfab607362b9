"""Start the pages on this machine only."""

from rules.refusal import Refusal
from web.access import is_loopback


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Run the pages until interrupted. Raises Refusal for any other host."""
    if not is_loopback(host):
        raise Refusal(f"Chưa có chức năng đăng nhập nên chỉ được mở trang ở 127.0.0.1, không mở ở {host}.")
    import uvicorn

    uvicorn.run(
        "web.app:create_app",
        factory=True,
        host=host,
        port=port,
        proxy_headers=False,
        server_header=False,
        log_level="warning",
    )
