"""`seqbench power`."""

import csv

from compared_runs import CORPUS, registry_to_compare, store_of
from program import called

from seqbench import Dataset
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run


def test_it_says_how_many_sentences_and_seeds_it_takes(tmp_path):
    store = store_of(tmp_path / "run", "a=wrong(share=0.1)", "b=wrong(share=0.2)", seeds=3)
    done = called("power", store.folder, "--detect", "3", "--metric", "accuracy", "--format", "csv")
    assert done.returncode == 0, done.stderr
    header, (row, *_) = done.stdout.splitlines()[0], csv.DictReader(done.stdout.splitlines())
    assert "(a) sentences" in header
    needed = int(row["(a) sentences"].replace(",", ""))
    level = 0.05 / 2  # two tests: one pair, both questions
    assert 60 < needed < 2000, level


def test_one_model_alone_is_nothing_to_plan_by(tmp_path):
    store = store_of(tmp_path / "run", "wrong")
    done = called("power", store.folder, "--detect", "0.3")
    assert done.returncode == 1
    assert "nothing to plan by" in done.stderr
    assert called("power", store.folder).returncode == 2


def test_it_says_how_many_datasets_it_takes(tmp_path):
    data = [Dataset.of(f"d{n}", train=CORPUS, test=CORPUS.part(0, 20 + n)) for n in range(3)]
    registry, store = registry_to_compare(), Store.create(tmp_path / "run")
    models = [resolve(registry, parse(spec)) for spec in ("a=constant(tag='A')", "b=constant(tag='B')")]
    run(Plan(data, models), registry, store, lambda _: None)
    done = called("power", store.folder, "--detect", "3")
    assert done.returncode == 0, done.stderr
    assert "all datasets: what it takes to find 3 points of accuracy in 80 % of cases" in done.stdout
    assert "of the kind of these 3" in " ".join(done.stdout.split())
