"""The comparison of an office's log with its witnesses: this PC, the share and the backups.

A witness has *anchors*: numbers and hashes of entries that the log had.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from ult_desktop.core.event import AnchorCheck
from ult_desktop.db import verification
from ult_desktop.db.backup import anchors, journals, witnesses
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.witness import Witness, database_moved


def verify(
    read: Reader,
    alone: verification.Alone,
    office_file: Path,
    own: Path,
    progress: Callable[[int], None] = lambda _done: None,
) -> verification.VerificationResult:
    """Check the file, and compare its log with its witnesses.

    `own` is the folder of this PC's journals.

    Raises UserError when the file is missing, busy, or so damaged that it does not open.
    """
    verdict = verification.verify(read, alone, progress)
    if verdict.has_damage:
        return verdict
    records = witnesses.journal_records(office_file, own, read(office.uid_of))
    anchor_checks = compare_all_anchors(read, office_file, own)
    compared = witnesses.with_witnesses(
        verdict, anchor_checks, witnesses.missing_from_log(read, records, anchor_checks)
    )
    if read(lambda tx: tx.on_connection(tx.engine.is_home)):
        return compared
    moved = verification.Finding("server", database_moved(office_file).what)
    return msgspec.structs.replace(compared, ok=False, findings=(*compared.findings, moved))


def compare_all_anchors(read: Reader, office_file: Path, own: Path) -> tuple[AnchorCheck, ...]:
    """Compare the log with the anchors of this PC, the share and every backup that can be reached."""
    uid, backup_folders = read(lambda tx: (office.uid_of(tx), witnesses.homes_of_backups(tx)))
    known_anchors = (
        *anchors.read_on_this_pc(own, uid),
        *anchors.read_on_share(journals.folder_of(office_file), uid),
        *witnesses.anchors_of_backups(backup_folders, uid),
        *witnesses.anchors_on_backup_disks(backup_folders, uid),
    )
    return witnesses.compare_anchors(read, known_anchors)


def note_all_anchors(witness: Witness, office_file: Path, own: Path, uid: str) -> None:
    """Tell the witness the newest event that this PC or the share knows of the office of `uid`.

    This comes before the office is written to: so an older copy is refused.
    """
    witness.office = uid
    for anchor in (
        *anchors.read_on_this_pc(own, uid),
        *anchors.read_on_share(journals.folder_of(office_file), uid),
    ):
        witness.note_newest(anchor)
