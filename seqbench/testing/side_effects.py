"""Promises about surroundings: the device and threads of the conditions, and the spec of a tagger."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from threadpoolctl import threadpool_limits

from seqbench.contracts.hyperparameters import complete, fields_of
from seqbench.contracts.tagger import Conditions, UsesDevice
from seqbench.registry.specs import parse, written
from seqbench.testing.examples import KNOWN, dev, fitted, refit, tags_of
from seqbench.testing.promise import Make, Promise, require


def _device(make: Make) -> None:
    for device in _devices() if isinstance(make(), UsesDevice) else ["cpu"]:
        tagger = fitted(make, conditions=Conditions(device=device, dev=dev()))
        tags_of(tagger, KNOWN)
        for path, other in _tensors(tagger, "", set()):
            require(_matches(other, device), f"asked to compute on {device!r}, it keeps {path} on {other!r}")


def _devices() -> list[str]:
    """The devices of this machine, as far as torch is in use."""
    torch = sys.modules.get("torch")
    if torch is None:
        return ["cpu"]
    numbered = [f"cuda:{number}" for number in range(1, torch.cuda.device_count())][:1]  # and one that is not the first
    return ["cpu", *["cuda"] * torch.cuda.is_available(), *numbered, *["mps"] * torch.backends.mps.is_available()]


def _matches(device: str, expected: str) -> bool:
    """Whether a tensor's device is the wanted one; a kind without a number stands for each of its devices."""
    return device == expected or device.partition(":")[0] == expected


def _tensors(thing: Any, path: str, seen: set[int], depth: int = 7) -> Iterator[tuple[str, str]]:
    """The device of each tensor that can be reached from a thing, with the path that leads there."""
    torch = sys.modules.get("torch")
    if torch is None or not depth or id(thing) in seen or isinstance(thing, ModuleType | type | str | int | float):
        return
    seen.add(id(thing))
    if isinstance(thing, torch.Tensor):
        yield path, str(thing.device)
    for name, part in _parts(thing, torch):
        yield from _tensors(part, f"{path}{name}".lstrip("."), seen, depth - 1)


def _parts(thing: Any, torch: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a thing, each with what is written behind the thing's path to lead there."""
    if isinstance(thing, torch.Tensor):
        return
    if isinstance(thing, torch.nn.Module):
        named = itertools.chain(thing.named_parameters(), thing.named_buffers())
        yield from ((f".{name}", part) for name, part in named)
    elif isinstance(thing, list | tuple):
        yield from ((f"[{number}]", part) for number, part in enumerate(thing[:100]))
    else:
        attributes = thing if isinstance(thing, dict) else getattr(thing, "__dict__", {})
        yield from ((f".{name}", part) for name, part in attributes.items())


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
    """One thread for each thread pool that is loaded, until the block ends; what a tagger changes is undone."""
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
