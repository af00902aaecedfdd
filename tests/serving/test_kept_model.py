"""Kept models in a fresh process: the very same tags and probabilities, whatever the model is inside."""

import json
import subprocess
import sys

import numpy as np
import pytest
from kept import SMALL, WORDS, kept, loaded
from samples import Constant

import seqbench
from seqbench import StoreError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.serving.kept_model import load_model

SPECS = [
    "baseline",
    "majority",
    "hmm",
    "hmm(lexicalized=True, decode='posterior')",
    "crf(iterations=5)",
    "perceptron(epochs=1)",
    f"feedforward({SMALL})",
    f"cnn({SMALL})",
    f"rnn({SMALL})",
    f"gru({SMALL}, bidirectional=False)",
    f"lstm({SMALL}, layers=2, characters='lstm')",
    f"lstm({SMALL}, preset='fast')",
    f"lstm({SMALL}, preset='strong')",
    f"lstm-crf({SMALL})",
    f"transformer({SMALL}, heads=2)",
    "lstm-tutorial(epochs=3)",
    f"ensemble(members=['hmm', 'lstm({SMALL})'])",
    "stacked(folds=2)",
    f"distil(teacher='hmm', student='rnn({SMALL})')",
]

FRESH = """
import json, sys
from pathlib import Path
from seqbench import Probabilistic
from seqbench.registry.discovery import Registry
from seqbench.serving.kept_model import load_model

words = json.loads(sys.argv[1])
for folder in sys.argv[2:]:
    model = load_model(Path(folder), Registry.discover())
    able = isinstance(model.tagger, Probabilistic)
    print(json.dumps([model.predict(words), model.predict_proba(words).tobytes().hex() if able else ""]))
"""


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_every_built_in_answers_alike_in_a_fresh_process(every, tmp_path):
    specs = SPECS[::every]
    folders = [kept(spec, tmp_path / str(number)) for number, spec in enumerate(specs)]
    command = [sys.executable, "-c", FRESH, json.dumps(WORDS), *map(str, folders)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for spec, folder, line in zip(specs, folders, lines, strict=True):
        model, (tags, probabilities) = loaded(folder), json.loads(line)
        assert tags == model.predict(WORDS), spec
        if probabilities:
            assert bytes.fromhex(probabilities) == model.predict_proba(WORDS).tobytes(), spec


def test_a_pretrained_encoder_is_kept_with_its_tokenizer(tmp_path, encoder):
    folder = kept(f"pretrained(epochs=1, min_steps=4, model={str(encoder)!r})", tmp_path / "model")
    first, second = loaded(folder), loaded(folder)
    assert np.array_equal(first.predict_proba(WORDS), second.predict_proba(WORDS))
    assert f"'{encoder}" not in (folder / "model.json").read_text()


def test_word_vectors_are_kept_with_the_model(tmp_path):
    vectors = tmp_path / "vectors.txt"
    vectors.write_text("the 0.5 1.0\ndog 0.25 -1.0\n")
    folder = kept(f"lstm({SMALL}, vectors={str(vectors)!r})", tmp_path / "model")
    before = loaded(folder).predict_proba(WORDS)
    vectors.unlink()
    assert np.array_equal(before, loaded(folder).predict_proba(WORDS))


def test_a_model_without_probabilities_says_so(tmp_path):
    with pytest.raises(UsageError, match="model 'baseline' has no probabilities"):
        loaded(kept("baseline", tmp_path / "model")).predict_proba(WORDS)


def test_weights_that_fit_but_are_of_another_model_are_found(tmp_path):
    first, second = (kept("lstm-tutorial(epochs=3)", tmp_path / str(seed), seed=seed) for seed in (0, 1))
    for name in ("learned.json", "learned.safetensors"):
        (first / "learned" / name).write_bytes((second / "learned" / name).read_bytes())
    record, other = (json.loads((folder / "model.json").read_text()) for folder in (first, second))
    (first / "model.json").write_text(json.dumps({**record, "files": other["files"]}))
    with pytest.raises(StoreError, match="does not tag the sentences of its model.json as it did"):
        loaded(first)


def test_a_model_of_a_plugin_that_is_not_there_names_it(tmp_path):
    folder = kept("baseline", tmp_path / "model")
    record = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(
        json.dumps({**record, "spec": "window", "origin": {"plugin": "seqbench-window"}})
    )
    with pytest.raises(UsageError, match="needs plugin 'seqbench-window': no tagger is named 'window'"):
        loaded(folder)


def test_a_tagger_that_cannot_load_is_told(tmp_path):
    with pytest.raises(UsageError, match="Constant has no load"):
        load_model(kept("baseline", tmp_path / "model"), Registry(), Constant())


def test_the_public_doors_load_a_model_and_show_its_states(tmp_path):
    model = seqbench.load(kept("lstm-tutorial(epochs=3)", tmp_path / "model"))
    assert model.predict([["The", "dog"]]) == loaded(tmp_path / "model").predict([["The", "dog"]])
    assert seqbench.states(model, [["The", "dog"], ["book"]]).shape == (3, 6)
