"""Keys made by hand, and a look at the rows as nobody gets to see them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import nacl.public

from tests.office import store_of
from ult_desktop.core.access.sealing import Keyring, Seal
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import sealing
from ult_desktop.operations.office.office import Office

T = TypeVar("T")
_PRIVATE = nacl.public.PrivateKey.generate()
SEAL = Seal(1, bytes(_PRIVATE.public_key))
KEYRING = Keyring({1: bytes(_PRIVATE)}, b"i" * 32)


@contextmanager
def like_a_kiosk(office: Office) -> Iterator[None]:
    """This station seals what comes in, and opens nothing."""
    before, office.keyring = office.keyring, None
    yield
    office.keyring = before


@contextmanager
def all_keys(office: Office) -> Iterator[None]:
    """One handle stands for many desks: who signs in last without keys leaves the others theirs."""
    before = office.keyring
    yield
    office.keyring = office.keyring or before


def rows(office: Office, query: Callable[[Transaction], T]) -> T:
    """Return the rows as they are in the file, sealed or clear."""
    return store_of(office).read(query)


def clear(office: Office, query: Callable[[Transaction], T]) -> T:
    """Return the rows unmasked."""
    return sealing.unmask_fields(rows(office, query), office.keyring)
