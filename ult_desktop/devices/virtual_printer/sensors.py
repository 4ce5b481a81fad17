"""What the virtual printer's sensors say, in the bytes of Epson's reference."""

from dataclasses import dataclass

_FIXED = 0x12  # bits 1 and 4 are set in every answer to DLE EOT


@dataclass(frozen=True)
class Sensors:
    """Paper and cover."""

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False

    @property
    def stopped(self) -> bool:
        """Whether the printer is offline: it stores data and prints nothing."""
        return self.paper_out or self.cover_open

    def status(self, number: int) -> bytes:
        """The answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper."""
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out,
            3: 0,
            4: 0x60 * self.paper_out | 0x0C * (self.paper_low or self.paper_out),
        }
        return bytes([_FIXED | bits[number]])

    def paper(self) -> bytes:
        """The answer to GS r 1."""
        return bytes([0x0C * self.paper_out | 0x03 * (self.paper_low or self.paper_out)])
