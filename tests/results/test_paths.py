"""Paths as records hold them, and as they are found again."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench.registry.data_argument import parsed
from seqbench.results.paths import (
    portable,
    portable_label,
    portable_source,
    portable_text,
    resolved,
    resolved_source,
    resolved_text,
    shares_folder,
)

ODD = ["plain.tsv", "with blank.tsv", "a?b.tsv", "a&b=c.tsv", "per%20cent.tsv", "quote'd.tsv", "comma,.tsv", "ünï.tsv"]


@pytest.fixture
def folders(tmp_path):
    """A run's folder, and a folder of data beside its parent."""
    run, data = tmp_path / "runs" / "first", tmp_path / "data"
    run.mkdir(parents=True)
    data.mkdir()
    return run, data


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a/b/run/x", "./x"),
        ("/a/b/run", "./"),
        ("/a/b", "../"),
        ("/a/b/x/y.tsv", "../x/y.tsv"),
        ("/c", "../../../c"),
    ],
)
def test_a_portable_path_begins_with_dots(path, expected):
    assert portable(path, Path("/a/b/run")) == expected


def test_a_link_on_the_way_is_followed_before_a_path_becomes_relative(tmp_path, folders):
    run, data = folders
    (tmp_path / "link").symlink_to(run)
    assert portable(str(data), tmp_path / "link") == "../../data"


@given(st.lists(st.sampled_from(["a", "b c", "d?", "é", "e%", "..f"]), min_size=1, max_size=4), st.integers(0, 3))
def test_what_a_portable_path_leads_to_is_the_path(tmp_path_factory, parts, depth):
    base = tmp_path_factory.getbasetemp() / "portable"
    file, run = base.joinpath(*parts), base.joinpath(*["run"] * depth)
    file.mkdir(parents=True, exist_ok=True)
    run.mkdir(parents=True, exist_ok=True)
    text = portable(str(file), run)
    assert text.startswith(("./", "../"))
    assert resolved(text, [run]) == str(file)


def test_the_first_folder_that_has_a_path_is_taken(folders, tmp_path):
    run, data = folders
    (run / "x").touch()
    (data / "x").touch()
    (data / "y").touch()
    assert resolved("./x", [run, data]) == str(run / "x")
    assert resolved("./y", [run, data]) == str(data / "y")
    assert resolved("./z", [run, data]) == "./z"
    assert resolved("x", [run, data]) == "x"
    assert resolved(str(data / "none"), [run]) == str(data / "none")


def test_only_what_is_below_one_folder_of_the_root_shares_a_folder(folders):
    run, data = folders
    assert shares_folder(str(data), run)
    assert not shares_folder("/somewhere/else", run)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("options", ["", "?tags=3", "?tags=3&features=1%2C2"])
def test_a_source_is_found_again_whatever_its_name(folders, name, options):
    run, data = folders
    (data / name).touch()
    text = f"{data / name}{options}"
    source = portable_source(text, [run])
    assert source.startswith("../../data/")
    assert parsed(resolved_source(source, [run])) == parsed(text)


def test_options_that_name_files_are_portable_too(folders):
    run, data = folders
    for name in ("test.tsv", "tr & in?.tsv"):
        (data / name).touch()
    text = f"{data}/test.tsv?tags=2&train={str(data).replace('/', '%2F')}%2Ftr+%26+in%3F.tsv"
    source = portable_source(text, [run])
    assert str(data.parent) not in source.replace("%2F", "/")
    again = parsed(resolved_source(source, [run]))
    assert again.options == {"tags": "2", "train": str(data / "tr & in?.tsv")}
    assert again.name == str(data / "test.tsv")


@pytest.mark.parametrize(
    "text", ["tutorial", "grammar?seed=3", "grammar?fold=2%2F5", "ud/ewt", "https://example.org/x?y=z", "", "?", "a?b"]
)
def test_a_source_without_a_path_stays_as_it_is(folders, text):
    run, _ = folders
    assert portable_source(text, [run]) == text
    assert resolved_source(text, [run]) == text


def test_of_a_source_with_a_million_question_marks_only_the_first_are_looked_at(folders, monkeypatch):
    looked = []
    monkeypatch.setattr("seqbench.results.paths.exists", lambda path: bool(looked.append(path)))
    resolved_source("./" + "?" * 10**6, [folders[0]])
    assert len(looked) <= 60


def test_a_source_that_is_gone_stays_relative(folders):
    run, data = folders
    assert resolved_source("../../data/none.tsv?tags=3", [run, data]) == "../../data/none.tsv?tags=3"


def test_a_file_named_like_an_option_is_not_cut(folders):
    run, _ = folders
    (run / "x").touch()
    (run / "x?tags=3").touch()
    assert resolved_source("./x?tags=3", [run]) == str(run / "x?tags=3")


def test_paths_in_a_text_are_portable_from_the_first_folder_that_is_near(folders):
    run, data = folders
    for name in ("a b.tsv", "x.tsv"):
        (data / name).touch()
    text = f"--data={data}/a b.tsv?tags=3 lstm(vectors='{data}/x.tsv', n=1/2) {data}/gone.tsv: sqlite:///{data}/s.db"
    expected = "--data=../data/a b.tsv?tags=3 lstm(vectors='../data/x.tsv', n=1/2) ../data/gone.tsv: "
    assert portable_text(text, [run.parent, run]) == f"{expected}sqlite:///{data}/s.db"
    assert portable_text(f"{data}/x.tsv", [Path("/somewhere/else"), run]) == "../../data/x.tsv"


@pytest.mark.parametrize(
    "text", ["tag '/' is odd", "1/2", "a//b", "/no-such-folder/x", "http://x/usr/bin", "and/or", "~/x"]
)
def test_what_is_no_path_stays_as_it_is(folders, text):
    assert portable_text(text, [folders[0]]) == text


def test_modules_in_a_traceback_are_named_from_their_package(folders):
    text = f'  File "{os.__file__}", line 3, in walk\n  File "{pytest.__file__}", line 1, in <module>\n'
    packages = [str(Path(os.__file__).parent), str(Path(pytest.__file__).parents[1])]
    shortened = portable_text(text, [folders[0]], packages)
    assert shortened == '  File "os.py", line 3, in walk\n  File "pytest/__init__.py", line 1, in <module>\n'


def test_paths_of_a_text_are_found_again(folders):
    run, data = folders
    (data / "a b.tsv").touch()
    text = "lstm(vectors='../../data/a b.tsv', x='../../data/none')"
    assert resolved_text(text, [run]) == f"lstm(vectors='{data}/a b.tsv', x='../../data/none')"
    assert resolved_text("--plugin=./x.py", [run]) == "--plugin=./x.py"


def test_a_label_that_is_a_spec_has_its_paths_from_the_current_folder(folders, monkeypatch):
    run, data = folders
    (data / "v.txt").touch()
    monkeypatch.chdir(run)
    assert portable_label(f"lstm(vectors='{data}/v.txt')") == "lstm(vectors='../../data/v.txt')"
    assert portable_label("lstm(hidden_dim=3)") == "lstm(hidden_dim=3)"
