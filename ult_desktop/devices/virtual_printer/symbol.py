"""The printer's own QR encoder: GS ( k sets it up, stores the text and prints it."""

import qrcode
from PIL import Image
from qrcode.exceptions import DataOverflowError

_LEVELS = (
    qrcode.constants.ERROR_CORRECT_L,
    qrcode.constants.ERROR_CORRECT_M,
    qrcode.constants.ERROR_CORRECT_Q,
    qrcode.constants.ERROR_CORRECT_H,
)


class IllegalSymbolError(ValueError):
    """A function, a value or a text that the encoder does not take."""


class Symbol:
    """The symbol memory; it holds until ESC @."""

    def __init__(self) -> None:
        self._size = 3
        self._level = 0
        self._text = b""

    def perform(self, function: int, data: bytes) -> Image.Image | None:
        """Carry one function out; printing gives the picture, without the quiet zone, as Epson does."""
        match function, len(data):
            case (65, 2) if data == b"2\0":  # Model 2, the one that phones read
                pass
            case (67, 1) if 1 <= data[0] <= 16:
                self._size = data[0]
            case (69, 1) if 48 <= data[0] <= 51:
                self._level = data[0] - 48
            case (80, size) if data[:1] == b"0" and 2 <= size <= 7090:
                self._text = data[1:]
            case (81, 1) if data == b"0" and self._text:
                return self._drawn()
            case _:
                raise IllegalSymbolError("GS ( k with illegal values")
        return None

    def _drawn(self) -> Image.Image:
        code = qrcode.QRCode(error_correction=_LEVELS[self._level], box_size=self._size, border=0)
        code.add_data(self._text)
        try:
            code.make()
        except (DataOverflowError, ValueError) as trouble:
            raise IllegalSymbolError("GS ( k with more text than a QR code holds") from trouble
        return code.make_image().get_image().convert("L")
