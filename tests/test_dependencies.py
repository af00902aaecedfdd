"""What seqbench needs: every import is declared, every lower bound was tested, every licence is free."""

import ast
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TOOLS = {"dev", "docs", "release"}  # of those who work on seqbench itself
EXTRAS = {name: texts for name, texts in PROJECT["optional-dependencies"].items() if name not in TOOLS}
DECLARED = [Requirement(text) for texts in (PROJECT["dependencies"], *EXTRAS.values()) for text in texts]
FREE = re.compile(
    r"(apache|mit|bsd|0bsd|isc|psf|python|cnri|mpl|mozilla|bsl|zlib|cc0|unlicense|hpnd|zpl|public domain)\b",
    re.IGNORECASE,
)
"""How licences begin that let anybody use, change and pass on what they cover (files under MPL stay under it)."""


LICENCE_FILES = {"skops": "MIT"}
"""Licences of distributions that state none in their metadata, as their file LICENSE has it."""


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file):
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {canonical(line.partition("==")[0]): line.partition("==")[2] for line in lines if "==" in line}


def lower_bound(requirement):
    [bound] = [part.version for part in requirement.specifier if part.operator == ">="]
    return bound


def same(version, other):
    """Whether two versions are one, but for zeros at the end."""
    return [re.sub(r"(\.0)+$", "", text) for text in (version, other)].count(re.sub(r"(\.0)+$", "", version)) == 2


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda requirement: requirement.name)
def test_a_lower_bound_is_the_lowest_version_that_is_tested(requirement):
    tested, name = {**pins("constraints.txt"), **pins(".ci/lowest.txt")}, canonical(requirement.name)
    assert name in tested, f"{name}: pin its lowest version in .ci/lowest.txt"
    bound = lower_bound(requirement)
    fits = same(bound, tested[name]) or tested[name].startswith(f"{bound}.")
    assert fits, f"{name} is allowed from {bound} on, and tested from {tested[name]} on"


def test_numpy_is_new_enough_to_refuse_pickles_in_what_is_saved():
    [bound] = [lower_bound(requirement) for requirement in DECLARED if requirement.name == "numpy"]
    assert tuple(map(int, bound.split("."))) >= (2, 2), "before 2.2 allow_pickle=False is saved as an array"


def third_party(path):
    """The top-level names that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def test_everything_that_is_imported_is_declared():
    folders = ("seqbench", "plugins/seqbench_plugins", "datasets/seqbench_datasets")
    imported = {name for folder in folders for path in (ROOT / folder).rglob("*.py") for name in third_party(path)}
    owners = packages_distributions()
    needed = {canonical(owner) for name in imported for owner in owners.get(name, ())}
    declared = {canonical(requirement.name) for requirement in DECLARED} | {"seqbench"}
    assert needed - declared <= {"pytest"}, "declare it in pyproject.toml; pytest is a tool of authors"


def holds(marker, extras):
    """Whether a requirement applies here with these extras."""
    return any(marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def installed_requirements():
    """All distributions that seqbench and its extras need, and that these need, as far as they are installed."""
    waiting, seen = [(requirement.name, tuple(sorted(requirement.extras))) for requirement in DECLARED], {}
    while waiting:
        name, extras = waiting.pop()
        if (canonical(name), extras) in seen:
            continue
        try:
            seen[canonical(name), extras] = distribution(name)
        except PackageNotFoundError:
            continue
        needed = map(Requirement, seen[canonical(name), extras].requires or ())
        asked = [one for one in needed if one.marker is None or holds(one.marker, extras)]
        waiting += [(one.name, tuple(sorted(one.extras))) for one in asked]
    return {name: installed for (name, _), installed in sorted(seen.items())}


def licence(installed):
    """The licence that a distribution states, in its first form of these: expression, classifiers, free text."""
    about = installed.metadata
    classifiers = [text for text in about.get_all("Classifier") or () if text.startswith("License ::")]
    named = [text.rpartition("::")[2].strip() for text in classifiers if text.count("::") > 1]
    free = (about.get("License") or "").strip().splitlines()
    stated = about.get("License-Expression") or "; ".join(named) or (free[0] if free else "none stated")
    return LICENCE_FILES.get(canonical(about["Name"]), stated)


def parts(stated):
    """The single licences of a statement."""
    return [re.sub(r"^\W*(\d-Clause )?", "", part) for part in re.split(r" AND | OR |; ", stated)]


def test_every_dependency_has_a_licence_that_lets_anybody_use_it(record_property):
    licences = {name: licence(installed) for name, installed in installed_requirements().items()}
    for name, stated in licences.items():
        record_property(name, stated)
        print(f"{name}: {stated}")
    assert {"numpy", "torch", "click"} < set(licences)
    strange = {name: stated for name, stated in licences.items() if not all(FREE.match(p) for p in parts(stated))}
    assert not strange, "look at these licences, and list what they allow in FREE if all may use it"
