"""Schemes by name, the prefixes of their roles, and sets of moves written as patterns."""

from itertools import product

import pytest

from seqbench import UsageError
from seqbench.spans import SCHEMES, scheme
from seqbench.spans.schemes import CONLLEVAL, ROLES, moves, rules


@pytest.mark.parametrize(("name", "meant"), [("bioes", "IOBES"), ("BIO", "IOB2"), ("bio1", "IOB1"), ("bilou", "BILOU")])
def test_a_scheme_is_found_under_its_other_names_and_in_any_case(name, meant):
    assert scheme(name).name == meant


def test_a_wrong_name_is_answered_with_the_nearest_one():
    with pytest.raises(UsageError, match="no span scheme is named 'IOB3'. Did you mean 'IOB"):
        scheme("IOB3")


def test_a_prefix_stands_for_a_role_and_a_dot_for_none():
    roles = {prefix: scheme("BILOU").role(prefix) for prefix in "OBILU"}
    assert "".join(ROLES[role] for role in roles.values()) == "OBIES"
    assert [scheme("IOB2").role(prefix) for prefix in ("E", "S", ".", "NOUN")] == [None] * 4


def test_a_pattern_is_two_roles_and_perhaps_what_their_types_must_do():
    table = moves("BI= OB EE! ?S")
    expected = {("B", "I", True), ("O", "B", True), ("O", "B", False), ("E", "E", False)}
    expected |= {(before, "S", same) for before, same in product(ROLES, (True, False))}
    held = {(a, b, same) for a, b, same in product(ROLES, ROLES, (True, False)) if _holds(table, a, b, same=same)}
    assert held == expected


def _holds(table, before, after, *, same):
    return bool(table[int(same), ROLES.index(before), ROLES.index(after)])


@pytest.mark.parametrize("known", SCHEMES, ids=lambda known: known.name)
def test_a_policy_reads_by_the_rules_of_conlleval_or_by_the_scheme_s_own(known):
    assert rules(known, "conlleval") is CONLLEVAL
    assert rules(known, "strict") is known.strict


def test_grobids_tags_are_written_in_angles():
    grobid = scheme("grobid")
    roles = [ROLES.index(role) for role in "OBI"]
    assert [grobid.tag(role, kind) for role, kind in zip(roles, ["", "per", "per"], strict=True)] == [
        "<other>",
        "I-<per>",
        "<per>",
    ]
    assert scheme("IOB2").tag(1, "PER") == "B-PER"


def test_the_way_to_read_illegal_sequences_has_the_name_of_the_program_that_knows_the_roles():
    assert [scheme(name).illegal_as for name in ("IOB1", "IOE1", "IOBES", "IOBE")] == ["conlleval", *["seqeval"] * 3]
