"""A searched model: what its trials predicted is read from their folder, and scored by the metric that chooses."""

import seqbench
from seqbench.cli.commands.tune import command
from seqbench.running import searched_model
from seqbench.running.searched_model import searched_models


def test_numbers_lead_to_the_predictions_of_trials(tmp_path, monkeypatch, capsys):
    kept = []

    def keeping(tuning, trials_of):
        kept.extend(searched_models(tuning, trials_of))
        return kept

    monkeypatch.setattr("seqbench.cli.tuning_report.searched_models", keeping)
    command.main(
        ["--models", "perceptron(epochs=1)", "--trials", "2", "--out", str(tmp_path / "t"), "-q"], standalone_mode=False
    )
    assert "tuned-perceptron" in capsys.readouterr().out
    (model,) = kept
    assert (model.label, model.tagger, model.searchable) == ("perceptron(epochs=1)", "perceptron", True)
    assert (model.fixed, model.metric, model.held_out(0)) == ({"epochs": 1}, "accuracy", None)
    counts, metric = model.counts([0, 1])
    assert counts.shape[0] == 2
    assert metric.score(counts.sum(1)).tolist() == [trial.score for trial in model.trials]
    assert searched_model.SearchedModel is type(model)
    assert seqbench.tune
