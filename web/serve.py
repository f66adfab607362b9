"""Start the pages on this machine only."""

from flows.terminal.page_server import serving
from rules.refusal import Refusal
from web.door.access import is_loopback


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Run the pages until interrupted. Raises Refusal for any other host."""
    if not is_loopback(host):
        raise Refusal(f"Chưa có chức năng đăng nhập nên chỉ được mở trang ở 127.0.0.1, không mở ở {host}.")
    import uvicorn

    uvicorn.run(**serving(port, host))
