"""The program beside an ONNX file, which tags without seqbench as seqbench does."""

import shutil
import subprocess
import sys

import numpy as np
import pytest
from exported import TINY
from kept import WORDS, kept, loaded

from seqbench.neural.chain_algorithms import viterbi
from seqbench.serving import onnx_program
from seqbench.serving.exporting import export

COLUMNS = "The\tD\tDET\ndog\tN\tNN\nate\tV\tV\n\nEverybody\tN\tNN\nread\tV\tV\n\n" * 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return kept(f"lstm-crf({TINY}, hidden_dim=8)", tmp_path_factory.mktemp("models") / "model")


def test_its_tags_are_those_of_the_model(folder, tmp_path):
    file = export(folder, out=tmp_path / "x.onnx")
    assert onnx_program.Model(str(file)).tags(WORDS) == loaded(folder).predict(WORDS)


def test_columns_beside_the_words_are_inputs(tmp_path):
    (tmp_path / "text.tsv").write_text(COLUMNS)
    folder = kept(f"cnn({TINY})", tmp_path / "model", f"{tmp_path / 'text.tsv'}?tags=3&features=2")
    words, layer = [["dog", "ate"], ["zorp"]], [["N", "V"], ["X"]]
    file, model = export(folder, out=tmp_path / "x.onnx"), loaded(folder)
    answers = model.tagger.predict(model.encoder.encode(words, {"2": layer}))
    assert onnx_program.Model(str(file)).tags(words, {"2": layer}) == [list(map(str, tags)) for tags in answers]


def test_the_best_sequence_is_that_of_viterbi():
    import torch

    random = np.random.default_rng(1)
    for length in (1, 2, 7):
        scores, moves = random.normal(size=(length, 4)), random.normal(size=(5, 5))
        expected = viterbi(torch.tensor(scores)[None], torch.tensor(moves), torch.tensor([length]))[0]
        assert onnx_program.best_sequence(scores, moves) == expected.tolist()


def test_it_runs_where_seqbench_and_torch_are_not(folder, tmp_path):
    file = export(folder, out=tmp_path / "first.onnx")
    for absent in ("seqbench", "torch"):
        (tmp_path / absent).mkdir()
        (tmp_path / absent / "__init__.py").write_text("raise ImportError('it is not there')")
    done = subprocess.run(
        [sys.executable, "first.py", file.name, "The", "dog"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    expected = loaded(folder).predict([["The", "dog"]])[0]
    assert done.stdout == f"The\t{expected[0]}\ndog\t{expected[1]}\n", done.stderr
    shutil.rmtree(tmp_path / "torch")
