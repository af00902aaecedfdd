"""The tagger of PyTorch's tutorial on sequence models, to the letter: what a student has just built."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench import Conditions, Corpus, Sequences
from seqbench.neural import diverged


@dataclass(kw_only=True)
class TutorialTagger:
    """Embedding, one LSTM from left to right, affine map, log-softmax; one sentence a step, plain SGD, no tricks.

    The tutorial has no answer to a word that train never showed; here it gets an embedding of zeros.
    """

    embedding_dim: Annotated[int, "numbers of a word's embedding"] = 6
    hidden_dim: Annotated[int, "numbers of a hidden state"] = 6
    learning_rate: Annotated[float, "step of stochastic gradient descent"] = 0.1
    epochs: Annotated[int, "passes over the training set"] = 300

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """One step a sentence, in the order of the corpus; `SeqbenchError` where the loss is no longer a number."""
        torch.set_num_threads(conditions.threads)
        torch.manual_seed(conditions.seed)
        self._device, self._tags = conditions.device, train.tags.vocabulary
        self._words = {word: number for number, word in enumerate(train.sentences.vocabulary)}
        words, tags = len(train.sentences.vocabulary), len(self._tags)
        self._network = TutorialNetwork(words, tags, self.embedding_dim, self.hidden_dim).to(self._device)
        examples = list(zip(self._tensors(train.sentences), self._tensors(train.tags), strict=True))
        optimizer = torch.optim.SGD(self._network.parameters(), lr=self.learning_rate)
        for epoch in range(1, self.epochs + 1):
            losses = [self._step(optimizer, sentence, tags) for sentence, tags in examples if len(sentence)]
            loss = sum(losses) / max(1, len(losses))
            if not math.isfinite(loss):
                raise diverged(loss, epoch, self.learning_rate)
            if conditions.report(epoch=epoch, tokens=train.tokens, loss=loss):
                break

    def _step(self, optimizer: torch.optim.Optimizer, sentence: Tensor, tags: Tensor) -> float:
        self._network.zero_grad()
        loss = nn.functional.nll_loss(self._network(sentence), tags)
        torch.autograd.backward(loss)
        optimizer.step()
        return loss.item()

    def predict(self, sentences: Sequences) -> Sequences:
        """The most probable tag of each token, sentence by sentence."""
        with torch.inference_mode():
            tags = [self._network(sentence).argmax(1) for sentence in self._tensors(sentences) if len(sentence)]
        ids = torch.cat(tags).cpu().numpy() if tags else np.zeros(0)
        return Sequences(ids.astype(np.int32), sentences.offsets, self._tags)

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`: (tokens, tags)."""
        with torch.inference_mode():
            scores = [self._network(sentence) for sentence in self._tensors(sentences) if len(sentence)]
        found: NDArray[np.float32] = (
            torch.cat([torch.zeros(0, len(self._tags)).to(self._device), *scores]).exp().cpu().numpy()
        )
        return found

    def start(self) -> Any:
        """See `seqbench.Stepwise`: the network remembers nothing yet."""
        return None

    def step(self, state: Any, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], Any]:
        """See `seqbench.Stepwise`; layers are not looked at."""
        del layers
        word = torch.tensor([self._words.get(form, len(self._words))], device=self._device)
        with torch.inference_mode():
            scores, state = self._network.step(word, state)
            return scores[0].exp().cpu().numpy(), state

    @property
    def parameters(self) -> int:
        """The weights of the network."""
        return sum(weights.numel() for weights in self._network.parameters())

    def warm_up(self, conditions: Conditions) -> None:
        """One epoch on a made-up sentence."""
        corpus = Corpus.encode([["warm", "up"]], [["A", "B"]])
        type(self)(epochs=1).fit(corpus, Conditions(conditions.device, threads=conditions.threads))

    def _tensors(self, sequences: Sequences) -> list[Tensor]:
        ids = torch.from_numpy(sequences.ids.astype(np.int64)).to(self._device)
        return list(torch.split(ids, sequences.lengths.tolist()))


class TutorialNetwork(nn.Module):
    """Word ids (time,) -> log-probabilities (time, tags)."""

    def __init__(self, words: int, tags: int, embedding_dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim)
        self.hidden_to_tag = nn.Linear(hidden_dim, tags)

    def forward(self, sentence: Tensor) -> Tensor:
        """(time,) -> (time, tags)."""
        return self.step(sentence)[0]

    def step(self, sentence: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Go on from the state behind earlier words: (time,) -> (time, tags), the state behind these."""
        words = len(self.embedding.weight)
        known = (sentence < words).unsqueeze(1)
        embedded = self.embedding(sentence.clamp(max=words - 1)) * known  # (time, embedding_dim)
        states, state = self.lstm(embedded.unsqueeze(1), state)  # (time, 1, hidden_dim)
        return torch.log_softmax(self.hidden_to_tag(states.squeeze(1)), dim=1), state
