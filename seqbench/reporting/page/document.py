"""The file: a template filled with data that nothing in it obeys, under a policy that lets it load nothing.

The policy of the page (Content-Security-Policy) forbids every request, and runs only scripts and styles whose SHA-256
it names. Vega would build functions from text, which the policy forbids too; its interpreter (`ast: true`) needs none.
The template escapes every text but code and blocks of data, which it marks as safe.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from seqbench.reporting import safe_text
from seqbench.reporting.page.libraries import javascript

_TEMPLATES = "templates"


@dataclass(frozen=True)
class Code:
    """Scripts and the style of a page, as they stand in it."""

    libraries: str
    program: str
    style: str

    @classmethod
    def read(cls) -> Code:
        """The code of this version."""
        return cls(javascript(), template("page.js"), template("page.css"))

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: nothing is loaded from anywhere, and only this code runs."""
        scripts = " ".join(source(script) for script in (self.libraries, self.program))
        rules = {
            "default-src": "'none'",
            "script-src": scripts,
            "style-src": source(self.style),
            "connect-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        return "; ".join(f"{rule} {sources}" for rule, sources in rules.items())


def source(code: str) -> str:
    """The source expression of a policy that allows this code alone."""
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def template(name: str) -> str:
    """A file of the package's templates."""
    return (files("seqbench.reporting.page") / _TEMPLATES / name).read_text(encoding="utf-8")


def data_block(content: object) -> str:
    """JSON for a script element of data: it says the same, and has no character that HTML would read."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return inert(safe_text.json(text))


def inert(text: str) -> str:
    """JSON in which < > and & are written as escapes."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def filled(name: str, values: Mapping[str, object]) -> str:
    """A template filled with values; every text among them is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(values)


def document(values: Mapping[str, object]) -> str:
    """The whole page."""
    code = Code.read()
    scripts = {"libraries": code.libraries, "program": code.program, "style": code.style, "policy": code.policy}
    return filled("page.html.jinja", {**values, **scripts})
