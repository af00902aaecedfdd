"""Distributions laid out in a folder as an installer leaves them, for tests of what is known of installed code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write texts by their paths below a folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def install(site: Path, files: Mapping[str, str], *, name: str = "seqbench-window") -> None:
    """A distribution whose files lie in `site` and are listed, as from a wheel."""
    write(site, files)
    _describe(site, name, files)


def install_editable(site: Path, project: Path, files: Mapping[str, str], *, name: str = "seqbench-window") -> None:
    """A distribution of `site` whose files stay in a project's folder, as from `pip install -e`."""
    write(project, files)
    info = _describe(site, name, {})
    about = {"url": project.as_uri(), "dir_info": {"editable": True}}
    (info / "direct_url.json").write_text(json.dumps(about))


def _describe(site: Path, name: str, files: Mapping[str, str]) -> Path:
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    listed = "".join(f"{path},,\n" for path in [*files, f"{info.name}/METADATA", f"{info.name}/RECORD"])
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    write(info, {"METADATA": metadata, "RECORD": listed})
    return info
