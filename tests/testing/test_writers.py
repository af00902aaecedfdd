"""Promises of writers, each with a fault that it alone catches; every built-in writer keeps them all."""

from itertools import count
from pathlib import Path

import pytest

from seqbench import Corpus, DataError
from seqbench.registry.discovery import Registry
from seqbench.testing import WRITERS, broken_promises, subjects
from seqbench.testing.writers import FileWriter


def read(path: Path) -> Corpus:
    lines = path.read_text(encoding="utf-8").split("\n")
    sentences = [[token.split("\t") for token in line.split(" ")] for line in lines if line]
    return Corpus.encode([[w for w, _ in s] for s in sentences], [[t for _, t in s] for s in sentences])


def text_of(corpus):
    pairs = zip(corpus.sentences, corpus.tags, strict=True)
    return "".join(" ".join(f"{w}\t{t}" for w, t in zip(*pair, strict=True)) + "\n" for pair in pairs)


def lost(corpus):
    return ["marks of documents"] if len(corpus.documents) > 1 else []


def write(path, corpus):
    path.write_text(text_of(corpus), encoding="utf-8")
    return lost(corpus)


def shouting(path, corpus):
    path.write_text(text_of(corpus).replace("dog", "DOG"), encoding="utf-8")
    return lost(corpus)


def forgetful(path, corpus):
    write(path, corpus)
    return []


def with_a_copy(path, corpus):
    write(path.with_suffix(".bak"), corpus)
    return write(path, corpus)


CALLS = count()


def numbering(path, corpus):
    path.write_text(text_of(corpus) + "\n" * next(CALLS), encoding="utf-8")
    return lost(corpus)


def appending(path, corpus):
    with path.open("a", encoding="utf-8") as file:
        file.write(text_of(corpus))
    return lost(corpus)


def printing(path, corpus):
    print("written")
    return write(path, corpus)


FAULTS = {
    "reads-back": shouting,
    "tells-what-is-lost": forgetful,
    "one-file": with_a_copy,
    "replaces": appending,
    "silent": printing,
}


@pytest.mark.parametrize(("promise", "fault"), FAULTS.items())
def test_a_fault_of_a_writer_is_caught_by_its_promise_alone(promise, fault):
    broken = broken_promises(lambda: FileWriter(fault, read), WRITERS)
    assert [broken.name for broken, _ in broken] == [promise]


def test_a_file_that_is_another_each_time_is_caught():
    broken = [broken.name for broken, _ in broken_promises(lambda: FileWriter(numbering, read), WRITERS)]
    assert broken == ["same-again", "replaces"]


def test_a_writer_without_a_fault_keeps_them_all():
    assert list(broken_promises(lambda: FileWriter(write, read), WRITERS)) == []


def test_a_writer_that_refuses_what_its_format_does_not_hold_is_tried_on_spans():
    seen = []

    def of_spans(path, corpus):
        if "DET" in corpus.tags.vocabulary:
            raise DataError(f"{path}: this format holds spans")
        seen.append(list(corpus.tags[0]))
        return write(path, corpus)

    assert list(broken_promises(lambda: FileWriter(of_spans, read), WRITERS)) == []
    assert ["B-PER", "I-PER", "O", "B-LOC"] in seen


def test_every_built_in_writer_keeps_them_all():
    registry = Registry.discover()
    assert registry.writers
    for name in registry.writers:
        (subject,) = [subject for subject in subjects(registry, name) if subject.label == f"{name} (writer)"]
        assert list(broken_promises(subject.make, subject.promises)) == []
