"""Tokens that are left out of the score, by their gold tag."""

import pytest
from program import called

from seqbench import Corpus, Dataset, UsageError
from seqbench.data.ignored_tags import without_tags

GOLD = Corpus.encode([["a", "b", "c"], ["d"], ["e"]], [["X", "_", "Y"], ["_"], ["Z"]])
DATASET = Dataset.of("x", train=GOLD, dev=GOLD, test=GOLD)


def test_tokens_with_such_a_tag_are_in_dev_and_test_no_more():
    dataset = without_tags(DATASET, "_")
    for corpus in (dataset.dev, dataset.test):
        assert (list(corpus.sentences), list(corpus.tags)) == ([["a", "c"], ["e"]], [["X", "Y"], ["Z"]])
    assert dataset.train is DATASET.train
    assert dataset.notes[-1].startswith("2 of 5 test tokens have a tag of ?ignore=_: they are left out")
    assert dataset.fingerprint != DATASET.fingerprint


def test_tags_that_no_token_has_are_refused():
    with pytest.raises(UsageError, match=r"\?ignore=Q: no token of test has one of these tags"):
        without_tags(DATASET, "Q")
    with pytest.raises(UsageError, match="every token of test"):
        without_tags(DATASET, "X,Y,Z,_")


def test_scores_and_verification_leave_them_out(tmp_path):
    (tmp_path / "g.txt").write_text("a X\nb _\nc Y\n\nd _\n\ne Z\n")
    (tmp_path / "p.txt").write_text("a X\nb X\nc X\n\nd X\n\ne Z\n")
    done = called("score", "g.txt?ignore=_", "p.txt", "--out", "run", cwd=tmp_path)
    assert (done.returncode, "66.67" in done.stdout) == (0, True)
    assert called("verify", "run", cwd=tmp_path).stdout == "1 finished trials, no differences\n"
    again = called("score", "g.txt", "p.txt", "--train", "g.txt", "--out", "train", cwd=tmp_path)
    assert (again.returncode, "40.00" in again.stdout) == (0, True)
    assert called("verify", "train", cwd=tmp_path).returncode == 0


def test_missing_tokens_count_as_wrong_on_request(tmp_path):
    (tmp_path / "g.txt").write_text("a X\nb Y\n\nc X\nd X\n")
    (tmp_path / "p.txt").write_text("a X\n\nc X\nd X\n")
    assert called("score", "g.txt", "p.txt", cwd=tmp_path).returncode == 2
    done = called("score", "g.txt", "p.txt", "--missing", "wrong", "--out", "run", cwd=tmp_path)
    assert (done.returncode, "75.00" in done.stdout, "1 of 4 tokens are missing in 'p'" in done.stdout) == (
        0,
        True,
        True,
    )
    assert called("verify", "run", cwd=tmp_path).returncode == 0
