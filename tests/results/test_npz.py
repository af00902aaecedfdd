"""Arrays read without numpy's own reader, against it."""

import io
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as made

from seqbench.results.npz import arrays

KINDS = st.sampled_from(["u1", "<i4", "<i8", ">i4", "<f8", "?", "<U7"])
SHAPES = made.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)
EXAMPLE = {"ids": np.arange(5), "größe": np.zeros((2, 3), np.float32), "none": np.zeros(0, bool)}


def archive(save=np.savez_compressed, **content):
    buffer = io.BytesIO()
    save(buffer, **content)
    return buffer.getvalue()


def same(found, expected):
    return found.keys() == expected.keys() and all(
        (found[name].dtype, found[name].shape, found[name].tobytes()) == (array.dtype, array.shape, array.tobytes())
        for name, array in expected.items()
    )


@given(st.dictionaries(st.sampled_from("abc"), KINDS.flatmap(lambda kind: made.arrays(kind, SHAPES))))
def test_whatever_numpy_writes_is_read_as_numpy_reads_it(content):
    written = archive(**content)
    with np.load(io.BytesIO(written), allow_pickle=False) as expected:
        assert same(arrays(written), {name: expected[name] for name in expected})


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_only_the_arrays_of_the_names_asked_for_are_read(save):
    written = archive(save, **EXAMPLE)
    assert same(arrays(written), EXAMPLE)
    assert same(arrays(written, ("größe", "others")), {"größe": EXAMPLE["größe"]})


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_another_way_is_left_to_numpy(method):
    buffer, npy = io.BytesIO(), io.BytesIO()
    np.save(npy, np.asfortranarray(np.arange(6).reshape(2, 3)))
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.writestr("x.npy", npy.getvalue())
        file.comment = b"by someone else"
    assert same(arrays(buffer.getvalue()), {"x": np.arange(6).reshape(2, 3)})


def test_an_array_in_the_order_of_fortran_is_read_right():
    content = {"x": np.asfortranarray(np.arange(6).reshape(2, 3))}
    assert same(arrays(archive(**content)), content)


def test_pickled_objects_are_refused():
    with pytest.raises(ValueError, match="no arrays that can be read"):
        arrays(archive(x=np.array([{}])))


@pytest.mark.parametrize(("part", "broken"), [(b"'shape'", b"'shap_'"), (b"(3,)", b"(3 }")])
def test_a_broken_header_is_refused(part, broken):
    written = archive(np.savez, x=np.arange(3, dtype="i4"))
    assert part in written
    with pytest.raises(ValueError, match="no arrays that can be read: Bad CRC"):
        arrays(written.replace(part, broken))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_small_file_that_unpacks_to_more_than_a_run_has_is_refused(method, monkeypatch):
    monkeypatch.setattr("seqbench.results.npz._LARGEST", 1000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.writestr("x.npy", bytes(1001))
    with pytest.raises(ValueError, match="it unpacks to 1,001 bytes, more than the 1,000 of any run"):
        arrays(buffer.getvalue())


def test_several_arrays_that_unpack_to_more_than_a_run_has_are_refused_before_they_are_made(monkeypatch):
    monkeypatch.setattr("seqbench.results.npz._LARGEST", 1_000_000)
    written = archive(x=np.zeros(600_000, np.int8), y=np.zeros(600_000, np.int8))
    assert same(arrays(written, ("y",)), {"y": np.zeros(600_000, np.int8)})
    with pytest.raises(ValueError, match=r"it unpacks to 1,200,\d{3} bytes"):
        arrays(written)


def test_a_large_array_is_unpacked_without_a_second_copy_in_memory():
    expected = np.tile(np.arange(6), 2_000_000).astype(np.int8)
    written = archive(x=expected)
    tracemalloc.start()
    try:
        array = arrays(written)["x"]
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert np.array_equal(array, expected)
    assert most < 1.5 * expected.nbytes


@pytest.mark.parametrize("told", [b"\x40\x00\x00\x7f", b"\x40\x00\x00\x00"])
def test_an_array_whose_size_is_told_wrong_is_refused(told):
    written = archive(x=np.zeros(5_000_000, np.int8))
    size = (5_000_128).to_bytes(4, "little")
    assert size in written
    with pytest.raises(ValueError, match="no arrays that can be read|it unpacks to"):
        arrays(written.replace(size, told))


@pytest.mark.parametrize("content", [b"", b"PK", b"nothing", b"\0" * 100])
def test_what_is_no_archive_is_refused(content):
    with pytest.raises(ValueError, match="no arrays that can be read"):
        arrays(content)
