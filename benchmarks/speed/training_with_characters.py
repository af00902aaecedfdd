"""How fast a network over words and their parts is trained.

    python benchmarks/speed/training_with_characters.py TREEBANK

The network of `lstm`'s defaults, and the same as a user writes it: embeddings of word, cased form and eight affixes and
a convolution over characters, each for every token of a padded batch of 32 sentences, packed for the LSTM, Adam. Ids
are looked up beforehand for the user's loop, and within the measured time for seqbench. Same vocabulary, same number
of weights, same dropout; one thread; tokens per CPU second, medians of interleaved rounds of one run.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence
from torch.utils.data import DataLoader

from seqbench import Conditions, Corpus, make
from seqbench.neural import NeuralTagger
from seqbench.neural.vocabulary import Alphabet
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

WORD, CASED, AFFIX, CHARACTER, FILTERS, HIDDEN, DROPOUT, ROUNDS, PART = 100, 50, 25, 24, 100, 128, 0.4, 3, 4
Example = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]


class Network(nn.Module):
    """What a user writes: each token's word, cased form, affixes and characters -> (batch, time, tags)."""

    def __init__(self, alphabet: Alphabet, tags: int) -> None:
        super().__init__()
        self.word = nn.Embedding(len(alphabet.words) + 1, WORD)
        self.cased = nn.Embedding(len(alphabet.cased) + 1, CASED)
        self.affixes = nn.ModuleList(nn.Embedding(len(table) + 1, AFFIX) for table in alphabet.affixes)
        self.character = nn.Embedding(len(alphabet.characters) + 2, CHARACTER, padding_idx=0)
        self.convolution = nn.Conv1d(CHARACTER, FILTERS, 3, padding=1)
        width = WORD + CASED + AFFIX * len(self.affixes) + FILTERS
        self.lstm = nn.LSTM(width, HIDDEN, batch_first=True, bidirectional=True)
        self.output = nn.Linear(2 * HIDDEN, tags)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, words: Tensor, cased: Tensor, affixes: Tensor, characters: Tensor, lengths: Tensor) -> Tensor:
        """(batch, time), (batch, time), (batch, time, 8), (batch, time, longest word)."""
        letters = self.character(characters.flatten(0, 1)).transpose(1, 2)  # (tokens, dim, longest word)
        shapes = self.convolution(letters).relu().amax(2).view(*words.shape, FILTERS)
        parts = [table(affixes[..., kind]) for kind, table in enumerate(self.affixes)]
        inputs = self.dropout(torch.cat([self.word(words), self.cased(cased), *parts, shapes], 2))
        packed = pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        scores: Tensor = self.output(self.dropout(states))
        return scores


def examples_of(corpus: Corpus, alphabet: Alphabet) -> list[Example]:
    """The ids of each sentence."""
    lexicon = alphabet.lexicon(corpus.sentences.vocabulary)
    ids = torch.from_numpy(corpus.sentences.ids.astype("int64"))
    columns = [
        torch.from_numpy(of_forms)[ids].split(corpus.sentences.lengths.tolist())
        for of_forms in (lexicon.words, lexicon.cased, lexicon.affixes, lexicon.characters)
    ]
    tags = torch.from_numpy(corpus.tags.ids.astype("int64")).split(corpus.sentences.lengths.tolist())
    return list(zip(*columns, tags, strict=True))


def collate(examples: list[Example]) -> tuple[list[Tensor], Tensor, Tensor]:
    """Padded ids, characters as far as the longest word of the batch; padded tags; lengths."""
    words, cased, affixes, characters, tags = (
        pad_sequence(list(part), batch_first=True) for part in zip(*examples, strict=True)
    )
    lengths = torch.tensor([len(example[0]) for example in examples])
    longest = int((characters > 0).sum(2).max())
    tags[torch.arange(tags.shape[1]) >= lengths.unsqueeze(1)] = -100
    return [words, cased, affixes, characters[..., :longest]], tags, lengths


def users_loop(network: Network, examples: list[Example]) -> None:
    """One epoch of shuffled batches."""
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss(ignore_index=-100)
    network.train()
    for inputs, tags, lengths in DataLoader(examples, batch_size=32, shuffle=True, collate_fn=collate):  # type: ignore[arg-type]
        optimizer.zero_grad()
        loss = criterion(network(*inputs, lengths).flatten(0, 1), tags.flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()


def rate(tokens: int, work: Callable[[], object]) -> float:
    """Tokens per CPU second."""
    start = time.process_time()
    work()
    return tokens / (time.process_time() - start)


def main() -> None:
    """Train in both ways, in turns."""
    torch.set_num_threads(1)
    train = load(sys.argv[1], Registry.discover()).train
    alphabet = Alphabet.of(train.sentences)
    examples = examples_of(train, alphabet)[::PART]
    tokens = sum(len(example[0]) for example in examples)
    tagger = cast("NeuralTagger", make("lstm(epochs=1, min_steps=0)"))
    rounds = []
    for _ in range(ROUNDS):
        ours = rate(train.tokens, lambda: tagger.fit(train, Conditions()))
        network = Network(alphabet, len(train.tags.vocabulary))
        rounds.append((ours, rate(tokens, lambda network=network: users_loop(network, examples))))  # type: ignore[misc]
    weights = sum(p.numel() for p in network.parameters())
    if weights != tagger.parameters:
        raise SystemExit(f"not the same network: {weights} weights and {tagger.parameters}")
    ours, theirs = (statistics.median(rates[which] for rates in rounds) for which in (0, 1))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"{weights:,} weights in both; the corpus has {train.tokens:,} tokens")
    print(f"seqbench {ours:,.0f}, by hand {theirs:,.0f} tokens per CPU second: {ratio:.1f} times as fast")


if __name__ == "__main__":
    main()
