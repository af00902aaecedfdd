"""A dataset outside of any process, in a file or in bytes, comes back as it was."""

import ctypes
import errno
import json
import mmap
import os
import sys

import numpy as np
import pytest
from samples import dataset

from seqbench import Ceilings, Corpus, Dataset, Sequences, StoreError
from seqbench.running.executors.shared_dataset import dataset_in, pack, packed_in, unpack


def test_a_dataset_comes_back_as_it_was_packed():
    words, tags = Sequences.encode([["a", "é\udc80", "b"], [], ["a"]]), Sequences.encode([["X", "Y", "X"], [], ["Z"]])
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": tags})
    train = Corpus(layered, tags, np.array([0, 2]))
    test = Corpus(Sequences(*vars(Sequences.encode([["new", "a"]])).values()), Sequences.encode([["W", "X"]]))
    test = Corpus(Sequences(*list(vars(test.sentences).values())[:3], {"pos": test.tags}), test.tags)
    ceilings = Ceilings(any=0.5, left_to_right=0.4, window={2: 0.3})
    whole = Dataset.of("d", train=train, dev=train, test=test, ceilings=ceilings, notes=("n",), source="s")
    packed = pack(whole)
    with packed.file:
        again = unpack(json.loads(json.dumps(packed.description)), packed.file.fileno())
    assert again.fingerprint == whole.fingerprint
    assert (again.name, again.ceiling, again.notes, again.source) == ("d", 0.5, ("n",), "s")
    assert again.ceilings == ceilings
    assert again.test.sentences[0] == ["new", "a"]
    assert again.test.sentences.vocabulary[0] is again.train.sentences.vocabulary[0]
    assert not again.train.sentences.ids.flags.writeable


def test_a_dataset_in_memory_is_the_dataset():
    about, content = packed_in(dataset())
    assert dataset_in(json.loads(json.dumps(about)), content.data).fingerprint == dataset().fingerprint


def test_of_dev_and_test_only_the_forms_that_train_does_not_have_are_written():
    with pack(dataset()).file as file:
        content = os.pread(file.fileno(), 1 << 20, 0)
    assert content.count(b"Everybody") == 1
    assert content.count(b'"cat"') == 1


def test_the_file_has_no_name_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pack(dataset()).file:
        assert list(tmp_path.iterdir()) == []


def test_a_folder_without_room_is_one_message_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(StoreError, match="cannot share 'sample' with worker processes in .*; set TMPDIR to a folder"):
        pack(dataset())


@pytest.mark.skipif(sys.platform != "linux", reason="the system opens no file a second time by its number")
def test_memory_of_a_shared_dataset_cannot_be_made_writable():
    packed = pack(dataset())
    with packed.file as file:
        again = unpack(packed.description, file.fileno())
        ids = again.train.tags.ids
        start = ids.ctypes.data // mmap.PAGESIZE * mmap.PAGESIZE
        libc = ctypes.CDLL(None, use_errno=True)
        failed = libc.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_WRITE)
        assert (failed, ctypes.get_errno()) == (-1, errno.EACCES)
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.write(file.fileno(), b"x")
