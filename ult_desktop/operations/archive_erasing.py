"""What is due in archives goes with a retention run, archive by archive.

A new file is made and proved beside the archive → the office writes down its hash → it takes the archive's
place → the office says so. Cut off anywhere, the next run finishes that, or begins anew.
"""

from collections.abc import Callable, Sequence

from ult_desktop.core.archive_asks import BeginArchiveErasure, EndArchiveChange
from ult_desktop.core.retention import ArchiveDue
from ult_desktop.core.roles import Actor
from ult_desktop.db import archive_changes, archive_erasing
from ult_desktop.db.archive_changes import Known
from ult_desktop.db.archive_erasing import Prepared
from ult_desktop.db.retention import Sweep
from ult_desktop.db.store import Store
from ult_desktop.errors import UserError
from ult_desktop.operations.archive_lease import alone
from ult_desktop.operations.office import Office

Tell = Callable[[str], object]


def known(office: Office) -> tuple[Known, ...]:
    """The finished archives, the oldest year first."""
    return office.read(archive_changes.known)


def due_in(archives: Sequence[Known], sweep: Sweep) -> tuple[ArchiveDue, ...]:
    """What is due in which archive, and which cannot be read; the others are left out.

    It opens their files: never on the thread that people wait for.
    """
    found = (archive_erasing.due(each, sweep) for each in archives)
    return tuple(each for each in found if each.total or each.trouble)


def run(office: Office, by: Actor, sweep: Sweep, run_id: int, tell: Tell) -> None:
    """Erase what is due in every archive; `tell` hears why one was left as it is."""
    archives = known(office)
    if not archives:
        return
    store = Store(office.path, station=office.station)
    try:
        with alone(store, office) as renew:
            for each in archives:
                _tried(office, by, each, sweep, run_id, tell)
                renew()
    except UserError as error:
        tell(str(error))
    finally:
        store.close()


def _tried(office: Office, by: Actor, one: Known, sweep: Sweep, run_id: int, tell: Tell) -> None:
    """One that is damaged or cannot be replaced does not hold up the others."""
    try:
        while (prepared := archive_erasing.plan(one, sweep)) is not None:
            begin(office, by, prepared, run_id)
            archive_erasing.put(prepared)
            one = end(office, by, prepared)
    except UserError as error:
        tell(str(error))


def begin(office: Office, by: Actor, prepared: Prepared, run_id: int) -> None:
    """Write down what the archive becomes; not for one whose begin is written down already."""
    if not prepared.begun:
        office.perform(BeginArchiveErasure(change=prepared.change, files=prepared.files, run_id=run_id), by)


def end(office: Office, by: Actor, prepared: Prepared) -> Known:
    """The file lies there. The archive as it is known now."""
    office.perform(EndArchiveChange(year=prepared.change.year, digest=prepared.change.digest), by)
    (one,) = (each for each in known(office) if each.year == prepared.change.year)
    return one
