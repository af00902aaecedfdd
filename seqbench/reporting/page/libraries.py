"""The JavaScript that draws: Vega, Vega-Lite and Vega-Embed with its interpreter, out of an installed package."""

from __future__ import annotations

from functools import cache

from seqbench.errors import SeqbenchError


@cache
def javascript() -> str:
    """The libraries in one script that defines `vegaEmbed`. Raises `SeqbenchError` if it could not stand in a page."""
    import vl_convert

    script: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").replace("\r", "")
    script = script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    if "\0" in script:
        raise SeqbenchError("the JavaScript of vl-convert-python has a zero byte; install another version of it")
    return script
