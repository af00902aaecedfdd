"""seqbench.models and seqbench.datasets: what the commands of these names list."""

import json

from program import called

import seqbench


def printed(*arguments):
    return json.loads(called(*arguments, "--format", "json").stdout)


def test_models_are_those_of_the_command_with_their_hyperparameters():
    assert [row["model"] for row in seqbench.models()] == [row["model"] for row in printed("models")]
    (least, *_), (shown, *_) = seqbench.models("perceptron"), printed("models", "perceptron")
    assert (least["field"], repr(least["default"]), least["meaning"]) == (
        shown["field"],
        shown["default"],
        shown["meaning"],
    )
    needed = {row["field"] for row in seqbench.models("ensemble") if row["needed"]}
    assert needed == {row["field"] for row in printed("models", "ensemble") if row["default"] == "(needed)"}


def test_datasets_are_those_of_the_command_with_numbers():
    ours, theirs = (
        seqbench.datasets(task="ner", language="sw"),
        printed("datasets", "--task", "ner", "--language", "sw"),
    )
    assert [row["dataset"] for row in ours] == [row["dataset"] for row in theirs]
    assert [f"{row['tokens']:,}" if row["tokens"] else "" for row in ours] == [row["tokens"] for row in theirs]


def test_the_statistics_of_a_dataset_are_those_of_the_command():
    ours, theirs = seqbench.datasets("grammar"), printed("datasets", "grammar")
    assert [row["split"] for row in ours] == [row["split"] for row in theirs] == ["train", "dev", "test"]
    assert [f"{row['tokens']:,}" for row in ours] == [row["tokens"] for row in theirs]
    assert [f"{100 * row['ambiguous']:.2f}" for row in ours] == [row["ambiguous %"] for row in theirs]
