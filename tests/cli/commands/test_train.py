"""`seqbench train`: one model, kept where it was asked for."""

from kept import loaded
from program import called

import seqbench


def test_train_prints_scores_with_intervals_and_how_to_go_on(tmp_path):
    done = called("train", "baseline", "--data", "tutorial", "--out", tmp_path / "model", "-q")
    assert done.returncode == 0
    assert "baseline on tutorial, seed 0" in done.stdout
    assert "accuracy  100.00  (34.24 to 100.00)" in done.stdout
    assert f"| seqbench tag {tmp_path / 'model'}" in done.stdout
    assert loaded(tmp_path / "model").predict([["The", "dog"]]) == [["DET", "NN"]]


def test_the_seed_is_the_one_that_was_asked_for(tmp_path):
    called("train", "perceptron(epochs=1)", "--data", "tutorial", "--seed", 3, "--out", tmp_path / "model", "-q")
    assert loaded(tmp_path / "model").record.seed == 3


def test_several_models_are_refused(tmp_path):
    done = called("train", "baseline,majority", "--data", "tutorial", "--out", tmp_path / "model")
    assert (done.returncode, "train makes one model" in done.stderr) == (2, True)


def test_what_a_model_notes_of_its_training_is_said(tmp_path):
    small = "embedding_dim=8, hidden_dim=8, epochs=1, min_steps=1"
    called("train", f"lstm({small})", "--data", "tutorial", "--out", tmp_path / "first", "-q")
    spec = f"lstm({small}, warm_start={str(tmp_path / 'first')!r})"
    done = called("train", spec, "--data", "tutorial", "--out", tmp_path / "second", "-q")
    (note,) = [line for line in done.stdout.splitlines() if line.startswith("note: ")]
    assert "which knows 9 of 9 words and 3 of 3 tags of train" in note
    assert note in seqbench.train(spec, data="tutorial", out=tmp_path / "third").notes
