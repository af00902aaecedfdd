"""The description of the interface: whole, and of the addresses that there are."""

import json
import re

from seqbench.serving.http.access import Guard
from seqbench.serving.http.application import application
from seqbench.serving.http.limits import Limits
from seqbench.serving.http.openapi import openapi


def test_every_type_that_is_named_is_described():
    text = json.dumps(openapi())
    named = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert named == {*openapi()["components"]["schemas"]}
    assert {"TagRequest", "TagResponse", "About", "Problem"} <= named


def test_the_addresses_that_answer_json_are_described(models):
    app = application(models, Limits(), Guard(), lambda _event: None)
    addresses = {route.path for route in app.routes} - {"/", "/page.js", "/page.css", "/openapi.json"}
    assert addresses == {*openapi()["paths"]}
