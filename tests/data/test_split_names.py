"""Splits that the names of files tell."""

from pathlib import Path

import pytest

from seqbench.data.split_names import by_split_of


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a-train.x", "b_Test.x", "testa"], {"train": ["a-train.x"], "test": ["b_Test.x"], "dev": ["testa"]}),
        (["wnut17train.conll", "contest.x", "trainer"], {"train": ["wnut17train.conll"]}),
        (["x17train.y", "train.y"], {"train": ["train.y"]}),
        (["eval.x"], {"test": ["eval.x"]}),
        (["test.x", "eval.x"], {"test": ["test.x"], "dev": ["eval.x"]}),
        (["train1", "1train1", "test2a"], {}),
        (["train-test.x"], {"train": ["train-test.x"], "test": ["train-test.x"]}),
    ],
)
def test_a_word_of_a_name_tells_its_split(names, expected):
    by_split = by_split_of([Path(name) for name in names])
    assert {split: [path.name for path in paths] for split, paths in by_split.items()} == expected
