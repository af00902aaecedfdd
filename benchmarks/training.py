"""How fast a network is trained, against two loops as users write them: python benchmarks/training.py TREEBANK.

The network is the same in all three: word embeddings of 100, a bidirectional LSTM of 128 a direction, an affine map;
same vocabulary, same number of weights. One thread; tokens per CPU second, medians of interleaved rounds of one run.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence
from torch.utils.data import DataLoader

from seqbench import Conditions, Corpus, make
from seqbench.registry import Registry
from seqbench.sources import load

EMBEDDING, HIDDEN, ROUNDS = 100, 128, 3
SHARE = {"seqbench": 1.0, "competent": 0.5, "tutorial": 0.05}
"""How much of the corpus each loop is given in a round, the slow ones less."""

Example = tuple[Tensor, Tensor]


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


def examples_of(corpus: Corpus) -> tuple[list[Example], int]:
    """Ids of lower-cased words and of tags; id 0 is the unknown, which makes the vocabulary one larger."""
    index: dict[str, int] = {}
    low = [index.setdefault(form.lower(), len(index) + 1) for form in corpus.sentences.vocabulary]
    words = torch.tensor(low)[torch.from_numpy(corpus.sentences.ids.astype("int64"))]
    tags = torch.from_numpy(corpus.tags.ids.astype("int64"))
    lengths = corpus.sentences.lengths.tolist()
    return list(zip(words.split(lengths), tags.split(lengths), strict=True)), len(index) + 1


def tutorial_loop(network: Network, examples: list[Example]) -> None:
    """One sentence a step, as in PyTorch's tutorial."""
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    for words, tags in examples:
        network.zero_grad()
        states, _ = network.lstm(network.embedding(words).unsqueeze(0))
        scores = torch.log_softmax(network.output(states[0]), 1)
        nn.functional.nll_loss(scores, tags).backward()
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


def main() -> None:
    """Train in every way, in turns."""
    torch.set_num_threads(1)
    train = load(sys.argv[1], Registry.discover()).train
    examples, words = examples_of(train)
    tags = len(train.tags.vocabulary)
    spec = f"lstm(subwords=False, embedding_dim={EMBEDDING}, hidden_dim={HIDDEN}, epochs=1, batch_tokens={{}})"
    tagger = make(spec.format(sys.argv[2] if len(sys.argv) > 2 else 2000))  # noqa: PLR2004 -- an optional argument
    rates: dict[str, list[float]] = {name: [] for name in SHARE}
    matmul = []
    for _ in range(ROUNDS):
        matmul.append(matmul_rate())
        for name, share in SHARE.items():
            part = examples[:: round(1 / share)]
            network = Network(words, tags)
            loops: dict[str, Callable[[], object]] = {
                "seqbench": lambda: tagger.fit(train, Conditions()),
                "competent": lambda part=part, network=network: competent_loop(network, part),  # type: ignore[misc]
                "tutorial": lambda part=part, network=network: tutorial_loop(network, part),  # type: ignore[misc]
            }
            rates[name].append(sum(len(w) for w, _ in part) / seconds_of(loops[name]))
    weights = sum(p.numel() for p in network.parameters())
    if weights != tagger.parameters:  # type: ignore[attr-defined]
        raise SystemExit(f"not the same network: {weights} weights and {tagger.parameters}")  # type: ignore[attr-defined]
    print(f"{weights:,} weights in every network; the corpus has {train.tokens:,} tokens")
    for name, found in rates.items():
        ratio = statistics.median(s / f for s, f in zip(rates["seqbench"], found, strict=True))
        print(
            f"{name:10} {statistics.median(found):9,.0f} tokens per CPU second; seqbench is {ratio:.1f} times as fast"
        )
    share = statistics.median(r * flops_a_token(tags) / m for r, m in zip(rates["seqbench"], matmul, strict=True))
    print(
        f"seqbench trains at {100 * share:.0f} % of the rate of a matrix product ({statistics.median(matmul) / 1e9:.0f} GFLOP/s)"
    )


if __name__ == "__main__":
    main()
