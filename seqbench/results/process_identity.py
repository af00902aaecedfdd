"""Identity of this process, and whether a process of this machine that left its name on disk still runs."""

from __future__ import annotations

import hashlib
import os
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

WAITING = "waiting for"
"""Begins the sentence on what another process holds."""
_TEMPORARY = re.compile(r"\..*\.(?P<machine>[0-9a-f]{8})-(?P<process>\d+)\.tmp", re.DOTALL)


def this() -> dict[str, object]:
    """Identity of this process, which no other has."""
    return {"machine": machine(), "process": os.getpid(), "started": _started(os.getpid())}


def machine() -> str:
    """Name of this machine since its start; containers that do not see each other's processes are different ones."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts += [
            Path("/proc/sys/kernel/random/boot_id").read_text().strip(),
            str(Path("/proc/self/ns/pid").readlink()),
        ]
    return " ".join(parts)


def exists(process: int) -> bool:
    """Whether this machine has a process of this number, which has not ended."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # no system counts so far
        return False
    except PermissionError:
        pass
    return _started(process) != ""


def runs(identity: Mapping[str, object]) -> bool:
    """Whether a process of this machine still runs, and is not another one with its number."""
    number = identity.get("process")
    if not isinstance(number, int) or number <= 0:
        return False
    return exists(number) and _started(number) == identity.get("started")


def temporary(path: Path) -> Path:
    """Temporary name of a file, under which this process writes it before it gets its own name."""
    return path.with_name(f".{path.name}.{_short_machine()}-{os.getpid()}.tmp")


def left(path: Path) -> bool:
    """Whether a file is the temporary one of a process of this machine that has ended."""
    named = _TEMPORARY.fullmatch(path.name)
    return named is not None and named["machine"] == _short_machine() and not exists(int(named["process"]))


def _short_machine() -> str:
    return hashlib.sha256(machine().encode()).hexdigest()[:8]


def _started(process: int) -> str | None:
    """Start of a process, as Linux counts; "" for one that has ended, None if it is not known."""
    try:
        state, *rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return "" if state in "ZX" else rest[18]
