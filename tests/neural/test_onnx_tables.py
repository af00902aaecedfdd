"""The tables in the metadata of an ONNX file."""

import json

import numpy as np
import onnx
import pytest
from exported import TINY, corpus, fitted

from seqbench import Conditions, UsageError, make
from seqbench.neural.onnx_tables import METADATA, with_tables


def metadata(content):
    (text,) = [entry.value for entry in onnx.load_from_string(content).metadata_props if entry.key == METADATA]
    return json.loads(text)


def test_the_file_has_all_tables_and_what_is_said_of_it():
    tagger = fitted(f"cnn({TINY}, crf=True)")
    known = metadata(tagger.as_onnx({"label": "mine"}))
    network = tagger._fitted
    assert (known["label"], known["format"]) == ("mine", 1)
    assert known["tags"] == [str(tag) for tag in network.vocabularies.tags]
    assert known["words"] == network.alphabet.words
    assert (known["affixes"], known["characters"]) == (network.alphabet.affixes, network.alphabet.characters)
    assert np.array(known["moves"]).shape == (len(known["tags"]) + 1,) * 2


def test_a_network_that_reads_word_vectors_is_refused(tmp_path):
    (tmp_path / "vectors.txt").write_text("a 1 2\nb 3 4\n")
    tagger = make(f"cnn({TINY}, vectors={str(tmp_path / 'vectors.txt')!r})")
    tagger.fit(corpus(), Conditions())
    with pytest.raises(UsageError, match="word vectors of a file, for which an ONNX file has no room"):
        with_tables(b"", tagger._fitted, {})
