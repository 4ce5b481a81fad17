"""What a person can do: a permission, one transaction, an event; one file per noun.

Importing the package fills the register, so that whoever performs an ask finds what carries it out.
"""

from ult_desktop.operations import (
    calling,
    care,
    cases,
    counters,
    day,
    devices,
    issuing,
    officers,
    placing,
    procedures,
    serving,
    visits,
)

__all__ = [
    "calling",
    "care",
    "cases",
    "counters",
    "day",
    "devices",
    "issuing",
    "officers",
    "placing",
    "procedures",
    "serving",
    "visits",
]
