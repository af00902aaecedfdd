"""The tagger of PyTorch's tutorial on sequence models, to the letter: what a student has just built."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench import (
    Conditions,
    Corpus,
    Sequences,
    UsesDevice,
    Vocabularies,
    accepts_lists,
    learned,
    read_learned,
    write_learned,
)
from seqbench.neural import Schedule, Trainer, Weights, give_weights, optimizer_of, weights_of
from seqbench_plugins.neural._lstm_demonstration import demonstration

OnStep = Callable[[int, float], object]


@dataclass(frozen=True, eq=False)
class Kept:
    """A trained network on disk."""

    vocabularies: Vocabularies
    weights: Weights
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Fitted:
    """A trained network on its device; `words` leads from a word of train to its id."""

    vocabularies: Vocabularies
    words: dict[str, int]
    network: TutorialNetwork
    device: str
    seed: int = 0

    def tensors(self, sequences: Sequences) -> list[Tensor]:
        """The ids of each sentence: (time,)."""
        ids = torch.from_numpy(sequences.ids.astype(np.int64)).to(self.device)
        return list(torch.split(ids, sequences.lengths.tolist()))

    def scores(self, sentences: Sequences) -> Tensor:
        """Log-probabilities, sentence by sentence: (tokens, tags)."""
        with torch.inference_mode(), torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            scores = [self.network.step(sentence)[0] for sentence in self.tensors(sentences) if len(sentence)]
            return torch.cat([torch.zeros(0, len(self.vocabularies.tags), device=self.device), *scores])


@dataclass(kw_only=True)
class TutorialTagger(UsesDevice):
    """Embedding, one LSTM from left to right, affine map, log-softmax; one sentence a step, plain SGD, no tricks.

    The tutorial has no answer to a word that train never showed; here it gets an embedding of zeros. As there, training
    always begins anew: `warm_start` is a field of `lstm`.
    """

    embedding_dim: Annotated[int, "numbers of a word's embedding"] = 6
    hidden_dim: Annotated[int, "numbers of a hidden state"] = 6
    learning_rate: Annotated[float, "step of stochastic gradient descent"] = 0.1
    epochs: Annotated[int, "passes over the training set"] = 300
    on_step: OnStep | None = field(default=None, init=False, repr=False, compare=False)
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """One step a sentence, in the order of the corpus. Raises `SeqbenchError` if the loss is no number."""
        self._fitted = None
        torch.set_num_threads(conditions.threads)
        fitted = self._new(Vocabularies.of(train), conditions.device, conditions.seed)
        network = fitted.network
        batches = _Batches.of(fitted, train)
        trainer = Trainer(
            network=network,
            loss=nn.functional.nll_loss,
            optimizer=optimizer_of(network, "sgd", self.learning_rate),
            schedule=Schedule(
                epochs=self.epochs, batches=len(batches.sentences), learning_rate=self.learning_rate, course="constant"
            ),
            on_step=self.on_step,
        )
        trainer.fit(batches, None, conditions.report)
        self._fitted = fitted

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The most probable tag of each token, sentence by sentence."""
        fitted = learned(self)
        ids = fitted.scores(sentences).argmax(1).cpu().numpy().astype(np.int32)
        return Sequences(ids, sentences.offsets, fitted.vocabularies.tags)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`: (tokens, tags)."""
        probabilities: NDArray[np.float32] = learned(self).scores(sentences).exp().cpu().numpy()
        return probabilities

    @property
    def sight(self) -> tuple[None, int]:
        """See `seqbench.Sighted`."""
        return None, 0

    def start(self) -> Any:
        """See `seqbench.Stepwise`: the network remembers nothing yet."""
        learned(self)

    def step(self, state: Any, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], Any]:
        """See `seqbench.Stepwise`; layers are not looked at."""
        del layers
        fitted = learned(self)
        word = torch.tensor([fitted.words.get(form, len(fitted.words))], device=fitted.device)
        with torch.inference_mode():
            scores, state = fitted.network.step(word, state)
            return scores[0].exp().cpu().numpy(), state

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        fitted = learned(self)
        write_learned(folder, Kept(fitted.vocabularies, weights_of(fitted.network), fitted.seed))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`; the network is on the CPU. Raises `StoreError` if the weights are of another one."""
        kept = read_learned(folder, Kept)
        fitted = self._new(kept.vocabularies, "cpu", kept.seed)
        give_weights(fitted.network, kept.weights)
        self._fitted = fitted

    def untrained(self) -> TutorialTagger:
        """See `seqbench.Untrained`."""
        fitted, before = learned(self), copy.copy(self)
        vars(before)["_fitted"] = self._new(fitted.vocabularies, fitted.device, fitted.seed)
        return before

    def states(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.States`: the hidden states of the LSTM."""
        fitted = learned(self)
        encoded = fitted.vocabularies.encode(sentences)
        nothing = np.zeros((0, self.hidden_dim), np.float32)
        with torch.inference_mode():
            parts = [fitted.network.states(s)[0].cpu().numpy() for s in fitted.tensors(encoded) if len(s)]
        return np.concatenate([nothing, *parts])

    def saliency(self, sentence: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Salient`."""
        fitted = learned(self)
        (words,) = fitted.tensors(fitted.vocabularies.encode(sentence))
        embedded = fitted.network.embedded(words).detach().requires_grad_()
        best = fitted.network.scores(fitted.network.lstm(embedded.unsqueeze(1))[0]).max(1).values
        rows = [torch.autograd.grad(score, embedded, retain_graph=True)[0].norm(dim=1) for score in best]
        weights = torch.stack(rows).cpu().numpy()
        return np.asarray(weights / np.maximum(weights.sum(1, keepdims=True), 1e-30), np.float32)

    def demonstration(self, seed: int) -> Sequence[str]:
        """See `seqbench.Demonstrates`: one LSTM layer, word by word and then all at once."""
        return demonstration(seed)

    def _new(self, vocabularies: Vocabularies, device: str, seed: int) -> Fitted:
        """A network for these words and tags, with the weights that it begins with for a seed."""
        torch.manual_seed(seed)
        sizes = len(vocabularies.words), len(vocabularies.tags), self.embedding_dim, self.hidden_dim
        words = {word: number for number, word in enumerate(vocabularies.words)}
        return Fitted(vocabularies, words, TutorialNetwork(*sizes).to(device), device, seed)

    @property
    def parameters(self) -> int:
        """The weights of the network."""
        return sum(weights.numel() for weights in learned(self).network.parameters())

    def warm_up(self, conditions: Conditions) -> None:
        """One epoch on a made-up sentence."""
        corpus = Corpus.encode([["warm", "up"]], [["A", "B"]])
        type(self)(epochs=1).fit(corpus, Conditions(conditions.device, threads=conditions.threads))


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence as a batch: `words` (time,) ids, `lengths` (1,)."""

    words: Tensor
    lengths: Tensor


@dataclass(frozen=True, eq=False)
class _Batches:
    """The sentences of train that have tokens, each with its tags (time,), in the order of the corpus."""

    sentences: list[tuple[Sentence, Tensor]]

    @classmethod
    def of(cls, fitted: Fitted, train: Corpus) -> _Batches:
        pairs = zip(fitted.tensors(train.sentences), fitted.tensors(train.tags), strict=True)
        return cls([(Sentence(words, torch.tensor([len(words)])), tags) for words, tags in pairs if len(words)])

    def __call__(self) -> Iterator[tuple[Sentence, Tensor]]:
        """One pass."""
        return iter(self.sentences)


class TutorialNetwork(nn.Module):
    """A sentence -> log-probabilities (time, tags)."""

    def __init__(self, words: int, tags: int, embedding_dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim)
        self.hidden_to_tag = nn.Linear(hidden_dim, tags)

    def forward(self, sentence: Sentence) -> Tensor:
        """Sentence -> (time, tags)."""
        return self.step(sentence.words)[0]

    def step(self, sentence: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Go on from the state behind earlier words: (time,) -> (time, tags), the state behind these."""
        states, state = self.states(sentence, state)
        return self.scores(states.unsqueeze(1)), state

    def embedded(self, sentence: Tensor) -> Tensor:
        """Embeddings (time, embedding_dim) of words (time,), zeros for unknown ones."""
        words = len(self.embedding.weight)
        known = (sentence < words).unsqueeze(1)
        embedded: Tensor = self.embedding(sentence.clamp(max=words - 1)) * known
        return embedded

    def states(self, sentence: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Hidden states (time, hidden_dim) of words (time,), and the state behind them."""
        states, state = self.lstm(self.embedded(sentence).unsqueeze(1), state)  # (time, 1, hidden_dim)
        return states.squeeze(1), state

    def scores(self, states: Tensor) -> Tensor:
        """(time, 1, hidden_dim) -> log-probabilities (time, tags)."""
        return torch.log_softmax(self.hidden_to_tag(states.squeeze(1)), dim=1)
