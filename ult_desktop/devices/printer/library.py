"""The one door to everything that stands on python-escpos; opened late, on the printing thread."""

from ult_desktop.devices.printer.encoder import encode
from ult_desktop.devices.printer.ports import open_port


class Library:
    """What this package takes from python-escpos: its encoder and its device drivers."""

    encode = staticmethod(encode)
    open_port = staticmethod(open_port)
