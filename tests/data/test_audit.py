"""What is wrong with data is said before anything is learned from it."""

import pytest

from seqbench import Corpus, Dataset
from seqbench.data.audit import alike, findings
from seqbench.data.repeated_sentences import repeated
from seqbench.errors import DataError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.reporting.result_tables import summary
from seqbench.results.records import DatasetSummary, SplitSizes
from seqbench.results.rows import Results
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import core_scores as scores


def dataset_of(train, test, name="toy"):
    """Sentences as texts of words that are their own tags, `word/TAG` where they are not."""
    return Dataset.of(name, train=corpus_of(train), test=corpus_of(test))


def corpus_of(texts):
    cells = [[word.partition("/") for word in text.split()] for text in texts]
    return Corpus.encode([[c[0] for c in s] for s in cells], [[c[2] or c[0] for c in s] for s in cells])


def test_sentences_of_test_that_train_has_are_found_whatever_their_tags():
    data = dataset_of(["a b", "c"], ["a b/X", "b a", "c", "a b new", ""])
    assert repeated(data.test.sentences, data.train.sentences).tolist() == [True, False, True, False, False]
    assert any(note.startswith("2 of 5 test sentences (40.0 %) stand in train") for note in findings(data))


def test_the_accuracy_on_new_sentences_leaves_out_those_of_train():
    data = dataset_of(["a b", "c"], ["a b", "b a a", "c"])
    reference = Reference.of(data)
    predicted = data.test.tags.ids.copy()
    predicted[[0, 2]] = 2  # one wrong in a repeated sentence, one in the new one
    found = scores(reference.outcome(predicted))
    assert (found["accuracy"], found["accuracy_new_sentences"]) == (pytest.approx(4 / 6), pytest.approx(2 / 3))


def test_without_repeated_sentences_both_accuracies_are_one():
    reference = Reference.of(dataset_of(["a b", "c"], ["b a"]))
    found = scores(reference.outcome(reference.gold))
    assert found["accuracy"] == found["accuracy_new_sentences"] == 1


def test_sound_data_is_not_complained_of():
    assert list(findings(dataset_of(["a b", "c"], ["b a"]))) == []


def test_splits_of_one_tag_are_told():
    assert list(findings(dataset_of(["a/X b/X"], ["c/X"]))) == ["train has one tag only: there is nothing to learn"]
    assert list(findings(dataset_of(["a/X b/Y"], ["c/X"]))) == ["test has one tag only, 'X'"]


def test_all_tags_that_train_lacks_are_told_in_one_sentence():
    data = dataset_of(["a b c d e f g h i"], ["a t1/T1 t1/T1 t2/T2 t3/T3 t4/T4 t5/T5 t6/T6"])
    (note,) = findings(data)
    assert note == (
        "6 tags are in test (7 tokens) but not in train: 'T1' (2), 'T2' (1), 'T3' (1), 'T4' (1), 'T5' (1) and 1 more: "
        "these tokens always count as wrong"
    )


def test_a_dev_set_of_one_sentence_and_a_small_training_set_are_told():
    dev = Corpus.encode([["c", "b"]], [["c", "b"]])
    data = Dataset.of("toy", train=corpus_of(["a b", "c"]), dev=dev, test=corpus_of(["b a c c a"]))
    assert list(findings(data)) == [
        "dev is one sentence (2 tokens): what it chooses is left to chance",
        "train is smaller than test (3 tokens, test has 5)",
    ]


def test_a_split_whose_tags_mean_something_else_is_told():
    words = [["a", "b", "c", "d", "e"]] * 4
    data = Dataset.of(
        "x",
        train=Corpus.encode(words, [["N", "V", "N", "V", "X"]] * 4),
        test=Corpus.encode(words, [["B-PER", "O", "O", "O", "N"]] * 4),
    )
    told = [note for note in findings(data) if "does the column of the tags mean the same" in note]
    assert [note.partition(":")[0] for note in told] == ["80 % of the tokens of test have tags that train has not"]


def test_an_empty_split_is_refused():
    with pytest.raises(DataError, match="dataset 'toy': test has no token"):
        list(findings(dataset_of(["a"], [])))


