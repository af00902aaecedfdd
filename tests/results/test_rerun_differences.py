"""Two runs of one plan side by side: every number that differs, and what may be why."""

import numpy as np
import pytest
from msgspec.structs import replace
from runs import registry_of, run_of
from samples import Constant, Seeded

from seqbench.results.rerun_differences import Difference, circumstances, differences

SEEDED = ("sample", "seeded", 1)


def made(folder, **metrics):
    registry = registry_of(constant=Constant, seeded=Seeded, metrics={"half": lambda outcome: 0.5, **metrics})
    return run_of(folder, registry, "constant", "seeded", seeds=2)


@pytest.fixture
def before(tmp_path):
    return made(tmp_path / "before")


@pytest.fixture
def now(tmp_path):
    return made(tmp_path / "now")


def changed(store, pattern="seeded-s1-*", **fields):
    """A store with one trial changed."""
    (record,) = store.finished_trials(pattern)
    store.write_trial(replace(record, **fields), store.trial_arrays(record))


def test_the_same_again_does_not_differ_though_its_times_do(before, now):
    assert differences(before, now) == (3, [])
    (first, second) = (next(iter(store.finished_trials())).timings for store in (before, now))
    assert first != second


def test_a_score_that_differs_is_told_with_both_values(before, now):
    (record,) = now.finished_trials("seeded-s1-*")
    changed(now, scores={**record.scores, "accuracy": 0.125})
    assert differences(before, now) == (3, [Difference(*SEEDED, "accuracy", record.score("accuracy"), 0.125)])


def test_a_metric_that_differs_or_is_gone_is_told(before, now):
    changed(now, metrics={})
    assert differences(before, now)[1] == [Difference(*SEEDED, "half", 0.5, None)]


def test_predictions_that_differ_are_counted(before, now):
    (record,) = now.finished_trials("seeded-s1-*")
    arrays = dict(now.trial_arrays(record))
    arrays["predicted"] = np.where(np.arange(6) < 2, (arrays["predicted"] + 1) % 3, arrays["predicted"])
    now.write_trial(record, arrays)
    assert differences(before, now)[1] == [Difference(*SEEDED, "predictions that differ", 0, 2)]


def test_a_trial_that_only_one_run_has_finished_is_told(before, now):
    next(now.folder.glob("trials/seeded-s1-*.json")).unlink()
    assert differences(before, now) == (2, [Difference(*SEEDED, "finished", 1.0, 0.0)])


def test_what_the_runs_were_made_with_is_told_where_it_differs(before, now):
    manifest = now.manifest()
    versions = {**manifest.versions, "numpy": "1.0"}
    now.write_manifest(replace(manifest, threads=2, versions=versions, started="long ago"))
    assert circumstances(before, now) == [
        "threads: 1 then, 2 now",
        f"versions numpy: {np.__version__!r} then, '1.0' now",
    ]


def test_runs_made_with_the_same_have_no_circumstances(before, now):
    assert circumstances(before, now) == []
