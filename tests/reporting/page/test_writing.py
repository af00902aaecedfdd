"""The page of runs as a file: where it is written, and what is said of what it leaves out."""

import pytest
from program import SENTENCE, called
from reported import Guess
from runs import registry_of
from threadpoolctl import threadpool_info, threadpool_limits

import seqbench
from seqbench import hookimpl
from seqbench.errors import UsageError
from seqbench.reporting.page.writing import Reported, write_page


def reported(run, warn):
    return Reported(stores=[run], registry=registry_of(guess=Guess), warn=warn)


def test_the_page_is_written_beside_the_run_and_missing_words_are_said(run):
    said = []
    path = write_page(reported(run, said.append), None)
    assert path == run.folder / "report.html"
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    (warning,) = said
    assert warning.endswith("the page shows its sentences without words, and no suspects")


def test_a_place_that_cannot_be_written_is_an_error_in_one_sentence(run, tmp_path):
    with pytest.raises(UsageError, match="cannot write the page"):
        write_page(reported(run, lambda _: None), tmp_path / "no" / "page.html")


def test_python_writes_the_page_that_the_command_writes(tmp_path):
    for split in ("train", "test"):
        (tmp_path / f"{split}.tsv").write_text(SENTENCE * 2)
    data = f"{tmp_path}/"
    assert called("run", "--data", data, "--models", "baseline", "--out", tmp_path / "r", "--quiet").returncode == 0
    path = seqbench.report(tmp_path / "r", tmp_path / "page.html")
    assert called("report", tmp_path / "r").stdout.strip() == str(tmp_path / "r/report.html")
    assert path.read_text() == (tmp_path / "r/report.html").read_text()
    with pytest.raises(UsageError, match="got none"):
        seqbench.report([])


def test_numpy_works_in_one_thread_for_the_sections_of_the_page(run):
    threads = set()

    class Threads:
        @hookimpl
        def register_sections(self, register):
            register("threads", section, "")

    def section(_report):
        threads.update(pool["num_threads"] for pool in threadpool_info())
        return []

    registry = registry_of(guess=Guess)
    registry.add(Threads(), "threads")
    with threadpool_limits(2):
        Reported(stores=[run], registry=registry, warn=lambda _: None).page()
    assert threads == {1}
