"""Promises of plugins, as checks that an author can run: in pytest, with `seqbench check NAME`, or by hand.

    from seqbench.testing import promised

    test_promises = promised("window")          # in a test file: one test for each promise

`broken_promises(WindowTagger)` gives the broken promises, each with the smallest example that was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seqbench.testing.datasets import DATASETS
from seqbench.testing.examples import corpus, dev
from seqbench.testing.metrics import METRICS
from seqbench.testing.page_sections import SECTIONS
from seqbench.testing.promise import BrokenPromiseError, Make, Promise, broken_among
from seqbench.testing.pytest_cases import promised
from seqbench.testing.readers import READERS
from seqbench.testing.reporters import REPORTERS
from seqbench.testing.selection import PROMISES, Subject, subjects
from seqbench.testing.table_formats import FORMATS
from seqbench.testing.writers import WRITERS

__all__ = [
    "DATASETS",
    "FORMATS",
    "METRICS",
    "PROMISES",
    "READERS",
    "REPORTERS",
    "SECTIONS",
    "WRITERS",
    "BrokenPromiseError",
    "Promise",
    "Subject",
    "broken_promises",
    "corpus",
    "dev",
    "promised",
    "subjects",
]


def broken_promises(make: Make, promises: Sequence[Promise] = PROMISES) -> Iterator[tuple[Promise, str]]:
    """The promises that new taggers of this kind break, each with what was seen."""
    return broken_among(promises, make)
