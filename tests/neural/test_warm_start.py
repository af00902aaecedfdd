"""A training that begins with the weights of a kept model: known words and tags keep them, what differs is said."""

import shutil

import numpy as np
import pytest
from kept import SMALL, kept, loaded
from program import called

from seqbench import Conditions, Corpus, SeqbenchError, UsageError, make
from seqbench.registry.discovery import Registry
from seqbench.running.plan import requests
from seqbench.running.request import RunRequest, plan_of

STILL = SMALL.replace("min_steps=10", "min_steps=1, learning_rate=1e-12")
TRAIN = Corpus.encode(
    [["Wow", "the", "cat", "ate", "that", "book"], ["the", "dog", "ran"]] * 3,
    [["UH", "DET", "NN", "V", "DET", "NN"], ["DET", "NN", "V"]] * 3,
)


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    return kept(f"lstm({SMALL})", tmp_path_factory.mktemp("models") / "parent")


@pytest.fixture(scope="module")
def crf(tmp_path_factory):
    return kept(f"lstm({SMALL}, crf=True)", tmp_path_factory.mktemp("models") / "crf")


def warmed(folder, train=TRAIN, fields=STILL):
    """A tagger that begins with a model and hardly learns."""
    tagger = make(f"lstm({fields}, warm_start={str(folder)!r})")
    tagger.fit(train, Conditions())
    return tagger


def weights(tagger):
    return {name: tensor.numpy() for name, tensor in tagger._fitted.scorer.state_dict().items()}


def test_on_the_same_data_training_begins_where_it_ended(parent):
    model = loaded(parent)
    words, tags = (model.encoder.vocabularies.words, model.encoder.vocabularies.tags)
    train = Corpus.encode([list(words)], [[str(tags[0])] * (len(words) - len(tags)) + [str(tag) for tag in tags]])
    tagger = warmed(parent, train)
    sentence = [["The", "dog", "ate", "zorp"]]
    order = [list(train.tags.vocabulary).index(tag) for tag in model.tags]
    ours = np.asarray(tagger.predict_proba(sentence))[:, order]
    np.testing.assert_allclose(ours, model.predict_proba(sentence), atol=1e-5)


@pytest.mark.parametrize("name", ["parent", "crf"])
def test_known_words_and_tags_keep_their_weights_whatever_their_order(name, request):
    folder = request.getfixturevalue(name)
    model = loaded(folder)
    tagger = warmed(folder, fields=STILL + (", crf=True" if name == "crf" else ""))
    before, after = weights(model.tagger), weights(tagger)
    old, new = model.tagger._fitted.alphabet, tagger._fitted.alphabet
    tags = {tag: number for number, tag in enumerate(TRAIN.tags.vocabulary)}
    table = next(key for key in after if key.endswith("word.weight"))
    same = [word for word in old.words if word in new.words]
    assert len(same) == len(old.words) < len(new.words)
    np.testing.assert_allclose(after[table][[new.words[w] for w in same]], before[table][[old.words[w] for w in same]])
    affixes, kind = next(key for key in after if key.endswith("table.weight")), 5
    starts = [after[affixes.replace("table.weight", "starts")], before[affixes.replace("table.weight", "starts")]]
    for affix, number in old.affixes[kind].items():
        row = after[affixes][starts[0][kind] + new.affixes[kind][affix]]
        np.testing.assert_allclose(row, before[affixes][starts[1][kind] + number])
    changed = [key for key in after if key.startswith("network") and after[key].shape[0] == len(tags)]
    for key in [k for k in changed if before[k].shape[0] == len(model.tags)]:
        np.testing.assert_allclose(after[key][[tags[tag] for tag in model.tags]], before[key], atol=1e-6)
    if name == "crf":
        moves = "objective.moves"
        both = [*(tags[tag] for tag in model.tags), len(tags)]
        np.testing.assert_allclose(after[moves][np.ix_(both, both)], before[moves], atol=1e-6)


