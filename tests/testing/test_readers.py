"""Promises of readers, each with a fault that it alone catches."""

from functools import partial
from pathlib import Path

import faults
import pytest

from seqbench import Corpus
from seqbench.testing import READERS, broken_promises
from seqbench.testing.readers import FileReader


@pytest.mark.parametrize(("promise", "fault"), faults.READERS.items())
def test_a_fault_of_a_reader_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(lambda: fault, READERS)] == [promise]


def test_a_reader_without_a_fault_keeps_them_all():
    assert list(broken_promises(lambda: faults.read, READERS)) == []


def turned(path: Path, *, tags, features):
    """Reads `TAG<word` in the form that nobody else has."""
    lines = path.read_text(encoding="latin-1").split("\n")
    tokens = [line.partition("<")[::2] for line in lines if "<" in line and tags is None]
    if not tokens:
        raise faults.DataError(f"{path}: no token")
    return Corpus.encode([[word for _, word in tokens]], [[tag for tag, _ in tokens]])


def test_a_reader_of_another_format_brings_its_own_example():
    [(promise, seen)] = broken_promises(lambda: turned, READERS)
    assert promise.name == "reads-an-example"
    assert "give the function an attribute `example`" in seen
    own = partial(turned)
    own.example = "NOUN<dogs\nVERB<run\n"
    assert list(broken_promises(lambda: own, READERS)) == []


def test_a_reader_gets_a_file_with_an_ending_of_its_own():
    names = set()

    def noting(path, *, tags, features):
        names.add(path.name)
        return faults.read(path, tags=tags, features=features)

    assert list(broken_promises(lambda: FileReader(noting, ".mine"), READERS)) == []
    assert names == {"example.mine", "example.mine.gz"}