def test_near_identical_corpora_are_told_and_drawn_ones_are_not():
    one = dataset_of(["a", "b", "c"], ["d"], "one")
    copy = dataset_of(["a", "b", "c", "x"], ["y"], "copy")
    other = dataset_of(["p", "q", "a"], ["r"], "other")
    (found,) = alike([one, copy, other])
    assert found.startswith("one and copy have 75 % of their different sentences in common")
    assert list(alike([one, one.drawn_from(one, {"fold": "1/2"})])) == []


@pytest.mark.parametrize(("repeated_ones", "shown"), [(0, False), (2, True), (100, False)])
def test_the_column_of_new_sentences_stands_where_it_says_something(repeated_ones, shown):
    results = Results(datasets=[described(repeated_ones)], rows=[], names={})
    assert ("new s." in summary(results, "markdown")) == shown


def described(repeated_ones):
    sizes = SplitSizes(train=500, test=100, repeated=repeated_ones)
    return DatasetSummary(name="toy", fingerprint="0", sentences=sizes)


def test_repeats_but_for_case_and_the_like_are_counted_by_kind():
    test = [f"{words} ran home" for words in ("The old dog", "the old cat", "the old dog")]
    found = list(findings(dataset_of(["the old dog ran home"], test)))
    assert any(note.startswith("1 of 3 test sentences (33.3 %) stand in train with the same words") for note in found)
    kinds = "2 more of 3 test sentences (66.7 %) stand in train but for case (1), one word (1); 'seqbench errors' has"
    assert any(note.startswith(kinds) for note in found)


def with_dev(train, dev, test):
    return Dataset.of("toy", train=corpus_of(train), dev=corpus_of(dev), test=corpus_of(test))


def test_dev_that_is_test_or_lies_in_train_or_holds_test_is_told():
    same = " ".join(findings(with_dev(["a"], ["b", "c"], ["c", "b"])))
    assert "dev is test: all of its sentences stand there" in same
    inside = " ".join(findings(with_dev(["a", "b", "c"], ["b", "c"], ["d"])))
    assert "100 % of dev's sentences stand in train with the same words" in inside
    assert "67 % of test's sentences stand in dev" in " ".join(findings(with_dev(["a"], ["b", "c"], ["b", "c", "d"])))
    fifth = " ".join(findings(with_dev(["a"], ["a", *"bcde"], ["e", *"fghi"])))
    assert "20 % of dev's sentences stand in train with the same words" in fifth
    assert "20 % of test's sentences stand in dev" in fifth
    assert "rewards memory" not in fifth
    assert "dev" not in " ".join(note for note in findings(with_dev(["a x"], ["b a"], ["a b"])) if "tag" not in note)


def test_tags_that_contradict_one_another_are_told_with_the_best_accuracy():
    found = " ".join(findings(dataset_of(["a/X b/Y"], ["a/Y b/Y", "a/X b/Y", "c/X"])))
    assert "2 test sentences stand in test more than once with different tags: no tagger" in found
    assert "has more than 80.00 % right" in found
    many = ["a/Y b/Y", "a/X b/Y", *(f"c{number}/X " * 50 for number in range(500))]
    assert "has more than 99.996 % right" in " ".join(findings(dataset_of(["a/X b/Y"], many)))
    other = " ".join(findings(dataset_of(["a/X b/Y"], ["a/Y b/Y"])))
    assert "1 of 1 test sentences stand in train with the same words, and always with other tags" in other


def test_letters_that_look_like_others_are_told():
    found = " ".join(findings(dataset_of(["paypal/X b/Y"], ["p\u0430ypal/X b/Y"])))
    assert "1 word of test mixes Latin letters" in found
    assert "(p\\u0430ypal)" in found


def test_a_document_in_two_splits_is_told(tmp_path):
    row = "1\tword\t_\tX\t" + "\t".join("_" * 6)
    for split, (name, word) in {"train": ("d1", "a"), "dev": ("d2", "b"), "test": ("d1", "c")}.items():
        (tmp_path / f"{split}.conllu").write_text(f"# newdoc id = {name}\n{row.replace('word', word)}\n\n")
    found = [note for note in load(str(tmp_path), Registry.discover()).notes if "document" in note]
    assert found == ["1 document is in train and in test, such as 'd1'"]


def test_a_ceiling_under_all_is_not_written_as_all():
    rest = [f"w{number}/X" for number in range(25_000)]
    found = " ".join(findings(dataset_of(["a/X"], ["a/X b/X", "a/X b/Y", *rest])))
    assert "has more than 99.996 % right" in found
