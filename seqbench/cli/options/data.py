"""Options that say what is learned of the data, and how they are split."""

from __future__ import annotations

import click

from seqbench.data.split_options import DOCUMENT

_MOST = 100_000

task = click.option(
    "--task",
    metavar="next-word[:WORDS]",
    help="Predict the next word in place of the tags, among so many words [10,000]; models that look back only.",
)
folds = click.option(
    "--folds", type=click.IntRange(2, _MOST), metavar="K", help="K-fold: all sentences of each dataset, K times split."
)
resplits = click.option(
    "--resplits", type=click.IntRange(2, _MOST), metavar="N", help="N random splits of all sentences of each dataset."
)
group = click.option(
    "--group", type=click.Choice([DOCUMENT]), help="Folds and random splits keep the sentences of a document together."
)
train_sizes = click.option(
    "--train-sizes",
    multiple=True,
    metavar="N,...,all",
    help="Learning curve: train on so many random sentences, at most those of train.",
)
train = click.option(
    "--train", metavar="NAME|PATH", help="Learn from the train and dev of this one, and test on each --data."
)
