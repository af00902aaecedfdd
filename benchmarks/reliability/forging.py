"""Messages of worker processes, forged at random: each is a result, a failed trial or a refusal, never the run's end.

    python benchmarks/reliability/forging.py [MESSAGES] [SEED]

True messages (ready, progress, result) are changed: other values at any place, absurd arrays, bytes changed, cut or
put in, two in one. Each comes from a process of its own through the socket that a run listens to. What the run takes
for a result is checked as the run does. An exception that the run would not expect counts as a traceback, more than
ten seconds as a hang.
"""

from __future__ import annotations

import base64
import copy
import json
import random
import socket
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from fuzzing import HANGS, PATIENCE, TRACEBACKS, places, report

from seqbench import Corpus, Dataset
from seqbench.contracts.trial import DatasetReference, Failure, TrialRequest, TrialResult
from seqbench.errors import PredictionError
from seqbench.running.executors.attempts import Attempt, End
from seqbench.running.executors.messages import plain_result
from seqbench.running.executors.worker_pool import PooledWorker, WorkerPool
from seqbench.running.executors.worker_process import WorkerProcess
from seqbench.running.result_check import checked_result
from seqbench.scoring.reference import Reference

WORDS, TAGS = [["the", "dog"], ["a", "cat", "ran"]], [["D", "N"], ["D", "N", "V"]]
CORPUS = Corpus.encode(WORDS, TAGS)
DATASET = Dataset.of("forged", train=CORPUS, test=CORPUS)
REQUEST = TrialRequest("0" * 12, {}, "x", "x", 0, DatasetReference("forged", "", DATASET.fingerprint))
TOKENS = DATASET.test.tokens
RESULT = TrialResult(
    timings={"fit_seconds": 0.5, "parameters": 3},
    curve=({"epoch": 1, "loss": 0.5},),
    notes=("a note",),
    predicted=np.zeros(TOKENS, np.int32),
    certainty=np.full((3, TOKENS), 0.5, np.float32),
)
QUIET = 0.05


def array(content: bytes, kind: object, shape: object) -> dict[str, object]:
    """An array as a message has it."""
    return {"array": base64.b64encode(content).decode(), "type": kind, "shape": shape}


EVIL: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, 2**70, 0.5, 1e308, float("nan"), float("inf"), "", "x", "\ud800", "a" * 5000),
    *([], {}, [None], [[]], {"x": 1}, [[["x"]]], {"array": 1, "type": 2, "shape": 3}, "ready", "progress", "result"),
    array(b"\0" * 4 * TOKENS, "<i4", [TOKENS]),
    array(b"\xff" * 4 * TOKENS, "<i4", [TOKENS]),
    array(b"\xff" * 4 * TOKENS, "<f4", [TOKENS]),
    array(b"\0" * 8, "|O", [1]),
    array(b"\0" * 8, "<i4", [2**40, 2**40]),
    array(b"", "<i4", [0, 2**62]),
    array(b"\0" * 16, "i4,i4", [2]),
    array(b"\0" * 16, "V16", [1]),
    array(b"\0" * 16, "<M8[s]", [-1]),
    array(b"\0" * 80, "<U20", []),
    array(b"\0" * 8, "__import__('os')", None),
)


def texts() -> list[dict[str, Any]]:
    """True messages of a worker."""
    failed = replace(RESULT, predicted=None, failure=Failure("x", "1", "an error", "Traceback"))
    told = {"epoch": 1, "tokens": 9, "loss": 0.5}
    results = [{"say": "result", **plain(plain_result(result))} for result in (RESULT, failed)]
    return [{"say": "ready"}, {"say": "progress", "told": told}, *results]


def plain(message: Mapping[str, Any]) -> dict[str, Any]:
    """A message with its arrays as they are sent."""
    return {
        name: array(value.tobytes(), value.dtype.str, value.shape)
        if isinstance(value, np.ndarray)
        else dict(value)
        if isinstance(value, Mapping)
        else value
        for name, value in message.items()
    }


