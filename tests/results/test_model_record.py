"""Records of models: typed, checked where they are parsed."""

import msgspec
import pytest

from seqbench.results.model_record import KeptFile, Probe


def test_a_file_has_no_negative_size():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"name": "learned/x", "bytes": -1, "sha256": ""}, KeptFile)


def test_a_probe_may_lack_probabilities_and_layers():
    probe = msgspec.convert({"sentences": [["a"]], "tags": [["X"]]}, Probe)
    assert probe.probabilities is None
    assert probe.layers == {}
