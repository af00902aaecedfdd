"""The device of a run: resolved once, recorded, and the same for every tagger."""

from __future__ import annotations

from seqbench.errors import UsageError

CHOICES = ("auto", "cpu", "cuda", "mps")


def resolve(asked: str) -> str:
    """The device to use; `auto` prefers CUDA, then MPS, then the CPU. `UsageError` for one that is not there."""
    if asked not in CHOICES:
        message = f"no device is named {asked!r}; choose one of {', '.join(CHOICES)}"
        raise UsageError(message)
    if asked == "cpu":
        return asked
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if asked == "auto":
        return next(device for device, available in there.items() if available)
    if not there[asked]:
        available = ", ".join(device for device, yes in there.items() if yes)
        message = f"device {asked!r} is not available here; available: {available}"
        raise UsageError(message)
    return asked
