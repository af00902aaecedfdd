"""What a tagger learned, on disk: read back as it was, by the types of its fields, and refused where it is not."""

import json
import pickle
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from seqbench import StoreError, Vocabularies, check_array, read_learned, strings, write_learned


@dataclass(frozen=True, eq=False)
class Inner:
    rows: dict[str, int]
    table: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Learned:
    words: NDArray[np.object_]
    ids: NDArray[np.int32]
    parts: tuple[Inner, ...]
    codes: dict[str, NDArray[np.int64]]
    rate: float
    name: str | None
    further: Inner | None = None
    doubled: NDArray[np.int32] = field(init=False)

    def __post_init__(self):
        check_array("ids", self.ids, len(self.words), below=10)
        object.__setattr__(self, "doubled", self.ids * 2)


def sample():
    inner = Inner({"a": 1, "Ł\x00": 2}, np.arange(6, dtype=np.float32).reshape(2, 3))
    words = strings(["the", "Ł", "", "\x00"])
    codes = {"x.y": np.array([2**62]), "": np.zeros(0, np.int64)}
    return Learned(words, np.array([3, 1, 2, 0], np.int32), (inner, inner), codes, 0.1, None)


@pytest.fixture
def folder(tmp_path):
    write_learned(tmp_path, sample())
    return tmp_path


def test_what_was_written_is_read_back(folder):
    before, after = sample(), read_learned(folder, Learned)
    assert after.words.tolist() == before.words.tolist()
    assert after.ids.tolist() == before.ids.tolist()
    assert after.ids.dtype == np.int32
    assert after.parts[1].rows == before.parts[1].rows
    assert np.array_equal(after.parts[1].table, before.parts[1].table)
    assert {name: array.tolist() for name, array in after.codes.items()} == {"x.y": [2**62], "": []}
    assert (after.rate, after.name, after.further) == (0.1, None, None)
    assert after.doubled.tolist() == [6, 2, 4, 0]


def test_vocabularies_are_read_back(tmp_path):
    write_learned(tmp_path, Vocabularies(words=strings(["a"]), tags=strings(["X"]), layers={"pos": strings(["N"])}))
    assert read_learned(tmp_path, Vocabularies).layers["pos"].tolist() == ["N"]


def test_no_file_is_a_pickle(folder):
    for file in folder.iterdir():
        with pytest.raises(Exception, match=r"."):
            pickle.loads(file.read_bytes())  # noqa: S301 -- written by this test


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rate": "high"}, "float"),
        ({"ids": "codes.x.y"}, "array 'ids' is not there"),
        ({"ids": None}, "array 'ids' is not there"),
        ({"words": [1, 2]}, "str"),
        ({"words": ["the"]}, "ids has the shape"),
        ({"parts": {}}, "'parts' must be a list"),
        ({"codes": []}, "'codes' must be a mapping"),
        ({"parts": [{"rows": {}}]}, "must have the fields rows, table"),
        ({"more": 1}, "must have the fields"),
    ],
)
def test_values_of_another_type_are_refused(folder, change, message):
    content = json.loads((folder / "learned.json").read_text())
    (folder / "learned.json").write_text(json.dumps({**content, **change}))
    with pytest.raises(StoreError, match=message):
        read_learned(folder, Learned)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b"\x80\x04."])
def test_a_file_that_is_no_record_is_refused(folder, content):
    (folder / "learned.json").write_bytes(content)
    with pytest.raises(StoreError, match="cannot be read"):
        read_learned(folder, Learned)


@pytest.mark.parametrize("content", [b"", b"\x80\x04N.", (10 << 30).to_bytes(8, "little") + b"{}"])
def test_arrays_that_are_none_are_refused(folder, content):
    (folder / "learned.safetensors").write_bytes(content)
    with pytest.raises(StoreError, match="cannot be read"):
        read_learned(folder, Learned)


def test_an_array_of_another_type_or_that_nothing_asks_for_is_refused(tmp_path):
    @dataclass(frozen=True, eq=False)
    class Wide:
        table: NDArray[np.float64]

    @dataclass(frozen=True, eq=False)
    class Narrow:
        table: NDArray[np.float32]

    write_learned(tmp_path, Wide(np.zeros(2)))
    with pytest.raises(StoreError, match="array 'table' is of float64, expected float32"):
        read_learned(tmp_path, _at_module_level(Narrow))
    (tmp_path / "learned.json").write_text("{}")
    with pytest.raises(StoreError, match="nothing has an array 'table'"):
        read_learned(tmp_path, Nothing)


@dataclass(frozen=True)
class Nothing:
    """Learned nothing."""


def _at_module_level(kind):
    kind.__annotations__ = {"table": NDArray[np.float32]}
    return kind


def test_text_that_is_no_unicode_cannot_be_written(tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        write_learned(tmp_path, Inner({"\ud800": 1}, np.zeros((1, 1), np.float32)))


@dataclass(frozen=True)
class Other:
    table: object


@pytest.mark.parametrize("table", [{("the", "dog"): "NN"}, {1, 2}.__iter__(), object()])
def test_what_no_file_can_hold_is_told_with_what_can_be_held(tmp_path, table):
    with pytest.raises(StoreError, match="cannot be written: .*; it may hold numbers, texts, .*keys are texts or numb"):
        write_learned(tmp_path, Other(table))


def test_numbers_outside_their_range_are_refused():
    with pytest.raises(ValueError, match="ids has numbers that are not from 0 to 2"):
        check_array("ids", np.array([0, 3]), 2, below=3)
    with pytest.raises(ValueError, match=r"ids has the shape \(2,\), expected \(None, 2\)"):
        check_array("ids", np.array([0, 3]), None, 2)
