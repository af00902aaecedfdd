"""Other toolkits as plugins: each keeps every promise, and the plugin adds nothing to what the toolkit does alone."""

import importlib
import random
import tomllib
from pathlib import Path

import numpy as np
import pytest

import seqbench
from seqbench import Conditions, Corpus, Dataset, UsageError
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


def fields(name, folder):
    """Fields that make a peer quick; of a pretrained one, a pipeline of no training."""
    if name != "spacy-pretrained":
        return QUICK.get(name, {})
    import spacy

    pipeline = spacy.blank("xx", meta={"name": "small", "sources": [{"name": "OntoNotes 5"}]})
    tagger = pipeline.add_pipe("tagger")
    for tag in ("DT", "NN"):
        tagger.add_label(tag)
    pipeline.initialize()
    pipeline.to_disk(folder / "pipeline")
    return {"pipeline": str(folder / "pipeline"), "tags": "tag"}


@pytest.mark.parametrize("name", TAGGERS)
def test_a_peer_keeps_every_promise(name, monkeypatch, tmp_path):
    pytest.importorskip(TOOLKITS[TAGGERS[name]], reason="in plugins/peers/constraints.txt, not among the dev tools")
    kind, quick = plugin(TAGGERS[name], monkeypatch).tagger(name).load(), fields(name, tmp_path)
    broken = [(p.name, seen) for p in PROMISES if (seen := p.broken_by(lambda: kind(**quick)))]
    assert broken == []


def test_a_pipeline_of_spacy_names_its_texts_and_what_it_cannot_say(monkeypatch, tmp_path):
    pytest.importorskip("spacy", reason="in plugins/peers/constraints.txt, not among the dev tools")
    kind = plugin("spacy", monkeypatch).tagger("spacy-pretrained").load()
    tagger = kind(**fields("spacy-pretrained", tmp_path))
    assert tagger.trained_on == []
    tagger.fit(Corpus.encode([["the", "dog"]], [["DT", "N"]]), Conditions())
    assert tagger.trained_on == ["OntoNotes 5"]
    assert tagger.notes[1:] == ["tags of it that train lacks become 'DT': NN"]
    assert {tag for tags in tagger.predict([["a", "b"], []]) for tag in tags} <= {"DT", "N"}
    with pytest.raises(UsageError, match="pipeline 'nowhere' is no installed package or folder of spaCy's"):
        kind(pipeline="nowhere").fit(Corpus.encode([["a"]], [["N"]]), Conditions())


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
