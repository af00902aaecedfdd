"""run.json of several requests: all that was ever asked for stays, and what was asked for anew is superseded."""

from msgspec.structs import replace
from stored_trials import manifest

from seqbench.results.merged_manifest import merged
from seqbench.results.records import DatasetSummary, ModelSummary, WantedTrial


def wanted(label, seed=0, key="0123456789ab", dataset="f"):
    return WantedTrial(dataset=dataset, label=label, seed=seed, key=key)


def request(command, *trials, **further):
    """The manifest of a request for these trials alone."""
    data = tuple(DatasetSummary(name=f, fingerprint=f) for f in dict.fromkeys(trial.dataset for trial in trials))
    models = tuple(ModelSummary(label=label, spec=label) for label in dict.fromkeys(trial.label for trial in trials))
    return manifest(command, datasets=data, models=models, trials=trials, **{"superseded": (), **further})


def names(trials):
    return [(trial.dataset, trial.label, trial.seed) for trial in trials]


def test_models_seeds_and_data_of_both_requests_are_kept_in_order():
    first = request("one", wanted("a", 0), wanted("a", 1), wanted("b"))
    second = request("two", wanted("a", 2), wanted("c"), wanted("a", dataset="g"))
    whole = merged(first, second, lambda trial: True)
    assert names(whole.trials) == [
        ("f", "a", 0),
        ("f", "a", 1),
        ("f", "a", 2),
        ("f", "b", 0),
        ("f", "c", 0),
        ("g", "a", 0),
    ]
    assert [model.label for model in whole.models] == ["a", "b", "c"]
    assert [part.fingerprint for part in whole.datasets] == ["f", "g"]
    assert [earlier.command for earlier in whole.earlier] == [("one",)]
    assert whole.superseded == ()


def test_the_same_request_again_changes_nothing():
    first = request("one", wanted("a"))
    assert merged(first, first, lambda trial: True) == first


def test_a_label_that_stands_for_something_else_supersedes_what_was_asked_for_under_it():
    first = request("one", wanted("a", 0), wanted("a", 1), wanted("b"))
    second = request("two", wanted("a", 0, key="ba9876543210"))
    whole = merged(first, second, lambda trial: False)
    assert names(whole.trials) == [("f", "a", 0), ("f", "b", 0)]
    assert whole.superseded == (wanted("a", 0), wanted("a", 1))


def test_what_an_older_version_has_dropped_is_not_known():
    first = replace(request("one", wanted("a")), superseded=None)
    assert merged(first, request("two", wanted("b")), lambda trial: True).superseded is None
