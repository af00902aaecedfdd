"""Two files with the same words are aligned; of others the first line that differs is named."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench import Corpus
from seqbench.data.prediction_alignment import MISSING, Text, check_aligned, completed
from seqbench.errors import DataError
from seqbench.registry.datasets import load_file
from seqbench.registry.discovery import Registry

GOLD = "the\tD\ndog\tN\nruns\tV\n\nit\tN\nruns\tV\n\n"


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def file(folder, name, text):
    path = folder / name
    path.write_text(text)
    return path


def text_of(path, registry):
    path, read = load_file(str(path), registry)
    return Text(str(path), read(path), path, read)


ROWS = ("1-2\t{0}{1}\t_\t_", "1\t{0}\t_\tX", "2\t{1}\t_\tY")
CONLLU = "# text = {0}\n" + "".join(row + 6 * "\t_" + "\n" for row in ROWS) + "\n"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=12), st.data())
def test_the_first_word_that_differs_is_named_with_its_line(registry, tmp_path_factory, sentences, data):
    folder = tmp_path_factory.getbasetemp() / "aligned"
    folder.mkdir(exist_ok=True)
    gold = text_of(file(folder, "gold.tsv", "".join(f"{a}\tX\n{b}\tY\n\n" for a, b in sentences)), registry)
    other = file(folder, "other.conllu", "".join(CONLLU.format(a, b) for a, b in sentences))
    check_aligned(gold, text_of(other, registry))
    changed = data.draw(st.sets(st.integers(0, 2 * len(sentences) - 1), min_size=1, max_size=3))
    lines = other.read_text().split("\n")
    tokens = [number for number, line in enumerate(lines) if re.match(r"\d+\t", line)]
    for token in changed:
        lines[tokens[token]] = re.sub(r"\t\w", "\tother", lines[tokens[token]], count=1)
    other.write_text("\n".join(lines))
    first = min(changed)
    line, line_of_gold = tokens[first] + 1, first // 2 * 3 + first % 2 + 1
    sentence = rf"\(sentence {first // 2 + 1}\)"
    message = rf"other\.conllu:{line}: word 'other', but \S*gold\.tsv:{line_of_gold} has '[abc]' {sentence}"
    with pytest.raises(DataError, match=message):
        check_aligned(gold, text_of(other, registry))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOLD.replace("\n\nit", "\nit"), "p.tsv:4: the sentence goes on with 'it', but {g}:5 begins a new one"),
        (GOLD.replace("dog\tN\n", "dog\tN\n\n"), "p.tsv:4: a sentence begins with 'runs', but in {g} the one before"),
        (GOLD.replace("it\tN\nruns\tV\n\n", "it\tN\n"), "p.tsv: ends, but {g}:6 goes on with 'runs' (sentence 2)"),
        (GOLD + "more\tN\n", "p.tsv:8: goes on with 'more', but {g} ends (sentence 3)"),
        (GOLD[:-1] + "more\tN\n", "p.tsv:7: goes on with 'more', but {g} ends (sentence 3)"),
        (GOLD.replace("the\tD\n", ""), "p.tsv:1: word 'dog', but {g}:1 has 'the' (sentence 1)"),
    ],
)
def test_texts_that_are_not_aligned_are_refused_with_the_line(tmp_path, registry, text, message):
    gold, other = file(tmp_path, "gold.tsv", GOLD), file(tmp_path, "p.tsv", text)
    with pytest.raises(DataError) as caught:
        check_aligned(text_of(gold, registry), text_of(other, registry))
    assert message.format(g=gold) in str(caught.value)


def test_a_compressed_file_has_lines_too(tmp_path, registry):
    gold, other = tmp_path / "gold.tsv.gz", tmp_path / "other.tsv.gz"
    gold.write_bytes(gzip.compress(GOLD.encode()))
    other.write_bytes(gzip.compress(GOLD.replace("it", "she").encode()))
    with pytest.raises(DataError, match=r"other\.tsv\.gz:5: word 'she', but \S*gold\.tsv\.gz:5 has 'it'"):
        check_aligned(text_of(gold, registry), text_of(other, registry))


def test_a_text_that_was_no_file_is_named_without_a_line():
    gold = Text("gold", Corpus.encode([["a", "b"]], [["X", "X"]]))
    assert (gold.word(1), gold.at(1)) == ("b", "gold")
    with pytest.raises(DataError, match=r"^other: word 'c', but gold has 'b' \(sentence 1\)"):
        check_aligned(gold, Text("other", Corpus.encode([["a", "c"]], [["X", "X"]])))


@pytest.mark.parametrize(
    ("theirs", "ours", "why"),
    [
        (
            "cafe\u0301",
            "caf\xe9",
            r"the same text in another form of Unicode: 'cafe\\u0301' and 'caf\\xe9' \(NFD and NFC\)",
        ),
        ("Вern", "Bern", r"looks alike and has other characters: '\\u0412ern' and 'Bern'"),
        ("a\xa0b", "a b", r"looks alike and has other characters: 'a\\xa0b' and 'a b'"),
    ],
)
def test_words_that_look_alike_are_shown_with_their_characters(theirs, ours, why):
    gold, other = (Text(word, Corpus.encode([[word]], [["X"]])) for word in (ours, theirs))
    with pytest.raises(DataError, match=why):
        check_aligned(gold, other)


def test_what_lacks_at_the_ends_of_sentences_is_completed():
    gold = Text("gold", Corpus.encode([["a", "b"], ["c", "d", "e"], ["f"]], [["X", "Y"], ["X", "X", "X"], ["X"]]))
    cut, missing = completed(gold, Text("cut", Corpus.encode([["a"], ["c", "d"]], [["X"], ["Y", "X"]])))
    assert list(cut.corpus.tags) == [["X", MISSING], ["Y", "X", MISSING], [MISSING]]
    assert missing == 3
    check_aligned(gold, cut)
    for words in ([["a"], ["d"]], [["b"]], [["a"], [], ["f"], ["g"]], [["a", "b", "c"]]):
        with pytest.raises(DataError, match="predictions must have gold's words"):
            completed(gold, Text("other", Corpus.encode(words, words)))


def test_tags_may_differ():
    gold, other = (Text(tag, Corpus.encode([["a"]], [[tag]])) for tag in "XY")
    check_aligned(gold, other)
