"""What a tagger promises of its surroundings: the device and threads it was given, and the spec it is known by."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from threadpoolctl import threadpool_limits

from seqbench.contracts.hyperparameters import complete, fields_of
from seqbench.contracts.tagger import Conditions
from seqbench.registry.specs import parse, written
from seqbench.testing.examples import KNOWN, dev, fitted, refit, tags_of
from seqbench.testing.promise import Make, Promise, require


def _device(make: Make) -> None:
    for device in _devices():
        tagger = fitted(make, conditions=Conditions(device=device, dev=dev()))
        tags_of(tagger, KNOWN)
        for place, found in _kept(vars(tagger) if hasattr(tagger, "__dict__") else {}, ""):
            require(found == device, f"asked to compute on {device!r}, it keeps {place} on {found!r}")


def _devices() -> list[str]:
    """Those of this machine, as far as torch is in use."""
    torch = sys.modules.get("torch")
    if torch is None:
        return ["cpu"]
    return ["cpu", *["cuda"] * torch.cuda.is_available(), *["mps"] * torch.backends.mps.is_available()]


def _kept(things: Any, path: str, depth: int = 4) -> Iterator[tuple[str, str]]:
    """Where each tensor lies that can be reached from these attributes, with the path that leads to it."""
    torch = sys.modules.get("torch")
    if torch is None or not depth:
        return
    if isinstance(things, torch.Tensor):
        yield path, things.device.type
    elif isinstance(things, torch.nn.Module):
        tensors = (*things.named_parameters(), *things.named_buffers())
        yield from ((f"{path}.{name}", tensor.device.type) for name, tensor in tensors)
    elif isinstance(things, dict):
        for name, thing in things.items():
            yield from _kept(thing, f"{path}.{name}".lstrip("."), depth - 1)
    elif isinstance(things, list | tuple):
        for number, thing in enumerate(things[:100]):
            yield from _kept(thing, f"{path}[{number}]", depth - 1)


def _threads(make: Make) -> None:
    fitted(make)  # loads what it needs
    with _one_thread():
        tagger = make()
        refit(tagger)
        _require_one_thread("fit")
        tags_of(tagger, KNOWN)
        _require_one_thread("predict")


def _require_one_thread(method: str) -> None:
    from threadpoolctl import threadpool_info

    pools = {pool["internal_api"]: pool["num_threads"] for pool in threadpool_info()}
    if torch := sys.modules.get("torch"):
        pools["torch"] = torch.get_num_threads()
    for name, number in pools.items():
        require(number <= 1, f"asked to use one thread, {method} has set {name} to {number}")


@contextmanager
def _one_thread() -> Iterator[None]:
    """While it lasts, thread pools that are loaded have one thread; what a tagger makes of it is undone."""
    torch = sys.modules.get("torch")
    before = torch.get_num_threads() if torch else 0
    with threadpool_limits(1):
        if torch:
            torch.set_num_threads(1)
        try:
            yield
        finally:
            if torch:
                torch.set_num_threads(before)


def _spec(make: Make) -> None:
    tagger = make()
    kind = type(tagger)
    if not dataclasses.is_dataclass(kind):  # its hyperparameters cannot be read from it
        return
    values = {name: getattr(tagger, name) for name in fields_of(kind) if hasattr(tagger, name)}
    text = written(kind.__name__, values)
    try:
        again = kind(**complete(kind.__name__, fields_of(kind), parse(text).fields))
    except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
        require(kept=False, broken=f"the spec that stands for it, {text}, cannot be read back: {error}")
    for name, value in values.items():
        other = getattr(again, name)
        require(value == other, f"built again from {text}, its {name} is {other!r}")


SURROUNDINGS = (
    Promise("device-honoured", "keeps its tensors on the device of the conditions", _device),
    Promise("threads-respected", "uses no more threads than the conditions say", _threads),
    Promise("spec-round-trip", "can be built again from its hyperparameters, written as a spec", _spec),
)
