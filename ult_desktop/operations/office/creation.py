"""Found an office: prove the folder's locks, then write its file."""

import hashlib
import os
import time
from pathlib import Path

from uuid_utils import uuid7

from ult_desktop.core.access.key_commands import FirstKeys, Recovery
from ult_desktop.core.access.keys import (
    cost_of,
    new_pair,
    new_secret,
    wrap,
)
from ult_desktop.core.access.recovery_code import new_code, pair_of_code
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.db.creation import create
from ult_desktop.db.lock_check.folder_probe import prove_locks
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.db.lock_check.probe_record import ProofRecord, describe_proof
from ult_desktop.db.store.connection import is_present
from ult_desktop.db.store.errors import UntrustedLocks
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.procedures.procedure_files import load_procedure


def create_office(path: Path, template: OfficeTemplate, admin_password: str) -> str:
    """Make the office file of `template` with the first officer, `admin`; returns the recovery code.

    Raises:
        UserError: the place is unsafe, its locks do not hold, or the file exists.
    """
    require_safe(path)
    prove_locks(path.absolute().parent)
    pos = [load_procedure(each) for each in template.procedures]
    hashed, code = hash_password(admin_password), new_code()
    create(path, template, str(uuid7()), hashed, pos, first_keys(admin_password, hashed, code))
    return code


def first_keys(admin_password: str, admin_hash: str, code: str) -> FirstKeys:
    """What a new office's admin opens with his password, and anybody with the recovery `code`."""
    pair, recovery, secret = new_pair(), pair_of_code(code).public, new_secret()
    return FirstKeys(
        admin_public=pair.public,
        admin_wrapped=wrap(pair.private, admin_password, cost_of(admin_hash)),
        public=secret.public,
        sealed=secret.sealed_for(pair.public),
        recovery=Recovery(generation=1, public=recovery, sealed=secret.sealed_for(recovery)),
        made_at=time.time_ns() // 1_000_000,
    )


def require_trusted_location(path: Path, own_folder: Path) -> None:
    """Prove the place of an office file before this PC first writes there (docs/store.md, rules 2 and 3).

    The proof starts a second process, so it is made once for each folder; a mark in `own_folder` (this
    PC's own) remembers it. A file that cannot be reached is left to the opening, which waits for it; where
    nothing can be written there is nothing to prove.

    Raises:
        UserError: the place is unsafe or its locks do not hold; nothing was opened for writing.
    """
    require_safe(path)
    folder = path.absolute().parent
    mark = own_folder / f"trusted-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
    if is_present(path) and not mark.exists() and os.access(folder, os.W_OK):
        prove_locks(folder)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def location_distrust(path: Path, own_folder: Path) -> UntrustedLocks | None:
    """Why this PC must not write to the office file at `path` now: what the stations' lock probe found."""
    failed = ProofRecord(path, own_folder).failure(time.time_ns() // 1_000_000)
    return None if failed is None else describe_proof(failed)
