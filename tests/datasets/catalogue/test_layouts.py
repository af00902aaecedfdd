"""Every entry of the catalogue reads a small made-up file of its layout by its own description."""

import hashlib

import numpy as np
import pytest
from corpus_layouts import made_file, zipped
from msgspec.structs import replace

from seqbench import Corpus, DataAccess, DataError
from seqbench.registry.discovery import Registry
from seqbench_datasets.catalogue.corpora import dataset
from seqbench_datasets.catalogue.entries import read_entries
from seqbench_datasets.catalogue.joining import held_out, joined
from seqbench_datasets.catalogue.layouts import LAYOUTS, Choice, read

ENTRIES = read_entries()
MEMBERS = 12


def pinned(file, content, counts):
    """File of an entry with the hash and the counts of another content."""
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    hashes = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "git_blob": blob}
    return replace(file, **hashes, **({"sentences": counts[0], "tokens": counts[1]} if counts else {}))


def written(folder, name, entry):
    """Entry whose files are the made-up ones, which lie in a folder under its name."""
    made, own = made_file(name, entry), folder / name
    own.mkdir(parents=True)
    if entry.archive is None:
        for file in entry.files:
            (own / file.path).parent.mkdir(parents=True, exist_ok=True)
            (own / file.path).write_bytes(made.content)
        return made, replace(entry, files=tuple(pinned(file, made.content, made.counts) for file in entry.files))
    paths = [file.member for file in entry.files]
    if "*" in paths[0]:
        paths = [f"{paths[0].partition('*')[0]}part/{number:03}.txt" for number in range(MEMBERS)]
    archive = zipped(**dict.fromkeys(paths, made.content), **{"categories.txt": b"no corpus"})
    (own / entry.archive.path.rpartition("/")[2]).write_bytes(archive)
    times = MEMBERS if "*" in entry.files[0].member else 1
    files = tuple(pinned(file, made.content, [times * count for count in made.counts]) for file in entry.files)
    return made, replace(entry, files=files, archive=pinned(entry.archive, archive, None))


def tokens_of(corpus):
    return [list(zip(words, tags, strict=True)) for words, tags in zip(corpus.sentences, corpus.tags, strict=True)]


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_an_entry_reads_files_of_its_layout(tmp_path, name):
    made, entry = written(tmp_path, name, ENTRIES[name])
    access = DataAccess(local=tmp_path, cache=tmp_path / "cache", offline=True)
    splits = dataset(name, entry)(access)
    names = [file.split for file in entry.files]
    if "all" not in names:
        for split, corpus in splits.existing().items():
            assert tokens_of(corpus) == made.sentences * names.count(split)
            assert corpus.documents.tolist()[: len(made.documents)] == made.documents
        assert set(splits.existing()) == set(names)
    else:
        times = MEMBERS if entry.archive else 1
        parts = tokens_of(splits.train) + tokens_of(splits.dev) + tokens_of(splits.test)
        assert sorted(parts) == sorted(made.sentences * times)
        assert any("the corpus has no split" in note for note in splits.notes)
    for corpus in splits.existing().values():
        assert list(corpus.sentences.layers) == (
            [str(n) for n in entry.columns.features.values()] if entry.columns else []
        )


def test_every_layout_of_the_catalogue_has_a_reader():
    assert {entry.format for entry in ENTRIES.values()} == set(LAYOUTS)


def test_counts_other_than_those_of_the_catalogue_are_refused(tmp_path):
    _, entry = written(tmp_path, "anatem", ENTRIES["anatem"])
    wrong = replace(entry, files=(replace(entry.files[0], tokens=7), *entry.files[1:]))
    with pytest.raises(DataError, match="was read as 40 sentences and 140 tokens, but the catalogue counts 40 and 7"):
        dataset("anatem", wrong)(DataAccess(local=tmp_path))


