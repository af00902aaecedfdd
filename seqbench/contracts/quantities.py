"""Times, sizes and seeds as users write them: 5m, 1.5h, 2G, 3-5."""

from __future__ import annotations

import re

from seqbench.errors import UsageError

_SECONDS = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600}
_POWERS = " KMGT"
_MOST_SEEDS = 100_000
_SHOWN = 100


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


def seeds_of(text: str) -> int | tuple[int, ...]:
    """A number of seeds from 0 on (3), or the seeds themselves: a range (3-5), a list (0,2,7), several of these.

    A single seed is a list with a comma behind it (3,). Raises `UsageError` for anything else, for a seed that is
    named twice, and for more than 100,000 of them.
    """
    if re.fullmatch(r"0*[1-9]\d{0,8}", text.strip()):
        _refuse_many(int(text), text)
        return int(text)
    seeds: list[int] = []
    for part in text.strip().removesuffix(",").split(",") if re.search("[-,]", text) else [""]:
        match = re.fullmatch(r"\s*(\d{1,9})(?:-(\d{1,9}))?\s*", part)
        last = int(match[2] or match[1]) if match else -1
        if match is None or not int(match[1]) <= last < int(match[1]) + _MOST_SEEDS:
            raise UsageError(f"--seeds must be a number (3), a range (3-5) or a list (0,2,7), was: {text!r}")
        seeds += range(int(match[1]), last + 1)
        _refuse_many(len(seeds), text)
    if len(set(seeds)) < len(seeds):
        raise UsageError(f"--seeds names a seed twice: {text!r}")
    return tuple(seeds)


def _refuse_many(number: int, text: str) -> None:
    if number > _MOST_SEEDS:
        raise UsageError(f"--seeds may be at most {_MOST_SEEDS:,} seeds, was: {text[:_SHOWN]!r}")
