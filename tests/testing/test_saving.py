"""Promises of saved models, each with a fault that it alone catches."""

import faults
import numpy as np
import pytest
import torch

from seqbench.testing import broken_promises
from seqbench.testing.saving import SAVING


@pytest.mark.parametrize(("promise", "fault"), faults.of(SAVING))
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


def test_a_tagger_that_saves_without_a_fault_keeps_them_all():
    assert list(broken_promises(faults.Saves)) == []


def by_torch(folder):
    torch.save({"weights": torch.zeros(2)}, folder / "weights.pt")


def by_numpy(folder):
    np.save(folder / "tags.npy", np.array(["a", None], object), allow_pickle=True)


def by_numpy_among_others(folder):
    np.savez(folder / "tags.npz", numbers=np.zeros(2), tags=np.array(["a", None], object))


@pytest.mark.parametrize("save", [by_torch, by_numpy, by_numpy_among_others])
def test_a_pickle_is_found_inside_other_files(save):
    class SavesMore(faults.Saves):
        def save(self, folder):
            super().save(folder)
            save(folder)

    assert [promise.name for promise, _ in broken_promises(SavesMore, SAVING)] == ["saves-no-code"]


def test_arrays_and_text_are_no_pickles():
    class SavesArrays(faults.Saves):
        def save(self, folder):
            super().save(folder)
            np.savez_compressed(folder / "arrays.npz", numbers=np.arange(256, dtype=np.uint8) + 0x80)
            (folder / "numbers.bin").write_bytes(bytes([0x80, 1, 2, 3]))

    assert list(broken_promises(SavesArrays, SAVING)) == []
