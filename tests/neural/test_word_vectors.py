"""Word vectors from files, and taggers that read them."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from seqbench import Conditions, Corpus, DataError, Sequences, learned
from seqbench.data.corpus import strings
from seqbench.errors import SeqbenchError
from seqbench.neural import NeuralTagger
from seqbench.neural.word_vectors import Vectors
from seqbench.running.pretraining_notes import pretraining_texts
from seqbench_plugins.neural.feedforward import FeedforwardTagger
from seqbench_plugins.neural.lstm import LSTMTagger

WORDS = ["the", "Dog", "東京", "a b", "e-mail"]
MATRIX = np.random.default_rng(3).normal(size=(5, 3)).astype(np.float32)
PAIRS = list(zip(WORDS, MATRIX, strict=True))
LINES = [f"{word} {' '.join(map(repr, map(float, row)))}" for word, row in zip(WORDS, MATRIX, strict=True)]
CONTENTS = {
    "glove": "\n".join(LINES).encode(),
    "word2vec text": ("5 3\n" + "\n".join(f"{line} " for line in LINES) + "\n").encode(),
    "TABs": "\n".join(line[::-1].replace(" ", "\t", 3)[::-1] for line in LINES).encode(),
    "a TAB behind the word": "\n".join(f"{w}\t{' '.join(map(str, v.tolist()))}" for w, v in PAIRS).encode(),
    "commas": "\n".join(f"{w.replace(' ', '_')},{','.join(map(str, v.tolist()))}" for w, v in PAIRS).encode(),
    "byte order mark": b"\xef\xbb\xbf5 3\n" + "\n".join(LINES).encode(),
    "blank lines": b"\n\n" + "\n\n".join(LINES).encode() + b"\n\n \n",
    "windows": "\r\n".join(LINES).encode(),
    "word2vec binary": b"4 3\n"
    + b"".join(w.encode() + b" " + v.tobytes() + b"\n" for w, v in zip(WORDS, MATRIX, strict=True) if " " not in w),
    "word2vec binary without line ends": b"4 3\n"
    + b"".join(w.encode() + b" " + v.tobytes() for w, v in zip(WORDS, MATRIX, strict=True) if " " not in w),
}


def written(tmp_path, content, *, zipped=False):
    file = tmp_path / "vectors"
    file.write_bytes(gzip.compress(content) if zipped else content)
    return file


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("form", CONTENTS)
def test_every_format_gives_the_numbers_that_were_written(tmp_path, form, zipped):
    vectors = Vectors.read(written(tmp_path, CONTENTS[form], zipped=zipped))
    for word, row in zip(WORDS, MATRIX, strict=True):
        if ("binary" not in form and form != "commas") or " " not in word:
            assert vectors.matrix[vectors.rows[word]] == pytest.approx(row, abs=1e-7)
    assert vectors.size == 3


def test_a_form_is_looked_up_as_written_then_lower_cased_and_is_zeros_otherwise(tmp_path):
    vectors = Vectors.read(written(tmp_path, CONTENTS["glove"]))
    found = vectors.of(strings(["The", "Dog", "dog", "none"]))
    assert found == pytest.approx(np.stack([MATRIX[0], MATRIX[1], np.zeros(3), np.zeros(3)]), abs=1e-7)
    assert vectors.known(strings(["The", "Dog", "dog", "none"])).tolist() == [True, True, False, False]


def test_of_a_word_that_stands_twice_the_first_counts(tmp_path):
    vectors = Vectors.read(written(tmp_path, b"a 1 2\nb 3 4\na 5 6\n"))
    assert vectors.of(strings(["a"])).tolist() == [[1, 2]]


def test_many_lines_and_long_ones_are_read(tmp_path):
    matrix = np.random.default_rng(1).integers(0, 9, (12_000, 40))
    lines = [f"w{number} {' '.join(map(str, row))}" for number, row in enumerate(matrix.tolist())]
    vectors = Vectors.read(written(tmp_path, "\n".join(["12000 40", *lines]).encode()))
    assert (vectors.matrix == matrix).all()
    wide = Vectors.read(written(tmp_path, ("word " + "0.12345678 " * 20_000).encode()))
    assert wide.size == 20_000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no word vectors"),
        (b"\n \n", "holds no word vectors"),
        (b"2 300\na 1 2\nb 3 4\n", r"vectors:2: 2 numbers after the word, expected 300"),
        (b"5 2\na 1 2\n\nb 3 4\n", r"vectors: ends after 2 of the 5 words that line 1 promises"),
        (b"a 1 2\n\nb 3", r"vectors:3: 1 numbers after the word, expected 2"),
        (b"the\ncat\n", r"vectors:1: expected a word and its numbers, was: 'the'"),
        (b"a 1 1_0\nb 1 2\n", r"vectors:1: "),
        (b"a 1 2\nb 3\n", r"vectors:2: 1 numbers after the word, expected 2"),
        (b"2 2\na 1 2\nb 3 x\n", r"vectors:3: 'x' is no finite number"),
        (b"a 1 2\nb 3 nan\n", r"vectors:2: 'nan' is no finite number"),
        (b"2 3\na " + MATRIX[0].tobytes() + b"\nb " + MATRIX[1].tobytes()[:7], "damaged within word 2 of 2"),
        (b"1 1\na " + np.array([np.inf], "<f4").tobytes(), "vector of 'a' holds a value that is no finite number"),
        (b"99999999999 99999\na \0\0", "which no file holds"),
        (b"\x1f\x8bnot gzip", "broken gzip file, cut off or changed"),
        (gzip.compress(CONTENTS["glove"])[:-9], "broken gzip file, cut off or changed"),
    ],
)
def test_a_file_that_is_not_right_is_named_with_its_line(tmp_path, content, message):
    with pytest.raises(DataError, match=message):
        Vectors.read(written(tmp_path, content))


NOUNS = [f"thing{n}" for n in range(40)]
VERBS = [f"doing{n}".upper()[::-1] for n in range(40)]


@pytest.fixture
def file(tmp_path):
    lines = [f"{w} 1 0.1" for w in NOUNS] + [f"{w.lower()} -1 0.1" for w in VERBS]
    return str(written(tmp_path, "\n".join(lines).encode()))


def corpus(numbers):
    return Corpus.encode([[NOUNS[n], VERBS[n]] for n in numbers], [["N", "V"]] * len(numbers))


@pytest.mark.parametrize("kind", [LSTMTagger, FeedforwardTagger])
def test_words_that_train_never_had_are_tagged_by_their_vectors(file, kind):
    swapped = Sequences.encode([[VERBS[n]] for n in range(20, 40)] + [[NOUNS[n]] for n in range(20, 40)])
    further = {"subwords": False} if kind is LSTMTagger else {}
    tagger = kind(epochs=2, min_steps=60, word_dropout=50.0, vectors=file, **further)
    tagger.fit(corpus(range(20)), Conditions())
    found = [tags[0] for tags in tagger.predict(swapped)]
    assert found == ["V"] * 20 + ["N"] * 20


def test_how_much_of_train_has_a_vector_is_told(file):
    tagger = LSTMTagger(epochs=1, min_steps=1, vectors=file)
    tagger.fit(Corpus.encode([["thing1", "thing1", "x", "y"]], [["N"] * 4]), Conditions())
    assert tagger.notes[0] == (
        "vectors has 80 words with 2 numbers each: 50.0 % of train's tokens and 33.3 % of its distinct words have one"
    )
    plain = LSTMTagger(epochs=1, min_steps=1)
    plain.fit(corpus(range(2)), Conditions())
    assert plain.notes == []


def test_texts_of_vectors_are_named_or_that_they_are_not_is_told(file):
    quick = {"epochs": 1, "min_steps": 1, "vectors": file}
    unnamed, named = LSTMTagger(**quick), LSTMTagger(**quick, trained_on=["wikipedia", "gigaword"])
    for tagger in (unnamed, named):
        tagger.fit(corpus(range(3)), Conditions())
    assert "word vectors learned from texts that are not named: trained_on=['NAME', ...] names them" in unnamed.notes
    assert not any("not named" in note for note in named.notes)
    assert pretraining_texts(named) == ("wikipedia", "gigaword")
    assert pretraining_texts(unnamed) == ()


def test_texts_are_refused_where_nothing_learned_from_them():
    with pytest.raises(ValueError, match="names the texts of word vectors; leave it out without vectors"):
        LSTMTagger(trained_on=["wikipedia"])


def test_the_vectors_of_the_file_are_not_changed_by_training(file):
    tagger = LSTMTagger(epochs=1, min_steps=10, vectors=file)
    tagger.fit(corpus(range(20)), Conditions())
    again = Vectors.read(Path(file))
    assert (learned(tagger).alphabet.vectors.matrix == again.matrix).all()


def test_a_file_that_is_not_there_is_refused_at_once():
    with pytest.raises(ValueError, match="vectors must be a file of word vectors, was: 'nowhere'"):
        LSTMTagger(vectors="nowhere")


@dataclass(kw_only=True)
class Wordless(NeuralTagger):
    """Looks at no word."""

    def build(self, shape):
        class Same(nn.Module):
            def __init__(self):
                super().__init__()
                self.scores = nn.Parameter(torch.zeros(shape.tags))

            def forward(self, batch):
                return self.scores.expand(*batch.words.shape, -1)

        return Same()


def test_a_network_that_would_ignore_vectors_refuses_them(file):
    with pytest.raises(SeqbenchError, match="vectors are read by WordFeatures"):
        Wordless(vectors=file).fit(corpus(range(3)), Conditions())
    Wordless().fit(corpus(range(3)), Conditions())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Anna 1 2\n".encode("utf-16"), r"x\.txt: is UTF-16, not UTF-8; save it in UTF-8"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n", "pointer to the data"),
        (b"<!DOCTYPE html>\n<html>\n", "is a web page, not the data"),
    ],
)
def test_what_holds_no_vectors_at_all_is_named(tmp_path, content, message):
    (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(DataError, match=message):
        Vectors.read(tmp_path / "x.txt")
