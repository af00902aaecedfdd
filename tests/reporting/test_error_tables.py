"""Where models are wrong, as tables."""

import pytest
from model_predictions import KEY, answering, one_sentence
from samples import dataset

from seqbench.comparing.error_analysis.report import Chosen, ErrorReport
from seqbench.comparing.error_analysis.words import Words
from seqbench.reporting.error_tables import accuracy, confused, confused_by_one, suspects, tokens
from seqbench.reporting.table import rendered

NAMES = {key: label for label, key in KEY.items()}

# the test set is "The cat ate that", "book it": DET NN V NN, V NN


def report_of(*predicted, limit=9):
    data = dataset()
    return ErrorReport(predictions=answering(data, *predicted), words=Words.of(data), limit=limit, names=NAMES)


@pytest.fixture
def report():
    return report_of("DET NN V V NN NN", "DET V V V NN NN")


def test_accuracy_stands_by_kind_of_token_with_a_column_for_each_model(report):
    table = accuracy(report)
    assert table.columns == ["by", "", "tokens", "m0", "m1"]
    assert table.rows[0] == ["word", "any", "6", "66.67", "50.00"]
    assert ["word", "unknown", "1", "100.00", "0.00"] in table.rows
    assert ["times in train", "2-4", "1", "0.00", "0.00"] in table.rows


def test_confusions_stand_with_those_first_on_which_models_differ(report):
    table = confused(report)
    assert table.rows == [["NN", "V", "1", "2"], ["V", "NN", "1", "1"]]
    assert table.title.endswith("in tokens, those first on which models differ most")
    assert table.footnotes == []


def test_of_one_model_the_most_frequent_confusion_comes_first():
    table = confused(report_of("V V V V V NN"))
    assert [row[:2] for row in table.rows] == [["NN", "V"], ["DET", "V"]]
    assert table.title.endswith("in tokens, the most frequent first")


def test_a_list_that_is_cut_says_how_long_it_is():
    assert confused(report_of("V V V V V NN", limit=1)).footnotes == ["2 confusions, of which 1 are shown (--limit)."]


def test_confusions_of_two_models_are_told_apart_token_by_token(report):
    table = confused_by_one(report, KEY["m0"], KEY["m1"])
    assert table.columns == ["gold", "taken for", "m0 only", "m1 only", "both"]
    assert table.rows == [["NN", "V", ".", "1", "1"], ["V", "NN", ".", ".", "1"]]


def test_chosen_tokens_stand_in_their_sentences(report):
    table = tokens(report, Chosen(right=[KEY["m0"]], wrong=[KEY["m1"]]))
    assert table.title == "data: tokens with m0 right and m1 wrong"
    assert table.rows == [["1", "2", "NN", "NN", "V", "The [cat] ate that"]]
    assert table.footnotes == ["1 tokens."]


def test_tokens_of_a_tag_alone_have_the_tags_of_all_models(report):
    table = tokens(report, Chosen(tag="DET"))
    assert table.columns == ["sentence", "token", "gold", "m0", "m1", "text"]
    assert table.rows == [["1", "1", "DET", "DET", "DET", "[The] cat ate that"]]


def test_suspects_stand_with_their_suspicion_and_how_many_agree(report):
    table = suspects(report)
    assert {(row[2], row[3], row[5]) for row in table.rows} == {
        ("NN", "V", "The cat ate [that]"),
        ("V", "NN", "[book] it"),
    }
    assert table.footnotes[0] == "All 2 models (2 trials) agree on a tag that is not the gold tag."
    assert table.footnotes[-1] == "2 tokens."


def test_means_of_several_seeds_are_said_to_be_means():
    predictions = one_sentence([0, 0, 1], m=[[0, 1, 1], [1, 1, 1]])
    report = ErrorReport(predictions=predictions, words=None, limit=9, names=NAMES)
    assert "means of seeds" in confused(report).title
    assert confused(report).rows == [["A", "B", "1.5"]]
    assert "more than half of the seeds" in rendered(tokens(report, Chosen(tag="A")), "table")
