"""Settings of the documentation: `sphinx-build -W docs site` makes it."""

import sys
from pathlib import Path

import seqbench

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

(Path(__file__).parent / "generated/extra").mkdir(parents=True, exist_ok=True)

project = "seqbench"
author = "the seqbench developers"
project_copyright = "2026, the seqbench developers"
release = version = seqbench.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_design", "registry_pages"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_extensions", "_static", "generated/extra"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
suppress_warnings = ["myst.xref_ambiguous"]
highlight_language = "none"  # blocks name their language

autodoc_member_order = "groupwise"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_mock_imports = ["ray", "optuna"]

html_theme = "pydata_sphinx_theme"
html_title = "seqbench"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("search.js", {"defer": "defer", "priority": 900})]
html_extra_path = ["generated/extra"]  # pages of seqbench report, see _extensions/leaderboards.py
html_sidebars = {"generated/leaderboard": []}  # it stands alone in its section
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "secondary_sidebar_items": {"**": ["page-toc"]},
    "footer_start": ["copyright"],
    "footer_end": [],
}
default_role = "code"
