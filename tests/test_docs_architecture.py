"""The picture of the architecture is the contract that the checks hold the code to."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_layers_of_the_page_are_those_of_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    page = (ROOT / "docs/architecture.md").read_text()
    rows = re.findall(r"^\| (`.+?`) \| (?!what it says)", page, re.MULTILINE)
    drawn = [" | ".join(re.findall(r"`(\w+)`", row)) for row in rows]
    assert drawn == layers


def test_the_layers_are_the_packages_of_the_core():
    page = (ROOT / "docs/architecture.md").read_text()
    drawn = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.+?`) \| (?!what it says)", page, re.MULTILINE))))
    parts = {
        path.stem for path in (ROOT / "seqbench").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert drawn == parts - {"__init__", "__main__"}
