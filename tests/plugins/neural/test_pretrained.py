"""Pretrained encoders, on the one of conftest.py: two layers, a WordPiece vocabulary of letters and a few words."""

from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest
from kept import kept, loaded

import seqbench
from seqbench import Conditions, Corpus, Sequences, UsageError, learned, make
from seqbench.testing import broken_promises
from seqbench_plugins.neural._encoder_input import Examples
from seqbench_plugins.neural._subwords import windows

pytestmark = pytest.mark.skipif(find_spec("transformers") is None, reason="needs transformers")

TRAIN = Corpus.encode(
    [["the", "dog", "ate", "the", "apple"], ["dogs", "read"], ["it", "ate", "that", "book"], ["reading", "it"]] * 4,
    [["DET", "NN", "V", "DET", "NN"], ["NN", "V"], ["PRON", "V", "DET", "NN"], ["V", "PRON"]] * 4,
)


def tagger(encoder, **fields):
    from seqbench_plugins.neural.pretrained import Pretrained

    return Pretrained(**{"model": encoder, "epochs": 4, "learning_rate": 3e-3, "min_steps": 40, **fields})


def own_tokenizer(encoder):
    import transformers  # seconds, and only where it is used

    return transformers.AutoTokenizer.from_pretrained(encoder)


@pytest.fixture(scope="module")
def fitted(encoder):
    one = tagger(encoder)
    one.fit(TRAIN, Conditions())
    return one


def test_it_learns_its_training_set(fitted):
    found = fitted.predict(TRAIN.sentences)
    assert (found.ids == TRAIN.tags.ids).mean() > 0.9
    probabilities = fitted.predict_proba(TRAIN.sentences)
    assert probabilities.sum(1) == pytest.approx(np.ones(TRAIN.tokens), abs=1e-5)
    assert (probabilities.argmax(1) == found.ids).all()


def test_words_are_read_as_the_library_s_own_tokenizer_aligns_them(fitted, encoder):
    import torch

    sentence = ["the", "dogs", "zap", "reading", "it"]
    own = own_tokenizer(encoder)
    encoded = own(sentence, is_split_into_words=True, return_tensors="pt")
    first = [encoded.word_ids().index(word) for word in range(len(sentence))]
    with torch.inference_mode():
        states = learned(fitted).network.encoder(**encoded).last_hidden_state[0, first]
        expected = learned(fitted).network.output(states).softmax(1).numpy()
    assert fitted.predict_proba(Sequences.encode([sentence])) == pytest.approx(expected, abs=1e-5)


def test_neither_order_nor_company_changes_a_sentence_s_scores(fitted):
    sentences = Sequences.encode([["it"], ["the", "dogs", "ate", "the", "apples"], [], ["read", "that"]])
    together = fitted.predict_proba(sentences)
    alone = np.concatenate([fitted.predict_proba(sentences[i : i + 1]) for i in range(4)])
    assert together == pytest.approx(alone, abs=1e-5)


def test_the_same_seed_gives_the_same_tagger(encoder, fitted):
    again = tagger(encoder)
    again.fit(TRAIN, Conditions())
    assert (again.predict_proba(TRAIN.sentences) == fitted.predict_proba(TRAIN.sentences)).all()


def test_long_sentences_and_words_that_no_sub_word_spells_are_tagged_whole(fitted):
    sentences = Sequences.encode([["the", "dog"] * 100, ["", "\u200b", "日本", "x" * 500, "\x00"], ["a" * 60] * 7, []])
    assert [len(tags) for tags in fitted.predict(sentences)] == [200, 5, 7, 0]


def test_windows_cover_every_word_once_with_context_on_both_sides():
    random = np.random.default_rng(4)
    for _ in range(300):
        counts = random.integers(0, 60, 3)
        offsets = np.concatenate([[0], np.cumsum(counts)]).tolist()
        sizes = random.integers(1, 6, counts.sum()).tolist()
        room = int(random.integers(5, 30))
        found = windows(offsets, sizes, room)
        assert [place for w in found for place in range(w.first, w.last)] == list(range(counts.sum()))
        assert all(sum(sizes[w.start : w.stop]) <= room for w in found)
        assert all(w.start <= w.first < w.last <= w.stop for w in found)
        assert all(any(start <= w.start and w.stop <= stop for start, stop in pairwise(offsets)) for w in found)
    (one, two, three) = windows([0, 20], [1] * 20, 10)
    assert (one.stop, two.start, two.stop, three.start) == (10, 8, 18, 16)
    assert (one.last, two.last) == (9, 17)


def test_how_well_the_sub_words_fit_is_told(fitted):
    unnamed, note = fitted.notes
    assert unnamed == "pretrained on texts that are not named: trained_on=['NAME', ...] names them"
    assert note == (
        "1.15 sub-words a word in train, 0.0 % of its words hold an unknown one; "
        "0 further windows for sentences longer than 22 sub-words"
    )


