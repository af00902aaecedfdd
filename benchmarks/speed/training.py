"""How fast a network is trained, against two loops as users write them: python benchmarks/speed/training.py TREEBANK.

The network is the same in all three: word embeddings of 100, a bidirectional LSTM of 128 a direction, an affine map;
same vocabulary, same number of weights. One thread; tokens per CPU second, medians of interleaved rounds of one run.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence
from torch.utils.data import DataLoader

from seqbench import Conditions, Corpus, make
from seqbench.neural import NeuralTagger
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

EMBEDDING, HIDDEN, EPOCHS, ROUNDS = 100, 128, 2, 3
Example = tuple[Tensor, Tensor]
Index = tuple[dict[str, int], dict[str, int]]


class Network(nn.Module):
    """What a user writes: (batch, time) -> (batch, time, tags)."""

    def __init__(self, words: int, tags: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING, HIDDEN, batch_first=True, bidirectional=True)
        self.output = nn.Linear(2 * HIDDEN, tags)

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Padded words, packed for the recurrent layer."""
        packed = pack_padded_sequence(self.embedding(words), lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        scores: Tensor = self.output(states)
        return scores


def examples_of(corpus: Corpus) -> tuple[list[Example], Index]:
    """Ids of lower-cased words and of tags; id 0 is the unknown, which makes the vocabulary one larger."""
    index: dict[str, int] = {}
    low = [index.setdefault(form.lower(), len(index) + 1) for form in corpus.sentences.vocabulary]
    words = torch.tensor(low)[torch.from_numpy(corpus.sentences.ids.astype("int64"))]
    tags = torch.from_numpy(corpus.tags.ids.astype("int64"))
    lengths = corpus.sentences.lengths.tolist()
    named = {tag: i for i, tag in enumerate(corpus.tags.vocabulary)}
    return list(zip(words.split(lengths), tags.split(lengths), strict=True)), (index, named)


def tutorial_loop(network: Network, sentences: list[tuple[list[str], list[str]]], index: Index) -> None:
    """One sentence a step, its words and tags looked up as it comes, as in PyTorch's tutorial."""
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    criterion = nn.NLLLoss()
    for sentence, tags in sentences:
        network.zero_grad()
        words = torch.tensor([index[0][word.lower()] for word in sentence], dtype=torch.long)
        targets = torch.tensor([index[1][tag] for tag in tags], dtype=torch.long)
        embedded = network.embedding(words)
        states, _ = network.lstm(embedded.view(1, len(sentence), -1))
        scores = nn.functional.log_softmax(network.output(states.view(len(sentence), -1)), dim=1)
        loss = criterion(scores, targets)
        loss.backward()
        optimizer.step()


def collate(examples: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Padded words and tags, and lengths."""
    words = pad_sequence([w for w, _ in examples], batch_first=True)
    tags = pad_sequence([t for _, t in examples], batch_first=True, padding_value=-100)
    return words, tags, torch.tensor([len(w) for w, _ in examples])


def competent_loop(network: Network, examples: list[Example]) -> None:
    """Shuffled batches of 32, padded and packed, Adam."""
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss(ignore_index=-100)
    for words, tags, lengths in DataLoader(examples, batch_size=32, shuffle=True, collate_fn=collate):  # type: ignore[arg-type]
        optimizer.zero_grad()
        loss = criterion(network(words, lengths).flatten(0, 1), tags.flatten())
        loss.backward()
        optimizer.step()


def seconds_of(work: Callable[[], object]) -> float:
    """CPU seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def matmul_rate() -> float:
    """Floating-point operations a CPU second of a large matrix product."""
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    a @ b
    return 10 * 2 * 1024**3 / seconds_of(lambda: [a @ b for _ in range(10)])


def flops_a_token(tags: int) -> int:
    """Of training: forward once, backward twice as much; two for each weight of the matrices."""
    gates = 2 * 4 * HIDDEN * (EMBEDDING + HIDDEN)
    return 3 * 2 * (gates + 2 * HIDDEN * tags)


@dataclass(frozen=True)
class Round:
    """What is trained on: the corpus for seqbench, the same as tensors and as text for the two loops."""

    train: Corpus
    tagger: NeuralTagger
    examples: list[Example]
    index: Index

    def rates(self) -> dict[str, float]:
        """Tokens per CPU second of each way, in turns."""
        written = list(zip(self.train.sentences, self.train.tags, strict=True))
        found = {"seqbench": EPOCHS * self.train.tokens / seconds_of(lambda: self.tagger.fit(self.train, Conditions()))}
        network, part = self.network(), self.examples[::2]
        found["competent"] = tokens_of(part) / seconds_of(lambda: competent_loop(network, part))
        network, part = self.network(), self.examples[::20]
        found["tutorial"] = tokens_of(part) / seconds_of(lambda: tutorial_loop(network, written[::20], self.index))
        return found

    def network(self) -> Network:
        """A new network of a user's own."""
        return Network(len(self.index[0]) + 1, len(self.index[1]))


def tokens_of(examples: list[Example]) -> int:
    """How many tokens they have."""
    return sum(len(words) for words, _ in examples)


def main() -> None:
    """Train in every way, in turns."""
    torch.set_num_threads(1)
    train = load(sys.argv[1], Registry.discover()).train
    examples, index = examples_of(train)
    sizes = f"embedding_dim={EMBEDDING}, hidden_dim={HIDDEN}, epochs={EPOCHS}, min_steps=0, batch_tokens=4000"
    tagger = cast("NeuralTagger", make(f"lstm(subwords=False, {sizes})"))
    one = Round(train, tagger, examples, index)
    matmul, rates = zip(*((matmul_rate(), one.rates()) for _ in range(ROUNDS)), strict=True)
    weights = sum(p.numel() for p in one.network().parameters())
    if weights != tagger.parameters:
        raise SystemExit(f"not the same network: {weights} weights and {tagger.parameters}")
    print(f"{weights:,} weights in every network; the corpus has {train.tokens:,} tokens")
    for name in rates[0]:
        ratio = statistics.median(r["seqbench"] / r[name] for r in rates)
        rate = statistics.median(r[name] for r in rates)
        print(f"{name:10} {rate:9,.0f} tokens per CPU second; seqbench is {ratio:.1f} times as fast")
    flops = flops_a_token(len(train.tags.vocabulary))
    share = statistics.median(r["seqbench"] * flops / m for r, m in zip(rates, matmul, strict=True))
    gigaflops = statistics.median(matmul) / 1e9
    print(f"seqbench trains at {100 * share:.0f} % of the rate of a matrix product, {gigaflops:.0f} GFLOP/s")


if __name__ == "__main__":
    main()
