"""Only regular files are opened as data: a pipe, device or folder is one sentence at once, whoever names it."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from program import called

from seqbench.data.regular_files import check_regular, opened
from seqbench.errors import DataError
from seqbench.neural.word_vectors import Vectors

KINDS = ["pipe", "device", "folder"]
DATA = "the\tDET\ndog\tNN\n\n" * 9


@pytest.fixture(autouse=True)
def at_once():
    """A test that waits for a pipe fails instead."""

    def late(_number, _frame):
        raise AssertionError("it waits, or reads without end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def made(path, kind):
    makers = {"pipe": os.mkfifo, "device": lambda place: place.symlink_to("/dev/zero"), "folder": lambda p: p.mkdir()}
    makers[kind](path)
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A folder with a corpus, a run of it and a kept model."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "small.tsv").write_text(DATA)
    common = ["--data", "small.tsv", "--quiet"]
    assert called("run", *common, "--models", "baseline", "--out", "run", cwd=folder).returncode == 0
    assert called("train", "baseline", "--data", "small.tsv", "--out", "model", cwd=folder).returncode == 0
    return folder


def test_a_regular_file_is_opened(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    with opened(tmp_path / "a") as file:
        assert file.read() == b"abc"
    check_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        opened(tmp_path / "b")


@pytest.mark.parametrize("kind", KINDS)
def test_anything_else_is_refused_at_once(tmp_path, kind):
    with pytest.raises(OSError, match=r"it is no regular file, but a folder, pipe or device"):
        opened(made(tmp_path / "x", kind))


def test_what_is_refused_is_closed_again(tmp_path):
    def descriptors():
        return len([*Path("/proc/self/fd").iterdir()])

    before = descriptors()
    with pytest.raises(OSError, match="no regular file"):
        opened(made(tmp_path / "x", "pipe"))
    assert descriptors() == before


@pytest.mark.parametrize("kind", KINDS[:2])
def test_a_folder_that_holds_a_pipe_or_device_is_refused(tmp_path, kind):
    (tmp_path / "inner").mkdir()
    made(tmp_path / "inner" / "x", kind)
    with pytest.raises(OSError, match=r"x' is no regular file, but a pipe or device"):
        check_regular(tmp_path)


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("pipe", ["run", "--data", "./x.tsv", "--models", "baseline", "--out", "o"]),
        ("device", ["run", "--data", "./x.tsv?reader=conllu", "--models", "baseline", "--out", "o"]),
        ("pipe", ["run", "--data", "./small.tsv", "--train", "./x.tsv", "--models", "baseline", "--out", "o"]),
        ("pipe", ["run", "--data", "./small.tsv", "--models", "baseline", "--plugin", "x.tsv", "--out", "o"]),
        ("pipe", ["run", "x.tsv"]),
        ("device", ["run", "x.tsv"]),
        ("device", ["datasets", "./x.tsv"]),
        ("pipe", ["score", "./small.tsv", "./x.tsv"]),
        ("device", ["score", "./x.tsv", "./small.tsv"]),
        ("pipe", ["convert", "./x.tsv", "y.conllu"]),
        ("pipe", ["convert", "./small.tsv", "./x.tsv"]),
        ("pipe", ["tag", "RUN/model", "x.tsv"]),
        ("device", ["tag", "RUN/model", "x.tsv"]),
        ("pipe", ["show", "x.tsv"]),
        ("pipe", ["check", "x.tsv"]),
    ],
)
def test_a_path_of_the_command_line_is_one_sentence(run, tmp_path, kind, command):
    (tmp_path / "small.tsv").write_text(DATA)
    made(tmp_path / "x.tsv", kind)
    done = called(*[part.replace("RUN", str(run)) for part in command], cwd=tmp_path)
    assert done.returncode == 2
    assert "x.tsv" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("field", ["vectors='x.tsv'", "vectors='folder'"])
def test_a_file_that_a_model_reads_is_one_sentence(tmp_path, field):
    (tmp_path / "small.tsv").write_text(DATA)
    made(tmp_path / "x.tsv", "pipe")
    made(tmp_path / "folder", "folder")
    made(tmp_path / "folder" / "inner", "pipe")
    done = called("run", "--data", "./small.tsv", "--models", f"gru({field})", "--out", "o", cwd=tmp_path)
    assert (done.returncode, "is no regular file, but a pipe or device" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("kind", "command"), [("pipe", "errors"), ("device", "errors"), ("folder", "verify"), ("pipe", "rerun")]
)
def test_the_source_of_a_run_is_one_sentence(run, tmp_path, kind, command):
    shutil.copytree(run / "run", tmp_path / "run")
    made(tmp_path / "x.tsv", kind)
    for record in (tmp_path / "run" / "run.json", *(tmp_path / "run").glob("data/*.json")):
        record.write_text(record.read_text().replace("small.tsv", "x.tsv"))
    done = called(command, "run", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    told = done.stdout + done.stderr
    assert ("/dev/zero" if kind == "device" else "x.tsv") in told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", ["run.json", "data", "trials"])
def test_a_part_of_a_run_is_one_sentence(run, tmp_path, kind, part):
    copy = tmp_path / "run"
    shutil.copytree(run / "run", copy)
    path = copy / part if part == "run.json" else next((copy / part).glob("*.json"))
    path.unlink()
    made(path, kind)
    done = called("verify", "run", cwd=tmp_path)
    assert done.returncode == (2 if part == "run.json" else 1)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", ["model.json", "vocabulary/learned.safetensors"])
def test_a_part_of_a_kept_model_is_one_sentence(run, tmp_path, kind, part):
    shutil.copytree(run / "model", tmp_path / "model")
    (tmp_path / "model" / part).unlink()
    made(tmp_path / "model" / part, kind)
    done = called("tag", "model", str(run / "small.tsv"), cwd=tmp_path)
    assert done.returncode == 2
    assert "model" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("kind", KINDS[:2])
def test_word_vectors_come_from_a_regular_file(tmp_path, kind):
    with pytest.raises(DataError, match="it is no regular file"):
        Vectors.read(made(tmp_path / "x", kind))
