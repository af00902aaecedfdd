"""Which metric of dev chooses: the default by the tags of train, names, and what each says."""

import numpy as np
import pytest
from runs import registry_of
from samples import ShareOfFirst, dataset
from seqeval.metrics import f1_score

from seqbench import Corpus, Dataset, UsageError
from seqbench.contracts.trial import Selection
from seqbench.scoring.selection import countable, dev_metric, dev_score, selection_of, told

SPANS = [["B-X", "I-X", "O", "B-Y"], ["O", "O", "B-X", "O"], ["B-Y", "I-Y", "O", "O"]]
WORDS = [["a", "b", "c", "d"], ["e", "f", "g", "h"], ["i", "j", "k", "l"]]


def with_dev(tags=SPANS, dev_tags=SPANS):
    train = Corpus.encode(WORDS, tags)
    return Dataset.of("d", train=train, dev=Corpus.encode(WORDS, dev_tags), test=train)


def of_parts_of_speech():
    sample = dataset()
    return Dataset.of("pos", train=sample.train, dev=sample.test, test=sample.test)


def test_span_f1_chooses_where_tags_of_train_are_spans_and_accuracy_elsewhere():
    assert selection_of(None, with_dev(), registry_of()) == Selection("span-f1", "IOB2")
    assert selection_of(None, of_parts_of_speech(), registry_of()) == Selection("accuracy")
    nothing = [["O"] * 4] * 3
    assert selection_of(None, with_dev(dev_tags=nothing), registry_of()) == Selection("accuracy")


def test_without_dev_nothing_chooses():
    assert selection_of(None, dataset(), registry_of()) is None


def test_span_f1_of_dev_is_that_of_seqeval_in_the_scheme_of_train():
    data = with_dev()
    predicted = [["B-X", "O", "O", "B-Y"], ["O", "O", "I-X", "O"], ["B-Y", "I-Y", "I-Y", "O"]]
    metric = dev_metric(Selection("span-f1", "IOB2"), data, registry_of())
    assert metric.name == "span-f1"
    assert metric(predicted, data.dev.tags) == pytest.approx(f1_score(SPANS, predicted))
    assert metric([["O"] * 4] * 3, data.dev.tags) == 0


def test_a_tag_of_dev_that_is_none_of_the_scheme_counts_as_outside():
    data = with_dev(dev_tags=[["B-X", "I-X", "ODD", "B-Y"], *SPANS[1:]])
    metric = dev_metric(selection_of(None, data, registry_of()), data, registry_of())
    assert metric(SPANS, data.dev.tags) == 1


def test_scores_of_the_core_and_of_plugins_choose_too():
    registry = registry_of(metrics={"first": ShareOfFirst()})
    data = of_parts_of_speech()
    first = selection_of("first", data, registry)
    assert (first.metric, first.scheme, len(first.code)) == ("first", None, 12)
    assert dev_metric(first, data, registry)([["DET"] * 4, ["NN"] * 2], data.dev.tags) == pytest.approx(4 / 6)
    assert countable(first, registry) is not None
    unknown = dev_metric(selection_of("accuracy_unknown", data, registry), data, registry)
    assert unknown([["V", "NN", "V", "V"], ["V", "V"]], data.dev.tags) == 1  # "cat" alone is unknown


def test_ids_are_scored_as_tags_are():
    data = of_parts_of_speech()
    metric = dev_metric(None, data, registry_of())
    assert dev_score(metric, np.zeros(6, np.int32), data.dev.tags) == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("span-f2", "no metric is named 'span-f2'. Did you mean 'span-f1'"),
        ("span-f1", "--select span-f1 needs tags that are spans, and those of 'pos' are not"),
        ("nothing", "--select nothing gives no number on dev of 'pos'"),
    ],
)
def test_what_cannot_choose_is_refused(name, why):
    registry = registry_of(metrics={"nothing": lambda _outcome: None})
    with pytest.raises(UsageError, match=why):
        selection_of(name, of_parts_of_speech(), registry)


def test_a_metric_that_then_gives_no_number_is_the_worst():
    registry = registry_of(metrics={"odd": lambda outcome: 1.0 if outcome.predicted[0] == 0 else float("nan")})
    data = of_parts_of_speech()
    metric = dev_metric(selection_of("odd", data, registry), data, registry)
    assert metric([["NN"] * 4, ["NN"] * 2], data.dev.tags) == -np.inf


def test_users_are_told_of_a_choice_by_spans():
    sentence = told(Selection("span-f1", "IOB2"), with_dev())
    assert sentence.startswith("note: d: epochs and hyperparameters are chosen by span-f1 (IOB2) of dev; --select")
