"""The hourly copying of an office's other files to the second place, even if the office file is not copied.

The journals of all stations, the documents, and the survey answers that no journal holds are copied. Together
with the last backup there they are the whole office. No station waits for this copying (docs/store.md, rule
12).
"""

from pathlib import Path

from ult_desktop.db.backup import answer_backup, backup_folder, document_backup, journals
from ult_desktop.db.office import office
from ult_desktop.db.store.store import Store


def journals_in(home: Path) -> Path:
    """Return the folder of the journals in an office's folder of backups."""
    return home / "jurnal"


def carry(store: Store, root: Path) -> Path:
    """Copy journals, documents and survey answers to the second place `root`; return the office's folder.

    Raises:
        UserError: the disk is not there, full or read-only, or its last backup cannot be read.
        ShareUnreachable: the share is gone.
    """
    with backup_folder.reporting_failures(root):
        home = backup_folder.office_folder(root, store.path, store.read(office.uid_of))
        home.mkdir(exist_ok=True)
        journals.copy_files(journals.folder_of(store.path), journals_in(home))
        document_backup.copy_new(home, store.path)
        answer_backup.delete_orphans(home)
        backups = backup_folder.list_backups(home)
        if backups:
            answer_backup.copy_new(store.read, backups[0].path)
    return home
