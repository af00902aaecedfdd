"""Options of the data: what is learned of them, and how they are split."""

import click
import pytest
from option_values import value_of

from seqbench.cli import options


def test_a_number_of_folds_is_two_or_more_and_no_absurd_one():
    assert value_of(options.folds, "--folds", "5") == 5
    for number in ("1", "100001"):
        with pytest.raises(click.UsageError, match="is not in the range"):
            value_of(options.folds, "--folds", number)


def test_sizes_of_train_may_be_repeated():
    assert value_of(options.train_sizes, "--train-sizes", "10,20", "--train-sizes", "all") == ("10,20", "all")
