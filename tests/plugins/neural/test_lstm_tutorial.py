"""The tutorial's model on the tutorial's data, as the tutorial has it."""

import math

from seqbench import Conditions, Sequences, make
from seqbench_datasets.corpora.tutorial import tutorial


def test_every_word_is_tagged_as_in_the_tutorial_and_the_loss_falls_from_ln_3():
    data, losses = tutorial(), []

    def report(*, loss, **_):
        losses.append(loss)
        return False

    tagger = make("lstm-tutorial")
    tagger.fit(data.train, Conditions(report=report))
    assert list(tagger.predict(data.test.sentences)) == [["DET", "NN", "V", "DET", "NN"], ["NN", "V", "DET", "NN"]]
    assert abs(losses[0] - math.log(3)) < 0.15
    assert losses[-1] < 0.3
    assert len(losses) == 300


def test_it_has_the_tutorial_s_number_of_weights():
    tagger = make("lstm-tutorial(epochs=1)")
    tagger.fit(tutorial().train, Conditions())
    assert tagger.parameters == 9 * 6 + 4 * 6 * (6 + 6 + 2) + 6 * 3 + 3


def test_an_unknown_word_gets_a_tag_of_the_training_set():
    tagger = make("lstm-tutorial(epochs=3)")
    tagger.fit(tutorial().train, Conditions())
    assert tagger.predict(Sequences.encode([["Nobody", "ate"]]))[0][0] in {"DET", "NN", "V"}