def test_a_text_without_sentence_ends_is_cut_by_its_rule_and_that_is_said(tmp_path):
    name = "europeana-ner-de-lft"
    _, entry = written(tmp_path, name, ENTRIES[name])
    splits = dataset(name, entry)(DataAccess(local=tmp_path))
    assert splits.notes[0] == (
        "the file has 1 sentence of 140 tokens: cut after . ! ? and after 200 tokens at the latest, not inside a span, "
        "into 20"
    )


def test_a_long_text_without_full_stops_is_cut_at_the_greatest_length_but_in_no_span(tmp_path):
    name = "europeana-ner-nl-kb"
    rule = replace(ENTRIES[name].rules.cut, longest=3)
    entry = replace(ENTRIES[name], rules=replace(ENTRIES[name].rules, cut=rule))
    (tmp_path / "x").write_text("a O\nb O\nc B-PER\nd I-PER\ne I-PER\nf O\ng O\n")
    assert tokens_of(read(tmp_path / "x", entry, Choice()).corpus) == [
        [("a", "O"), ("b", "O"), ("c", "B-PER"), ("d", "I-PER"), ("e", "I-PER")], [("f", "O"), ("g", "O")],
    ]  # fmt: skip


def test_other_columns_may_be_chosen(tmp_path):
    _, entry = written(tmp_path, "ud-greek-gud", ENTRIES["ud-greek-gud"])
    access = DataAccess(local=tmp_path)
    splits = dataset("ud-greek-gud", entry)(access, tags="xpos", features="upos,lemma")
    assert set(splits.train.tags.vocabulary) == {"P"}
    assert list(splits.train.sentences.layers) == ["upos", "lemma"]
    _, slots = written(tmp_path, "snips", ENTRIES["snips"])
    with pytest.raises(DataError, match="has one layer of tags: leave out the options tags and features"):
        dataset("snips", slots)(access, tags="2")
    with pytest.raises(DataError, match="must be different columns"):
        dataset("hipe2022-ajmc-de", written(tmp_path, "hipe2022-ajmc-de", ENTRIES["hipe2022-ajmc-de"])[1])(
            access, tags="1"
        )


def test_held_out_parts_are_every_tenth_or_the_last_tenth_and_documents_stay_whole():
    corpus = Corpus.encode([[str(number)] for number in range(40)], [["X"]] * 40)
    corpus = Corpus(corpus.sentences, corpus.tags, np.arange(0, 40, 2))
    parts, _ = held_out(corpus, "tenth")
    assert [s[0] for s in parts["test"].sentences] == ["9", "19", "29", "39"]
    parts, _ = held_out(corpus, "last")
    assert [s[0] for s in parts["dev"].sentences] == ["32", "33", "34", "35"]
    parts, note = held_out(corpus, "tenth-document")
    assert [s[0] for s in parts["test"].sentences] == ["18", "19", "38", "39"]
    assert parts["test"].documents.tolist() == [0, 2]
    assert "every tenth document" in note


def test_corpora_in_a_row_keep_words_documents_and_layers():
    first, second = Corpus.encode([["a", "b"]], [["X", "Y"]]), Corpus.encode([["b"], ["c"]], [["Z"], ["X"]])
    both = joined(
        [Corpus(first.sentences, first.tags, np.array([0])), Corpus(second.sentences, second.tags, np.array([1]))]
    )
    assert tokens_of(both) == [[("a", "X"), ("b", "Y")], [("b", "Z")], [("c", "X")]]
    assert both.documents.tolist() == [0, 2]
    assert both.sentences.vocabulary.tolist() == ["a", "b", "c"]


def test_the_catalogue_has_149_corpora_and_seven_to_be_obtained_by_hand():
    assert sorted(bool(entry.obtain) for entry in ENTRIES.values()) == [False] * 149 + [True] * 7


def test_every_corpus_tells_task_language_licence_what_it_obliges_to_citation_and_sizes():
    registered = Registry.discover().datasets
    for name, entry in ENTRIES.items():
        about = registered[name].about
        assert all((about.task, about.language, about.licence, about.obligations, about.citation)), name
        assert bool(about.sizes) != bool(entry.obtain), name
