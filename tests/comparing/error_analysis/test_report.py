"""All that is known of mistakes: which tokens are chosen, how long lists are, and the JSON of it."""

import pytest
from model_predictions import KEY, answering
from samples import dataset

from seqbench.comparing.error_analysis.report import Chosen, ErrorReport
from seqbench.comparing.error_analysis.words import Words
from seqbench.data.next_word import next_words

NAMES = {key: label for label, key in KEY.items()}

# the test set is "The cat ate that", "book it": DET NN V NN, V NN


def report_of(*predicted, words=True, limit=9):
    """A report of models m0, m1... that gave these tags."""
    data, predictions = dataset(), answering(dataset(), *predicted)
    return ErrorReport(predictions=predictions, words=Words.of(data) if words else None, limit=limit, names=NAMES)


@pytest.fixture
def report():
    return report_of("DET NN V V NN NN", "DET V V V NN NN")


def test_a_choice_is_said_in_words():
    chosen = Chosen(right=[KEY["good"], KEY["m"]], wrong=[KEY["bad"]], tag="NN")
    assert chosen.described(NAMES) == "good, m right and bad wrong and gold tag NN"
    assert Chosen(tag="NN").described(NAMES) == "gold tag NN"


def test_nothing_chosen_is_false():
    assert not Chosen()
    assert all([Chosen(tag="NN"), Chosen(right=[KEY["m"]]), Chosen(wrong=[KEY["m"]])])


def test_a_dataset_fits_a_choice_if_it_has_the_tag_and_the_models(report):
    assert report.fits(Chosen(right=[KEY["m0"]], wrong=[KEY["m1"]], tag="V"))
    assert not report.fits(Chosen(tag="ADJ"))
    assert not report.fits(Chosen(right=[KEY["good"]]))


def test_the_tokens_chosen_are_counted_and_the_first_of_them_listed():
    report = report_of("DET NN V V NN NN", limit=1)
    number, (first,) = report.tokens(Chosen(wrong=[KEY["m0"]]))
    assert number == 2
    assert (first.sentence, first.token, first.gold, first.predicted) == (1, 4, "NN", {KEY["m0"]: "V"})


def test_suspects_are_counted_and_the_first_of_them_listed_with_their_suspicion(report):
    number, listed = report.suspects()
    assert number == 2  # on "that" and on "book" both agree against gold
    assert {token.words[token.token - 1] for token, _ in listed} == {"that", "book"}
    suspicions = [suspicion for _, suspicion in listed]
    assert suspicions == sorted(suspicions, reverse=True)


def test_without_words_nothing_is_suspect():
    assert report_of("DET NN V V NN NN", words=False).suspects() == (0, [])


def test_the_next_word_is_no_annotation_so_that_nothing_is_suspect():
    data = next_words(dataset(), "next-word")
    tags = " ".join(["</s>"] * data.test.tokens)
    report = ErrorReport(predictions=answering(data, tags), words=Words.of(data), limit=9, names=NAMES)
    assert (report.is_annotated, report.suspects(), report.as_json(Chosen())["suspects"]) == (False, (0, []), [])


def test_json_has_each_list_with_display_names(report):
    content = report.as_json(Chosen(right=[KEY["m0"]], wrong=[KEY["m1"]]))
    assert list(content) == ["slices", "confusions", "agreement", "suspects", "tokens"]
    whole = content["slices"][0]
    assert (whole["by"], whole["name"], whole["tokens"]) == ("word", "any", 6)
    assert whole["accuracy"]["m0"]["mean"] == pytest.approx(4 / 6)
    assert {(c["gold"], c["predicted"]): c["tokens"] for c in content["confusions"]} == {
        ("NN", "V"): {"m0": 1.0, "m1": 2.0},
        ("V", "NN"): {"m0": 1.0, "m1": 1.0},
    }
    (token,) = content["tokens"]
    assert (token["sentence"], token["token"], token["given"]) == (1, 2, {"m0": "NN", "m1": "V"})


def test_json_lists_no_token_where_none_was_chosen_and_is_cut_at_the_limit():
    content = report_of("V V V V NN NN", limit=1).as_json(Chosen())
    assert content["tokens"] == []
    assert len(content["confusions"]) == len(content["suspects"]) == 1
