"""Messages between a run and its worker processes: lines of JSON over a socket, with open files beside them.

Nothing that arrives is ever executed, whatever a worker says in which a stranger's code ran.
"""

from __future__ import annotations

import base64
import json
import signal
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import TypeAlias

import numpy as np

from seqbench.contracts.convergence import Convergence
from seqbench.contracts.trial import DatasetReference, Failure, Selection, TrialRequest, TrialResult
from seqbench.errors import PredictionError
from seqbench.results.records import Json

_CHUNK = 1 << 16
LONGEST = 1 << 26
"""Most bytes of a line, beside those of a large result."""
_FILES = 16  # most open files that come with one line

Message: TypeAlias = dict[str, Json]
FORGED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    PredictionError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading a message may raise, whatever a stranger's code put into it."""
SHOW_STACK = signal.SIGUSR1
"""Asks a worker to write where it is."""


@dataclass
class Lines:
    """Puts the lines of a stream together again; none may be longer than `longest` bytes."""

    longest: int = LONGEST
    _parts: list[bytes] = field(default_factory=list)
    _size: int = 0

    def feed(self, received: bytes) -> Iterator[Message]:
        """The messages that are whole by now. Raises one of `FORGED` if a line is no message, or too long."""
        first, *others = received.split(b"\n")
        self._take(first)
        for other in others:
            line, self._parts, self._size = b"".join(self._parts), [], 0
            self._take(other)
            yield _message(line)

    def _take(self, part: bytes) -> None:
        """Keep a part of a line: many parts are put together once, at the line's end."""
        self._parts.append(part)
        self._size += len(part)
        if self._size > self.longest:
            raise ValueError(f"a line of more than {self.longest:,} bytes")


def _message(line: bytes) -> Message:
    message = json.loads(line, object_hook=_decoded)
    if not isinstance(message, dict):
        raise ValueError(f"a message must be an object, was: {line[:40]!r}")  # noqa: TRY004 -- bad content
    return message


def send(channel: socket.socket, message: Mapping[str, Json], files: Sequence[int] = ()) -> None:
    """Send one message, and open files along with it."""
    line = json.dumps(message, default=_encoded).encode() + b"\n"
    sent = socket.send_fds(channel, [line], list(files)) if files else 0
    channel.sendall(line[sent:])


@dataclass
class Receiver:
    """The end of a socket that messages with open files come from."""

    channel: socket.socket
    files: list[int] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)

    def __iter__(self) -> Iterator[Message]:
        """Messages until the other side is gone; `files` holds what came with them, in order."""
        while True:
            received, files, _, _ = socket.recv_fds(self.channel, _CHUNK, _FILES)
            self.files += files
            if not received:
                return
            yield from self.lines.feed(received)


def request_of(plain: Mapping[str, Json]) -> TrialRequest:
    """The request that was sent with `dataclasses.asdict`."""
    dataset = DatasetReference(**plain["dataset"])
    select = Selection(**plain["select"]) if plain["select"] else None
    convergence = Convergence(**plain["convergence"]) if plain["convergence"] else None
    parts = {"dataset": dataset, "plugins": tuple(plain["plugins"]), "select": select, "convergence": convergence}
    return TrialRequest(**{**plain, **parts})


def plain_result(result: TrialResult) -> Message:
    """A result as a message."""
    plain = {part.name: getattr(result, part.name) for part in fields(result)}
    return {**plain, "failure": asdict(result.failure) if result.failure else None}


def result_of(plain: Mapping[str, Json]) -> TrialResult:
    """The result that a message holds, whose parts `running.result_check` checks. Raises one of `FORGED` if none."""
    failure = Failure(**plain["failure"]) if plain["failure"] else None
    listed = {name: tuple(plain[name]) for name in ("curve", "notes", "trained_on")}
    return TrialResult(**{**plain, **listed, "failure": failure})


def _encoded(value: object) -> dict[str, Json]:
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        content = base64.b64encode(np.ascontiguousarray(value).data).decode()
        return {"array": content, "type": value.dtype.str, "shape": value.shape}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _decoded(value: dict[str, Json]) -> Json:
    if value.keys() != {"array", "type", "shape"}:
        return value
    content = np.frombuffer(base64.b64decode(value["array"]), np.dtype(value["type"]))
    return content.reshape(value["shape"])
