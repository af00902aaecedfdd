"""The base of all torch taggers: everything but the network."""

from __future__ import annotations

import abc
import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, ClassVar, cast, get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from seqbench.contracts.fitted import learned
from seqbench.contracts.hyperparameters import Contents, Continues
from seqbench.contracts.plain_sentences import accepts_lists
from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Corpus, Ids, Sequences
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import SeqbenchError
from seqbench.neural.batch import Shape
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.crf_layer import ConditionalRandomField
from seqbench.neural.features import WordFeatures
from seqbench.neural.fitted_network import FittedNetwork
from seqbench.neural.kept_network import KeptNetwork, give_weights
from seqbench.neural.loss import Loss, Objective, TokenWise, soft_cross_entropy
from seqbench.neural.quantized_weights import WeightType, round_weights
from seqbench.neural.runtime_fields import RuntimeFields
from seqbench.neural.scorer import Scorer
from seqbench.neural.states_and_gradients import saliency_of, states_of
from seqbench.neural.stepwise import Stepping, looks_ahead, reason_against_steps, single
from seqbench.neural.training_batches import TrainingBatches, rarity
from seqbench.neural.training_fields import TRAINING_FIELDS
from seqbench.neural.training_precision import Precision, refuse_missing
from seqbench.neural.vocabulary import Alphabet
from seqbench.neural.warm_start import WarmStart, learned_folder
from seqbench.neural.word_vectors import Vectors

_BATCHES_AN_EPOCH = 40
_UNNAMED = "word vectors learned from texts that are not named: trained_on=['NAME', ...] names them"


