"""The published results: whole, verified, small, of the one plan, and placed beside a new model."""

import json
import tomllib
from pathlib import Path

import pytest
from program import called

from seqbench.registry.discovery import Registry
from seqbench.results.store import Store
from seqbench.results.verification import verify

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "datasets/seqbench_datasets/published"
PLAN = tomllib.loads((FOLDER / "plan.toml").read_text())
SAMPLE = "ud-maltese-mudt"
FEWEST_SEEDS = 3
CORPORA = sorted(path.parent.name for path in FOLDER.glob("*/run.json"))


@pytest.fixture(params=CORPORA)
def store(request):
    return Store.open(FOLDER / request.param)


def test_every_folder_is_registered_under_the_name_of_its_corpus():
    published = Registry.discover(points=()).published
    assert sorted(published) == CORPORA
    assert {name: Path(str(entry.load())).name for name, entry in published.items()} == {n: n for n in CORPORA}


def test_all_of_it_is_small():
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) < 10e6


def test_models_are_those_of_the_plan_with_the_version_behind_their_names(store):
    manifest = store.manifest()
    names = [model.label.partition("@") for model in manifest.models]
    assert {name for name, _, _ in names} <= set(PLAN["models"])
    assert {version for _, _, version in names} == {manifest.seqbench}
    seeds = {m.label: [t.seed for t in manifest.trials if t.label == m.label] for m in manifest.models}
    for model in manifest.models:
        count = len(seeds[model.label])
        assert seeds[model.label] == list(range(count))
        assert count == 1 if model.deterministic else FEWEST_SEEDS <= count <= PLAN["seeds"]


def test_no_path_command_or_probability_is_published(store):
    text = (store.folder / "run.json").read_text()
    assert json.loads(text)["command"] == []
    assert "place" not in text
    assert all("certainty" not in store.trial_arrays(record) for record in store.finished_trials("majority*"))


def test_scores_are_those_of_the_predictions_and_gold_that_of_the_corpus(shared):
    """One corpus alone: `seqbench verify` on each folder was run before it was published."""
    registry = Registry.discover(points=())
    registry.access = type(registry.access)(local=shared, offline=True)
    verification = verify(Store.open(FOLDER / SAMPLE), registry)
    assert (verification.wrong, verification.unknown) == ([], [])
    assert verification.trials == len(Store.open(FOLDER / SAMPLE).manifest().trials)


def test_a_new_model_is_placed_among_them(shared, tmp_path):
    command = ["run", "--data", "ud-maltese-mudt", "--data-dir", shared, "--models", "mine=hmm(rare=5),baseline"]
    done = called(*command, "--beside", "published", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    ranks = {row["model"]: row["rank"]["accuracy"]["model"] for row in told["rows"]}
    assert ranks["gru@0.1.0"][0] < ranks["mine"][0] < ranks["majority@0.1.0"][0] == len(ranks)
    assert "published baseline@0.1.0 is left out: the same model with the same settings is here already" in done.stderr
    manifest = Store.open(FOLDER / SAMPLE).manifest()
    assert f"published by seqbench {manifest.seqbench} on {manifest.started[:10]}" in done.stderr
