"""How a network is trained: the hyperparameters that torch taggers share, and the trainer they make."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, ClassVar

from torch import nn

from seqbench.contracts.hyperparameters import Range
from seqbench.contracts.tagger import Conditions
from seqbench.neural.best_epoch import Plateau
from seqbench.neural.loss import Loss
from seqbench.neural.schedule import Course, Schedule
from seqbench.neural.training import Optimizer, Trainer, optimizer_of


@dataclass(kw_only=True)
class TrainingFields:
    """Fields for a tagger to inherit, which computes where the conditions say; `NeuralTagger` has them."""

    uses_device: ClassVar[bool] = True

    epochs: Annotated[int, "passes over the training set"] = 6
    batch_tokens: Annotated[int, "tokens of a batch, padding included (fewer where train is small)"] = 500
    optimizer: Annotated[
        Optimizer, "how weights are updated; adam-rows: as adam, embeddings only by the rows that are next needed"
    ] = "adam"
    learning_rate: Annotated[
        float, "highest learning rate; it rises to it, then falls to 0", Range(5e-4, 2e-2, log=True)
    ] = 4e-3
    schedule: Annotated[Course, "constant: every step has the highest learning rate"] = "linear"
    anneal_factor: Annotated[float, "what the learning rate is multiplied by on a plateau of the score on dev"] = 1.0
    anneal_patience: Annotated[int, "epochs without a better score on dev that make a plateau"] = 1
    patience: Annotated[int, "epochs without a better score on dev after which training ends; 0: none"] = 0
    weight_decay: Annotated[float, "share of the learning rate by which each step shrinks all weights"] = 0.0
    clip: Annotated[float, "longest gradient"] = 5.0
    min_steps: Annotated[int, "steps that a small corpus is repeated for"] = 300

    def __post_init__(self) -> None:
        """Refuse what cannot be: `ValueError` says which field and what it was."""
        self.require_above_zero("epochs", "batch_tokens", "learning_rate", "clip")
        for name in ("min_steps", "weight_decay"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, was: {getattr(self, name)}")
        if self.optimizer == "adam-rows" and self.weight_decay:
            raise ValueError("adam-rows moves the rows of a batch, and weight_decay shrinks all; take optimizer='adam'")
        self.plateau()

    def require_above_zero(self, *names: str) -> None:
        """Raises `ValueError` if one of these fields is 0 or less."""
        for name in names:
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be above 0, was: {getattr(self, name)}")

    def require_share(self, *names: str) -> None:
        """Raises `ValueError` if one of these fields is no share that leaves something: from 0 up to 1."""
        for name in names:
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be from 0 up to 1, was: {getattr(self, name)}")

    def plateau(self) -> Plateau:
        """The rules for epochs without a better score on dev. Raises `ValueError` if a field cannot be."""
        factor, epochs = self.anneal_factor, self.anneal_patience
        return Plateau(patience=self.patience, anneal_factor=factor, anneal_patience=epochs)

    def trainer(self, network: nn.Module, loss: Loss, batches: int) -> Trainer:
        """A trainer of a new network, for so many batches in a pass over the training set."""
        schedule = Schedule(
            epochs=self.epochs,
            batches=batches,
            learning_rate=self.learning_rate,
            min_steps=self.min_steps,
            course=self.schedule,
        )
        return Trainer(
            network=network,
            loss=loss,
            optimizer=optimizer_of(network, self.optimizer, self.learning_rate, self.weight_decay),
            schedule=schedule,
            clip=self.clip,
            plateau=self.plateau(),
        )

    def training_notes(self, conditions: Conditions) -> list[str]:
        """Notes for users on what has no effect under these conditions."""
        return [] if conditions.dev else self.plateau().notes_without_dev()


TRAINING_FIELDS = tuple(field.name for field in fields(TrainingFields))
"""The hyperparameters that say how a network is trained, and not what it is."""
