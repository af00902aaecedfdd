"""Files of a run: written whole or not at all, with one message where that is not possible."""

import os

import pytest

from seqbench.errors import StoreError
from seqbench.results.files import content_of, explained, holds_something, write_whole

CALLS = ["fsync", "replace"]


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_content_of_any_size_comes_back(tmp_path, size):
    content = os.urandom(size)
    write_whole(tmp_path / "file", content)
    assert content_of(str(tmp_path / "file")) == content


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        content_of(str(tmp_path / "file"))


@pytest.mark.parametrize("call", CALLS)
def test_a_write_that_fails_leaves_the_old_content_and_no_other_file(tmp_path, monkeypatch, call):
    path = tmp_path / "file"
    write_whole(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_content_is_on_disk_before_the_name_and_the_name_before_it_returns(tmp_path, monkeypatch):
    steps, fsync, replace = [], os.fsync, os.replace

    def synced(descriptor):
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112 -- a link
        fsync(descriptor)

    def renamed(*arguments):
        steps.append("name")
        replace(*arguments)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    write_whole(tmp_path / "file", b"new")
    assert steps == ["file", "name", "folder"]


def test_an_error_of_the_system_is_told_in_the_words_of_a_run(tmp_path):
    with pytest.raises(StoreError) as caught, explained(tmp_path):
        raise PermissionError(13, "Permission denied")
    assert str(caught.value) == (
        f"cannot use the run folder {str(tmp_path)!r}: Permission denied; finished trials are kept, "
        "and once this is put right the same command goes on"
    )


def test_other_errors_stay_what_they_are(tmp_path):
    with pytest.raises(ZeroDivisionError), explained(tmp_path):
        raise ZeroDivisionError


def test_what_is_no_regular_file_is_not_read_since_it_may_never_end(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe", tmp_path / "zero", tmp_path):
        with pytest.raises(OSError, match="it is no regular file|Is a directory"):
            content_of(str(path))
        assert not holds_something(str(path))


def test_a_file_that_no_run_writes_is_not_taken_into_memory(tmp_path):
    with (tmp_path / "file").open("wb") as file:
        file.truncate((1 << 30) + 1)
    with pytest.raises(OSError, match="more than any file of a run"):
        content_of(str(tmp_path / "file"))


def test_a_file_holds_something_unless_it_is_empty(tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "full").write_text("x")
    assert [holds_something(str(tmp_path / name)) for name in ("empty", "full", "none")] == [False, True, False]