@dataclass(kw_only=True)
class NeuralTagger(RuntimeFields, abc.ABC):
    """Fits any network that `build` returns; inherit from it, add fields, and leave the rest.

    The best epoch is the one with the highest `conditions.metric` on dev, where there is dev; else the last.
    `predicted_tokens` is the size of a batch that is tagged: small ones stay in the processor's cache.
    """

    predicted_tokens: ClassVar[int] = 1000

    precision: Annotated[
        Precision, "of matrix products in training; bfloat16 takes half the time where the processor has it"
    ] = "float32"
    word_dropout: Annotated[
        float, "a word seen n times is hidden with probability word_dropout / (word_dropout + n)"
    ] = 0.4
    crf: Annotated[bool, "choose a sentence's tags together, by a conditional random field"] = False
    vectors: Annotated[
        str,
        "word vectors to add: a file of word2vec's or GloVe's, or a folder of .npy and words (.txt)",
        Contents(),
    ] = ""
    trained_on: Annotated[list[str], "names of the texts that the word vectors learned from, which tables tell"] = (
        field(default_factory=list)
    )
    warm_start: Annotated[
        str,
        "folder of a kept model of this architecture, whose weights training begins with",
        Contents(),
        Continues((*TRAINING_FIELDS, "precision", "*dropout", "vectors", "trained_on", "weights", "runtime", "preset")),
    ] = ""
    weights: Annotated[
        WeightType, "type that the weights are rounded to after training, and kept in; the network computes in float32"
    ] = "float32"

    def __post_init__(self) -> None:
        """Refuse what cannot be: `ValueError` says which field and what it was."""
        super().__post_init__()
        if self.vectors and not Path(self.vectors).exists():
            raise ValueError(f"vectors must be a file of word vectors, was: {self.vectors!r}")
        if self.trained_on and not (self.vectors or self.warm_start):
            raise ValueError("trained_on names the texts of word vectors; leave it out without vectors or warm_start")
        if self.warm_start:
            learned_folder(self.warm_start)
        if self.crf and type(self).imitate is NeuralTagger.imitate:
            vars(self)["imitate"] = None  # a likelihood of whole sequences learns no probabilities of single tags
        if self.word_dropout < 0:
            raise ValueError(f"word_dropout must be 0 or more, was: {self.word_dropout}")

    @abc.abstractmethod
    def build(self, shape: Shape) -> nn.Module:
        """A new network of these sizes: forward(batch: Batch) -> scores (batch, time, tags)."""

    def loss(self, train: Corpus) -> Loss | None:
        """The loss of a training on `train`, or None for the usual one (`cross_entropy`; with `crf`, the likelihood).

        Override it to weigh tags (`partial(cross_entropy, weights=...)`), or for a loss of your own.
        """
        del train
        return None

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """See `seqbench.Tagger`. Raises `SeqbenchError` if the loss is no number, or a precision is missing."""
        self._learn(train, train.tags.ids, self._loss, conditions)

    def imitate(self, train: Corpus, targets: NDArray[np.float32], conditions: Conditions) -> None:
        """See `seqbench.Imitating`, not with crf; dev chooses the epoch. Raises `SeqbenchError` with an own loss."""
        if self.loss(train) is not None:
            raise SeqbenchError(
                f"{type(self).__name__} has a loss of its own, which learns tags and no probabilities: it is no student"
            )
        self._learn(train, targets, lambda _fitted, _train: soft_cross_entropy, conditions)

    def _learn(
        self,
        train: Corpus,
        gold: Ids | NDArray[np.float32],
        loss: Callable[[FittedNetwork, Corpus], Loss],
        conditions: Conditions,
    ) -> None:
        """Train a new network on the sentences of train, towards `gold` by a loss."""
        refuse_missing(self.precision, conditions.device)
        self._fitted = None
        torch.set_num_threads(conditions.threads)
        torch.manual_seed(conditions.seed)
        fitted = self._untrained(train, conditions)
        self.running(fitted)  # refused before training, not after it
        batches = self._batches(fitted, train, gold, conditions.seed)
        trainer = self.trainer(fitted.scorer, loss(fitted, train), batches.count)
        trainer.fit(batches, fitted.evaluator(conditions), conditions.report)
        round_weights(fitted.scorer, self.weights)
        fitted.scorer.eval()
        self._fitted = self.running(fitted)

    @property
    def notes(self) -> Sequence[str]:
        """How much of train the word vectors cover, where there are any; which fields had no effect."""
        return list(learned(self).notes)

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The tags of each token, as ids of the training set."""
        fitted = learned(self)
        return Sequences(fitted.best(fitted.encode(sentences)), sentences.offsets, fitted.vocabularies.tags)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`: (tokens, tags)."""
        fitted = learned(self)
        return fitted.probabilities(fitted.encode(sentences))

    def start(self) -> Any:
        """See `seqbench.Stepwise`; a network that is `Stepping` can do it."""
        network = learned(self).scorer.network
        if self.crf or not isinstance(network, Stepping):
            raise looks_ahead(crf=self.crf)
        return network.start()

    def looks_ahead(self) -> str:
        """See `seqbench.LooksAhead`; an untrained network of the smallest size tells."""
        with torch.random.fork_rng(devices=[]):
            network = self.build(Shape.of(Corpus.encode([["a"]], [["A"]])))
        return reason_against_steps(network, crf=self.crf)

    def step(self, state: Any, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], Any]:
        """See `seqbench.Stepwise`."""
        fitted = learned(self)
        token = Encoded(single(form, layers or {}), fitted.alphabet, fitted.device).batch(np.zeros(1, np.int64))
        with torch.inference_mode():
            scores, state = cast("Stepping", fitted.scorer.network).step(token, state)
            return fitted.objective.probabilities(scores, token.mask)[0, 0].cpu().numpy(), state

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        KeptNetwork.write(learned(self), folder, self.weights)

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`; the network is on the CPU. Raises `StoreError` if the weights are of another one."""
        kept = KeptNetwork.read(folder, self.weights)
        torch.set_num_threads(kept.threads)
        tags = kept.vocabularies.tags
        none = Sequences(np.zeros(0, np.int32), np.zeros(1, np.int64), tags)
        conditions = Conditions(seed=kept.seed, threads=kept.threads)
        fitted = self._fitted_to(kept.vocabularies, kept.alphabet, none, conditions, kept.notes)
        give_weights(fitted.scorer, kept.weights)
        fitted.scorer.eval()
        self._fitted = self.running(fitted)

    @property
    def reduced_to(self) -> Sequence[str]:
        """See `seqbench.Reducible`: the type that the weights have, and those with fewer bits."""
        types: tuple[str, ...] = get_args(WeightType)
        return types[types.index(self.weights) :]

    def reduced(self, weights: str) -> NeuralTagger:
        """See `seqbench.Reducible`."""
        fitted, other = learned(self), copy.copy(self)
        scorer = copy.deepcopy(fitted.scorer)
        other.weights = cast("WeightType", weights)
        round_weights(scorer, other.weights)
        objective = cast("Objective", scorer.objective)
        vars(other)["_fitted"] = self.running(replace(fitted, scorer=scorer, objective=objective, scores=None))
        return other

    def states(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.States`: the inputs of the last affine map."""
        fitted = learned(self)
        return states_of(fitted, fitted.vocabularies.encode(sentences))

    def saliency(self, sentence: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Salient`."""
        fitted = learned(self)
        return saliency_of(fitted, fitted.vocabularies.encode(sentence))

    def untrained(self) -> NeuralTagger:
        """See `seqbench.Untrained`."""
        fitted, before = learned(self), copy.copy(self)
        torch.manual_seed(fitted.seed)
        none = Sequences(np.zeros(0, np.int32), np.zeros(1, np.int64), fitted.vocabularies.tags)
        conditions = Conditions(fitted.device, fitted.seed, fitted.threads)
        begun = self._fitted_to(fitted.vocabularies, fitted.alphabet, none, conditions, ())
        begun.scorer.eval()
        vars(before)["_fitted"] = self.running(begun)
        return before

    @property
    def parameters(self) -> int:
        """The weights of the network."""
        return sum(weights.numel() for weights in learned(self).scorer.parameters())

    def warm_up(self, conditions: Conditions) -> None:
        """Train this kind of network on one made-up sentence, so that no fit pays for loading kernels."""
        corpus = Corpus.encode([["warm", "up"]], [["A", "B"]])
        tiny = copy.copy(self)
        tiny.epochs, tiny.min_steps, tiny.vectors, tiny.warm_start = 1, 2, "", ""
        vars(tiny)["loss"] = _usual  # a loss of one's own may know only the tags of real data
        tiny.fit(corpus, Conditions(conditions.device, threads=conditions.threads))
        tiny.predict(corpus.sentences)

    def _untrained(self, train: Corpus, conditions: Conditions) -> FittedNetwork:
        """A new network for this training set, on its device."""
        vectors = Vectors.read(Path(self.vectors)) if self.vectors else None
        warm = WarmStart.read(self.warm_start) if self.warm_start else None
        alphabet = warm.alphabet(train.sentences, vectors) if warm else Alphabet.of(train.sentences, vectors)
        notes = [_coverage(self.vectors, vectors, train.sentences)] if vectors else []
        notes += [_UNNAMED] * bool(vectors and not self.trained_on)
        notes += [*self.training_notes(conditions), *([warm.note(train)] if warm else [])]
        fitted = self._fitted_to(Vocabularies.of(train), alphabet, train.tags, conditions, tuple(notes))
        if warm:
            axes = self._tag_axes(fitted.scorer.network, alphabet, len(train.tags.vocabulary))
            warm.give(fitted.scorer, alphabet, train, axes)
        return fitted

    def _tag_axes(self, network: nn.Module, alphabet: Alphabet, tags: int) -> dict[str, list[int]]:
        """The axes with one entry for each tag, by the name of weights: those that one tag more would make longer."""
        with torch.random.fork_rng(devices=[]):
            wider = self.build(Shape.sized(alphabet, tags + 1)).state_dict()
        sizes = {name: tensor.shape for name, tensor in network.state_dict().items()}
        return {
            f"network.{name}": [axis for axis, size in enumerate(own) if size != wider[name].shape[axis]]
            for name, own in sizes.items()
        }

    def _fitted_to(
        self,
        vocabularies: Vocabularies,
        alphabet: Alphabet,
        tags: Sequences,
        conditions: Conditions,
        notes: tuple[str, ...],
    ) -> FittedNetwork:
        """A network of the sizes of an alphabet and of train's tags, with the weights that it begins with."""
        objective = ConditionalRandomField(tags, conditions.scheme) if self.crf else TokenWise()
        network = self.build(Shape.sized(alphabet, len(tags.vocabulary)))
        if alphabet.vectors and not any(isinstance(part, WordFeatures) for part in network.modules()):
            raise SeqbenchError("vectors are read by WordFeatures, which this network does not use; leave them out")
        return FittedNetwork(
            vocabularies=vocabularies,
            alphabet=alphabet,
            scorer=Scorer(network, objective, self.precision).to(conditions.device),
            objective=objective,
            device=conditions.device,
            batch_tokens=self.predicted_tokens,
            notes=notes,
            threads=conditions.threads,
            seed=conditions.seed,
        )

    def _batches(
        self, fitted: FittedNetwork, train: Corpus, gold: Ids | NDArray[np.float32], seed: int
    ) -> TrainingBatches:
        hidden = rarity(fitted.alphabet.counts, self.word_dropout).to(fitted.device) if self.word_dropout else None
        return TrainingBatches(
            encoded=fitted.encode(train.sentences),
            gold=gold,
            size=max(1, min(self.batch_tokens, train.tokens // _BATCHES_AN_EPOCH)),
            hidden=hidden,
            random=np.random.default_rng(seed),
        )

    def _loss(self, fitted: FittedNetwork, train: Corpus) -> Loss:
        own = self.loss(train)
        if own is None:
            return fitted.objective.loss
        if self.crf:
            raise SeqbenchError("with crf=True a network learns by its own likelihood; leave out crf, or the loss")
        return own


def _usual(_train: Corpus) -> Loss | None:
    """The usual loss, whatever a class has chosen."""
    return None


def _coverage(file: str, vectors: Vectors, train: Sequences) -> str:
    known = vectors.known(train.vocabulary)
    tokens, words = (100 * float(covered.mean()) if len(covered) else 0.0 for covered in (known[train.ids], known))
    return (
        f"{Path(file).name} has {len(vectors.rows):,} words with {vectors.size} numbers each: "
        f"{tokens:.1f} % of train's tokens and {words:.1f} % of its distinct words have one"
    )
