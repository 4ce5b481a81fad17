"""The clock of a call that is to be called back: it stands while nobody is on the line.

The coordination has its own standard (POS Sumut telepon 5: 10 minutes) and is timed. What stands still is
the time from the answer's coming to the dialling, and between two attempts: the caller was promised a
moment, and the five minutes of step 6 are those of the conversation.
"""

from ult_desktop.base.i18n import _
from ult_desktop.core.phone.phone_call import CallState
from ult_desktop.db.phone import phone_calls
from ult_desktop.db.procedures import pauses
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context


def stop_callback_clock(tx: Transaction, moment: Context, visit_id: int) -> None:
    """Stop the clock if that visit is a promised call-back whose answer is there."""
    call = phone_calls.find(tx, visit_id)
    if call is None or call.state is not CallState.PROMISED or not call.answer:
        return
    if pauses.running(tx, visit_id) is None:
        pauses.begin(tx, visit_id, moment.at, _("Menunggu telepon balik"), moment.by.officer_id)
