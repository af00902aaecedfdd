"""Runs that contradict each other are refused in a sentence that names both, before a file is written."""

import numpy as np
import pytest
from msgspec.structs import replace
from runs import registry_of, run_of
from samples import Constant, Seeded, dataset

from seqbench import Corpus, Dataset, UsageError
from seqbench.results.merging import merge


def registry():
    return registry_of(constant=Constant, seeded=Seeded)


def refused(first, second, folder, match):
    with pytest.raises(UsageError, match=match):
        merge([first, second], folder)
    assert not list(folder.glob("*/*"))


def test_other_data_under_one_name(tmp_path):
    data = Dataset.of("sample", train=dataset().train, test=Corpus.encode([["a"]], [["NN"]]))
    runs = [run_of(tmp_path / "a", registry(), "constant"), run_of(tmp_path / "b", registry(), "constant", data=data)]
    refused(*runs, tmp_path / "both", "is not the same in these runs")


def test_another_spec_under_one_label(tmp_path):
    runs = [run_of(tmp_path / name, registry(), f"m={spec}") for name, spec in (("a", "constant"), ("b", "seeded"))]
    refused(*runs, tmp_path / "both", "label 'm' is constant.* in .*a' and seeded.* in .*b'; give one of them a label")


def test_a_seed_that_was_trained_under_other_conditions(tmp_path):
    runs = [run_of(tmp_path / name, registry(), "s=seeded") for name in "ab"]
    manifest = runs[1].manifest()
    (trial,) = manifest.trials
    other = replace(trial, key="0123456789ab")
    record = runs[1].trial(trial)
    arrays = runs[1].trial_arrays(record)
    runs[1].write_trial(replace(record, key=other.key, identity={**record.identity, "threads": 7}), arrays)
    runs[1].write_manifest(replace(manifest, trials=(other,)))
    refused(*runs, tmp_path / "both", "'s', seed 0, is not the same trial in .*: threads differ")


def test_other_predictions_under_one_key(tmp_path):
    runs = [run_of(tmp_path / name, registry(), "s=seeded") for name in "ab"]
    (trial,) = runs[1].manifest().trials
    record = runs[1].trial(trial)
    arrays = dict(runs[1].trial_arrays(record))
    arrays["predicted"] = (arrays["predicted"] + 1) % 2
    runs[1].write_trial(record, {**arrays, "predicted": arrays["predicted"].astype(np.uint8)})
    refused(*runs, tmp_path / "both", "has other predictions in .*a' than in .*b' under the same key")


def test_a_dataset_that_was_scored_in_another_way(tmp_path):
    runs = [run_of(tmp_path / name, registry(), "s=seeded") for name in "ab"]
    (part,) = runs[1].manifest().datasets
    record = runs[1].dataset(part.fingerprint)
    arrays = runs[1].dataset_arrays(record)
    runs[1].write_dataset(replace(record, policy="strict"), arrays)
    refused(*runs, tmp_path / "both", "another 'policy'")
