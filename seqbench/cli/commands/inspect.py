"""`seqbench inspect MODEL|SPEC TEXT`: what a tagger knows of each word, and what lies behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click
import numpy as np
from numpy.typing import NDArray

from seqbench.cli import options
from seqbench.cli.terminal import echo, layout
from seqbench.contracts.inspected import Demonstrates, Salient, States, Untrained
from seqbench.contracts.tagger import Probabilistic
from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.models import made_from, resolve
from seqbench.registry.specs import parse
from seqbench.reporting.layout import Form
from seqbench.reporting.table import TERMINAL, listing
from seqbench.results.model_folder import is_kept
from seqbench.serving.inspection import EQUAL, Inspected, chance_loss
from seqbench.serving.kept_model import load_model
from seqbench.serving.text_input import tokenizer_of

_EXAMPLES = """
\b
Examples:
  seqbench inspect models/first 'The dog ate the apple' --before
  seqbench inspect models/first 'The dog ate the apple' --steps \\
      --states states.npz
  seqbench inspect 'NAME(epochs=300)' --data tutorial 'The dog ate the apple'
"""


_STATES = 8  # numbers of a hidden state that are printed


class _Options(TypedDict):
    """Options of a call."""

    model: str
    text: str
    data: str | None
    seed: int | None
    before: bool
    steps: bool
    states: Path | None
    tokenizer: str
    plugins: tuple[Path, ...]
    without: tuple[str, ...]


@click.command("inspect", epilog=_EXAMPLES)
@click.argument("model", metavar="MODEL|SPEC")
@click.argument("text", metavar="TEXT")
@click.option("--data", metavar="NAME|PATH", help="Train a SPEC on this dataset first, and show how it learns.")
@click.option("--seed", metavar="N", type=click.IntRange(min=0), help="Seed of the training with --data, else 0.")
@click.option("--before", is_flag=True, help="Show the model before its training beside.")
@click.option("--steps", is_flag=True, help="Tag word by word too, and tell whether all is equal.")
@click.option(
    "--states", type=click.Path(path_type=Path), metavar="FILE.npz", help="Write the hidden states to a file."
)
@click.option(
    "--tokenizer", default="blanks", show_default=True, metavar="blanks|regex|spacy[:LANGUAGE]",
    help="How the text is cut into words.",
)  # fmt: skip
@options.words_dir
@options.plugin
@options.without
def command(**arguments: Unpack[_Options]) -> None:
    """Look inside a kept model, or inside a SPEC that is trained on --data first.

    For each word: how probable each tag is, the hidden state, and on which words the decision leans. With --data the
    whole way is shown: word indices, scores before training, the loss of every sentence, scores after training.
    """
    registry = options.registry_of(arguments["plugins"], arguments["without"])
    words = tokenizer_of(arguments["tokenizer"])(arguments["text"])
    if not words:
        raise UsageError("the text has no word to look at")
    if arguments["data"]:
        dataset, seed = load(arguments["data"], registry), arguments["seed"] or 0
        inspected = _trained(arguments["model"], dataset, registry, words, seed)
        if arguments["before"]:
            inspected.untrained()  # which was printed, unless this raises
    else:
        if arguments["seed"] is not None:
            raise UsageError("--seed is that of a training: write --data too, or leave it out")
        inspected = _loaded(Path(arguments["model"]), registry, arguments)
        if arguments["before"]:
            echo(_distribution("before training", inspected.untrained(), words))
        echo(_distribution("after training" if arguments["before"] else "", inspected, words))
    echo(f"predicted: {' '.join(f'{w}/{t}' for w, t in zip(words, inspected.predicted(words), strict=True))}\n")
    if arguments["steps"]:
        echo(_steps(inspected, words))
    if isinstance(inspected.tagger, States):
        echo(_states(inspected, words, arguments["states"]))
    elif arguments["states"]:
        inspected.states(words)
    if isinstance(inspected.tagger, Salient):
        echo(_saliency(inspected, words))


def _refuse_what_it_lacks(inspected: Inspected, options: _Options) -> None:
    """Raises `UsageError` before anything is printed or written, if a model has no steps or states that are named."""
    if options["steps"]:
        inspected.by_steps(["a"])
    if options["states"]:
        inspected.states(["a"])


def _loaded(folder: Path, registry: Registry, options: _Options) -> Inspected:
    """A kept model. Raises `UsageError` if there is none, or if it lacks what the options name."""
    if not is_kept(folder):
        raise UsageError(
            f"{str(folder)!r} is no model that was kept; a SPEC takes --data, on which it is trained first"
        )
    inspected = Inspected.of_kept(load_model(folder, registry))
    _refuse_what_it_lacks(inspected, options)
    return inspected


def _trained(text: str, dataset: Dataset, registry: Registry, words: Sequence[str], seed: int) -> Inspected:
    """A tagger that is trained now, while what it does on the way is printed."""
    with made_from(registry):
        tagger = resolve(registry, parse(text)).build()
    if isinstance(tagger, Demonstrates):
        echo("\n".join(tagger.demonstration(seed)) + "\n")
    inspected = Inspected.trained(text, tagger, dataset, seed)
    echo(f"word indices: {inspected.word_indices()}\n")
    if isinstance(tagger, Untrained):
        echo(_distribution("scores before training", inspected.untrained(), words))
    if inspected.losses:
        echo("\n".join(_learning(inspected.losses, len(inspected.tags))) + "\n")
    echo(_distribution("scores after training", inspected, words))
    return inspected


def _learning(losses: Mapping[int, Sequence[float]], tags: int) -> Iterator[str]:
    """The loss of each step of each epoch, usually of a sentence, and their mean."""
    yield f"loss of each sentence in each epoch (all tags equally probable: ln {tags} = {chance_loss(tags):.4f}):"
    for epoch, steps in losses.items():
        yield f"  epoch {epoch}: {' '.join(f'{loss:.4f}' for loss in steps)}  mean {sum(steps) / len(steps):.4f}"


def _distribution(title: str, inspected: Inspected, words: Sequence[str]) -> str:
    """The log-softmax of each tag of each word and, below, the probabilities; the tags alone where there are none."""
    heading = f"{title}\n" if title else ""
    if not isinstance(inspected.tagger, Probabilistic):
        rows = [[word, tag] for word, tag in zip(words, inspected.predicted(words), strict=True)]
        return f"{heading}{listing(['word', 'tag'], rows, Form(TERMINAL, layout()))}\n"
    log = _table(inspected.log_probabilities(words), words, inspected.tags)
    probabilities = _table(inspected.probabilities(words), words, inspected.tags)
    return f"{heading}log-softmax:\n{log}\nprobabilities:\n{probabilities}\n"


def _table(numbers: NDArray[np.float32], words: Sequence[str], columns: Sequence[str]) -> str:
    rows = [[word, *(f"{number:.4f}" for number in row)] for word, row in zip(words, numbers.tolist(), strict=True)]
    return listing(["word", *columns], rows, Form(TERMINAL, layout()))


def _steps(inspected: Inspected, words: Sequence[str]) -> str:
    """The distributions word by word, and how far they are from those of the whole sentence."""
    steps = inspected.by_steps(words)
    far = 0.0
    if isinstance(inspected.tagger, Probabilistic):
        far = float(np.abs(steps - inspected.probabilities(words)).max())
    verdict = f"{'equal' if far <= EQUAL else 'DIFFERENT'} (largest difference {far:.1e})"
    return f"word by word:\n{_table(steps, words, inspected.tags)}\nto the whole sentence: {verdict}\n"


def _states(inspected: Inspected, words: Sequence[str], file: Path | None) -> str:
    """The first numbers of each hidden state; all of them go into a file where one is asked for."""
    states = inspected.states(words)
    if file is not None:
        np.savez_compressed(file, allow_pickle=False, states=states, words=np.array(words))
    shown = states[:, :_STATES]
    more = f", the first {_STATES} of {states.shape[1]} numbers" if states.shape[1] > _STATES else ""
    written = f"\nall of them: {file}" if file else ""
    return f"hidden states{more}:\n{_table(shown, words, [str(n) for n in range(shown.shape[1])])}{written}\n"


def _saliency(inspected: Inspected, words: Sequence[str]) -> str:
    """On which words each decision leans, in shares of 1."""
    numbered = [f"{number}:{word}" for number, word in enumerate(words, start=1)]
    return (
        f"what each decision leans on (shares of the gradient):\n{_table(inspected.saliency(words), words, numbered)}"
    )