def forged(drawn: random.Random) -> bytes:
    """A line, or what should be one."""
    message = json.loads(json.dumps(drawn.choice(texts())))
    for _ in range(drawn.choice([1, 1, 2, 3])):
        message = changed(message, drawn)
    line = json.dumps(message).encode() + b"\n"
    kind = drawn.randrange(10)
    if kind == 0:
        content = bytearray(line)
        for _ in range(drawn.randrange(1, 6)):
            content[drawn.randrange(len(content))] = drawn.randrange(256)
        return bytes(content) + b"\n"
    if kind == 1:
        bodies = [b"", b"\xff\xfe", b"[" * 100_000, b'{"say": ' * 2000, b"0" * 9000]
        return drawn.choice(bodies) + b"\n"
    return line * (2 if kind == 2 else 1)  # noqa: PLR2004 -- two at once


def changed(message: Any, drawn: random.Random) -> Any:
    """The message with another value at one place, or one less."""
    ways = places(message)[1:]
    if not ways:
        return drawn.choice(EVIL)
    *outer, last = drawn.choice(ways)
    holder = message
    for name in outer:
        holder = holder[name]
    if drawn.random() < 0.15:  # noqa: PLR2004 -- sometimes
        del holder[last]
    elif drawn.random() < 0.1 and isinstance(holder, dict):  # noqa: PLR2004 -- sometimes
        holder[drawn.choice(["x", "failure", "told", "\udc80"])] = copy.deepcopy(drawn.choice(EVIL))
    else:
        holder[last] = copy.deepcopy(drawn.choice(EVIL))
    return message


@dataclass
class Forger:
    """A process that is a worker for the run, and the end of the socket that it would have."""

    worker: WorkerProcess
    channel: socket.socket

    @classmethod
    def start(cls) -> Forger:
        """A process that does nothing, and ends when the run closes its end."""
        ours, theirs = socket.socketpair()
        process = subprocess.Popen(["cat"], stdin=theirs, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S607 -- of the system
        return cls(WorkerProcess(ours, process), theirs)


def end_of(line: bytes) -> str:
    """How the run takes a line."""
    reference, forger = Reference.of(DATASET), Forger.start()
    with forger.channel, WorkerPool(lambda _request, _told: False) as pool:
        attempt = Attempt(REQUEST, {"memory": None}, alone=True)
        pooled = PooledWorker(forger.worker, attempt, time.monotonic())
        pool.workers.append(pooled)
        pool._selector.register(forger.worker.channel, 1, pooled)  # noqa: SLF001 -- in the place of `give`
        forger.channel.sendall(line)
        ends: list[End] = []
        until = time.monotonic() + QUIET
        while not ends and time.monotonic() < until:
            ends += pool.wait()
        if not ends:
            return "no end"
        if ends[0].result is None:
            return "refused"
        try:
            checked_result(ends[0].result, reference)
        except PredictionError:
            return "failed trial"
    return "result" if ends[0].result.failure is None else "failure"


def fuzzed(messages: int, seed: int = 0) -> Counter[str]:
    """Counts of how the run took so many forged messages."""
    drawn, counts = random.Random(seed), Counter[str]()  # noqa: S311 -- forgeries, no secret
    for number in range(messages):
        line, began = forged(drawn), time.monotonic()
        try:
            end = end_of(line)
        except Exception:  # noqa: BLE001 -- whatever it is, it is counted
            end = TRACEBACKS
            print(f"TRACEBACK message {number}: {line[:300]!r}\n{traceback.format_exc()}", file=sys.stderr)
        counts[HANGS if time.monotonic() - began > PATIENCE else end] += 1
    return counts


def main() -> None:
    """Print the counts and the date."""
    report("forged messages", 1000, fuzzed)


if __name__ == "__main__":
    main()