def test_what_is_new_and_what_is_no_longer_used_is_said(parent):
    (note,) = [note for note in warmed(parent).notes if "warm start" in note]
    assert note == (
        "warm start from 'parent', which knows 5 of 8 words and 3 of 4 tags of train; tags that are new to it: UH"
    )
    less = Corpus.encode([["the", "dog"]], [["DET", "NN"]])
    assert "tags of it that train lacks: V" in " ".join(warmed(parent, less).notes)


@pytest.mark.parametrize(
    ("spec", "difference"),
    [
        (f"lstm({SMALL.replace('hidden_dim=8', 'hidden_dim=9')}, ", "hidden_dim=8, and this one has hidden_dim=9; set"),
        (f"lstm({SMALL}, crf=True, ", "crf=False, and this one has crf=True; set crf=False, or leave warm_start out"),
        (f"gru({SMALL}, ", "the tagger 'lstm', and this one is 'gru'; write lstm(warm_start=...)"),
    ],
)
def test_a_model_of_another_tagger_or_with_other_fields_is_refused_before_anything_is_trained(
    parent, tmp_path, spec, difference
):
    done = called(
        "run", "--data", "tutorial", "--models", f"m={spec}warm_start={str(parent)!r})", "--out", tmp_path / "r"
    )
    assert done.returncode == 2
    assert f"seqbench: m: warm_start={str(parent)!r} is a model with {difference}" in done.stderr
    assert not (tmp_path / "r").exists()


def test_how_a_network_is_trained_may_differ(parent):
    assert make(f"lstm({SMALL}, dropout=0.1, word_dropout=0, patience=3, warm_start={str(parent)!r})").dropout == 0.1


def test_a_class_that_is_called_without_a_spec_is_refused_when_it_is_trained(parent):
    tagger = type(make("lstm"))(embedding_dim=8, hidden_dim=9, warm_start=str(parent))
    with pytest.raises(SeqbenchError, match="is a network of another architecture: .*sizes.*; set the fields"):
        tagger.fit(TRAIN, Conditions())
    tagger = type(make("lstm"))(embedding_dim=8, hidden_dim=8, crf=True, warm_start=str(parent))
    with pytest.raises(SeqbenchError, match="is a network of another architecture: .*one side.*; set the fields"):
        tagger.fit(TRAIN, Conditions())


def test_what_is_no_kept_model_is_refused(tmp_path):
    with pytest.raises(UsageError, match="warm_start='nothing' is no kept model: it has no model.json"):
        make("lstm(warm_start='nothing')")
    with pytest.raises(ValueError, match="warm_start must be the folder of a kept model, was: 'nothing'"):
        type(make("lstm"))(warm_start="nothing")
    with pytest.raises(UsageError, match="is a model with the tagger 'majority', and this one is 'lstm'"):
        warmed(kept("majority", tmp_path / "majority"))


def test_the_contents_of_the_folder_are_a_part_of_the_key_and_its_place_is_not(parent, tmp_path):
    def key(folder):
        spec = f"m=lstm({SMALL}, warm_start={str(folder)!r})"
        request = RunRequest(data=["tutorial"], models=[spec], device="cpu")
        return next(iter(requests(plan_of(request, Registry.discover(), str)))).key

    copied = shutil.copytree(parent, tmp_path / "parent")
    assert key(parent) == key(copied)
    (copied / "README.md").write_text("another card")
    assert key(parent) != key(copied)


def test_a_model_is_trained_further_and_used_without_its_parent(parent, tmp_path):
    copied = shutil.copytree(parent, tmp_path / "parent")
    spec = f"lstm({SMALL.replace('min_steps=10', 'min_steps=100')}, warm_start={str(copied)!r})"
    (tmp_path / "new.tsv").write_text("Wow\tUH\nthe\tDET\ncat\tNN\n\n" * 10)
    done = called("train", spec, "--data", tmp_path / "new.tsv", "--out", tmp_path / "child", "-q")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(copied)
    assert loaded(tmp_path / "child").predict([["Wow", "the", "cat"]]) == [["UH", "DET", "NN"]]
    assert "ate" in loaded(tmp_path / "child").tagger._fitted.alphabet.cased
    assert loaded(tmp_path / "child").record.spec.count("warm_start") == 1
