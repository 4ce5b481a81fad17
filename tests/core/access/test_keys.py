"""Private keys: wrapped under a password at the price of its hash, secrets sealed for one reader."""

from typing import Any

import msgspec
import nacl.pwhash
import pytest

from tests.office import PASSWORD, cheap_hash
from ult_desktop.core.access.keys import (
    KEY_BYTES,
    HashCost,
    Secret,
    cost_of,
    new_pair,
    new_secret,
    pair_of,
    unseal,
    unwrap,
    wrap,
)
from ult_desktop.core.access.sealing import UnsealError
from ult_desktop.operations.access.officers import hash_password

CHEAP = cost_of(cheap_hash())


def test_a_password_opens_its_own_wrapping_only() -> None:
    pair = new_pair()
    wrapped = wrap(pair.private, PASSWORD, CHEAP)
    assert unwrap(wrapped, PASSWORD) == pair
    assert pair.private not in wrapped.wrapped
    with pytest.raises(UnsealError):
        unwrap(wrapped, "kata-sandi-lain")


def test_each_wrapping_has_its_own_salt() -> None:
    private = new_pair().private
    assert wrap(private, PASSWORD, CHEAP).salt != wrap(private, PASSWORD, CHEAP).salt


def test_guessing_at_the_key_costs_what_guessing_at_the_hash_costs() -> None:
    argon = nacl.pwhash.argon2id
    assert cost_of(hash_password(PASSWORD)) == HashCost()
    assert HashCost() == HashCost(argon.OPSLIMIT_INTERACTIVE, argon.MEMLIMIT_INTERACTIVE)
    assert HashCost(argon.OPSLIMIT_MIN, argon.MEMLIMIT_MIN) == CHEAP
    wrapped = wrap(new_pair().private, PASSWORD, CHEAP)
    assert (wrapped.passes, wrapped.memory) == (CHEAP.passes, CHEAP.memory)


@pytest.mark.parametrize("hashed", ["", "hash", "$argon2id$x", "$argon2i$v=19$m=8,t=3,p=1$"])
def test_without_a_hash_it_is_the_full_price(hashed: str) -> None:
    assert cost_of(hashed) == HashCost()


def test_a_secret_is_for_one_reader() -> None:
    reader, other, secret = new_pair(), new_pair(), new_secret()
    sealed = secret.sealed_for(reader.public)
    assert unseal(reader.private, sealed) == secret
    assert pair_of(secret.private).public == secret.public
    with pytest.raises(UnsealError, match="grant"):
        unseal(other.private, sealed)


def test_the_index_key_outlives_a_generation() -> None:
    first = new_secret()
    second = new_secret(first.index_key)
    assert second.index_key == first.index_key
    assert second.private != first.private
    assert len(first.index_key) == KEY_BYTES


@pytest.mark.parametrize(
    "changed",
    [
        {"salt": b"short"},
        {"memory": 1 << 40},
        {"memory": 1},
        {"passes": 0},
        {"passes": 99},
        {"wrapped": b"x"},
    ],
)
def test_a_damaged_wrapping_opens_nothing_and_costs_nothing(changed: dict[str, Any]) -> None:
    damaged = msgspec.structs.replace(wrap(new_pair().private, PASSWORD, CHEAP), **changed)
    with pytest.raises(UnsealError):
        unwrap(damaged, PASSWORD)


def test_a_grant_that_holds_something_else_is_none() -> None:
    reader = new_pair()
    with pytest.raises(UnsealError):
        unseal(reader.private, Secret(b"k" * 32, b"").sealed_for(reader.public))
