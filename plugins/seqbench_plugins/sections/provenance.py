"""Provenance of the results: the data with their sizes, and when, where and by which command they were made."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from seqbench.sections import DatasetReport, Manifest, Table

_SIZE = "train-size"
"""The option of a dataset that draws so many sentences of train."""
_MEMORY, _GIGABYTE = "memory_bytes", 1e9


def section(report: DatasetReport) -> Iterator[Table]:
    """A table of the data, and one of the runs."""
    yield Table("Data", ["what", "how much"], [[name, text] for name, text in _data(report)])
    rows = [row for run in report.runs for row in _run(run)]
    if rows:
        yield Table("How it was run", ["what", "how"], rows)


def _data(report: DatasetReport) -> Iterator[tuple[str, str]]:
    dataset = report.dataset
    yield "name", dataset.name
    yield "fingerprint of the content", dataset.fingerprint.replace("+", " + ")
    if dataset.sentences:
        yield "sentences of train", f"{dataset.sentences.train:,}"
        yield "sentences of test", f"{dataset.sentences.test:,}"
        yield "of these in train word for word", f"{dataset.sentences.repeated:,}"
    if report.predictions is not None:
        reference = report.predictions.reference
        tokens = max(1, len(reference.gold))
        yield "tokens of test", f"{len(reference.gold):,}"
        yield "tokens whose word train lacks", f"{100 * (1 - reference.known.sum() / tokens):.2f} %"
        yield "different tags", f"{len(reference.tags):,}"
    if not any(_SIZE in other.drawn for other in report.results.datasets):
        yield "accuracy with fewer sentences of train", "not measured; seqbench run --train-sizes 100,1000,all does"
    if dataset.ceiling is not None:
        yield "best accuracy that can be expected", f"{100 * dataset.ceiling:.2f} %"


def _run(run: Manifest) -> Iterator[list[str]]:
    """The rows of a run, as far as its manifest tells."""
    facts = {
        "command": shlex.join(["seqbench", *run.command]) if run.command else "",
        "begun": run.started,
        "seqbench": run.seqbench,
        "device": run.device or "",
        "threads of a trial": str(run.threads or ""),
        "machine": ", ".join(_part(name, value) for name, value in run.machine.items() if value),
        "versions": ", ".join(f"{name} {version}" for name, version in run.versions.items() if version),
    }
    yield from ([name, text] for name, text in facts.items() if text)


def _part(name: str, value: object) -> str:
    """A part of the machine, such as its memory in gigabytes."""
    return f"memory {value / _GIGABYTE:.1f} GB" if name == _MEMORY and isinstance(value, int) else f"{name} {value}"
