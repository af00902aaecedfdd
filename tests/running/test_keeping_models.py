"""Models kept by a run: the best seed on dev, never on test, or all; each whole, and again where one is missing."""

import random
import shutil

import pytest
from program import called

from seqbench.results.model_folder import read_record

RUN = ("run", "--models", "perceptron(epochs=1)", "--seeds", "2")


def models(run):
    return sorted(path.name.split("-")[1] for path in (run / "models").iterdir())


@pytest.fixture
def run(tmp_path):
    return tmp_path / "run"


def test_all_seeds_are_kept(run):
    called(*RUN, "--data", "tutorial", "--keep", "all", "--out", run)
    assert models(run) == ["s0", "s1"]


@pytest.fixture
def noise(tmp_path):
    """A folder with dev, on which seeds differ: tags that nothing foretells."""
    draw, folder = random.Random(1), tmp_path / "noise"
    folder.mkdir()
    for split in ("train", "dev", "test"):
        lines = [f"w{draw.randrange(9)}\t{draw.choice('XYZ')}\n" + "\n" * (i % 4 == 0) for i in range(120)]
        (folder / f"{split}.tsv").write_text("".join(lines) + "\n")
    return folder


def test_the_best_seed_is_the_one_that_is_best_on_dev(run, noise):
    called(*RUN, "--data", noise, "--keep", "all", "--out", run)
    records = {record.seed: record for record in map(read_record, (run / "models").iterdir())}
    best = max(records, key=lambda seed: (records[seed].dev_score, -seed))
    called(*RUN, "--data", noise, "--keep", "best", "--out", run)
    assert [record.seed for record in map(read_record, (run / "models").iterdir())] == [best]


def test_without_dev_the_first_seed_is_kept_and_it_is_said(run):
    done = called(*RUN, "--data", "tutorial", "--keep", "best", "--out", run)
    assert models(run) == ["s0"]
    assert "there is no dev data to choose by; its first seed is kept" in done.stderr
    assert f"kept: {run}/models/" in done.stderr
    assert "| seqbench tag " in done.stderr


def test_what_was_found_worse_is_not_trained_again(run):
    called(*RUN, "--data", "tutorial", "--keep", "best", "--out", run)
    assert "runs again" not in called(*RUN, "--data", "tutorial", "--keep", "best", "--out", run).stderr


def test_a_finished_trial_whose_model_was_not_kept_is_trained_again_and_it_is_said(run):
    called(*RUN, "--data", "tutorial", "--out", run)
    done = called(*RUN, "--data", "tutorial", "--keep", "all", "--out", run)
    assert done.stderr.count("runs again: it is finished, but its model was not kept") == 2
    assert models(run) == ["s0", "s1"]
    shutil.rmtree(next((run / "models").glob("*-s1-*")))
    assert "seed 1 runs again" in called(*RUN, "--data", "tutorial", "--keep", "all", "--out", run).stderr


def test_a_model_that_cannot_be_kept_costs_no_trial(run, tmp_path):
    plugin = tmp_path / "fixed.py"
    plugin.write_text(
        "from seqbench import hookimpl\n"
        "class Fixed:\n"
        "    def fit(self, train, conditions): pass\n"
        "    def predict(self, sentences): return [['NN'] * len(s) for s in sentences]\n"
        "@hookimpl\n"
        "def register_taggers(register): register('fixed', Fixed, 'always NN')\n"
    )
    options = ("--models", "fixed", "--plugin", plugin, "--data", "tutorial", "--keep", "all", "--out", run)
    done = called("run", *options)
    assert done.returncode == 0
    assert "this model cannot be kept, since it has no save and load" in done.stderr


def test_models_of_a_cluster_are_not_kept(run):
    done = called(*RUN, "--data", "tutorial", "--keep", "all", "--executor", "ray", "--out", run)
    assert (done.returncode, "--keep is for trials on this machine" in done.stderr) == (2, True)


@pytest.mark.parametrize("which", ["all", "best"])
def test_a_model_that_has_two_labels_is_kept_under_both_and_learns_once(run, which):
    command = ("run", "--data", "tutorial", "--models", "a=hmm,b=hmm", "--keep", which, "--out", run)
    called(*command)
    records = [read_record(folder) for folder in sorted((run / "models").iterdir())]
    assert [record.label for record in records] == ["a", "b"]
    assert {(record.key, record.seed) for record in records} == {(records[0].key, 0)}
    assert "runs again" not in called(*command).stderr
