"""Times and sizes as users write them: 5m, 1.5h, 2G."""

from __future__ import annotations

import re

from seqbench.errors import UsageError

_SECONDS = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600}
_POWERS = " KMGT"


def seconds_of(text: str, option: str) -> float:
    """90, 60s, 5m or 1.5h as seconds. Raises `UsageError` with the option's name for anything else."""
    match = re.fullmatch(r"(\d{1,15}(?:\.\d{1,15})?)\s*(s|m|min|h)?", text.strip())
    if match is None or not float(match[1]):
        tuning = "; a number of trials is for 'seqbench tune'" if "trial" in text else ""
        raise UsageError(f"{option} must be a time such as 60s, 5m or 1h, was: {text!r}{tuning}")
    return float(match[1]) * _SECONDS[match[2] or ""]


def bytes_of(text: str, option: str) -> int:
    """2G, 500M or plain bytes as a number. Raises `UsageError` with the option's name for anything else."""
    match = re.fullmatch(r"(\d{1,15}(?:\.\d{1,15})?)\s*([KMGT]?)(?:i?B)?", text.strip(), re.IGNORECASE)
    if match is None or not float(match[1]):
        raise UsageError(f"{option} must be a size such as 2G or 500M, was: {text!r}")
    return int(float(match[1]) * 1024 ** _POWERS.index(match[2].upper() or " "))
