"""Which bytes a printer understands."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.devices.virtual_printer.grammar import EscPosCommand, UnknownCommand, next_command


@pytest.mark.parametrize(
    ("data", "command", "length"),
    [
        (b"A012\n", EscPosCommand("text", b"A012"), 4),
        (b"\n", EscPosCommand("LF"), 1),
        (b"\x1b@A", EscPosCommand("ESC @"), 2),
        (b"\x1ba\x01", EscPosCommand("ESC a", b"\x01"), 3),
        (b"\x1d!\x77", EscPosCommand("GS !", b"\x77"), 3),
        (b"\x1dV\x00", EscPosCommand("GS V", b"\x00"), 3),
        (b"\x1dV\x42\x03", EscPosCommand("GS V", b"\x42\x03"), 4),
        (b"\x10\x04\x04", EscPosCommand("DLE EOT", b"\x04"), 3),
        (b"\x1d(k\x03\x001C\x08", EscPosCommand("GS ( k", b"\x03\x001C\x08"), 8),
        (b"\x1dv0\x00\x01\x00\x02\x00\xaa\x55", EscPosCommand("GS v 0", b"\x00\x01\x00\x02\x00\xaa\x55"), 10),
    ],
)
def test_commands(data: bytes, command: EscPosCommand, length: int) -> None:
    assert next_command(data) == (command, length)


@pytest.mark.parametrize(
    "data", [b"", b"\x1b", b"\x1ba", b"\x1d(", b"\x1d(k\x03", b"\x1dV\x42", b"\x1dv0\x00\x01\x00\x02\x00\xaa"]
)
def test_half_a_command_waits_for_the_rest(data: bytes) -> None:
    assert next_command(data) is None


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        b"\x07",
        b"\x7f",
        b"\x1bz",
        b"\x1d(L",
        b"\x10\x05",
        b"\x10\x04\x05",
        b"\x1ba\x03",
        b"\x1bt\x63",
        b"\x1d!\x80",
        b"\x1dV\x07",
        b"\x1d(k\x01\x00",
        b"\x1dv0\x04\x01\x00\x01\x00",
        b"\x1dv0\x00\x00\x00\x01\x00",
        b"\x1dv0\x00\x01\x00\x00\x09",
    ],
)
def test_what_is_no_command_is_refused_with_its_place(data: bytes) -> None:
    with pytest.raises(UnknownCommand, match=r"^byte 17: ") as caught:
        next_command(data, 17)
    assert caught.value.offset == 17


@given(st.binary(max_size=64))
def test_any_bytes_are_a_command_or_half_of_one_or_refused(data: bytes) -> None:
    try:
        found = next_command(data)
    except UnknownCommand:
        return
    assert found is None or 0 < found[1] <= len(data)
