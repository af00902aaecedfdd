"""The device of a run: resolved once, recorded, and the same for every tagger that can use one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from seqbench.errors import UsageError
from seqbench.registry.models import Model

CHOICES = "auto, cpu, cuda, cuda:N, mps"
_NAME = re.compile(r"auto|cpu|cuda(:(0|[1-9]\d*))?|mps")


def resolve(name: str, models: Sequence[Model] | None = None) -> str:
    """The device to use: "cpu", "cuda", one of several as "cuda:1", or "mps".

    `auto` prefers CUDA, then MPS, then the CPU. torch is asked only where one of the models can use a device (or
    `models` is left out); else the device is "cpu". Raises `UsageError` if there is no such device.
    """
    if _NAME.fullmatch(name) is None:
        hint = "; an NVIDIA GPU is cuda, one of Apple mps" if "gpu" in name.casefold() else ""
        raise UsageError(
            f"no device is named {name!r}{hint}; choose one of {CHOICES}; available here: {_listed(available())}"
        )
    if name == "cpu" or (models is not None and not any(model.uses_device for model in models)):
        return "cpu"
    devices = available()
    if name == "auto":
        return next(device for device in ("cuda", "mps", "cpu") if device in devices)
    if name not in devices:
        raise UsageError(f"device {name!r} is not available here; available: {_listed(devices)}")
    return name


def available() -> list[str]:
    """The names of all devices of this machine."""
    import torch

    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    numbered = [f"cuda:{number}" for number in range(count)]
    return ["cpu", *(["cuda", *numbered] if count else []), *["mps"] * torch.backends.mps.is_available()]


def kind_of(device: str) -> str:
    """The kind of a device without its number: results depend on the kind alone."""
    return device.partition(":")[0]


def of_model(model: Model, device: str) -> str:
    """The device that a model's trials are run with: the CPU where the model cannot use another."""
    return device if model.uses_device else "cpu"


def note_unused(name: str, device: str, models: Sequence[Model], note: Callable[[str], object]) -> None:
    """Tell which models compute on the CPU although another device was named or is used."""
    others = [model.label for model in models if not model.uses_device]
    if others and (device != "cpu" or name not in ("auto", "cpu")):
        note(f"note: --device {name} does not apply to {', '.join(others)}: computed on the CPU")


def _listed(devices: Sequence[str]) -> str:
    return ", ".join(devices)
