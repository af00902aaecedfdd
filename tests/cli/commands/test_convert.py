"""`seqbench convert`: files in other formats and schemes."""

from itertools import pairwise

import pytest
from program import called

TSV = "EU\tB-ORG\nrejects\tO\n\nAnna\tB-PER\nLee\tI-PER\n\n"


def test_a_file_goes_through_all_formats_and_comes_back(tmp_path):
    (tmp_path / "x.tsv").write_text(TSV)
    names = ["x.tsv", "x.jsonl", "x.conllu", "x.tagged", "y.tsv"]
    for source, target in pairwise(names):
        done = called("convert", source, target, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"2 sentences, 4 tokens: {target}\n", "")
    assert (tmp_path / "y.tsv").read_text() == TSV


def test_spans_go_into_another_scheme_and_back(tmp_path):
    (tmp_path / "x.tsv").write_text(TSV)
    assert called("convert", "x.tsv", "y.tsv", "--scheme", "iobes", cwd=tmp_path).returncode == 0
    assert (tmp_path / "y.tsv").read_text() == TSV.replace("B-ORG", "S-ORG").replace("I-PER", "E-PER")
    assert called("convert", "y.tsv", "z.tsv", "--scheme", "IOB2", cwd=tmp_path).returncode == 0
    assert (tmp_path / "z.tsv").read_text() == TSV


@pytest.mark.parametrize(
    ("text", "arguments", "why"),
    [
        (
            TSV.replace("rejects\tO", "rejects\tODD"),
            ["y.tsv", "--scheme", "IOBES"],
            "'ODD' of 'x.tsv' is no tag of IOB2",
        ),
        ("a\tNOUN\nb\tVERB\n", ["y.tsv", "--scheme", "IOBES"], "keep to no span scheme that is known"),
        (TSV, ["./x.tsv"], "is the file that is read; write to another one"),
        (TSV, ["y.tsv?tags=2"], "option 'tags' of 'y.tsv?tags=2' means nothing to seqbench convert; leave it out"),
        (TSV, ["y.tsv.gz"], "'y.tsv.gz': no packed files are written; write to 'y.tsv' and pack it"),
    ],
)
def test_what_would_be_lost_is_refused(tmp_path, text, arguments, why):
    (tmp_path / "x.tsv").write_text(text)
    done = called("convert", "x.tsv", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr


def test_what_was_found_out_and_lost_is_said(tmp_path):
    (tmp_path / "x.txt").write_text("-DOCSTART- O\n\n# id 1 x\na O\n\n# id 2 x\nb X\n")
    done = called("convert", "x.txt", "y.tagged", cwd=tmp_path)
    assert done.stderr == (
        "note: x.txt: 2 lines such as '# id 1 x' were read as comments, not as tokens\n"
        "note: y.tagged does not hold the starts of documents\n"
    )


@pytest.mark.parametrize("option", ["ignore=O", "train=x.tsv", "dev=none"])
def test_options_that_are_not_looked_at_are_refused(tmp_path, option):
    (tmp_path / "x.tsv").write_text(TSV)
    done = called("convert", f"x.tsv?{option}", "y.tsv", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "y.tsv").exists()) == (2, False)
    assert f"of 'x.tsv?{option}' means nothing to seqbench convert" in done.stderr