def test_the_best_epoch_on_dev_is_kept_and_a_report_that_says_so_stops_it(encoder):
    steps = []

    def report(**told):
        steps.append(told)
        return len(steps) == 2

    one = tagger(encoder)
    one.fit(TRAIN, Conditions(dev=TRAIN, report=report))
    assert [step["epoch"] for step in steps] == [1, 2]
    best = max(step["dev_accuracy"] for step in steps)
    assert (one.predict(TRAIN.sentences).ids == TRAIN.tags.ids).mean() == best


def test_one_sentence_one_tag_and_no_dev_are_enough(encoder):
    one = tagger(encoder, min_steps=2, epochs=1)
    one.fit(Corpus.encode([["dog"]], [["NN"]]), Conditions())
    assert list(one.predict(Sequences.encode([["it", "ate"]]))) == [["NN", "NN"]]


def test_what_is_no_encoder_is_refused_with_its_name(tmp_path):
    one = tagger(str(tmp_path))
    with pytest.raises(UsageError, match="no encoder can be loaded from"):
        one.fit(TRAIN, Conditions())
    with pytest.raises(ValueError, match="window must be 4 or more, was: 3"):
        tagger("x", window=3)
    with pytest.raises(ValueError, match="adam-rows is for networks with one learning rate for all layers"):
        tagger("x", optimizer="adam-rows")


def test_it_keeps_every_promise_of_a_tagger(encoder):
    broken = broken_promises(lambda: tagger(encoder, epochs=1, min_steps=6))
    assert [(promise.name, why) for promise, why in broken] == []


def weights_of(fitted):
    return {name: weights.detach().clone() for name, weights in learned(fitted).network.encoder.named_parameters()}


def same(one, other):
    """The names of the weights that are the same."""
    return {name for name in one if (one[name] == other[name]).all()}


def trained(encoder, **fields):
    model = tagger(encoder, **{"epochs": 1, "min_steps": 4, **fields})
    model.fit(TRAIN, Conditions(dev=TRAIN))
    return model


def test_the_mean_of_a_word_is_that_of_its_sub_words_in_the_library(encoder):
    import torch

    fitted = trained(encoder, pooling="mean")
    sentence = ["the", "dogs", "zap", "reading", "it"]
    own = own_tokenizer(encoder)
    encoded = own(sentence, is_split_into_words=True, return_tensors="pt")
    with torch.inference_mode():
        states = learned(fitted).network.encoder(**encoded).last_hidden_state[0]
        words = torch.tensor([-1 if word is None else word for word in encoded.word_ids()])
        means = torch.stack([states[words == word].mean(0) for word in range(len(sentence))])
        expected = learned(fitted).network.output(means).softmax(1).numpy()
    assert fitted.predict_proba(Sequences.encode([sentence])) == pytest.approx(expected, abs=1e-5)


def test_frozen_layers_stay_as_they_are(encoder):
    from seqbench_plugins.neural import _encoder
    from seqbench_plugins.neural._encoder_layers import depths

    untrained, _ = _encoder.loaded(encoder, 512)
    before, depth_of = dict(untrained.named_parameters()), depths(untrained)
    assert same(before, weights_of(trained(encoder, freeze=-1))) == set(before)
    kept = same(before, weights_of(trained(encoder, freeze=1)))
    assert {name for name, depth in depth_of.items() if depth <= 1} <= kept
    assert not any("layer.1." in name and "dense.weight" in name for name in kept)


def test_what_a_frozen_encoder_says_is_remembered_as_it_is_said(encoder):
    fitted = trained(encoder, freeze=-1)
    examples = Examples.of(TRAIN.sentences, learned(fitted).subwords)
    remembered = learned(fitted).remembered(examples)
    assert learned(fitted).probabilities(remembered) == pytest.approx(fitted.predict_proba(TRAIN.sentences), abs=1e-5)
    assert remembered.states.shape == (TRAIN.tokens, learned(fitted).network.output.in_features)


def test_each_layer_has_its_share_of_the_rate_of_the_layer_above(encoder):
    from seqbench_plugins.neural._encoder_layers import groups

    network = learned(trained(encoder, layer_decay=0.5, rising=0.5)).network
    sizes = {group["share"]: len(group["params"]) for group in groups(network, 0.5)}
    assert sorted(sizes) == [0.125, 0.25, 0.5, 1.0]  # embeddings, two layers, the affine map
    assert sizes[0.25] == 16
    assert [group["share"] for group in groups(network, 1.0)] == [1.0]


@pytest.mark.parametrize(("name", "value"), [("freeze", -2), ("layer_decay", 0.0), ("rising", 1.0)])
def test_layers_and_rates_that_cannot_be_are_refused(encoder, name, value):
    with pytest.raises(ValueError, match=f"{name} must be .*, was: {value}"):
        tagger(encoder, **{name: value})


