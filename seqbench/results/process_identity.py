"""Which process this is, and whether one of this machine that left its name on disk still runs."""

from __future__ import annotations

import hashlib
import os
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_TEMPORARY = re.compile(r"\..*\.(?P<machine>[0-9a-f]{8})-(?P<process>\d+)\.tmp", re.DOTALL)


def this() -> dict[str, Any]:
    """What tells this process from all others."""
    return {"machine": machine(), "process": os.getpid(), "started": _started(os.getpid())}


def machine() -> str:
    """This machine since it was started; containers that do not see each other's processes are different ones."""
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
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _started(process) != ""


def runs(found: Mapping[str, Any]) -> bool:
    """Whether a process of this machine is still there, and not another with its number."""
    number = found.get("process")
    return isinstance(number, int) and exists(number) and _started(number) == found.get("started")


def temporary(path: Path) -> Path:
    """Where this process writes a file before it takes its place."""
    return path.with_name(f".{path.name}.{_short_machine()}-{os.getpid()}.tmp")


def left(path: Path) -> bool:
    """Whether this is the temporary file of a process of this machine that is no more."""
    named = _TEMPORARY.fullmatch(path.name)
    return named is not None and named["machine"] == _short_machine() and not exists(int(named["process"]))


def _short_machine() -> str:
    return hashlib.sha256(machine().encode()).hexdigest()[:8]


def _started(process: int) -> str | None:
    """When a process was started, as Linux counts; "" for one that has ended, None where it cannot be told."""
    try:
        state, *rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return "" if state in "ZX" else rest[18]
