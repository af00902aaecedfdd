"""Which precision a device can train in."""

import pytest
from few_sentences import SMALL, fitted

from seqbench import SeqbenchError, make
from seqbench.neural.training_precision import refuse_missing, trains_in_bfloat16


@pytest.mark.skipif(trains_in_bfloat16("cpu"), reason="this processor has bfloat16 products")
def test_a_precision_that_the_processor_lacks_is_refused_in_one_sentence():
    with pytest.raises(SeqbenchError, match="precision='bfloat16' cannot be trained on this cpu: .* leave precision"):
        fitted(make(f"lstm({SMALL}, precision='bfloat16')"))


def test_float32_is_never_refused():
    refuse_missing("float32", "cpu")


def test_whether_a_processor_has_such_products_is_what_training_there_shows():
    if trains_in_bfloat16("cpu"):
        fitted(make(f"lstm({SMALL}, precision='bfloat16')"))
