"""Virtual printers that understood all they were sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from ult_desktop.devices.virtual_printer.server import KINDS, VirtualPrinter

CHEAP = [(kind, width) for kind in KINDS for width in (58, 80)]
"""Every kind of printer, on narrow and on wide paper (millimetres)."""


@contextmanager
def virtual_printer(kind: str = "good", width: int = 80) -> Iterator[VirtualPrinter]:
    """A printer of this kind; at its end nothing has come that it did not understand."""
    virtual = VirtualPrinter(width, kind=KINDS[kind])
    yield virtual
    virtual.close()
    assert virtual.refused == []
