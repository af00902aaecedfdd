"""Hyperparameters of training: what cannot be is refused, what has no effect is told."""

import pytest
from torch import nn, optim

from seqbench import Conditions
from seqbench.neural import TrainingFields


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("epochs", 0),
        ("batch_tokens", 0),
        ("learning_rate", 0.0),
        ("clip", -1.0),
        ("min_steps", -1),
        ("weight_decay", -0.1),
        ("patience", -1),
        ("anneal_factor", 2.0),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(field, value):
    with pytest.raises(ValueError, match=f"{field} must be .*, was: {value}"):
        TrainingFields(**{field: value})


def test_rows_of_embeddings_cannot_all_be_shrunk_by_the_rows_of_a_batch():
    with pytest.raises(ValueError, match="adam-rows moves the rows of a batch, and weight_decay shrinks all"):
        TrainingFields(optimizer="adam-rows", weight_decay=0.1)


def test_a_trainer_has_what_the_fields_say():
    fields = TrainingFields(epochs=2, learning_rate=0.1, optimizer="sgd", weight_decay=0.2, patience=4, min_steps=60)
    trainer = fields.trainer(nn.Linear(1, 1), lambda scores, tags: scores, 10)
    assert isinstance(trainer.optimizer, optim.SGD)
    assert trainer.optimizer.param_groups[0]["weight_decay"] == 0.2
    assert (trainer.schedule.steps, trainer.schedule.passes) == (60, 3)
    assert (trainer.plateau.patience, trainer.clip) == (4, 5.0)


def test_patience_without_dev_is_told():
    without, beside = Conditions(), Conditions(dev=object())
    assert TrainingFields().training_notes(without) == []
    assert TrainingFields(patience=2).training_notes(beside) == []
    (note,) = TrainingFields(patience=2).training_notes(without)
    assert note.startswith("there is no dev data, so that patience and anneal_factor have no effect")
