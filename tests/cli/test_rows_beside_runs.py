"""Published results in commands: asked for by name, shown with version and day."""

import pytest
from program import called
from runs import registry_of, run_of
from samples import Constant, dataset

import seqbench
from seqbench.cli.rows_beside_runs import with_published
from seqbench.registry.discovery import Registry
from seqbench.reporting.added_rows import Beside

PLUGIN = """
from pathlib import Path
from seqbench import hookimpl
@hookimpl
def register_published(register): register("shelf", Path(__file__).parent / "theirs", "a run")
"""


def test_without_the_wish_no_registry_is_asked(tmp_path):
    store = run_of(tmp_path / "own", registry_of(constant=Constant), "constant")
    assert with_published([store], Beside(), lambda: pytest.fail("asked"), pytest.fail) == [store]


def test_a_run_is_shown_with_what_is_published(tmp_path):
    (tmp_path / "shelf.py").write_text(PLUGIN)
    data = [f"{word}\t{tag}\n" for word, tag in zip("abcabc", "XYXXYX", strict=True)]
    (tmp_path / "small.tsv").write_text("\n".join(data * 4))
    published = ["run", "--data", "small.tsv", "--models", "most@0.1=majority", "--out", "theirs"]
    assert called(*published, cwd=tmp_path).returncode == 0
    more = ["--beside", "published", "--plugin", "shelf.py"]
    own = ["run", "--data", "small.tsv", "--models", "baseline", "--out", "own"]
    for command in ([*own, *more], ["show", "own", *more]):
        done = called(*command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert [line.split()[0] for line in done.stdout.splitlines()[4:6]] == ["baseline", "most@0.1"]
        assert f"small: 1 model published by seqbench {seqbench.__version__} on 20" in done.stderr
    assert "most@0.1" not in called("show", "own", cwd=tmp_path).stdout


def test_python_has_the_rows_and_the_notes_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = seqbench.run(models="baseline", data=dataset(), beside="published", quiet=True)
    assert [row["model"] for row in rows] == ["baseline"]
    assert rows.notes[-1].startswith("note: nothing that is published goes with sample")
    assert Registry.discover().published is not None
