"""Draw the pictures of the gallery: python docs/gallery/draw.py CORPORA [FOLDER].

CORPORA is a folder of corpora as for `--data-dir`. Runs that a picture needs go to FOLDER (else a temporary one), and
are taken up again there. Pictures of scores and costs are drawn from the published results. It takes a few minutes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import altair as alt
import vl_convert
from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

import seqbench as seqbench_module
from seqbench.registry.discovery import Registry
from seqbench.reporting.page.writing import Reported, write_pictures
from seqbench.results.store import Store

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "_static/gallery"
PUBLISHED = HERE.parents[1] / "datasets/seqbench_datasets/published/ud-maltese-mudt"
CORPORA = ("ud-english-ewt", "ud-maltese-mudt", "ud-thai-tud", "ud-uyghur-udt", "wnut17")
OF_PAGE = {"0-curve-dev_accuracy": "learning-curve", "0-cost": "cost", "0-pairs": "pairs", "0-seeds": "seeds"}
ENDING = re.compile(r"```python\n(.*?)```", re.DOTALL)


def seqbench(*arguments: str | Path) -> str:
    """Standard output of a command in a terminal of 80 columns."""
    command = [sys.executable, "-m", "seqbench", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 -- ours
    return done.stdout


def as_terminal(name: str, command: str, text: str) -> None:
    """Draw a command with what it printed."""
    console = Console(record=True, width=82, file=sys.stderr)
    console.print(Text(f"$ {command}\n\n{text.rstrip()}"))
    console.save_svg(str(PICTURES / f"{name}.svg"), title="seqbench")


def first_comparison(folder: Path) -> None:
    """The comparison of three models on the built-in sentences."""
    run = folder / "first"
    seqbench("run", "--models", "baseline,hmm,perceptron", "--seeds", "3", "--quiet", "--out", run)
    sentence = seqbench("compare", run).split("\n\n")
    as_terminal("first-comparison", "seqbench compare runs/first", "\n\n".join(sentence[:3]))


def of_the_page(folder: Path) -> None:
    """Pictures of the page, from published results; `majority` is left out, which would press the others together."""
    store = Store.open(PUBLISHED)
    manifest = store.manifest()
    models = tuple(model for model in manifest.models if not model.label.startswith("majority"))
    trials = tuple(trial for trial in manifest.trials if not trial.label.startswith("majority"))
    shown = store.only(replace(manifest, models=models, trials=trials))
    write_pictures(Reported(stores=[shown], registry=Registry.discover(), warn=print), folder)
    for drawn, name in OF_PAGE.items():
        (folder / f"{drawn}.svg").replace(PICTURES / f"{name}.svg")


def confusions() -> None:
    """Tokens of each confusion by one model less those by another, means over seeds."""
    run = seqbench_module.open_run(PUBLISHED)
    names = [next(model for model in run.models if model.startswith(f"{name}@")) for name in ("svm", "gru")]
    first, second = (run.confusion(name) for name in names)
    seeds = max(row["seeds"] for row in run.rows if row["model"] in names)
    cells = [
        {"gold": gold, "predicted": tag, "tokens": round((first[gold][tag] - second[gold][tag]) / seeds, 1)}
        for gold in first
        for tag in first
        if gold != tag and first[gold][tag] != second[gold][tag]
    ]
    chart = alt.Chart(alt.Data(values=cells), title="svm less gru").mark_rect()
    scale = alt.Scale(scheme="purpleorange", domainMid=0)
    drawn = chart.encode(x="predicted:N", y="gold:N", color=alt.Color("tokens:Q", scale=scale))
    svg = vl_convert.vegalite_to_svg(drawn.properties(width=360, height=360).to_dict())
    (PICTURES / "confusions.svg").write_text(svg, encoding="utf-8")


def ranks(corpora: Path, folder: Path) -> None:
    """Mean ranks of quick models over five corpora."""
    models = "majority,baseline,hmm,lexicalized=hmm(lexicalized=True),perceptron=perceptron(epochs=5)"
    data = [part for name in CORPORA for part in ("--data", name)]
    seqbench("run", *data, "--data-dir", corpora, "--models", models, "--quiet", "--out", folder / "ranks")
    seqbench("compare", folder / "ranks", "--diagram", PICTURES / "ranks.svg")


def profile(folder: Path) -> None:
    """How far three models get on three probes."""
    probes = ("--probes", "probe-echo,probe-lookahead,probe-recall", "--up-to", "8")
    picture = ("--picture", PICTURES / "profile.svg")
    seqbench("probe", "--models", "hmm,perceptron,crf", *probes, *picture, "--quiet", "--out", folder / "profile")


def plugin(folder: Path) -> None:
    """A tagger from the page for plugins, beside two built-in ones."""
    page = (HERE / "a-plugin.md").read_text(encoding="utf-8")
    file = folder / "endings.py"
    file.write_text(ENDING.findall(page)[0], encoding="utf-8")
    run = ("run", "--plugin", file, "--models", "baseline,endings,hmm", "--quiet", "--out", folder / "plugin")
    table = seqbench(*run).split("\n\n")[1]
    as_terminal("a-plugin", "seqbench run --plugin endings.py --models baseline,endings,hmm", table)


def main() -> None:
    """Draw all of them."""
    corpora = Path(sys.argv[1])
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary)  # noqa: PLR2004 -- the program and CORPORA
        folder.mkdir(exist_ok=True)
        of_the_page(folder)
        confusions()
        first_comparison(folder)
        plugin(folder)
        ranks(corpora, folder)
        profile(folder)


if __name__ == "__main__":
    main()
