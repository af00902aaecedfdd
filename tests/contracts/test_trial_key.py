"""The key of a trial."""

import re

from hypothesis import given
from hypothesis import strategies as st

from seqbench.contracts.trial_key import key_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
IDENTITIES = st.dictionaries(st.text(max_size=5), VALUES, max_size=5)


@given(IDENTITIES)
def test_a_key_is_twelve_hex_digits_whatever_the_order_of_the_identity(identity):
    key = key_of(identity)
    assert re.fullmatch("[0-9a-f]{12}", key)
    assert key_of(dict(reversed(identity.items()))) == key


@given(IDENTITIES, st.text(max_size=5), st.integers())
def test_whatever_differs_in_an_identity_gives_another_key(identity, name, value):
    assert key_of(identity) != key_of({**identity, name: [value, identity.get(name)]})


def test_a_key_stays_the_same_from_version_to_version():
    assert key_of({"dataset": "d", "seed": 0, "spec": "baseline"}) == "da86105c8c77"
