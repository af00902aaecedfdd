"""Files however they are packed: the same bytes, in blocks; what is broken or unpacks without bound is refused."""

import bz2
import gzip
import lzma
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqbench.data.packed_files import members, plain_name, unpacked, unpacked_file
from seqbench.errors import DataError, UsageError

CONTENT = b"".join(b"w%d\tX\n" % number for number in range(3000))


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def packed(folder, kind):
    path = folder / f"x.tsv.{kind}"
    if kind == "zip":
        return zipped(path, x__tsv=CONTENT)
    path.write_bytes({"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[kind](CONTENT))
    return path


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zip"])
def test_packed_files_are_told_by_their_first_bytes(tmp_path, kind):
    path = packed(tmp_path, kind)
    assert plain_name(path.name) == "x.tsv"
    assert b"".join(unpacked(path, 999)) == CONTENT
    assert b"".join(unpacked(path.rename(tmp_path / "other.txt"))) == CONTENT


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_what_is_packed_can_be_read_as_a_file(tmp_path, kind):
    with unpacked_file(packed(tmp_path, kind), 64) as file:
        assert file.peek(1)[:5] == CONTENT[:5]
        assert [file.readline(), file.readline()] == [b"w0\tX\n", b"w1\tX\n"]
        assert [file.read(), file.read()] == [CONTENT[10:], b""]


def test_a_text_may_begin_like_a_packed_file(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"BZh9 X\n")
    assert b"".join(unpacked(path)) == b"BZh9 X\n"


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zip"])
@settings(max_examples=25)
@given(place=st.integers(1, 10**6), flipped=st.booleans())
def test_a_cut_or_changed_file_is_refused_or_is_the_same(tmp_path_factory, kind, place, flipped):
    path = packed(tmp_path_factory.mktemp("packed"), kind)
    data = bytearray(path.read_bytes())
    place %= len(data)
    if flipped:
        data[place] ^= 1
    else:
        del data[max(place, 1) :]
    path.write_bytes(data)
    with suppress(DataError):  # a flipped byte of a time or a name changes nothing
        assert b"".join(unpacked(path, 999)) == CONTENT


def test_what_unpacks_without_bound_is_refused(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_bytes(gzip.compress(bytes(1 << 20), mtime=0) * 70)
    with pytest.raises(DataError, match=r"x\.tsv: unpacks to more than 200 times its size"):
        sum(len(block) for block in unpacked(path))


def test_of_several_files_in_a_zip_one_is_named(tmp_path):
    path = zipped(tmp_path / "x.zip", train__tsv=b"a\tX\n", dev__tsv=b"b\tX\n")
    assert b"".join(unpacked(path, member="dev.tsv")) == b"b\tX\n"
    with pytest.raises(DataError, match=r"holds 2 files; .*\?member=NAME \(holds: train\.tsv, dev\.tsv\)"):
        list(unpacked(path))
    with pytest.raises(UsageError, match=r"no file in .* is named 'def\.tsv'. Did you mean 'dev\.tsv'"):
        list(unpacked(path, member="def.tsv"))
    plain = tmp_path / "x.tsv"
    plain.write_bytes(b"a\tX\n")
    with pytest.raises(DataError, match="is no zip file"):
        list(unpacked(plain, member="dev.tsv"))


def test_what_a_finder_adds_to_a_zip_is_not_counted(tmp_path):
    path = zipped(tmp_path / "x.zip", **{"a.tsv": b"a\tX\n", "__MACOSX/a.tsv": b"?", ".DS_Store": b"?"})
    assert plain_name("x.zip") == "x"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.tsv", "__MACOSX/a.tsv", "folder/.DS_Store"):
            archive.writestr(name, b"a\tX\n")
    assert b"".join(unpacked(path)) == b"a\tX\n"


def test_the_files_of_a_zip_are_listed(tmp_path):
    zipped(tmp_path / "x.zip", **{"train.txt": "a X", "d/.hidden": ""})
    (tmp_path / "y.zip").write_text("no zip")
    assert members(tmp_path / "x.zip") == ["train.txt"]
    assert members(tmp_path / "y.zip") == members(tmp_path) == members(tmp_path / "none.zip") == []
