"""Each file that a command opens or lists cannot be read, one after the other: one sentence names it."""

import errno
import os
import re

import pytest
from program import called

DATA = "the\tDET\ndog\tNN\n\n" * 9


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A corpus, a run of it and a kept model."""
    folder = tmp_path_factory.mktemp("reads")
    (folder / "small.tsv").write_text(DATA)
    (folder / "text.txt").write_text("the dog\n")
    called("run", "--data", "small.tsv", "--models", "baseline", "--quiet", "--out", "R", cwd=folder)
    called("train", "baseline", "--data", "small.tsv", "--out", "M", cwd=folder)
    return folder


class Failing:
    """A call of the system that fails the n-th time, of those for a folder."""

    def __init__(self, call, failing):
        self.call, self.failing = call, failing

    def __call__(self, path, *arguments, **named):
        if not str(path).startswith("/"):
            self.failing["calls"] += 1
            if self.failing["calls"] == self.failing["number"]:
                raise OSError(self.failing["error"], os.strerror(self.failing["error"]), str(path))
        return self.call(path, *arguments, **named)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOENT], ids=errno.errorcode.get)
@pytest.mark.parametrize("command", ["show R --confusion baseline", "verify R", "tag M text.txt"])
def test_a_file_that_cannot_be_read_is_one_sentence(command, error, folder, monkeypatch):
    failing = {"number": 0, "calls": 0, "error": error}
    for name in ("open", "scandir", "listdir"):
        monkeypatch.setattr(os, name, Failing(getattr(os, name), failing))
    while failing["calls"] >= failing["number"]:
        failing.update(number=failing["number"] + 1, calls=0)
        done = called(*command.split(), cwd=folder)
        assert done.returncode in {0, 1, 2}, done.stderr
        assert not re.search(r"Traceback|\[Errno", done.stderr)
    assert failing["number"] > 4
