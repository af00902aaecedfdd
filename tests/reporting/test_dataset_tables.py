"""One dataset in tables."""

import json

from seqbench import About, Corpus, Dataset
from seqbench.registry.entries import Entry, Plugin
from seqbench.reporting.dataset_tables import description, facts
from seqbench.reporting.layout import Form, Layout

ABOUT = About(task="pos", language="eo", licence="CC0-1.0", obligations="nothing", citation="Me (1887).",
              sizes={"train": (2, 9), "test": (1, 1)})  # fmt: skip
ENTRY = Entry("dataset", "small", "x:y", "a small one", Plugin("mine"), about=ABOUT)


def test_facts_say_what_the_licence_obliges_to():
    assert facts(ENTRY, "table").splitlines() == [
        "small: a small one",
        "task      pos",
        "language  eo",
        "licence   CC0-1.0 (nothing)",
        "citation  Me (1887).",
        "published train 2 sentences, 9 tokens; test 1 sentences, 1 tokens",
    ]


def test_facts_are_broken_under_the_beginning_of_their_text():
    rows = facts(ENTRY, Form("table", Layout(width=40))).splitlines()
    assert rows[-2:] == ["published train 2 sentences, 9 tokens;", "          test 1 sentences, 1 tokens"]


def test_a_description_has_statistics_shares_of_tags_and_notes():
    corpus = Corpus.encode([["a", "b", "a", "c"]], [["X", "Y", "X", "X"]])
    dataset = Dataset.of("d", train=corpus, test=corpus, notes=("mind this",))
    text = description(dataset, "table")
    assert "tags: X 75.0 %, Y 25.0 %" in text
    assert text.endswith("note: mind this")
    (train, _) = json.loads(description(dataset, "json"))
    assert (train["entropy"], train["baseline %"], train["mean length"]) == ("0.81", "100.00", "4.0")
