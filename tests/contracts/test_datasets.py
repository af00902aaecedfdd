"""Facts about datasets, and where their files are looked for."""

from dataclasses import FrozenInstanceError

import pytest

from seqbench import About, DataAccess


def test_nothing_is_known_and_nobody_hears_unless_it_is_said():
    assert (About().task, About().sizes) == ("", {})
    access = DataAccess()
    assert (access.local, access.cache, access.offline, access.mirrors) == (None, None, False, ())
    assert access.tell("hello") is access.progress("file", 1, None) is None


def test_facts_are_frozen():
    with pytest.raises(FrozenInstanceError):
        About().task = "pos"
