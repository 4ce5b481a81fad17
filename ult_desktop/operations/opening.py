"""Sheets on which personal text stands, ready to print."""

from ult_desktop.core.personal_asks import OpenSheet
from ult_desktop.core.roles import Actor
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.operations.office import Office
from ult_desktop.operations.personal import SHEETS


def clear_sheet(sheet: SheetKind, subject_id: int, office: Office, actor: Actor) -> Sheet:
    """In clear, and that is kept; at a desk that was given no keys yet with its masks, for a proof is due."""
    if office.seal is not None and office.keyring is None:
        return office.read(lambda tx: SHEETS[sheet](tx, subject_id))
    opened: Sheet = office.perform(OpenSheet(sheet=sheet, subject_id=subject_id), actor)
    return opened
