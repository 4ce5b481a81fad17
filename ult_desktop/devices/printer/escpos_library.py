"""The one door to everything that stands on python-escpos; opened late, on the printing thread."""

from ult_desktop.devices.printer.encoder import encode
from ult_desktop.devices.printer.ports import open_port

__all__ = ["encode", "open_port"]
