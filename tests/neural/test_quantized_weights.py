"""Weights in fewer bits: as near as the bits allow, and the same when they are rounded again."""

import numpy as np
import pytest
import torch
from kept import SMALL
from torch import nn

from seqbench import Conditions, Corpus, StoreError, make
from seqbench.neural.quantized_weights import packed, restored, round_weights, type_of

NAMES = ["weight", "bias", "zero"]


@pytest.fixture
def weights():
    random = np.random.default_rng(0)
    return {
        "weight": (random.normal(size=(50, 7)) * 10.0 ** random.integers(-6, 6, (50, 1))).astype(np.float32),
        "bias": random.normal(size=7).astype(np.float32),
        "zero": np.zeros((3, 2), np.float32),
        "buffer": np.arange(4),
    }


@pytest.mark.parametrize(("to", "share"), [("bfloat16", 2**-8), ("int8", 1 / 252)])
def test_what_is_rounded_is_near_and_does_not_change_when_it_is_rounded_again(weights, to, share):
    once = restored(packed(weights, NAMES, to))
    largest = np.abs(weights["weight"]).max(1, keepdims=True)
    assert (np.abs(once["weight"] - weights["weight"]) <= share * largest).all()
    assert not np.array_equal(once["weight"], weights["weight"])
    assert once["weight"].dtype == np.float32
    again = restored(packed(once, NAMES, to))
    assert all(np.array_equal(once[name], again[name]) for name in weights)


def test_bfloat16_is_that_of_torch(weights):
    expected = torch.from_numpy(weights["weight"]).bfloat16().float().numpy()
    np.testing.assert_array_equal(restored(packed(weights, NAMES, "bfloat16"))["weight"], expected)


def test_they_take_fewer_bytes(weights):
    sizes = {to: packed(weights, NAMES, to)["weight"].nbytes for to in ("float32", "bfloat16", "int8")}
    assert sizes == {"float32": 1400, "bfloat16": 700, "int8": 350}


def test_vectors_stay_as_they_are_in_int8_and_what_is_not_named_in_each():
    weights = {"bias": np.ones(3, np.float32) / 3, "other": np.ones((2, 2), np.float32) / 3}
    assert all(np.array_equal(array, weights[name]) for name, array in packed(weights, ["bias"], "int8").items())


@pytest.mark.parametrize("to", ["float32", "bfloat16", "int8"])
def test_the_type_that_weights_are_stored_in_is_seen(weights, to):
    assert type_of(packed(weights, NAMES, to)) == to


def test_weights_that_are_stored_in_another_type_than_the_spec_says_are_refused(tmp_path):
    train = Corpus.encode([["the", "dog"]], [["DET", "NN"]])
    tagger = make(f"lstm({SMALL}, weights='bfloat16')")
    tagger.fit(train, Conditions())
    tagger.save(tmp_path)
    for to in ("float32", "int8"):
        with pytest.raises(StoreError, match=f"are stored as bfloat16, the spec says {to}"):
            make(f"lstm({SMALL}, weights='{to}')").load(tmp_path)


def test_scales_of_other_weights_are_refused(weights):
    stored = packed(weights, NAMES, "int8")
    for name, scale in (("nothing", stored["weight scale"]), ("weight", np.ones(49, np.float32)), ("bias", np.ones(7))):
        with pytest.raises(ValueError, match="belong to no weights of one byte"):
            restored({**stored, f"{name} scale": scale})


def test_a_network_is_rounded_where_it_is():
    network = nn.Linear(3, 2)
    before = network.weight.detach().clone()
    round_weights(network, "int8")
    assert torch.allclose(network.weight, before, atol=0.01)
    assert not torch.equal(network.weight, before)


def test_a_contender_with_fewer_bits_is_its_parent_rounded():
    train = Corpus.encode([["the", "dog", "ran"], ["a", "cat", "sat"]] * 3, [["DET", "NN", "V"]] * 6)
    parent, contender = (make(f"lstm({SMALL}{more})") for more in ("", ", weights='int8'"))
    for tagger in (parent, contender):
        tagger.fit(train, Conditions())
    words = [["the", "cat", "zorp"]]
    reduced = parent.reduced("int8")
    np.testing.assert_array_equal(contender.predict_proba(words), reduced.predict_proba(words))
    assert not np.array_equal(parent.predict_proba(words), reduced.predict_proba(words))
    assert (list(parent.reduced_to), list(contender.reduced_to)) == (["float32", "bfloat16", "int8"], ["int8"])
