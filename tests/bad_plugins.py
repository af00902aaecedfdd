"""Plugin files with one part of their tagger replaced: at import, when it is built, in fit, in predict."""

from __future__ import annotations

PLUGIN = """
import ctypes, os, random, signal, sys, threading, time
from dataclasses import dataclass
import numpy as np
from seqbench import Sequences, hookimpl
{first}

@dataclass(kw_only=True)
class Tagger:
    def __post_init__(self):
        {built}

    def fit(self, train, conditions):
        {fit}

    def predict(self, sentences):
        {predict}

@hookimpl
def register_taggers(register):
    register({name!r}, Tagger, "bad")
"""

GOOD = {"first": "", "built": "pass", "fit": "pass", "predict": "return [['NN'] * len(s) for s in sentences]"}


def plugin(folder, name, parts=None):
    """A plugin file whose tagger is good but for these parts."""
    file = folder / f"{name}.py"
    file.write_text(PLUGIN.format(**{**GOOD, **(parts or {})}, name=name))
    return file
