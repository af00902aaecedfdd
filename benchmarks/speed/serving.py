"""`seqbench serve` under load: 50 clients on loopback, with and without batching, and requests that it must refuse.

    python benchmarks/speed/serving.py [MODEL] [--clients 50] [--requests 10000]

Without MODEL an lstm is trained on `grammar`. Every answer is compared with the offline prediction of the same
sentences. Prints errors, differences, p50, p95, requests and tokens a second, and the status of each bad request.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

import seqbench

Sentence = list[str]
_SENTENCES, _MOST = 2000, 3  # distinct sentences; sentences of a request
_TYPE = "Content-Type: application/json"


@dataclass
class Load:
    """What came of many requests."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    different: int = 0
    tokens: int = 0
    took: float = 0.0

    def __str__(self) -> str:
        p50, p95, p99 = np.percentile(np.array(self.seconds) * 1000, [50, 95, 99])
        speed = f"{len(self.seconds) / self.took:,.0f} requests and {self.tokens / self.took:,.0f} tokens a second"
        told = ", ".join(f"{count:,} x {status}" for status, count in sorted(self.statuses.items()))
        return f"{told}; {self.different} answers differ; p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms; {speed}"


def main() -> None:
    """Train, serve, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = options.model or _trained(folder)
        words = _sentences(model)
        expected = seqbench.load(model).predict(words)
        for batching in ("--batching", "--no-batching"):
            with served(model, batching) as port:
                load = asyncio.run(loaded(port, words, expected, options.clients, options.requests))
                print(f"{batching}: {load}")
        with served(model, "--timeout", "5s") as port:
            for name, status in asyncio.run(refused(port)):
                print(f"{name}: {status}")
            load = asyncio.run(loaded(port, words, expected, 5, 100))
            print(f"afterwards: {load}")


def _trained(folder: str) -> str:
    command = ["train", "lstm(epochs=3)", "--data", "grammar", "--out", f"{folder}/lstm"]
    subprocess.run([sys.executable, "-m", "seqbench", *command], check=True, capture_output=True)
    return f"{folder}/lstm"


def _sentences(model: str) -> list[Sentence]:
    """Sentences of words that the model knows, and of some that it does not."""
    draw = random.Random(1)  # noqa: S311 -- nothing here is secret
    vocabulary = [*map(str, seqbench.load(model).encoder.vocabularies.words[:1000]), "zorp", "Łódź", "x" * 40]
    return [[draw.choice(vocabulary) for _ in range(draw.randint(1, 40))] for _ in range(_SENTENCES)]


@contextmanager
def served(model: str, *arguments: str) -> Iterator[int]:
    """The port of a server, which must end well when it is told to."""
    command = [sys.executable, "-m", "seqbench", "serve", model, "--port", "0", "--quiet", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline().rpartition(":")[2])
        finally:
            server.send_signal(signal.SIGTERM)
            if server.wait(timeout=30):
                print(f"the server ended with {server.returncode}")


async def loaded(port: int, words: list[Sentence], expected: list[Sentence], clients: int, requests: int) -> Load:
    """What comes of so many requests by so many clients, each with one connection."""
    load, start = Load(), time.perf_counter()
    shares = [requests // clients + (number < requests % clients) for number in range(clients)]
    await asyncio.gather(*(_client(port, words, expected, load, (n, share)) for n, share in enumerate(shares)))
    load.took = time.perf_counter() - start
    return load


async def _client(
    port: int, words: list[Sentence], expected: list[Sentence], load: Load, asked: tuple[int, int]
) -> None:
    draw = random.Random(asked[0])  # noqa: S311
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(asked[1]):
        chosen = [draw.randrange(len(words)) for _ in range(draw.randint(1, _MOST))]
        body = json.dumps({"sentences": [words[number] for number in chosen]}).encode()
        start = time.perf_counter()
        status, content = await exchanged(reader, writer, request(body))
        load.seconds.append(time.perf_counter() - start)
        load.statuses[status] += 1
        if status == 200:  # noqa: PLR2004
            (answer,) = json.loads(content)["models"].values()
            load.different += answer["tags"] != [expected[number] for number in chosen]
            load.tokens += sum(len(words[number]) for number in chosen)
    writer.close()


def request(body: bytes, path: str = "/tag", *headers: str, method: str = "POST") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}", *(headers or [_TYPE])]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def exchanged(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> tuple[int, bytes]:
    """Status and body of the answer."""
    writer.write(sent)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = next((line.partition(":")[2] for line in head.split("\r\n") if line.startswith("content-length")), "0")
    return int(head.split()[1]), await reader.readexactly(int(length))


async def refused(port: int) -> list[tuple[str, str]]:
    """What each bad request is answered with."""
    deep = b'{"sentences":' + b"[" * 100_000
    many = json.dumps({"sentences": [["a"] * 900] * 20}).encode()
    bad = {
        "body of 2 MB": request(b"x" * 2_000_000),
        "2 MB announced": request(b"").replace(b"Content-Length: 0", b"Content-Length: 2000000"),
        "18,000 tokens": request(many),
        "a sentence of 2,000 tokens": request(json.dumps({"sentences": [["a"] * 2000]}).encode()),
        "a word of 5,000 letters": request(json.dumps({"sentences": [["a" * 5000]]}).encode()),
        "no JSON": request(b"{"),
        "100,000 brackets": request(deep),
        "not UTF-8": request(b'{"text": "\xff"}'),
        "numbers for words": request(b'{"sentences": [[1]]}'),
        "a field that nobody knows": request(b'{"text": "a", "x": 1}'),
        "an unknown model": request(b'{"text": "a", "models": ["zorp"]}'),
        "text/plain": request(b"{}", "/tag", "Content-Type: text/plain"),
        "GET /tag": request(b"", method="GET"),
        "a path that is not there": request(b"", "/../../etc/passwd", method="GET"),
        "a foreign host": request(b"{}").replace(b"127.0.0.1", b"evil.example"),
        "no HTTP": b"garbage\r\n\r\n",
        "a head of 100 KB": request(b"{}", "/tag", _TYPE, "X: " + "x" * 100_000),
        "half a head": b"POST /tag HTTP/1.1\r\nHost:",
        "half a body": request(b"{}").replace(b"Content-Length: 2", b"Content-Length: 20"),
    }
    statuses = [(name, await _one(port, sent)) for name, sent in bad.items()]
    flood = await asyncio.gather(*(_one(port, request(b'{"text": "a b c"}')) for _ in range(900)))
    counted = ", ".join(f"{count} x {status}" for status, count in sorted(Counter(flood).items()))
    return [*statuses, ("900 at once", counted)]


async def _one(port: int, sent: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    try:
        status, _ = await asyncio.wait_for(exchanged(reader, writer, sent), 60)
    except (OSError, asyncio.IncompleteReadError) as error:
        return f"closed ({type(error).__name__})"
    finally:
        writer.close()
    return str(status)


if __name__ == "__main__":
    main()