@pytest.fixture(scope="module")
def parent(encoder, tmp_path_factory):
    return kept(
        f"pretrained(model={encoder!r}, epochs=1, min_steps=8, learning_rate=3e-3)",
        tmp_path_factory.mktemp("kept") / "parent",
    )


def test_training_goes_on_with_a_kept_model(encoder, parent):
    before = loaded(parent)
    words = [["The", "dog", "ate", "the", "apple"], ["Wow"]]
    train = Corpus.encode(words, [["NN", "V", "DET", "NN", "V"], ["UH"]])
    after = make(
        f"pretrained(model={encoder!r}, epochs=1, min_steps=1, learning_rate=1e-12, warm_start={str(parent)!r})"
    )
    after.fit(train, Conditions())
    note = after.notes[-1]
    assert note == "warm start from 'parent', which knows 3 of 4 tags of train; tags that are new to it: UH"
    own, further = weights_of(before.tagger), weights_of(after)
    assert max(float((own[name] - weights).abs().max()) for name, weights in further.items()) < 1e-6
    rows = [before.tags.index(tag) for tag in ("NN", "V", "DET")]
    old, new = (learned(model).network.output for model in (before.tagger, after))
    assert new.weight[:3].detach().numpy() == pytest.approx(old.weight[rows].detach().numpy(), abs=1e-6)
    assert new.bias[:3].detach().numpy() == pytest.approx(old.bias[rows].detach().numpy(), abs=1e-6)


def test_another_encoder_or_way_to_read_words_is_refused_before_training(encoder, parent):
    for fields, difference in (
        ("model='other'", "and this one has model='other'"),
        ("pooling='mean'", "pooling='first', and"),
    ):
        model = "" if "model" in fields else f"model={encoder!r}, "
        with pytest.raises(UsageError, match=f"warm_start='.*parent' is a model with .*{difference}"):
            make(f"pretrained({model}{fields}, warm_start={str(parent)!r})")
    with pytest.raises(UsageError, match="warm_start='nothing' is no kept model"):
        make(f"pretrained(model={encoder!r}, warm_start='nothing')")


def test_characters_tell_apart_what_the_sub_words_do_not(encoder, tmp_path):
    case = Corpus.encode([["dog", "Dog"], ["Dog", "it"], ["it", "dog"]] * 8, [["a", "B"], ["B", "c"], ["c", "a"]] * 8)
    model = tagger(encoder, characters="cnn", new_rate=5.0, epochs=8)
    model.fit(case, Conditions())
    assert list(model.predict(Sequences.encode([["dog", "Dog", "it"]]))) == [["a", "B", "c"]]
    model.save(tmp_path)
    again = tagger(encoder, characters="cnn")
    again.load(tmp_path)
    assert (again.predict_proba(case.sentences) == model.predict_proba(case.sentences)).all()
    together = model.predict_proba(case.sentences)
    alone = np.concatenate([model.predict_proba(case.sentences[i : i + 1]) for i in range(len(case.sentences))])
    assert together == pytest.approx(alone, abs=1e-5)


def test_what_is_new_learns_at_its_own_rate(encoder):
    from seqbench_plugins.neural._encoder_layers import groups

    network = learned(trained(encoder)).network
    assert {group["share"]: len(group["params"]) for group in groups(network, 1.0, 4.0)}[4.0] == 2
    with pytest.raises(ValueError, match="new_rate must be above 0, was: 0"):
        tagger(encoder, new_rate=0)


@pytest.mark.parametrize("fields", [{"freeze": -1}, {"warm_start": "."}])
def test_characters_where_they_cannot_be_learned_are_refused(encoder, fields, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learned").mkdir()
    with pytest.raises(ValueError, match="characters.*leave one of them out"):
        tagger(encoder, characters="cnn", **fields)


def test_why_it_has_no_onnx_file_is_said_with_another_way(encoder, tmp_path):
    folder = kept(f"pretrained(model={encoder!r}, epochs=1, min_steps=1)", tmp_path / "model")
    with pytest.raises(UsageError, match=r"cannot be exported to ONNX: its pieces of words .*; 'seqbench tag' and"):
        seqbench.export(folder, out=tmp_path / "x.onnx")
    with pytest.warns(UserWarning, match="no row for ONNX: its pieces of words come from the encoder's own tokenizer"):
        assert [row["weights"] for row in seqbench.costs(folder)] == ["as it is"]


def test_without_connections_only_encoders_of_this_machine_are_loaded(encoder, monkeypatch):
    import socket

    def refused(*_arguments, **_options):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setenv("SEQBENCH_OFFLINE", "1")
    with pytest.raises(UsageError, match="no encoder can be loaded from 'no-such-group/no-such-encoder'"):
        tagger("no-such-group/no-such-encoder").fit(TRAIN, Conditions())
    tagger(encoder, epochs=1, min_steps=1).fit(TRAIN, Conditions())
