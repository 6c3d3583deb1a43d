"""A real HTTP server that records what was posted to it and answers as it is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """What arrived.

    Attributes:
        port: TCP port of the server.
        posts: Path, headers and raw body of each request, in order.
        answers: What to answer, in turn: status, object, headers; the last one stays. None breaks the connection.
        on_post: Called after a request was taken and before it is answered.
    """

    port: int = 0
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list = field(default_factory=lambda: [(200, {"errcode": 0, "code": 0, "id": "p-1"}, {})])
    on_post: Callable[[], None] = lambda: None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/robot?access_token=abc"

    def bodies(self) -> list[dict]:
        return [json.loads(body) for _path, _headers, body in self.posts]


@contextmanager
def listening() -> Iterator[Receiver]:
    """Run the server on a free port."""
    box = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.posts.append((self.path, dict(self.headers), body))
            box.on_post()
            answer = box.answers[0] if len(box.answers) == 1 else box.answers.pop(0)
            if answer is None:
                self.connection.close()
                return
            status, facts, headers = answer
            content = json.dumps(facts).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
