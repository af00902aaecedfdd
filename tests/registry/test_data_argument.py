"""Arguments of --data, taken apart."""

import pytest

from seqbench.errors import UsageError
from seqbench.registry.data_argument import each_layer, exists, parsed, path_of, with_options


@pytest.mark.parametrize(
    ("text", "name", "options"),
    [
        ("grammar", "grammar", {}),
        ("grammar?seed=3", "grammar", {"seed": "3"}),
        ("data/x.tsv?tags=3&features=1,2", "data/x.tsv", {"tags": "3", "features": "1,2"}),
        ("x.tsv?train=a%26b%20c.tsv&dev=d+e.tsv", "x.tsv", {"train": "a&b c.tsv", "dev": "d e.tsv"}),
        ("x?tags=a?b", "x", {"tags": "a?b"}),
    ],
)
def test_options_stand_behind_the_first_question_mark(text, name, options):
    source = parsed(text)
    assert (source.name, source.options) == (name, options)


def test_a_path_that_has_a_question_mark_is_recognised_by_being_there(tmp_path):
    odd = tmp_path / "is it?" / "x=1?.tsv"
    odd.parent.mkdir()
    odd.touch()
    assert (parsed(str(odd)).name, parsed(str(odd)).options) == (str(odd), {})
    assert (parsed(f"{odd}?tags=3").name, parsed(f"{odd}?tags=3").options) == (str(odd), {"tags": "3"})
    assert parsed(f"{odd.parent}?tags=3").name == str(odd.parent)


@pytest.mark.parametrize("text", ["", "?tags=3", "x?tags", "x?tags=", "x?tags=1&tags=2"])
def test_an_argument_without_a_name_or_with_half_an_option_is_refused(text):
    with pytest.raises(UsageError, match=r"a dataset's name or a path|given once and have a value"):
        parsed(text)


def test_a_text_that_no_path_can_be_is_refused_in_one_short_sentence():
    with pytest.raises(UsageError, match="a path of at most 20,000 characters, was") as refused:
        parsed("?" * 100_000)
    assert len(str(refused.value)) < 400


def test_a_name_that_is_no_utf_8_is_refused():
    with pytest.raises(UsageError, match=r"'d\\udcff/x' has bytes that are no UTF-8"):
        parsed("d\udcff/x")
    assert parsed("ünï\t").name == "ünï\t"


def test_a_path_may_begin_with_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_of("~/x") == tmp_path / "x"
    assert str(path_of("~nobody-of-that-name/x")) == "~nobody-of-that-name/x"


def test_what_cannot_be_looked_for_does_not_exist(tmp_path):
    assert exists(tmp_path)
    assert not exists(tmp_path / ("x" * 300))


def test_an_ampersand_and_percent_signs_in_the_path_of_another_file_are_read_as_typed(tmp_path):
    for name in ("a&b.txt", "c%20d.txt", "e f.txt"):
        (tmp_path / name).write_text("a X\n")
        options = parsed(f"{tmp_path}/test.txt?tags=2&train={name}&dev={tmp_path / name}").options
        assert options == {"tags": "2", "train": name, "dev": str(tmp_path / name)}
    assert parsed("x?train=e%20f.txt&names=a%26b+c").options == {"train": "e f.txt", "names": "a&b c"}


def test_several_tag_layers_are_several_arguments():
    assert each_layer("x.conllu?tags=upos") == ["x.conllu?tags=upos"]
    assert each_layer("x?features=lemma&tags=upos,xpos") == ["x?features=lemma&tags=upos", "x?features=lemma&tags=xpos"]
    with pytest.raises(UsageError, match="names a tag layer twice"):
        each_layer("x?tags=upos,upos")


def test_options_are_added_behind_those_that_are_there():
    assert with_options("a.tsv", train="b c") == "a.tsv?train=b+c"
    assert with_options("a.tsv?tags=2", train="b", dev="none") == "a.tsv?tags=2&train=b&dev=none"
