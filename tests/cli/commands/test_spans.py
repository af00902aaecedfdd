"""`seqbench spans`: the results of runs counted in spans, as users see them."""

import json
import re

import pytest
from program import called
from span_runs import span_run

from seqbench.comparing.span_scores import SpanReading, span_rows
from seqbench.reporting.span_tables import as_json
from seqbench.results.listing import list_runs
from seqbench.results.store import Store


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return span_run(tmp_path_factory.mktemp("spans")).folder


def test_the_table_of_a_run_on_spans_has_their_f1_and_says_how_they_are_read(run):
    done = called("show", run)
    assert done.returncode == 0, done.stderr
    assert re.search(r"model +accuracy .*span F1", done.stdout)
    assert "illegal sequences read as conlleval does" in done.stdout


def test_json_holds_all_counts(run):
    content = json.loads(called("spans", run, "--format", "json").stdout)
    assert list(content) == ["seqbench", "datasets", "rows"]
    rows = span_rows(list_runs([Store.open(run)]), SpanReading())
    assert content["rows"] == [as_json(row, row.model.key.label) for row in rows]


def test_tables_of_types_and_confusions_are_printed_on_request(run):
    done = called("spans", run, "--per-type", "--confusion", "shifty", "--policy", "strict", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    titles = re.findall(r"^### (.*)", done.stdout, re.MULTILINE)
    assert len(titles) == 4
    assert all("spans in IOB2, illegal sequences read strictly" in title for title in titles)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--scheme", "IOB5"], "no span scheme is named 'IOB5'. Did you mean 'IOB"),
        (["--policy", "lenient"], "no policy for illegal sequences is named 'lenient'"),
        (["--confusion", "lstm"], "no model of this run is named 'lstm'"),
    ],
)
def test_a_wrong_argument_is_one_message_and_exit_code_2(run, arguments, why):
    done = called("spans", run, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_parts_of_speech_are_refused_with_the_way_out(tmp_path):
    (tmp_path / "pos.tsv").write_text("the\tDET\ndog\tNN\n\n" * 10)
    arguments = ("--data", tmp_path / "pos.tsv", "--models", "baseline", "--device", "cpu", "--out", tmp_path / "run")
    done = called("run", *arguments)
    assert "span F1" not in done.stdout
    done = called("spans", tmp_path / "run")
    assert done.returncode == 2
    assert "the tags of 'pos' are no spans in a scheme that is known" in done.stderr
    named = called("spans", tmp_path / "run", "--scheme", "iob2")
    assert "'DET' is no tag of IOB2" in named.stderr


def test_a_run_without_a_finished_trial_has_nothing_to_count(tmp_path):
    store = span_run(tmp_path / "run")
    for path in store.folder.glob("trials/*.json"):
        path.unlink()
    done = called("spans", store.folder)
    assert (done.returncode, done.stderr) == (
        2,
        "seqbench: no trial of these runs is finished; there is nothing to count\n",
    )
