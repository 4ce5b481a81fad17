"""Found an office: prove the folder's locks, then write its file."""

from pathlib import Path

from uuid_utils import uuid7

from ult_desktop.core.office_template import OfficeTemplate
from ult_desktop.db.creation import create
from ult_desktop.db.location import require_safe
from ult_desktop.db.lock_proof import prove_locks
from ult_desktop.operations.officers import hash_password


def found_office(path: Path, template: OfficeTemplate, admin_password: str) -> None:
    """Make the office file of `template` with the first officer, `admin`.

    Raises:
        UserError: the place is unsafe, its locks do not hold, or the file exists.
    """
    require_safe(path)
    prove_locks(path.absolute().parent)
    create(path, template, str(uuid7()), hash_password(admin_password))
