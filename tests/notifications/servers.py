"""Real servers on real sockets that behave as told: they take mail, refuse it, hang, or hang up."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG, DROP = "hang", "drop"


class SmtpServer(socketserver.ThreadingTCPServer):
    """`replies` overrides the reply to a step: CONNECT, EHLO, MAIL, RCPT, DATA, END. HANG and DROP are replies too.

    A list is used up one connection's step at a time, then all is well again. `taken` are the mails whose end was
    read, whatever was then replied.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, at: int = 0, **replies: Any) -> None:
        super().__init__(("127.0.0.1", at), _Dialogue)
        self.replies = {step: reply if isinstance(reply, list) else None for step, reply in replies.items()}
        self.always = {step: reply for step, reply in replies.items() if not isinstance(reply, list)}
        self.taken: list[Message] = []
        self.connections = 0
        self.delay = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def reply(self, step: str, usual: str) -> str:
        once = self.replies.get(step)
        if once:
            return str(once.pop(0))
        return str(self.always.get(step, usual))


class _Dialogue(socketserver.StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        self.server.connections += 1
        try:
            self._talk()
        except (ConnectionError, _HungUp):
            return

    def _talk(self) -> None:
        self._say("CONNECT", "220 here")
        while line := self.rfile.readline():
            step = line[:4].decode().strip().upper()
            if step == "DATA":
                self._say(step, "354 go on")
                self._take()
            elif step == "QUIT":
                return
            else:
                self._say(step, "250 ok")

    def _take(self) -> None:
        read = b""
        while not read.endswith(b"\r\n.\r\n"):
            piece = self.rfile.readline()
            if not piece:
                raise _HungUp
            read += piece
        self.server.taken.append(message_from_bytes(read[:-5]))
        time.sleep(self.server.delay)
        self._say("END", "250 taken")

    def _say(self, step: str, usual: str) -> None:
        reply = self.server.reply(step, usual)
        if reply == HANG:
            time.sleep(3)
        if reply in (HANG, DROP):
            raise _HungUp
        self.wfile.write(f"{reply}\r\n".encode())


class _HungUp(Exception):
    pass


@contextmanager
def smtp_server(at: int = 0, **replies: Any) -> Iterator[SmtpServer]:
    server = SmtpServer(at, **replies)
    with _running(server):
        yield server


class GatewayServer(ThreadingHTTPServer):
    """Answers every POST with `status`, `headers` and `reply`; `asked` are the requests it got."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, status: int = 200, reply: Any = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Gateway)
        self.status, self.reply, self.headers = status, reply, headers or {}
        self.delay = 0.0
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class _Gateway(BaseHTTPRequestHandler):
    server: GatewayServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append({"path": self.path, "headers": dict(self.headers), "body": body.decode()})
        time.sleep(self.server.delay)
        said = json.dumps(self.server.reply or {}).encode()
        try:
            self.send_response(self.server.status)
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
        except ConnectionError:
            return

    do_GET = do_POST

    def log_message(self, *_args: Any) -> None:
        return


@contextmanager
def gateway_server(**answers: Any) -> Iterator[GatewayServer]:
    server = GatewayServer(**answers)
    with _running(server):
        yield server


@contextmanager
def _running(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
