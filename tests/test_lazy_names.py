"""Names of a package that are loaded on first use."""

import pytest

from seqbench.lazy_names import loading


def test_a_name_comes_from_its_module_and_another_is_no_attribute():
    getattr_of_json = loading("json", {"decoder": ("JSONDecoder",)})
    assert getattr_of_json("JSONDecoder").__module__ == "json.decoder"
    with pytest.raises(AttributeError, match="module 'json' has no attribute 'Decoder'"):
        getattr_of_json("Decoder")
