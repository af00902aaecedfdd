"""Whether networks answer alike on two devices: python benchmarks/truth/devices.py [--device cuda] [SPEC...].

Each tagger is fitted on the CPU, its network is copied to the device, and both tag the same sentences: prints the
largest difference of a probability and the number of different tags. Then it is fitted on the device too: prints how
many times as fast it learns and tags there, and both accuracies. Unless said: all neural taggers that need no file, on
`grammar`.
"""

from __future__ import annotations

import argparse
import copy
import sys
import time
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import nn

from seqbench import Conditions, Dataset, UsesDevice, make
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

TOLERANCE = 1e-4
TIMES = 3


def moved(tagger: Any, device: str) -> Any:
    """A copy of a fitted tagger whose network is on the device."""
    fitted = copy.deepcopy(tagger._fitted)  # noqa: SLF001 -- what was learned, whatever the class
    for field in fields(fitted):
        if isinstance(part := getattr(fitted, field.name), nn.Module):
            part.to(device)
    other = copy.copy(tagger)
    other._fitted = replace(fitted, device=device)  # noqa: SLF001 -- the same
    return other


def seconds(call: Callable[[], object], device: str) -> float:
    """The wall seconds of the fastest of several calls, until the device has finished."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        call()
        if device != "cpu":
            torch.cuda.synchronize()
        took.append(time.perf_counter() - start)
    return min(took)


def compared(spec: str, dataset: Dataset, device: str, seed: int = 0) -> bool:
    """Print one line about a tagger; whether its probabilities are equal within the tolerance."""
    sentences, gold = dataset.test.sentences, dataset.test.tags.ids
    timed = {}
    taggers = {}
    for place in ("cpu", device):
        tagger = make(spec)
        conditions = Conditions(place, seed, torch.get_num_threads(), dataset.dev)
        start = time.perf_counter()
        tagger.fit(dataset.train, conditions)
        timed[place] = time.perf_counter() - start
        taggers[place] = tagger
    copied = moved(taggers["cpu"], device)
    here, there = taggers["cpu"].predict(sentences), copied.predict(sentences)
    gap = np.abs(taggers["cpu"].predict_proba(sentences) - copied.predict_proba(sentences)).max()
    tagging = (
        seconds(partial(taggers["cpu"].predict, sentences), "cpu"),
        seconds(partial(copied.predict, sentences), device),
    )
    accuracy = [100 * float(np.mean(taggers[place].predict(sentences).ids == gold)) for place in ("cpu", device)]
    print(
        f"{spec}: probabilities differ by at most {gap:.1e}, {int((here.ids != there.ids).sum())} of {len(gold)} tags; "
        f"learns {timed['cpu'] / timed[device]:.2f} and tags {tagging[0] / tagging[1]:.2f} times as fast; "
        f"accuracy {accuracy[0]:.2f} (CPU) and {accuracy[1]:.2f}",
        flush=True,
    )
    return bool(gap <= TOLERANCE)


def main() -> int:
    """Compare in this process; 1 if a tagger differs by more than the tolerance."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("specs", nargs="*")
    given = parser.parse_args()
    registry = Registry.discover()
    dataset = load("grammar", registry)
    specs = given.specs or [name for name, entry in sorted(registry.taggers.items()) if _is_network(entry.load())]
    print(f"torch {torch.__version__}, {given.device}, {torch.get_num_threads()} threads of the CPU", flush=True)
    alike = [compared(spec, dataset, given.device) for spec in specs]
    return int(not all(alike))


def _is_network(factory: Any) -> bool:
    return issubclass(factory, UsesDevice) and not hasattr(factory, "model")  # `pretrained` reads a folder


if __name__ == "__main__":
    sys.exit(main())
