"""Capabilities of taggers as protocols: what a tagger can do beyond fit and predict, told by its methods."""

from __future__ import annotations

from inspect import isfunction
from typing import _ProtocolMeta


class Capability(_ProtocolMeta):
    """Metaclass of a protocol whose methods must be methods: a hyperparameter called `states` makes no `States`."""

    def __instancecheck__(self, instance: object) -> bool:
        """Whether an object has all members of the protocol, and can be called where the protocol has a method."""
        has_all = super().__instancecheck__(instance)
        return has_all and (not vars(self).get("_is_protocol", False) or has_methods(instance, self))


def has_methods(owner: object, protocol: type) -> bool:
    """Whether the methods of a protocol can be called on a tagger, or on its class."""
    names = [name for name, member in vars(protocol).items() if isfunction(member) and not name.startswith("_")]
    return all(callable(getattr(owner, name, None)) for name in names)
