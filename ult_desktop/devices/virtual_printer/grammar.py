"""The grammar of Epson's ESC/POS command reference, strictly: which bytes are a command, and how long it is.

A real printer prints rubbish, or stops, on what it does not understand; here it is refused by name.
"""

from collections.abc import Callable
from dataclasses import dataclass


class UnknownCommand(Exception):
    """Bytes that the printer does not understand.

    Args:
        offset: how many bytes were understood before.
        data: the bytes from there on, a few of them.
        why: in English, for the test or the log that reads it.
    """

    def __init__(self, offset: int, data: bytes, why: str) -> None:
        super().__init__(f"byte {offset}: {why}: {data[:12].hex(' ')}")
        self.offset = offset


@dataclass(frozen=True)
class EscPosCommand:
    """A whole command; `args` are the bytes after its name."""

    name: str
    args: bytes = b""


@dataclass(frozen=True)
class _Rule:
    """A rule about the bytes after the prefix of a command.

    `head` is how many follow in any case; `is_legal` says whether these may be, and `tail` how many more they
    announce.
    """

    name: str
    head: int = 0
    is_legal: Callable[[bytes], bool] = lambda _head: True
    tail: Callable[[bytes], int] = lambda _head: 0


def next_command(data: bytes, offset: int = 0) -> tuple[EscPosCommand, int] | None:
    """Return the first command of `data` and its length; None while it is not complete.

    Raises:
        UnknownCommand: `data` starts with something that is no command; `offset` is only for the message.
    """
    if _is_text(data[:1]):
        end = next((at for at in range(len(data)) if not _is_text(data[at : at + 1])), len(data))
        return EscPosCommand("text", data[:end]), end
    for length in (1, 2, 3):
        rule = _RULES.get(data[:length])
        if rule is not None:
            return _read_command(rule, data, length, offset)
    if any(prefix.startswith(data) for prefix in _RULES):
        return None
    raise UnknownCommand(offset, data, "no such command")


def _read_command(rule: _Rule, data: bytes, prefix: int, offset: int) -> tuple[EscPosCommand, int] | None:
    """Return the command and its length; None while it is not complete. `prefix` is the prefix's length."""
    head = data[prefix : prefix + rule.head]
    if len(head) < rule.head:
        return None
    if not rule.is_legal(head):
        raise UnknownCommand(offset, data, f"{rule.name} with illegal values")
    end = prefix + rule.head + rule.tail(head)
    return (EscPosCommand(rule.name, data[prefix:end]), end) if len(data) >= end else None


def _is_text(byte: bytes) -> bool:
    return byte >= b"\x20" and byte != b"\x7f"


def _among(*values: int) -> Callable[[bytes], bool]:
    return lambda head: head[0] in values


def _word(pair: bytes) -> int:
    return int.from_bytes(pair, "little")


def _is_legal_raster(head: bytes) -> bool:
    return (
        head[0] in {0, 1, 2, 3, 48, 49, 50, 51}
        and 1 <= _word(head[1:3]) <= 128
        and (1 <= _word(head[3:5]) <= 2303)
    )


_SWITCH = (0, 1, 48, 49)  # off and on, as a number or as its digit
# The codecs by the number for ESC t.
CODE_PAGES = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
}

# By the prefix of a command.
_RULES: dict[bytes, _Rule] = {
    b"\n": _Rule("LF"),
    b"\r": _Rule("CR"),
    b"\x10\x04": _Rule("DLE EOT", 1, _among(1, 2, 3, 4)),
    b"\x1b@": _Rule("ESC @"),
    b"\x1b2": _Rule("ESC 2"),
    b"\x1b3": _Rule("ESC 3", 1),
    b"\x1bJ": _Rule("ESC J", 1),
    b"\x1bd": _Rule("ESC d", 1),
    b"\x1b!": _Rule("ESC !", 1, lambda head: head[0] & 0b01000110 == 0),
    b"\x1bE": _Rule("ESC E", 1),
    b"\x1bM": _Rule("ESC M", 1, _among(*_SWITCH)),
    b"\x1b-": _Rule("ESC -", 1, _among(0, 1, 2, 48, 49, 50)),
    b"\x1ba": _Rule("ESC a", 1, _among(0, 1, 2, 48, 49, 50)),
    b"\x1bt": _Rule("ESC t", 1, _among(*CODE_PAGES)),
    b"\x1c&": _Rule("FS &"),
    b"\x1c.": _Rule("FS ."),
    b"\x1bp": _Rule("ESC p", 3, _among(*_SWITCH)),
    b"\x1d!": _Rule("GS !", 1, lambda head: head[0] & 0b10001000 == 0),
    b"\x1dB": _Rule("GS B", 1),
    b"\x1db": _Rule("GS b", 1),
    b"\x1dr": _Rule("GS r", 1, _among(1, 2, 49, 50)),
    b"\x1dV": _Rule("GS V", 1, _among(0, 1, 48, 49, 65, 66), lambda head: int(head[0] in {65, 66})),
    b"\x1dv0": _Rule("GS v 0", 5, _is_legal_raster, lambda head: _word(head[1:3]) * _word(head[3:5])),
    b"\x1d(k": _Rule("GS ( k", 2, lambda head: _word(head) >= 2, _word),
}
