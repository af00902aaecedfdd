"""`seqbench report`: one page of runs whose words can be read again."""

import json
import re

from program import called

from seqbench.cli import COMMANDS


def test_the_page_has_the_words_and_the_numbers_of_show(tmp_path):
    (tmp_path / "data").mkdir()
    for split in ("train", "dev", "test"):
        (tmp_path / "data" / f"{split}.tsv").write_text("the\tDET\n<b>dog</b>\tNN\nran\tV\n\n" * 3)
    ran = ["--data", "data/", "--models", "baseline,majority", "--out", "runs/r", "--quiet"]
    assert called("run", *ran, cwd=tmp_path).returncode == 0
    done = called("report", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "runs/r/report.html")
    text = (tmp_path / "runs/r/report.html").read_text()
    assert "\\u003cb\\u003edog\\u003c/b\\u003e" in text
    assert "<b>dog" not in text
    block = re.search(r'id="results">(.*?)</script>', text, re.DOTALL)[1]
    shown = called("show", "runs/r", "--format", "json", cwd=tmp_path)
    assert json.loads(block) == json.loads(shown.stdout)
    assert called("report", "runs/r", "--out", "page.html", cwd=tmp_path).stdout == "page.html\n"
    assert (tmp_path / "page.html").read_text() == text
    assert (
        called("report", "runs/r", "--latex", cwd=tmp_path).stdout.count("toprule") == 2
    )  # the scores, and the hyperparameters
    drawn = called("report", "runs/r", "--figures", "figures", cwd=tmp_path)
    assert drawn.stdout == f"{len(list((tmp_path / 'figures').iterdir()))} files in figures\n"
    both = called("report", "runs/r", "--latex", "--out", "page.html", cwd=tmp_path)
    assert (both.returncode, both.stderr.count("give one of them")) == (2, 1)


def test_the_command_is_listed_and_asks_for_a_run_that_is_there(tmp_path):
    assert "report" in COMMANDS
    done = called("report", "nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert "'nothing' is no run" in done.stderr
