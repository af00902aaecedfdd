"""Models that several runs have with the same hyperparameters are named in one note."""

from dataclasses import replace

from result_rows import results_of, row_of

from seqbench.reporting.repeated_models import repeated_models
from seqbench.reporting.result_tables import summary
from seqbench.results.model_names import ModelKey, distinct_names


def of_runs(*labels):
    rows = [replace(row_of(label, [0.5]), key=ModelKey(run, label)) for run, label in labels]
    return replace(results_of(*rows), names=distinct_names(row.key for row in rows))


def test_a_model_of_two_runs_is_named_once_with_the_way_to_one_row():
    results = of_runs(("one", "a"), ("two", "a"), ("two", "b"))
    (note,) = repeated_models(results, "data")
    assert note.startswith("the same model with the same hyperparameters in several runs: one/a and two/a.")
    assert note.endswith("seqbench merge makes one run of several.")
    assert f"note: {note}" in summary(results, "markdown").replace("&#x20;", " ").replace("\\", "")


def test_models_of_one_run_or_of_other_hyperparameters_are_not():
    results = of_runs(("one", "a"), ("one", "b"), ("two", "c"))
    assert list(repeated_models(results, "data")) == []
