"""ONNX files as models of `seqbench tag`: the tags of the kept model, and nothing of torch."""

import json
import os
import subprocess
import sys

import numpy as np
import onnx
import pytest
from exported import TINY
from kept import WORDS, kept, loaded
from program import called

import seqbench
from seqbench import StoreError, UsageError
from seqbench.serving import onnx_model
from seqbench.serving.exporting import export

TAG = """
import sys
from seqbench.cli import main
try:
    main()
finally:
    print(*sorted({"torch", "sklearn", "scipy", "pandas"} & {*sys.modules}), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return kept(f"lstm-crf({TINY}, hidden_dim=8)", tmp_path_factory.mktemp("models") / "model")


@pytest.fixture(scope="module")
def file(folder):
    return export(folder, out=folder.parent / "x.onnx")


def test_its_tags_are_those_of_the_kept_model_in_their_order_and_in_pieces(folder, file):
    words = [*WORDS, [], ["The"], ["dog", "ate"] * 70]
    model = onnx_model.load_onnx(file)
    assert (model.label, model.tags) == (loaded(folder).label, loaded(folder).tags)
    assert model.predict(model.encode(words)) == loaded(folder).predict(words)
    model.program.known["longest_sentence"] = 3
    cut = [["dog", "ate", "dog"], ["ate"]]
    first, second = loaded(folder).predict(cut)
    assert model.predict(model.encode([cut[0] + cut[1]])) == [first + second]


def test_python_loads_it_and_tags_lists_of_words(folder, file):
    words = [["The", "dog"], []]
    assert seqbench.load_onnx(str(file)).predict(words) == loaded(folder).predict(words)
    with pytest.raises(StoreError, match="a file of 'seqbench export' is read by seqbench.load_onnx"):
        seqbench.load(file)


def test_a_file_of_another_program_is_refused(tmp_path, monkeypatch):
    (tmp_path / "x.onnx").write_bytes(np.arange(9).tobytes())
    with pytest.raises(StoreError, match="is no file of 'seqbench export'"):
        onnx_model.load_onnx(tmp_path / "x.onnx")
    monkeypatch.setattr(onnx_model, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"pip install 'seqbench\[onnx\]'"):
        onnx_model.load_onnx(tmp_path / "x.onnx")


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"longest_sentence": 0}, "is no file of 'seqbench export'"),
        ({"longest_form": "x"}, "is no file of 'seqbench export'"),
        ({"tags": []}, "is no file of 'seqbench export'"),
        ({"words": ["The"]}, "is no file of 'seqbench export'"),
        ({"characters": None}, "is no file of 'seqbench export'"),
        ({"words": {"the": -1}}, "is no file of 'seqbench export'"),
        ({"tags": ["A"]}, "cannot tag"),
        ({"affixes": []}, "cannot tag"),
        ({"words": {"the": 10**9}}, "cannot tag"),
        ({"moves": [[1.0]]}, "cannot tag"),
    ],
)
def test_tables_that_no_export_wrote_are_refused_in_one_sentence(file, tmp_path, known, why):
    (text := tmp_path / "text").write_text("The dog ate the apple\n")
    changed = onnx.load(file)
    (tables,) = [entry for entry in changed.metadata_props if entry.key == "seqbench"]
    tables.value = json.dumps(json.loads(tables.value) | known)
    onnx.save(changed, tmp_path / "x.onnx")
    done = called("tag", tmp_path / "x.onnx", text)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(f"seqbench: '{tmp_path / 'x.onnx'}' {why}: ")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.onnx")
    with pytest.raises(StoreError, match="is no regular file"):
        onnx_model.load_onnx(tmp_path / "x.onnx")


def test_it_stands_beside_kept_models_and_has_no_probabilities(folder, file, tmp_path):
    (text := tmp_path / "text").write_text("The dog\n")
    done = called("tag", file, folder, text)
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[-1] for line in done.stdout.splitlines()[:2]] == ["=", "="]
    refused = called("tag", file, text, "--probabilities")
    assert (refused.returncode, "has no probabilities" in refused.stderr) == (2, True)


def test_neither_it_nor_models_that_count_import_torch_scipy_or_sklearn(file, tmp_path):
    (text := tmp_path / "text").write_text("The dog\n")
    models = [kept(spec, tmp_path / spec) for spec in ("baseline", "hmm", "perceptron")]
    done = subprocess.run(
        [sys.executable, "-c", TAG, "tag", file, *models, text], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("The\t"), done.stderr
    assert done.stderr.splitlines()[-1] == ""
