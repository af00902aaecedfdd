"""A worker process as the run sees it: started, spoken to, watched, ended, and what it wrote last."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from seqbench.contracts.trial import TrialRequest
from seqbench.results.records import Json
from seqbench.running.executors.descendants import end_descendants
from seqbench.running.executors.messages import SHOW_STACK, Lines, Message, send
from seqbench.running.executors.shared_dataset import Packed

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); "
    "from seqbench.running.executors.worker import main; main()"
)
_POOLS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_TAIL = 1 << 14  # bytes of what a worker wrote that are kept
_CHUNK = 1 << 16


@dataclass(eq=False)
class WorkerProcess:
    """A running worker. `channel` carries messages, `output` what plugins and the system wrote."""

    channel: socket.socket
    process: subprocess.Popen[bytes]
    opened: set[str] = field(default_factory=set)
    lines: Lines = field(default_factory=Lines)
    written: bytes = b""
    ready: bool = False

    @classmethod
    def start(cls, threads: int) -> WorkerProcess:
        """A new worker in a session of its own, so that Ctrl-C reaches the run only."""
        ours, theirs = socket.socketpair()
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        with theirs:
            process = subprocess.Popen(  # noqa: S603 -- this very Python
                [sys.executable, "-P", "-c", _START, path],
                stdin=theirs.fileno(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **dict.fromkeys(_POOLS, str(threads))},
            )
        return cls(ours, process)

    @property
    def output(self) -> int:
        """The file descriptor of what the process writes."""
        return self._written_to.fileno()

    @property
    def _written_to(self) -> IO[bytes]:
        if self.process.stdout is None:
            raise TypeError("the process was started without a pipe")
        return self.process.stdout

    def open(self, fingerprint: str, packed: Packed) -> None:
        """Hand a dataset over, unless the worker has it."""
        if fingerprint not in self.opened:
            message = {"do": "open", "fingerprint": fingerprint, "description": packed.description}
            send(self.channel, message, [packed.file.fileno()])
            self.opened.add(fingerprint)

    def run(self, request: TrialRequest, further: Mapping[str, Json]) -> None:
        """Ask for a trial; `further` is what the worker needs beside the request."""
        send(self.channel, {"do": "run", "request": asdict(request), **further})

    def stop(self, request: TrialRequest) -> None:
        """Ask the tagger of this trial to stop fitting; the tagger hears of it with its next report."""
        with suppress(OSError):
            send(self.channel, {"do": "stop", "key": request.key})

    def say(self, message: Mapping[str, Json]) -> None:
        """Send a message."""
        send(self.channel, message)

    def leave(self) -> None:
        """Ask the worker to end; it may do what it has registered for its end."""
        with suppress(OSError):
            send(self.channel, {"do": "leave"})
        self.channel.close()

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def hear(self) -> list[Message] | None:
        """Messages that arrive, waited for; None once the worker is gone. Raises one of `messages.FORGED` if none."""
        try:
            received = self.channel.recv(_CHUNK)
        except OSError:
            received = b""
        return list(self.lines.feed(received)) if received else None

    def read(self) -> bool:
        """Keep the end of what the process wrote; False once nothing more can come."""
        received = os.read(self.output, _CHUNK)
        self.written = (self.written + received)[-_TAIL:]
        return bool(received)

    def drain(self) -> None:
        """Read the rest of the output, without waiting for children of the process that may hold it open."""
        os.set_blocking(self.output, False)
        with suppress(BlockingIOError):
            while self.read():
                pass

    @property
    def said(self) -> str:
        """End of what the process wrote, as text."""
        return self.written.decode(errors="replace")

    def show_stack(self) -> None:
        """Ask the process where it is; the answer is in what it writes."""
        self._signal(SHOW_STACK, group=False)

    def kill(self) -> None:
        """End the process and all that it started, at once, in sessions of their own as well."""
        if self.alive:
            end_descendants(self.process.pid)
        self._signal(signal.SIGKILL, group=True)
        self.process.wait()
        self.channel.close()

    def close(self) -> None:
        """Let go of an ended process."""
        self.channel.close()
        self._written_to.close()

    def _signal(self, number: int, *, group: bool) -> None:
        with suppress(ProcessLookupError, PermissionError):
            (os.killpg if group else os.kill)(self.process.pid, number)

    def ending(self, patience: float) -> str:
        """How the process ended, by a signal or with an exit code, or that it has not ended in time."""
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return "its process closed its connection to the run"
        if code >= 0:
            return f"its process ended with exit code {code}"
        with suppress(ValueError):
            return f"its process was killed by signal {-code} ({signal.Signals(-code).name})"
        return f"its process was killed by signal {-code}"


def memory_of(processes: Sequence[int]) -> int:
    """Bytes of memory that these processes and their children hold for themselves or share among them.

    Files mapped into memory (libraries, corpora) are not counted: the system takes them back when it needs room.
    """
    total = 0
    for process in processes:
        with suppress(OSError, ValueError):
            folder = Path("/proc", str(process))
            status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
            total += sum(1024 * int(status[name].split()[0]) for name in ("RssAnon", "RssShmem") if name in status)
            children = [(task / "children").read_text() for task in (folder / "task").iterdir()]
            total += memory_of([int(child) for listed in children for child in listed.split()])
    return total
