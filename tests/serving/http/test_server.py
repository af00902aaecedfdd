"""The server: slow clients are let go, what was asked is answered before the end, a taken port is said."""

import http.client
import socket
import threading
import time

import pytest
from served import altered, serving

from seqbench import UsageError
from seqbench.serving.http.server import Address


def sent(port, *parts):
    """All that the server answers to bytes that are sent, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        for part in parts:
            client.sendall(part)
        return b"".join(iter(lambda: client.recv(65536), b""))


def test_clients_that_send_slowly_are_let_go(hmm):
    half = b"POST /tag HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"
    with serving({"hmm": hmm}, client_seconds=0.3) as server:
        assert sent(server.port).startswith(b"HTTP/1.1 408")
        assert sent(server.port, b"POST /tag HTTP/1.1\r\nHost:").startswith(b"HTTP/1.1 408")
        assert sent(server.port, half).startswith(b"HTTP/1.1 408")
        assert server.tag(text="The dog")[0] == 200


def test_a_client_that_keeps_its_connection_may_be_idle(hmm):
    with serving({"hmm": hmm}, client_seconds=0.2) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        for _ in range(2):
            connection.request("GET", "/health")
            assert connection.getresponse().read() == b'{"status":"ok"}'
            time.sleep(0.4)
        connection.close()


@pytest.mark.parametrize(
    "garbage", [b"garbage\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000, b"\x16\x03\x01" * 9]
)
def test_what_is_no_http_is_refused(hmm, garbage):
    with serving({"hmm": hmm}, client_seconds=0.5) as server:
        assert sent(server.port, garbage)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 408")
        assert server.tag(text="The dog")[0] == 200


def test_a_request_that_is_being_answered_is_answered_before_the_end(hmm):
    slow, tagger = altered(hmm)
    told = []
    with serving({"hmm": slow}) as server:
        client = threading.Thread(target=lambda: told.append(server.tag(text="The dog")))
        client.start()
        while not tagger.calls:
            time.sleep(0.01)
        threading.Timer(0.3, tagger.gate.set).start()
    client.join()
    assert told[0][0] == 200


def test_a_port_that_is_taken_is_said():
    with Address(port=0).listening() as taken:
        again = Address(port=taken.getsockname()[1])
        with pytest.raises(UsageError, match="choose another --port"), again.listening():
            pass


def test_a_host_that_is_none_is_said():
    with pytest.raises(UsageError, match="cannot be used"), Address("256.0.0.1").listening():
        pass
