"""Options of splits: every split with every size, in order, and what is no option."""

import pytest

from seqbench.data.split_options import sizes, variants
from seqbench.errors import UsageError


def test_variants_are_every_split_with_every_size():
    assert list(variants(2, None, [10, None])) == [
        {"fold": "1/2", "train-size": "10"},
        {"fold": "1/2"},
        {"fold": "2/2", "train-size": "10"},
        {"fold": "2/2"},
    ]
    assert list(variants(None, None, [])) == [{}]
    assert sizes(["1_000,100", "all"]) == [100, 1000, None]
    with pytest.raises(UsageError, match="--train-sizes takes numbers of sentences and 'all'"):
        sizes(["some"])


def test_variants_of_a_group_name_it_before_the_size():
    assert list(variants(None, 1, [10], "document")) == [{"resplit": "1", "split-by": "document", "train-size": "10"}]
