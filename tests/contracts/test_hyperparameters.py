"""Hyperparameters as read from a tagger's class."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pytest

from seqbench import Presets
from seqbench.contracts.hyperparameters import REQUIRED, complete, conform, fields_of
from seqbench.errors import UsageError


@dataclass(kw_only=True)
class Example:
    width: Annotated[int, "how wide"] = 3
    rate: float = 0.5
    kind: Literal["cnn", "none"] = "cnn"
    members: list[str] = field(default_factory=list)


def test_a_field_has_its_type_default_and_line_of_doc():
    fields = fields_of(Example)
    assert (fields["width"].type, fields["width"].default, fields["width"].doc) == (int, 3, "how wide")
    assert fields["members"].default == []


def test_a_plain_class_is_read_by_its_constructor():
    class Plain:
        def __init__(self, *, alpha: float = 1.0, beta: int) -> None: ...

    fields = fields_of(Plain)
    assert fields["alpha"].type is float
    assert fields["beta"].default is REQUIRED
    with pytest.raises(UsageError, match="plain needs a value for 'beta'"):
        complete("plain", fields, {})


def test_a_function_is_read_by_its_arguments():
    def make(size: Annotated[int, "how many"], rate: "float" = 0.5, kind=None): ...

    fields = fields_of(make)
    assert [(f.type, f.default, f.doc) for f in fields.values()] == [
        (int, REQUIRED, "how many"),
        (float, 0.5, ""),
        (Any, None, ""),
    ]
    assert complete("make", fields, {"size": 3, "kind": "anything"}) == {"size": 3, "rate": 0.5, "kind": "anything"}


def test_all_fields_come_in_their_order_with_defaults():
    values = complete("example", fields_of(Example), {"rate": 1})
    assert list(values.items()) == [("width", 3), ("rate", 1.0), ("kind", "cnn"), ("members", [])]
    assert isinstance(values["rate"], float)


def test_a_misspelt_field_is_answered_with_the_nearest_one():
    with pytest.raises(UsageError, match="no field of example is named 'widht'. Did you mean 'width'"):
        complete("example", fields_of(Example), {"widht": 3})


def test_a_class_that_is_no_dataclass_has_no_fields_and_is_told_what_makes_them():
    class Plain:
        length: int = 3

    with pytest.raises(
        UsageError, match="plain has no field 'length', nor any other; fields are those of a @dataclass"
    ):
        complete("plain", fields_of(Plain), {"length": 2})


@pytest.mark.parametrize(
    ("name", "value"), [("width", 2.5), ("width", True), ("rate", "x"), ("kind", "lstm"), ("members", [1])]
)
def test_an_ill_typed_value_is_refused_and_quoted(name, value):
    with pytest.raises(UsageError, match=f"field '{name}' of example must be .*, was: "):
        complete("example", fields_of(Example), {name: value})


def test_types_fit_as_python_reads_them():
    assert conform([1, 2], tuple[int, ...]) == (1, 2)
    assert conform((1, "a"), tuple[int, str]) == (1, "a")
    assert conform(None, int | None) is None
    assert conform(1, float | None) == 1.0
    assert conform(1, int | float) == 1
    with pytest.raises(TypeError):
        conform("1", int | None)


@dataclass(kw_only=True)
class WithPresets(Example):
    preset: Annotated[Literal["", "wide"], "named settings", Presets({"wide": {"width": 9, "rate": 0.1}})] = ""


def test_a_preset_is_written_out_and_what_is_given_beside_it_wins():
    fields = fields_of(WithPresets)
    rest = {"kind": "cnn", "members": [], "preset": ""}
    assert complete("x", fields, {"preset": "wide"}) == {"width": 9, "rate": 0.1, **rest}
    assert complete("x", fields, {"rate": 0.5, "preset": "wide"}) == {"width": 9, "rate": 0.5, **rest}
    assert complete("x", fields, {"preset": ""}) == complete("x", fields, {})


def test_a_preset_is_told_with_what_it_stands_for():
    assert fields_of(WithPresets)["preset"].doc == "named settings; wide: width=9, rate=0.1"


def test_a_preset_that_does_not_exist_is_refused():
    with pytest.raises(UsageError, match=r"field 'preset' of x must be Literal\['', 'wide'\], was: 'wise'"):
        complete("x", fields_of(WithPresets), {"preset": "wise"})
