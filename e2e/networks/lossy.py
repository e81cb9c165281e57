"""A proxy that loses answers: the request gets through, what comes back does not."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Lossy:
    """Between client and server. ``lose_after(marker)``: once a client has sent ``marker``, the next
    thing the server says is thrown away and the connection is cut, one time."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.marker = b""
        self.lost = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def lose_after(self, marker: bytes) -> None:
        self.marker = marker

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _peer = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                pair = _Pair(self, client, server)
                threading.Thread(target=pair.up, daemon=True).start()
                threading.Thread(target=pair.down, daemon=True).start()


class _Pair:
    def __init__(self, proxy: Lossy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server = proxy, client, server
        self.doomed = False
        self.said = b""

    def up(self) -> None:
        with contextlib.suppress(OSError):
            while data := self.client.recv(65536):
                self.said = (self.said + data)[-131072:]
                if self.proxy.marker and self.proxy.marker in self.said:
                    self.doomed, self.proxy.marker = True, b""
                self.server.sendall(data)
        self._cut()

    def down(self) -> None:
        with contextlib.suppress(OSError):
            while data := self.server.recv(65536):
                if self.doomed:
                    self.proxy.lost += 1
                    break
                self.client.sendall(data)
        self._cut()

    def _cut(self) -> None:
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def lossy_proxy(target: int) -> Iterator[Lossy]:
    proxy = Lossy(target)
    try:
        yield proxy
    finally:
        proxy.close()
