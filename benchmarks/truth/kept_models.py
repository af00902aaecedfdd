"""Every built-in and every preset kept and loaded again in a fresh process: the same tags and the same probabilities.

    python benchmarks/truth/kept_models.py [MODEL...]

Each model is trained for an epoch on `grammar` and kept. One process that has trained nothing loads all of them, and
tags 200 sentences of test and some with unknown words. Tags and bytes of probabilities must be the same.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from kept import WORDS, kept, loaded

from seqbench import SeqbenchError
from seqbench.contracts.hyperparameters import fields_of
from seqbench.contracts.tagger import Probabilistic
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

QUICK = {"epochs": 1, "iterations": 3}
NEEDS = {"ensemble": "members=['hmm', 'baseline']"}
LOADING = "loading"


def specs(registry: Registry, names: Sequence[str]) -> Iterator[str]:
    """The spec of each built-in, trained shortly, and of each preset of those that have presets."""
    for name, entry in sorted(registry.taggers.items()):
        if entry.plugin.from_outside or (names and name not in names):
            continue
        known = fields_of(entry.load())
        quick = [f"{field}={value}" for field, value in QUICK.items() if field in known]
        presets = [f"{field.name}={value!r}" for field in known.values() for value in field.presets]
        for preset in ["", *presets]:
            yield f"{name}({', '.join(filter(None, [*quick, preset, NEEDS.get(name)]))})"


def answers(folder: Path, sentences: Sequence[Sequence[str]]) -> str:
    """Hashes of the tags and of the probabilities, of a model without any of the tags alone."""
    model = loaded(folder)
    tags = hashlib.sha256(repr(model.predict(sentences)).encode()).hexdigest()[:12]
    if not isinstance(model.tagger, Probabilistic):
        return tags
    return f"{tags} {hashlib.sha256(np.ascontiguousarray(model.predict_proba(sentences)).tobytes()).hexdigest()[:12]}"


def sentences_of_test() -> list[list[str]]:
    """Sentences that every process tags."""
    return [*map(list, list(load("grammar", Registry.discover()).test.sentences)[:200]), *WORDS]


def main() -> None:
    """Keep, load elsewhere and compare; or load, in the process that does that alone."""
    if sys.argv[1:2] == [LOADING]:
        for folder in sys.argv[2:]:
            print(answers(Path(folder), sentences_of_test()))
        return
    sentences, expected, unlike = sentences_of_test(), {}, []
    with tempfile.TemporaryDirectory(prefix="kept-models-") as temporary:
        for number, spec in enumerate(specs(Registry.discover(), sys.argv[1:])):
            folder = Path(temporary) / str(number)
            try:
                expected[spec] = answers(kept(spec, folder, "grammar"), sentences), str(folder)
            except SeqbenchError as error:
                print(f"{spec}: not kept: {error}")
        folders = [folder for _, folder in expected.values()]
        command = [sys.executable, __file__, LOADING, *folders]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        unlike = [spec for (spec, (own, _)), other in zip(expected.items(), said, strict=True) if own != other]
    both = sum(" " in own for own, _ in expected.values())
    print(f"{len(expected)} models kept and loaded in a fresh process: {len(unlike)} differ; {both} have probabilities")
    print(", ".join(expected))
    sys.exit("\n".join(unlike) or 0)


if __name__ == "__main__":
    main()
