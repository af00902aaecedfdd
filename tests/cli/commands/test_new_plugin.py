"""`seqbench new-plugin`: a project is written as told, or refused; tests/registry/test_scaffold.py installs them."""

import pytest
from program import called

from seqbench.registry.scaffold import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_that_is_written_is_told_with_what_to_do_next(tmp_path, kind):
    done = called("new-plugin", "mine", "--kind", kind, cwd=tmp_path)
    assert done.returncode == 0
    written = {str(path.relative_to(tmp_path)) for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    assert set(done.stdout.split()) == written
    assert f"Try it:\n  pip install -e mine\n  {KINDS[kind].ran.replace('$name', 'mine')}" in done.stderr


def test_the_kind_is_a_plain_tagger_unless_told(tmp_path):
    told = called("new-plugin", "mine", cwd=tmp_path).stdout
    assert told == called("new-plugin", "other", "--kind", "plain", cwd=tmp_path).stdout.replace("other", "mine")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Window", "must be lower-case words joined by '-'"),
        ("baseline", "'baseline' is registered already, by plugin 'seqbench-plugins'"),
        ("here", "'here' is there already"),
    ],
)
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(tmp_path, name, why):
    (tmp_path / "here").mkdir()
    done = called("new-plugin", name, cwd=tmp_path)
    assert done.returncode == 2
    assert why in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_name_is_taken_within_its_kind_only(tmp_path):
    """A dataset may be called like a tagger."""
    assert called("new-plugin", "baseline", "--kind", "dataset", cwd=tmp_path).returncode == 0
    assert called("new-plugin", "tutorial", "--kind", "dataset", cwd=tmp_path).returncode == 2
