"""The base of all torch taggers: everything but the network."""

from __future__ import annotations

import abc
import copy
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench.contracts.hyperparameters import Contents, Range
from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Corpus, Ids, Sequences
from seqbench.errors import SeqbenchError
from seqbench.neural.batch import Batch, Shape
from seqbench.neural.batching import Encoded, grouped
from seqbench.neural.crf_layer import ConditionalRandomField
from seqbench.neural.features import WordFeatures
from seqbench.neural.loss import IGNORED, TokenWise
from seqbench.neural.precision import Precision, refuse_missing
from seqbench.neural.stepwise import Stepping, looks_ahead, single
from seqbench.neural.training import Optimizer, Schedule, Trainer, rarity
from seqbench.neural.vocabulary import Alphabet
from seqbench.neural.word_vectors import Vectors

_BATCHES_AN_EPOCH = 40


@dataclass(kw_only=True)
class NeuralTagger(abc.ABC):
    """Fits any network that `build` returns; inherit from it, add fields, and leave the rest.

    The best epoch is the one with the highest accuracy on dev, where there is dev; else the last. `predicted_tokens` is
    the size of a batch that is tagged: small ones stay in the processor's cache.
    """

    predicted_tokens: ClassVar[int] = 1000

    epochs: Annotated[int, "passes over the training set"] = 6
    batch_tokens: Annotated[int, "tokens of a batch, padding included (fewer where train is small)"] = 500
    optimizer: Annotated[Optimizer, "how weights are updated"] = "adam"
    learning_rate: Annotated[
        float, "highest learning rate; it rises to it, then falls to 0", Range(5e-4, 2e-2, log=True)
    ] = 4e-3
    clip: Annotated[float, "longest gradient"] = 5.0
    precision: Annotated[
        Precision, "of matrix products in training; bfloat16 takes half the time where the processor has it"
    ] = "float32"
    word_dropout: Annotated[
        float, "a word seen n times is hidden with probability word_dropout / (word_dropout + n)"
    ] = 0.4
    crf: Annotated[bool, "choose a sentence's tags together, by a conditional random field"] = False
    min_steps: Annotated[int, "steps that a small corpus is repeated for"] = 300
    vectors: Annotated[
        str, "file of word vectors to add (word2vec's or GloVe's, text or binary, perhaps .gz)", Contents()
    ] = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be: `ValueError` says which field and what it was."""
        for name in ("epochs", "batch_tokens", "learning_rate", "clip"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be above 0, was: {getattr(self, name)}")
        if self.vectors and not Path(self.vectors).is_file():
            raise ValueError(f"vectors must be a file of word vectors, was: {self.vectors!r}")
        for name in ("word_dropout", "min_steps"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, was: {getattr(self, name)}")

    @abc.abstractmethod
    def build(self, shape: Shape) -> nn.Module:
        """A new network of these sizes: forward(batch: Batch) -> scores (batch, time, tags)."""

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """See `seqbench.Tagger`; `SeqbenchError` where the loss is no longer a number, or for a missing precision."""
        refuse_missing(self.precision, conditions.device)
        torch.set_num_threads(conditions.threads)
        torch.manual_seed(conditions.seed)
        self._device = conditions.device
        self._tags = train.tags.vocabulary
        vectors = Vectors.read(Path(self.vectors)) if self.vectors else None
        self._alphabet = Alphabet.of(train.sentences, vectors)
        self._objective = ConditionalRandomField(train.tags) if self.crf else TokenWise()
        network = self.build(_shape(self._alphabet, len(self._tags)))
        self._network = Scorer(network, self._objective, self.precision).to(self._device)
        self._notes = [_coverage(self.vectors, vectors, train.sentences)] if vectors else []
        self._refuse_unused_vectors()
        self._learn(train, conditions)
        self._network.eval()

    @property
    def notes(self) -> Sequence[str]:
        """How much of train the word vectors cover, where there are any."""
        return self._notes

    def _refuse_unused_vectors(self) -> None:
        if self.vectors and not any(isinstance(part, WordFeatures) for part in self._network.modules()):
            raise SeqbenchError("vectors are read by WordFeatures, which this network does not use; leave them out")

    def predict(self, sentences: Sequences) -> Sequences:
        """The tags of each token, as ids of the training set."""
        best = np.zeros(len(sentences.ids), np.int32)
        for places, scores in self._scored(Encoded(sentences, self._alphabet, self._device)):
            best[places] = self._objective.best(*scores)[scores[1]].cpu().numpy()
        return Sequences(best, sentences.offsets, self._tags)

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`: (tokens, tags)."""
        found = np.zeros((len(sentences.ids), len(self._tags)), np.float32)
        for places, (scores, mask) in self._scored(Encoded(sentences, self._alphabet, self._device)):
            found[places] = self._objective.probabilities(scores, mask)[mask].cpu().numpy()
        return found

    def start(self) -> Any:
        """See `seqbench.Stepwise`; a network that is `Stepping` can do it."""
        network = self._network.network
        if self.crf or not isinstance(network, Stepping):
            raise looks_ahead(self.crf)
        return network.start()

    def step(self, state: Any, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], Any]:
        """See `seqbench.Stepwise`."""
        token = Encoded(single(form, layers or {}), self._alphabet, self._device).batch(np.zeros(1, np.int64))
        with torch.inference_mode():
            scores, state = cast("Stepping", self._network.network).step(token, state)
            return self._objective.probabilities(scores, token.mask)[0, 0].cpu().numpy(), state

    @property
    def parameters(self) -> int:
        """The weights of the network."""
        return sum(weights.numel() for weights in self._network.parameters())

    def warm_up(self, conditions: Conditions) -> None:
        """Train this kind of network on one made-up sentence, so that no fit pays for loading kernels."""
        corpus = Corpus.encode([["warm", "up"]], [["A", "B"]])
        tiny = copy.copy(self)
        tiny.epochs, tiny.min_steps, tiny.vectors = 1, 2, ""
        tiny.fit(corpus, Conditions(conditions.device, threads=conditions.threads))
        tiny.predict(corpus.sentences)

    def _learn(self, train: Corpus, conditions: Conditions) -> None:
        encoded = Encoded(train.sentences, self._alphabet, self._device)
        dev = conditions.dev
        encoded_dev = Encoded(dev.sentences, self._alphabet, self._device) if dev else None
        random = np.random.default_rng(conditions.seed)
        tokens = max(1, min(self.batch_tokens, train.tokens // _BATCHES_AN_EPOCH))
        tags = train.tags.ids.astype(np.int64)
        hidden = rarity(self._alphabet.counts, self.word_dropout).to(self._device)

        def batches() -> Iterator[tuple[Batch, Tensor]]:
            groups = grouped(encoded.lengths, tokens, random.permutation(len(train)))
            for number in random.permutation(len(groups)):
                places, mask = encoded.places(groups[number])
                targets = torch.from_numpy(np.where(mask, tags[places], IGNORED)).to(self._device)
                yield encoded.batch(groups[number], hidden if self.word_dropout else None), targets

        schedule = Schedule.of(self.epochs, len(grouped(encoded.lengths, tokens)), self.learning_rate, self.min_steps)
        trainer = Trainer.of(self._network, schedule, self._objective.loss, self.optimizer, self.clip)
        clock = time.process_time if self._device == "cpu" else time.perf_counter
        best, kept = -1.0, None
        for epoch in range(1, self.epochs + 1):
            passed, loss = trainer.epoch(epoch, batches)
            told: dict[str, Any] = {"epoch": epoch, "tokens": passed, "loss": loss}
            if dev is not None and encoded_dev is not None:
                start = clock()
                accuracy = self._accuracy(encoded_dev, dev.tags.ids)
                told |= {"dev_accuracy": accuracy, "dev_seconds": clock() - start}
                if accuracy > best:
                    best, kept = accuracy, copy.deepcopy(self._network.state_dict())
            if conditions.report(**told):
                break
        if kept is not None:
            self._network.load_state_dict(kept)

    def _accuracy(self, encoded: Encoded, gold: Ids) -> float:
        right = 0
        for places, (scores, mask) in self._scored(encoded):
            right += int((self._objective.best(scores, mask)[mask].cpu().numpy() == gold[places]).sum())
        return right / max(1, len(gold))

    def _scored(self, encoded: Encoded) -> Iterator[tuple[NDArray[np.int64], tuple[Tensor, Tensor]]]:
        """The places of the tokens of each batch in the corpus, with their scores and mask."""
        self._network.eval()
        with torch.inference_mode():
            for group in grouped(encoded.lengths, self.predicted_tokens):
                places, mask = encoded.places(group)
                batch = encoded.batch(group)
                yield places[mask], (self._network(batch), batch.mask)


class Scorer(nn.Module):
    """A network with what its scores are for, which may have weights of its own: Batch -> (batch, time, tags).

    Weights, gradients and scores are float32 in either precision, and so is all of tagging.
    """

    def __init__(self, network: nn.Module, objective: nn.Module, precision: Precision) -> None:
        super().__init__()
        self.network, self.objective, self.precision = network, objective, precision

    def forward(self, batch: Batch) -> Tensor:
        """The network's scores."""
        if not self.training or self.precision == "float32":
            scores: Tensor = self.network(batch)
            return scores
        with torch.autocast(batch.words.device.type, torch.bfloat16):
            scores = self.network(batch)
        return scores.float()


def _shape(alphabet: Alphabet, tags: int) -> Shape:
    return Shape(
        words=len(alphabet.words) + 1,
        cased=len(alphabet.cased) + 1,
        tags=tags,
        characters=len(alphabet.characters) + 2,
        affixes=tuple(len(table) + 1 for table in alphabet.affixes),
        layers={name: len(table) + 1 for name, table in alphabet.layers.items()},
        vectors=alphabet.vectors.size if alphabet.vectors else 0,
    )


def _coverage(file: str, vectors: Vectors, train: Sequences) -> str:
    known = vectors.known(train.vocabulary)
    tokens, words = (100 * float(found.mean()) if len(found) else 0.0 for found in (known[train.ids], known))
    return (
        f"{Path(file).name} has {len(vectors.rows):,} words with {vectors.size} numbers each: "
        f"{tokens:.1f} % of train's tokens and {words:.1f} % of its distinct words have one"
    )
