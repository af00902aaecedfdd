"""Every code block of README and docs does what it says: commands and programs are run, big ones reduced.

`run` commands are asked with --dry-run unless later commands need their folder; those learn for one short epoch.
"""

import json
import runpy
import shlex
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import program
import pytest
from pages import SAVED, TEXT, blocks, commands, conllu

from seqbench import cli

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ROOT / "docs/generated"  # made from the program by docs/_extensions/registry_pages.py
PAGES = [ROOT / "README.md", *sorted(page for page in (ROOT / "docs").rglob("*.md") if GENERATED not in page.parents)]
FIRST = "lstm=lstm(epochs=1, min_steps=5, embedding_dim=8, hidden_dim=8)"
ELSEWHERE = {
    ".venv/bin/pip install": "in a fresh environment: the second is what .ci/run runs, and the first its beginning",
    "pip install": "tests/registry/test_scaffold.py installs and runs a new plugin",
    "run --models baseline,window": "tests/registry/test_scaffold.py installs and runs a new plugin",
    "ray ": "tests/running/executors/test_ray_cluster.py has a cluster",
    "ray:auto": "the same",
    "srun ": "a batch job needs Slurm",
    "--data ../shared": "measured by hand: the corpus is no part of the project",
    "--data ud-maltese-mudt": "tests/datasets/published/test_published_results.py has the corpus",
    "--data one": "tests/cli/commands/test_compare.py has several datasets",
    "pytest": "tests/registry/test_scaffold.py runs the tests of new plugins",
    "-c plugins/peers": "other toolkits: tests/plugins/test_peers.py",
    "tensorboard --logdir": "it serves pages until it is stopped",
    "--keep best": "tests/running/test_keeping_models.py keeps models",
    "seqbench train": "tests/cli/commands/test_train.py",
    "seqbench tag": "tests/cli/commands/test_tag.py",
    "seqbench probe": "tests/cli/commands/test_probe.py",
    "seqbench inspect": "tests/cli/commands/test_inspect.py",
    "seqbench merge": "tests/results/test_merging.py",
    "run --add": "tests/running/test_added_models.py",
    "warm_start": "tests/neural/test_warm_start.py",
    "seqbench costs": "tests/cli/commands/test_costs.py",
    "python first.py": "tests/cli/commands/test_export.py runs it",
    "seqbench serve": "tests/cli/commands/test_serve.py",
    "curl ": "tests/serving/http/test_application.py asks a server",
    "nltk-": "tests/plugins/test_peers.py",
    "spacy-pretrained": "the same",
    "glove.6B.50d": "tests/neural/test_word_vectors.py reads files and folders of vectors",
    "python benchmarks/": "measured by hand, see CONTRIBUTING.md",
    "glove": "measured by hand: the vectors are no part of the project",
}
CHUNKS = [("the dog saw a cat", "DT NN VB DT NN", "B-NP I-NP O B-NP I-NP"), ("I run", "PR VB", "B-NP O")] * 6


def columns(rows):
    parts = (zip(*(part.split() for part in row), strict=True) for row in rows)
    return "".join("".join(" ".join(token) + "\n" for token in part) + "\n" for part in parts)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with what the pages take for granted: data, predictions, plugins and a first run."""
    folder = tmp_path_factory.mktemp("made")
    treebank, chunks = folder / "path/to/treebank", folder / "path/to/chunks"
    for corpus in (treebank, chunks):
        corpus.mkdir(parents=True)
    for split in ("train", "dev", "test"):
        (treebank / f"{split}.conllu").write_text(conllu(TEXT))
        (chunks / f"{split}.txt").write_text(columns(CHUNKS))
    for name in ("test", "a", "b", "other", "out"):
        (folder / f"{name}.conllu").write_text(conllu(TEXT))
    shutil.copytree(treebank, folder / "ud-english-ewt")
    suffix = next(code for _, code, _ in blocks(ROOT / "README.md") if "SuffixTagger" in code)
    (folder / "theirs.py").write_text(suffix.replace('"suffix"', '"theirs"'))
    plan = next(code for language, code, _ in blocks(ROOT / "docs/runs.md") if language == "toml")
    (folder / "plan.toml").write_text(plan)
    command = ["run", "--data", "path/to/treebank", "--models", f"baseline,{FIRST}", "--out", "runs/first", "--quiet"]
    assert program.called(*command, "--keep", "best", cwd=folder).returncode == 0
    (model,) = (folder / "runs/first/models").glob("lstm-*")
    shutil.copytree(model, folder / "models/first")
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """The current folder is a copy of it, which one page may change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)  # as Python has it for a program of this folder
    return tmp_path


def called(arguments, monkeypatch):
    """The exit code of seqbench with these arguments."""
    monkeypatch.setattr(sys, "argv", ["seqbench", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


def reduced(arguments):
    """The same command, small."""
    arguments = ["2,4,all" if part == "100,300,1000,all" else part for part in arguments]
    if arguments[0] == "tune":
        small = ["--models=baseline,crf(iterations=2)", "--trials=2", "--data=path/to/treebank"]
        return [part for part in arguments if part not in {"--models", "lstm,crf"}] + small
    if arguments[0] != "run" or "--dry-run" in arguments or "tutorial" in arguments:
        return arguments
    if "runs/two-seeds" in arguments:
        return arguments
    if {"suffix.py", "runs/first-table", "runs/three", "runs/endings"} & set(arguments):
        return [*arguments, "--data=tutorial"]
    if "runs/chunks" in arguments or "runs/mine" in arguments:
        return [*arguments, "--epochs=1", "--set=lstm.min_steps=5", "--set=lstm.hidden_dim=8"]
    return [*arguments, "--dry-run"]


def run_console(code, monkeypatch, capsys):
    for line in commands(code):
        if any(part in line for part in ELSEWHERE):
            continue
        name, *arguments = shlex.split(line.partition(" > ")[0], comments=True)
        assert name == "seqbench", f"{line}: not run by any test; say in ELSEWHERE why"
        code = called(reduced(arguments), monkeypatch)
        assert code == 0, f"{line}: exit code {code}\n{capsys.readouterr().err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_does_what_it_says(page, place, monkeypatch, capsys):
    namespace = {"__name__": "__main__"}
    for language, code, before in blocks(page):
        if saved := SAVED.search(before):
            (place / saved[1]).write_text(code)
        if language == "console":
            run_console(code, monkeypatch, capsys)
        elif language == "python":
            exec(compile(code, f"{page.name}: {code[:40]}", "exec"), namespace)  # noqa: S102 -- our own pages
        elif language == "json":
            json.loads(code)
        elif language == "sh":
            assert any(part in code for part in ELSEWHERE)
        else:
            assert language in {"text", "toml"}


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("first_table", "README.md"),
        ("first_table", "docs/guide/first-table.md"),
        ("first_comparison", "docs/guide/read-a-comparison.md"),
    ],
)
def test_a_table_of_a_page_is_the_one_that_was_measured(written, page):
    """docs/measurements/update.py writes both."""
    text = (ROOT / f"docs/measurements/{written}.txt").read_text(encoding="utf-8")
    assert f"```text\n{text}```" in (ROOT / page).read_text(encoding="utf-8")


def test_the_comparison_of_the_guide_is_what_its_commands_print_today(tmp_path):
    update = SimpleNamespace(**runpy.run_path(str(ROOT / "docs/measurements/update.py")))
    assert update.compared(str(tmp_path / "three")) == update.COMPARISON.read_text(encoding="utf-8")
