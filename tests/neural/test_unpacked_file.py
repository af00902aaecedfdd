"""Packed files are recognised by their first bytes, whatever they are called."""

import bz2
import gzip
import lzma
import zipfile
from contextlib import ExitStack

import pytest

from seqbench import DataError
from seqbench.neural.unpacked_file import opened


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=["plain", "gzip", "bz2", "xz"]
)
def test_packed_files_are_read_as_plain_ones(tmp_path, pack):
    (tmp_path / "file").write_bytes(pack(b"a 1 2\nb 3 4\n"))
    with ExitStack() as stack:
        file = opened(tmp_path / "file", stack)
        assert file.peek(1).startswith(b"a 1")
        assert file.read() == b"a 1 2\nb 3 4\n"


def test_a_zip_with_one_file_is_read_and_one_with_several_is_refused(tmp_path):
    for names in (["v.txt"], ["v.txt", "w.txt"]):
        with zipfile.ZipFile(tmp_path / "v.zip", "w") as archive:
            for name in names:
                archive.writestr(name, b"a 1 2\n")
        with ExitStack() as stack:
            if len(names) == 1:
                assert opened(tmp_path / "v.zip", stack).read() == b"a 1 2\n"
                continue
            with pytest.raises(DataError, match=r"v\.zip: holds 2 files \(v\.txt, w\.txt, \.\.\.\); unpack the one"):
                opened(tmp_path / "v.zip", stack)
