"""What runs now and would break if the office were changed under it."""

from ult_desktop.db.store.transaction import Transaction

_OPEN = "state IN ('waiting', 'called', 'serving', 'held')"


def open_numbers(tx: Transaction) -> tuple[str, ...]:
    """Labels of numbers that nobody has finished yet, of whatever day."""
    return tuple(tx.column(f"SELECT label FROM ticket WHERE {_OPEN} ORDER BY day, id"))


def open_numbers_of(tx: Transaction, service_id: int) -> tuple[str, ...]:
    return tuple(
        tx.column(f"SELECT label FROM ticket WHERE {_OPEN} AND service_id = ? ORDER BY day, id", service_id)
    )


def open_numbers_in(tx: Transaction, series: str) -> tuple[str, ...]:
    return tuple(tx.column(f"SELECT label FROM ticket WHERE {_OPEN} AND series = ? ORDER BY day, id", series))


def staffed_counters(tx: Transaction) -> tuple[int, ...]:
    """Counters that are open or paused."""
    return tuple(tx.column("SELECT number FROM counter WHERE state <> 'closed' ORDER BY number"))


def appointments_for(tx: Transaction, service_id: int) -> tuple[str, ...]:
    """Codes of the appointments of a service that are still to come."""
    return tuple(
        tx.column(
            "SELECT a.code FROM appointment a JOIN casefile c ON c.id = a.case_id"
            " WHERE a.state = 'booked' AND c.service_id = ? ORDER BY a.at",
            service_id,
        )
    )
