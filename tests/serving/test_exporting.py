"""Export of kept models: what is written, and what is refused before anything else."""

import pytest
from exported import TINY
from kept import kept

from seqbench import StoreError, UsageError
from seqbench.serving import exporting
from seqbench.serving.exporting import PROGRAM, export


def test_a_tagger_that_cannot_be_exported_is_refused_before_it_is_loaded(tmp_path, monkeypatch):
    folder = kept("baseline", tmp_path / "model")
    monkeypatch.setattr(exporting, "load_model", lambda *_: pytest.fail("it was loaded"))
    with pytest.raises(UsageError, match=r"^model 'baseline' cannot be exported to ONNX: .* seqbench\.neural "):
        export(folder, out=tmp_path / "x.onnx")
    assert not (tmp_path / "x.onnx").exists()


TURNING = """
import torch
from seqbench import hookimpl
from seqbench.neural import NeuralTagger, WordFeatures

class Network(torch.nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.features = WordFeatures(shape, embedding_dim=8, characters="none")
        self.output = torch.nn.Linear(self.features.width, shape.tags)

    def forward(self, batch):
        states = self.features(batch)
        return self.output(torch.complex(states, states).angle())

class Turning(NeuralTagger):
    def build(self, shape):
        return Network(shape)

@hookimpl
def register_taggers(register):
    register("turning", Turning, "angles")
"""


def test_a_network_that_cannot_be_translated_is_refused_and_nothing_is_written(tmp_path):
    (tmp_path / "turning.py").write_text(TURNING)
    folder = kept("turning(epochs=1, min_steps=1)", tmp_path / "model", plugins=[tmp_path / "turning.py"])
    with pytest.raises(
        UsageError, match=r"^model 'turning\(.*\)' cannot be exported: the network cannot be exported to ONNX: "
    ):
        export(folder, out=tmp_path / "x.onnx", plugins=[tmp_path / "turning.py"])
    assert not list(tmp_path.glob("x.*"))


def test_files_that_are_there_are_not_written_over(tmp_path):
    folder = kept(f"cnn({TINY})", tmp_path / "model")
    file = export(folder, out=tmp_path / "new/x.onnx")
    assert file.with_suffix(".py").read_bytes() == PROGRAM.read_bytes()
    with pytest.raises(StoreError, match=r"x\.onnx' is there already; choose another --out"):
        export(folder, out=file)
    with pytest.raises(UsageError, match=r"--out must be a file that ends in \.onnx, was: 'x'"):
        export(folder, out="x")
