"""The machine that a run was made on."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def machine() -> Mapping[str, object]:
    """Hardware and system of this machine, and the numbers of threads in its environment."""
    return {
        "system": platform.platform(),
        "processor": _processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_bytes": _memory(),
        "gpus": _gpus(),
        "environment": {name: os.environ[name] for name in _THREADS if name in os.environ},
    }


def _processor() -> str:
    """Name of the processor, if Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None


def _gpus() -> list[str]:
    """Names of CUDA devices, asked only of a torch that is imported already."""
    torch = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_available():
        return []
    return [torch.cuda.get_device_name(number) for number in range(torch.cuda.device_count())]
