"""The next word is predicted by models that look back only: what they say, and what they do."""

import json
import math
from collections import Counter

import numpy as np
import pytest
from program import called
from runs import registry_of

import seqbench
from seqbench import Corpus, Dataset, Sequences, UsageError
from seqbench.running.plan import requests
from seqbench.running.request import RunRequest, plan_of

TRAIN = [["a", "b", "a", "c"], ["b", "a", "a"], ["c", "a", "b"], ["c", "b"]] * 3
TEST = [["a", "b", "c"], ["c", "a", "d", "a"], ["b"]]
DATA = Dataset.of("abc", train=Corpus.encode(TRAIN, TRAIN), test=Corpus.encode(TEST, TEST))


class Bigrams:
    """P(next word | word) with one token added to each pair."""

    sight = 0, 0

    def fit(self, train, conditions):
        self.words, self.tags = len(train.sentences.vocabulary), train.tags.vocabulary
        counts = np.ones((self.words + 1, len(self.tags)), np.float32)
        np.add.at(counts, (train.sentences.ids, train.tags.ids), 1)
        self.table = counts / counts.sum(1, keepdims=True)

    def predict_proba(self, sentences):
        return self.table[np.minimum(sentences.ids, self.words)]

    def predict(self, sentences):
        return Sequences(self.predict_proba(sentences).argmax(1), sentences.offsets, self.tags)


class Reader(Bigrams):
    """Tags each word with the word behind it, and says that it does not see it."""

    def predict(self, sentences):
        index = {tag: number for number, tag in enumerate(self.tags)}
        words = [[*words[1:], "</s>"] for words in sentences]
        ids = [index.get(word, index["</s>"]) for sentence in words for word in sentence]
        return Sequences(np.array(ids, np.int32), sentences.offsets, self.tags)


def by_hand():
    """Accuracy and perplexity of bigrams with one token added, counted word by word."""
    after = {word: Counter() for word in ("<s>", *"abcd")}
    for sentence in TRAIN:
        for word, follower in zip(["<s>", *sentence], [*sentence, "</s>"], strict=True):
            after[word][follower] += 1
    logs, right = [], 0
    for sentence in TEST:
        for word, follower in zip(["<s>", *sentence], [*sentence, "</s>"], strict=True):
            total = sum(after[word].values()) + 4  # a, b, c and the end; d is no tag of train
            share = {tag: (after[word][tag] + 1) / total for tag in ("a", "b", "c", "</s>")}
            logs.append(-math.log(share.get(follower, 1e-7)))
            right += max(share, key=share.get) == follower
    return right / len(logs), math.exp(sum(logs) / len(logs))


def run(tmp_path, **models):
    return seqbench.run(models=models, data=DATA, task="next-word", out=tmp_path / "run", quiet=True)


def test_accuracy_and_perplexity_are_those_counted_word_by_word(tmp_path):
    (row,) = run(tmp_path, bigrams=Bigrams)
    accuracy, perplexity = by_hand()
    assert (row["accuracy"], row["perplexity"]) == (pytest.approx(accuracy), pytest.approx(perplexity, rel=1e-6))
    assert row["dataset"] == "abc, next-word"


def test_a_tagger_that_reads_the_answer_is_a_failed_trial(tmp_path):
    rows = run(tmp_path, reader=Reader, bigrams=Bigrams)
    assert [row["status"] for row in rows] == ["failed", "finished"]
    assert "it would read the answer" in rows.results.rows[0].failures[0].error


def test_models_that_may_look_ahead_are_refused_before_training():
    class Ahead(Bigrams):
        sight = 3, 1

    registry = registry_of(ahead=Ahead, unsaid=type("Unsaid", (Bigrams,), {"sight": (None, None)}), back=Bigrams)
    request = RunRequest(data=[DATA], models=["ahead,back,unsaid"], task="next-word", device="cpu")
    with pytest.raises(UsageError, match=r"models that see no word to the right, which ahead, unsaid may see; "):
        plan_of(request, registry, lambda _note: None)


def test_the_key_of_a_trial_holds_the_task_and_without_one_is_as_before():
    registry = registry_of(back=Bigrams)
    identities = [
        trial.identity
        for task in (None, "next-word", "next-word:2")
        for trial in requests(plan_of(RunRequest(data=[DATA], models=["back"], task=task), registry, lambda _: None))
    ]
    assert [identity.get("task") for identity in identities] == [None, "next-word", "next-word:2"]
    assert "task" not in identities[0]
    assert len({identity["dataset"] for identity in identities}) == 3


class Unigrams(Bigrams):
    """P(next word), whatever the word."""

    def fit(self, train, conditions):
        super().fit(train, conditions)
        counts = np.bincount(train.tags.ids, minlength=len(self.tags)) + 1
        self.table = np.tile((counts / counts.sum()).astype(np.float32), (self.words + 1, 1))


def test_models_are_compared_by_perplexity_and_the_lower_one_is_the_better(tmp_path):
    rows = run(tmp_path, unigrams=Unigrams, bigrams=Bigrams)
    perplexity = {row["model"]: row["perplexity"] for row in rows}
    assert perplexity["bigrams"] < perplexity["unigrams"]
    done = called("compare", tmp_path / "run", "--metric", "perplexity", "--pairs")
    assert done.returncode == 0
    assert "perplexity (less is better)" in done.stdout
    difference = perplexity["bigrams"] - perplexity["unigrams"]
    (line,) = [line for line in done.stdout.splitlines() if line.split()[:2] == ["bigrams", "unigrams"]]
    assert line.split()[2] == f"{difference:+.2f}"
    assert all(f"{value:.2f}" in done.stdout for value in perplexity.values())
    compared = json.loads(called("compare", tmp_path / "run", "--metric", "perplexity", "--format", "json").stdout)
    first = compared["comparisons"][0]
    assert (first["metric"], first["error_reduction"]) == ("perplexity", None)
    assert first["difference"] == pytest.approx(-difference, rel=1e-4)


def test_perplexity_is_of_next_words_alone(tmp_path):
    seqbench.run(models={"a": Bigrams, "b": Unigrams}, data=DATA, out=tmp_path / "run", quiet=True)
    done = called("compare", tmp_path / "run", "--metric", "perplexity")
    assert done.returncode == 1
    assert "metric 'perplexity' does not apply to any of these datasets" in done.stderr


def test_a_perplexity_that_its_probabilities_do_not_give_is_found_by_verify(tmp_path):
    run(tmp_path, bigrams=Bigrams)
    assert "perplexity" not in called("verify", tmp_path / "run").stdout
    (trial,) = (tmp_path / "run" / "trials").glob("bigrams*.json")
    content = json.loads(trial.read_text())
    content["timings"]["perplexity"] *= 0.9
    trial.write_text(json.dumps(content))
    done = called("verify", tmp_path / "run")
    assert done.returncode == 1
    assert "perplexity is not what its probabilities give" in done.stdout + done.stderr
