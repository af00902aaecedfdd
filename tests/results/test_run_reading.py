"""One reading of a run, while another process changes the run."""

import numpy as np
import pytest
from stored_trials import manifest, trial

from seqbench.errors import StoreError
from seqbench.results.listing import list_runs
from seqbench.results.records import DatasetSummary, ModelSummary, WantedTrial
from seqbench.results.rows import read_results
from seqbench.results.run_reading import RunReading, readings
from seqbench.results.store import Store

WANTED = WantedTrial(dataset="f", label="a", seed=0, key=trial().key)
CHANGED = "was changed or removed while the run was read; start the command again$"


@pytest.fixture
def store(tmp_path):
    store = Store.create(tmp_path / "run")
    dataset, model = DatasetSummary(name="d", fingerprint="f"), ModelSummary(label="a", spec="majority()")
    store.write_manifest(manifest(datasets=(dataset,), models=(model,), trials=(WANTED,)))
    return store


def predicting(store, ids):
    store.write_trial(trial(), {"predicted": np.array(ids)})
    return store.trial(WANTED)


def test_a_trial_that_goes_after_the_listing_is_named_in_one_sentence(store):
    predicting(store, [0])
    listing = list_runs([store])
    store.trial_path(WANTED).unlink()
    with pytest.raises(StoreError, match=f"a-s0-{WANTED.key}.json' {CHANGED}"):
        read_results(listing)


def test_a_trial_that_goes_after_it_was_read_is_still_that_trial(store):
    predicting(store, [0])
    listing = list_runs([store])
    first = read_results(listing)
    store.trial_path(WANTED).unlink()
    assert read_results(listing) == first


def test_a_trial_that_comes_after_the_listing_is_not_part_of_the_reading(store):
    listing = list_runs([store])
    predicting(store, [0])
    assert [row.status for row in read_results(listing).rows] == ["failed"]
    assert not list_runs(listing.stores).models[0].complete
    assert list_runs([store]).models[0].complete


def test_a_trial_that_is_made_anew_is_refused_by_who_needs_its_first_arrays(store):
    predicting(store, [0])
    reading = RunReading.of(store)
    read = reading.trial(WANTED)
    predicting(store, [1])
    with pytest.raises(StoreError, match=CHANGED):
        reading.trial_arrays(read)


def test_arrays_that_are_damaged_are_no_change_of_the_run(store):
    read = predicting(store, [0])
    store.trial_path(WANTED, ".npz").write_bytes(b"")
    with pytest.raises(StoreError, match="is not the file that"):
        RunReading.of(store).trial_arrays(read)


def test_the_manifest_is_the_one_that_was_read_first(store):
    reading = RunReading.of(store)
    first = reading.manifest()
    store.write_manifest(manifest())
    assert reading.manifest() is first
    assert not store.manifest().trials


def test_a_reading_goes_on_where_it_is_read_again_and_a_run_counts_once(store):
    (reading,) = readings([store, store])
    assert readings([reading]) == [reading]
    assert readings([reading])[0] is reading
