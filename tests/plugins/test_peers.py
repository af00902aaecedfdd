"""Other toolkits as plugins: each keeps every promise, and the plugin adds nothing to what the toolkit does alone."""

import importlib
import random
import tomllib
from pathlib import Path

import numpy as np
import pytest

import seqbench
from seqbench import Dataset
from seqbench.registry.discovery import Registry
from seqbench.testing import PROMISES

PEERS = Path(__file__).resolve().parents[2] / "plugins" / "peers"
TOOLKITS = {"nltk": "nltk", "crfsuite": "sklearn_crfsuite", "spacy": "spacy", "stanza": "stanza", "flair": "flair"}
QUICK = {"spacy": {"epochs": 1}, "stanza": {"steps": 2, "interval": 1}, "flair": {"epochs": 1, "hidden_dim": 8}}
TAGGERS = {
    "nltk-unigram": "nltk",
    "nltk-tnt": "nltk",
    "nltk-hmm": "nltk",
    "nltk-perceptron": "nltk",
    "sklearn-crfsuite": "crfsuite",
    "spacy": "spacy",
    "spacy-pretrained": "spacy",
    "stanza": "stanza",
    "flair": "flair",
}


def plugin(peer, monkeypatch):
    """The peer's plugin, as its entry point names it."""
    project = tomllib.loads((PEERS / peer / "pyproject.toml").read_text())["project"]
    monkeypatch.syspath_prepend(PEERS / peer)
    registry = Registry()
    registry.add(importlib.import_module(project["entry-points"]["seqbench"][peer]), peer)
    assert registry.losses == []
    return registry


@pytest.mark.parametrize("peer", TOOLKITS)
def test_a_peer_is_listed_without_its_toolkit(peer, monkeypatch):
    registered = plugin(peer, monkeypatch).taggers
    assert set(registered) == {name for name, home in TAGGERS.items() if home == peer}


@pytest.mark.parametrize("name", TAGGERS)
def test_a_peer_keeps_every_promise(name, monkeypatch):
    pytest.importorskip(TOOLKITS[TAGGERS[name]], reason="in plugins/peers/constraints.txt, not among the dev tools")
    kind = plugin(TAGGERS[name], monkeypatch).tagger(name).load()
    broken = [(p.name, seen) for p in PROMISES if (seen := p.broken_by(lambda: kind(**QUICK.get(name, {}))))]
    assert broken == []


def part(corpus, sentences):
    return corpus.part(0, sentences)


def test_nltk_by_hand_gives_the_same_tags(monkeypatch, tmp_path):
    from nltk.tag import PerceptronTagger

    whole = Registry.discover().datasets["grammar"].load()()
    dataset = Dataset.of("part", train=part(whole.train, 200), test=part(whole.test, 100))
    kind = plugin("nltk", monkeypatch).tagger("nltk-perceptron").load()
    rows = seqbench.run(models={"nltk": kind}, data=dataset, seeds=2, out=tmp_path / "run")

    train, test = dataset.train, dataset.test
    pairs = [list(zip(words, tags, strict=True)) for words, tags in zip(train.sentences, train.tags, strict=True)]
    for seed, accuracy in enumerate(rows.results.rows[0].scores["accuracy"].per_seed):
        random.seed(seed)
        tagger = PerceptronTagger(load=False)
        tagger.train(pairs)
        tags = [tag for words in test.sentences for _, tag in tagger.tag(list(words))]
        [stored] = (tmp_path / "run" / "trials").glob(f"nltk-s{seed}-*.npz")
        with np.load(stored) as arrays:
            assert test.tags.vocabulary[arrays["predicted"]].tolist() == tags
        assert accuracy == np.mean(np.array(tags) == test.tags.vocabulary[test.tags.ids])
