"""What pairs of a finished run take."""

import pytest
from compared_runs import examined, store_of

from seqbench.comparing.planning import needs


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    store = store_of(
        tmp_path_factory.mktemp("run"), "a=wrong(share=0.1)", "b=wrong(share=0.2)", "constant(tag='A')", seeds=3
    )
    return examined([store])[1][0]


def test_more_tests_and_smaller_differences_take_more_of_everything(measured):
    few, many, small = (list(needs(measured, *asked)) for asked in ((0.04, 1), (0.04, 100), (0.03, 1)))
    assert len(few) == 3
    assert all(first.units < second.units for first, second in zip(few, many, strict=True))
    assert all(first.units < second.units for first, second in zip(few, small, strict=True))


def test_the_pairs_with_one_model_alone_are_asked_for(measured):
    against = measured.predictions.keys[0]
    assert all(against in (need.a, need.b) for need in needs(measured, 0.05, 1, against))
