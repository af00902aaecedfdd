"""Tagging token by token: the same as whole sentences, by states that are values and do not grow."""

from pathlib import Path

import numpy as np
import pytest
import torch

from seqbench import Conditions, Corpus, Probabilistic, Sequences, Stepwise, UsageError, make

WORDS = [["the", "dog", "ate"], ["a", "cat", "saw", "the", "dog"], ["dogs", "run"]]
TAGS = [["DET", "NN", "V"], ["DET", "NN", "V", "DET", "NN"], ["NN", "V"]]
CORPUS = Corpus.encode(WORDS, TAGS)
SMALL = "embedding_dim=8, hidden_dim=8, epochs=1, min_steps=20"
LEFT_TO_RIGHT = [
    f"rnn({SMALL}, bidirectional=False)",
    f"gru({SMALL}, bidirectional=False, layers=2)",
    f"lstm({SMALL}, bidirectional=False, layers=2, characters='lstm')",
    "lstm-tutorial(epochs=5)",
    "baseline",
    "majority",
]
LOOKING_AHEAD = [
    (f"lstm({SMALL})", "with bidirectional=True sentences are read from both ends"),
    (f"gru({SMALL}, bidirectional=False, crf=True)", "with crf=True a sentence's tags are chosen together"),
    (f"cnn({SMALL})", "this network looks at the words to the right as well"),
    (f"transformer({SMALL}, heads=2)", "this network looks at the words to the right as well"),
]


def fitted(spec, corpus=CORPUS):
    tagger = make(spec)
    tagger.fit(corpus, Conditions())
    return tagger


def stepped(tagger, sentence):
    """(time, tags): the answers of one token after the other."""
    state, answers = tagger.start(), []
    for form in sentence:
        answer, state = tagger.step(state, form)
        answers.append(answer)
    return np.array(answers), state


@pytest.mark.parametrize("spec", LEFT_TO_RIGHT)
def test_steps_give_what_the_whole_sentence_gives(spec):
    tagger = fitted(spec)
    assert isinstance(tagger, Stepwise)
    sentences = [*WORDS, ["żebra", "saw", "dog", "x" * 40], ["the"] * 300]
    encoded = Sequences.encode(sentences).extend(CORPUS.sentences)
    answers = np.concatenate([stepped(tagger, sentence)[0] for sentence in sentences])
    assert CORPUS.tags.vocabulary[answers.argmax(1)].tolist() == [
        tag for tags in tagger.predict(encoded) for tag in tags
    ]
    if isinstance(tagger, Probabilistic):
        assert np.allclose(answers, tagger.predict_proba(encoded), atol=1e-5)


@pytest.mark.parametrize("spec", LEFT_TO_RIGHT)
def test_two_sentences_can_be_tagged_in_turns(spec):
    tagger = fitted(spec)
    left, right = tagger.start(), tagger.start()
    for first, second in zip(WORDS[0], WORDS[1], strict=False):
        one, left = tagger.step(left, first)
        two, right = tagger.step(right, second)
    assert np.array_equal(one, stepped(tagger, WORDS[0])[0][2])
    assert np.array_equal(two, stepped(tagger, WORDS[1][:3])[0][2])


@pytest.mark.parametrize("spec", LEFT_TO_RIGHT)
def test_what_is_carried_along_does_not_grow(spec):
    def numbers(state):
        parts = state if isinstance(state, tuple) else (state,)
        return sum(p.numel() if torch.is_tensor(p) else numbers(p) if isinstance(p, tuple) else 0 for p in parts)

    tagger = fitted(spec)
    assert numbers(stepped(tagger, ["dog"])[1]) == numbers(stepped(tagger, ["dog"] * 50)[1])


@pytest.mark.parametrize(("spec", "why"), LOOKING_AHEAD)
def test_what_looks_ahead_says_plainly_that_it_cannot(spec, why):
    with pytest.raises(UsageError, match=f"{why}.* cannot (be )?tag(ged)? token by token"):
        fitted(spec).start()


def test_layers_are_stepped_through_as_well():
    """Only the layer tells the tag."""
    words, tags = [["x", "x", "x"], ["x"], ["x", "x"]] * 4, [["A", "B", "A"], ["B"], ["B", "A"]] * 4
    bare = Sequences.encode(words)
    layered = Sequences(bare.ids, bare.offsets, bare.vocabulary, {"pos": Sequences.encode(tags)})
    spec = "rnn(embedding_dim=8, hidden_dim=8, min_steps=150, bidirectional=False)"
    tagger = fitted(spec, Corpus(layered, Sequences.encode(tags)))
    answer, state = tagger.step(tagger.start(), "x", {"pos": "B"})
    after, _ = tagger.step(state, "x", {"pos": "A"})
    assert [answer.argmax(), after.argmax()] == [1, 0]


def test_the_example_of_the_documentation_runs(capsys):
    page = (Path(__file__).resolve().parents[2] / "docs" / "zoo.md").read_text(encoding="utf-8")
    [block] = [text for text in page.split("```python\n")[1:] if "tagger.start()" in text]
    exec(block.partition("```")[0], {})  # noqa: S102 -- our own page
    assert capsys.readouterr().out == "the DET\ndog NN\n"
