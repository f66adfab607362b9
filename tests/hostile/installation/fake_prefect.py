"""A server on loopback that answers as it is told, and keeps what it was asked: in the place of Prefect's."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Status and further headers for one request: its method and its path below /api.
Answers = Callable[[str, str], tuple[int, dict[str, str]]]


class FakePrefect:
    """``url`` is what PREFECT_API_URL would say; ``answers`` may be changed at any time."""

    def __init__(self, url: str, answers: Answers) -> None:
        self.url, self.answers = url, answers
        self.asked: list[tuple[str, str, str | None]] = []  # method, path, credentials

    @property
    def here(self) -> str:
        """Host and port."""
        return self.url.removeprefix("http://").removesuffix("/api")


def always(status: int, **headers: str) -> Answers:
    return lambda _method, _path: (status, headers)


@contextmanager
def fake_prefect(answers: Answers) -> Iterator[FakePrefect]:
    """One that answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            path = self.path.removeprefix("/api")
            self.rfile.read(int(self.headers.get("content-length") or 0))
            fake.asked.append((self.command, path, self.headers.get("authorization")))
            status, headers = fake.answers(self.command, path)
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {"content-length": "2", **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = _answer  # noqa: N815  (the names that http.server looks for)

        def log_message(self, *_: object) -> None:
            """Nothing: the test looks at ``asked``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = FakePrefect(f"http://127.0.0.1:{server.server_port}/api", answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
