"""The page of runs as a file: where it is written, and what is said of what it leaves out."""

import pytest
from reported import Guess
from runs import registry_of

from seqbench.errors import UsageError
from seqbench.reporting.page.writing import write_page


def test_the_page_is_written_beside_the_run_and_missing_words_are_said(run):
    said = []
    path = write_page([run], registry_of(guess=Guess), None, said.append)
    assert path == run.folder / "report.html"
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    (warning,) = said
    assert warning.endswith("the page shows its sentences without words, and no suspects")


def test_a_place_that_cannot_be_written_is_an_error_in_one_sentence(run, tmp_path):
    with pytest.raises(UsageError, match="cannot write the page"):
        write_page([run], registry_of(guess=Guess), tmp_path / "no" / "page.html", lambda _: None)
