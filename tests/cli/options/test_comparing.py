"""Options of comparing: how spans are read, and what counts as no difference."""

import click
import pytest
from option_values import value_of

from seqbench.cli import options
from seqbench.contracts.metric import SpanSettings
from seqbench.errors import SeqbenchError


def test_a_scheme_has_one_name_however_it_is_written():
    assert options.spans_of("iob2", "conlleval", ("PER",)) == SpanSettings(scheme="IOB2", without=("PER",))
    assert options.spans_of(None, "conlleval", ()) == SpanSettings()
    with pytest.raises(SeqbenchError, match="IOB3"):
        options.spans_of("IOB3", "conlleval", ())


def test_points_that_count_as_no_difference_are_above_0():
    assert value_of(options.rope, "--rope", "0.2") == 0.2
    with pytest.raises(click.UsageError, match="is not in the range"):
        value_of(options.rope, "--rope", "0")
