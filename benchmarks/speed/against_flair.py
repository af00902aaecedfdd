"""Training a network of words, against flair's SequenceTagger: python benchmarks/speed/against_flair.py DATA.

Run it where flair 0.15 is installed (docs/peers.md). Both train embeddings of 100, a bidirectional LSTM of 128 a
direction and an affine map for one epoch of the same sentences, first without, then with a conditional random field;
seqbench in either precision, flair in single precision, since its own mixed precision (`use_amp`) makes it slower here.
One thread; tokens of train per CPU second, medians of rounds that take turns. Some ten minutes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

import flair
import torch
from flair.data import Corpus as FlairCorpus
from flair.data import Sentence
from flair.datasets import FlairDatapointDataset
from flair.embeddings import OneHotEmbeddings
from flair.models import SequenceTagger
from flair.trainers import ModelTrainer

from seqbench import Conditions, Corpus, make
from seqbench.contracts.tagger import WarmsUp
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

EMBEDDING, HIDDEN, ROUNDS = 100, 128, 3
PRECISIONS = ("float32", "bfloat16")


def with_flair(train: Corpus, *, crf: bool) -> Callable[[], object]:
    """A trainer that is ready: sentences, dictionary and network are made beforehand."""
    sentences = []
    for words, tags in zip(train.sentences, train.tags, strict=True):
        sentence = Sentence(list(words), use_tokenizer=False)
        for token, tag in zip(sentence, tags, strict=True):
            token.add_label("tag", tag)
        sentences.append(sentence)
    corpus = FlairCorpus(train=FlairDatapointDataset(sentences), sample_missing_splits=False)
    tagger = SequenceTagger(
        embeddings=OneHotEmbeddings.from_corpus(corpus, embedding_length=EMBEDDING, min_freq=1),
        tag_dictionary=corpus.make_label_dictionary("tag", add_unk=False),
        tag_type="tag",
        hidden_size=HIDDEN,
        use_crf=crf,
        reproject_embeddings=False,
        tag_format="BIO",
    )
    trainer = ModelTrainer(tagger, corpus)

    def run() -> None:
        with tempfile.TemporaryDirectory() as place:
            trainer.train(
                place,
                learning_rate=0.1,
                mini_batch_size=32,
                max_epochs=1,
                train_with_dev=True,
                save_final_model=False,
                create_file_logs=False,
                create_loss_file=False,
            )

    return run


def with_seqbench(train: Corpus, *, crf: bool, precision: str) -> Callable[[], object]:
    """The same network here, encoding of the corpus included."""
    sizes = f"embedding_dim={EMBEDDING}, hidden_dim={HIDDEN}, batch_tokens=4000, min_steps=0, epochs=1"
    tagger = make(f"lstm(subwords=False, crf={crf}, precision={precision!r}, {sizes})")
    if isinstance(tagger, WarmsUp):
        tagger.warm_up(Conditions())
    return lambda: tagger.fit(train, Conditions())


def rate(work: Callable[[], object], tokens: int) -> float:
    """Tokens per CPU second."""
    start = time.process_time()
    work()
    return tokens / (time.process_time() - start)


def main() -> None:
    """Train in both ways, in turns."""
    torch.set_num_threads(1)
    flair.device = torch.device("cpu")
    train = load(sys.argv[1], Registry.discover()).train
    for crf in (False, True):
        ways = {precision: partial(with_seqbench, crf=crf, precision=precision) for precision in PRECISIONS}
        ways["flair"] = partial(with_flair, crf=crf)
        rounds = [{name: rate(way(train), train.tokens) for name, way in ways.items()} for _ in range(ROUNDS)]
        print(f"{'with' if crf else 'without'} CRF, tokens per CPU second:")
        for name in ways:
            ratio = statistics.median(rates[name] / rates["flair"] for rates in rounds)
            print(f"  {name}: {statistics.median(rates[name] for rates in rounds):,.0f}, {ratio:.1f} times flair's")


if __name__ == "__main__":
    main()
