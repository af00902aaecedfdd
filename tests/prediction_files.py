"""Files of gold tags and predictions, scored in this process."""

from __future__ import annotations

from seqbench.results.external_predictions import Call, gold_of, predictions, write
from seqbench.results.rows import read

GOLD = "the\tD\ndog\tN\nruns\tV\n\nit\tN\nruns\tV\n\n"


def file(folder, name, text):
    """A file with this text."""
    path = folder / name
    path.write_text(text)
    return path


def scored(store, gold, files, registry, train=None):
    """The results of predictions in files, kept in a store."""
    dataset, text = gold_of(str(gold), train, registry)
    dataset, given = predictions([str(file) for file in files], dataset, text, registry)
    write(store, dataset, given, registry, Call(["score"]))
    return read([store])
