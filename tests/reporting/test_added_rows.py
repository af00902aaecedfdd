"""What may stand beside the runs of a table: published results by their word, typed-in scores by their file."""

from pathlib import Path

import pytest

from seqbench.errors import UsageError
from seqbench.reporting.added_rows import Beside


def test_the_word_is_for_published_results_and_all_else_is_a_file():
    assert Beside.of([]) == Beside()
    assert Beside.of(["published"]) == Beside(published=True)
    assert Beside.of(["published", Path("paper.csv"), "paper.csv"]) == Beside(published=True, file=Path("paper.csv"))


def test_two_files_are_refused_with_the_way_out():
    with pytest.raises(UsageError, match=r"--beside takes one file of scores, was: a\.csv, b\.csv; put them into one"):
        Beside.of(["a.csv", "b.csv"])
