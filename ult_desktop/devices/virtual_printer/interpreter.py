"""The interpreter that makes paper of ESC/POS bytes, QR codes too, as Epson's reference says."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import qrcode
from PIL import Image, ImageOps
from qrcode.exceptions import DataOverflowError

from ult_desktop.devices.virtual_printer import grammar
from ult_desktop.devices.virtual_printer.canvas import CUTTER, LINE_SPACING, STYLING, Canvas, Paper, Style

_LEVELS = (
    qrcode.constants.ERROR_CORRECT_L,
    qrcode.constants.ERROR_CORRECT_M,
    qrcode.constants.ERROR_CORRECT_Q,
    qrcode.constants.ERROR_CORRECT_H,
)


@dataclass(frozen=True)
class PrinterKind:
    """A kind of printer, by what it does otherwise than Epson's reference says.

    Args:
        two_byte: it begins, after ESC @ too, in a mode where two bytes beyond ASCII are a Chinese character.
        obeys_fs: FS . ends that mode.
        cuts: it has a cutter; without one GS V feeds paper, which is torn off by hand.
        draws_qr: it knows GS ( k.
        speed: bytes that it takes in a second; 0 for a fast one.
        noise: bytes that it prints, and that it sends, when it is switched on.
    """

    two_byte: bool = False
    obeys_fs: bool = True
    cuts: bool = True
    draws_qr: bool = True
    speed: int = 0
    noise: bytes = b""


GOOD = PrinterKind()
_LEAD, _TRAIL = range(0x81, 0xFF), range(0x40, 0xFF)


class IllegalSymbolError(ValueError):
    """A function, a value or a text that the encoder does not take."""


class QrMemory:
    """The printer's memory of a QR code: its size, level and text, until ESC @."""

    def __init__(self) -> None:
        self._size = 3
        self._level = 0
        self._text = b""

    def perform(self, function: int, data: bytes) -> Image.Image | None:
        """Carry out a function of GS ( k. That which prints returns the picture, without the quiet zone."""
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
                return self._draw()
            case _:
                raise IllegalSymbolError("GS ( k with illegal values")
        return None

    def _draw(self) -> Image.Image:
        code = qrcode.QRCode(error_correction=_LEVELS[self._level], box_size=self._size, border=0)
        code.add_data(self._text)
        try:
            code.make()
        except (DataOverflowError, ValueError) as trouble:
            raise IllegalSymbolError("GS ( k with more text than a QR code holds") from trouble
        return code.make_image().get_image().convert("L")


class Interpreter:
    """The printer's own program. Its state outlasts a connection; ESC @ and a loss of power reset it.

    Args:
        canvas: the paper under the head.
        on_paper: called with each paper that is cut or torn off.
        on_question: called for GS r, when everything before it is carried out.
        kind: what it can, and cannot.
    """

    _style: Style
    _qr_memory: QrMemory
    _align: int
    _code_page: str
    _lead: bytes  # the first byte of a character of two, until the second comes
    _two_byte: bool

    def __init__(
        self,
        canvas: Canvas,
        on_paper: Callable[[Paper], None] = lambda _paper: None,
        on_question: Callable[[], None] = lambda: None,
        kind: PrinterKind = GOOD,
    ) -> None:
        self._canvas = canvas
        self._kind = kind
        self._on_paper = on_paper
        self._buffer = b""
        self._offset = 0
        self._actions: dict[str, Callable[[bytes], None]] = {
            "text": self._text,
            "LF": lambda _args: canvas.end_line(self._align, self._spacing),
            "ESC @": lambda _args: self._reset(),
            "ESC 2": lambda _args: self._space_lines(LINE_SPACING),
            "ESC 3": lambda args: self._space_lines(args[0]),
            "ESC J": lambda args: self._feed(args[0]),
            "ESC d": lambda args: self._feed(args[0] * self._spacing),
            "ESC a": self._align_lines,
            "ESC t": self._choose_code_page,
            "FS &": lambda _args: self._set_two_byte(kind.two_byte),
            "FS .": lambda _args: self._set_two_byte(self._two_byte and not kind.obeys_fs),
            "GS r": lambda _args: on_question(),
            "GS V": self._cut,
            "GS v 0": self._print_raster,
            "GS ( k": self._perform_qr_function,
        }
        self._reset()
        self._text(kind.noise)

    def feed(self, data: bytes) -> None:
        """Carry out all whole commands; the rest waits for more bytes.

        Raises:
            UnknownCommand: the bytes that were not carried out are dropped.
        """
        self._buffer += data
        try:
            while self._buffer and (found := grammar.next_command(self._buffer, self._offset)):
                command, length = found
                self._perform(command)
                self._buffer = self._buffer[length:]
                self._offset += length
        except grammar.UnknownCommand:
            self._buffer = b""
            raise

    def tear_off(self) -> None:
        """Take the paper off; do nothing while it is blank."""
        paper = self._canvas.take()
        if paper is not None:
            self._on_paper(paper)

    def lose_power(self) -> None:
        """Forget an incomplete command, the line that has begun, and all settings."""
        self._buffer = b""
        self._reset()

    def _perform(self, command: grammar.EscPosCommand) -> None:
        if self._lead and command.name != "text":  # half a character
            self._write("?", self._style)
            self._lead = b""
        restyle = STYLING.get(command.name)
        if restyle is not None:
            self._style = restyle(self._style, command.args[0])
        elif command.name in self._actions:  # the others leave nothing on the paper
            self._actions[command.name](command.args)

    def _reset(self) -> None:
        self._style = Style()
        self._qr_memory = QrMemory()
        self._align = 0
        self._code_page = grammar.CODE_PAGES[0]
        self._lead = b""
        self._set_two_byte(self._kind.two_byte)
        self._space_lines(LINE_SPACING)
        self._canvas.clear_line()

    def _text(self, data: bytes) -> None:
        if not self._two_byte:
            self._write(data.decode(self._code_page, "replace"), self._style)
            return
        for byte in data:
            pair = self._lead + bytes([byte])
            if self._lead and byte in _TRAIL:
                # A Chinese character is as wide as two others.
                wide = replace(self._style, width=2 * self._style.width)
                self._write(pair.decode("gb18030", "replace")[:1], wide)
            elif byte in _LEAD:
                self._lead = bytes([byte])
                continue
            else:
                half_character = "?" if self._lead else ""
                self._write(half_character + chr(byte), self._style)
            self._lead = b""

    def _write(self, text: str, style: Style) -> None:
        for char in text:
            self._canvas.write(char, style, self._align, self._spacing)

    def _set_two_byte(self, pairs: bool) -> None:
        self._two_byte = pairs

    def _space_lines(self, dots: int) -> None:
        self._spacing = dots

    def _feed(self, dots: int) -> None:
        if self._canvas.has_begun_line:
            self._canvas.end_line(self._align, dots)
        else:
            self._canvas.feed(dots)

    def _align_lines(self, args: bytes) -> None:
        if not self._canvas.has_begun_line:  # elsewhere the printer ignores it
            self._align = args[0] & 0x0F

    def _choose_code_page(self, args: bytes) -> None:
        self._code_page = grammar.CODE_PAGES[args[0]]

    def _cut(self, args: bytes) -> None:
        self._require(not self._canvas.has_begun_line, "GS V in the middle of a line")
        if len(args) == 2:
            self._canvas.feed(CUTTER + args[1])
        if self._kind.cuts:
            self.tear_off()

    def _print_raster(self, args: bytes) -> None:
        size = (int.from_bytes(args[1:3], "little") * 8, int.from_bytes(args[3:5], "little"))
        picture = ImageOps.invert(Image.frombytes("1", size, args[5:]).convert("L"))
        # The first bit of the mode doubles the width, the second the height.
        stretched = (size[0] << (args[0] & 1), size[1] << (args[0] >> 1 & 1))
        self._print_picture(picture.resize(stretched))

    def _perform_qr_function(self, args: bytes) -> None:
        symbol_kind, function = args[2:4]
        self._require(symbol_kind == ord("1"), "GS ( k for something else than a QR code")
        self._require(self._kind.draws_qr, "GS ( k on a printer without it")
        try:
            picture = self._qr_memory.perform(function, args[4:])
        except IllegalSymbolError as trouble:
            raise grammar.UnknownCommand(self._offset, self._buffer, str(trouble)) from trouble
        if picture is not None:
            self._print_picture(picture)

    def _print_picture(self, picture: Image.Image) -> None:
        self._require(not self._canvas.has_begun_line, "a picture in the middle of a line")
        self._require(picture.width <= self._canvas.dots, "a picture wider than the paper")
        self._canvas.picture(picture, self._align)

    def _require(self, is_legal: bool, why: str) -> None:
        """Refuse the command, for this reason, unless it is legal."""
        if not is_legal:
            raise grammar.UnknownCommand(self._offset, self._buffer, why)
