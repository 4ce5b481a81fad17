"""The identity of this PC, different from that of every other PC, even of one with a copy of its disk."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from ult_desktop.base.digests import sha256

if sys.platform == "win32":
    import winreg

_LINUX_ID = Path("/etc/machine-id")
_LINUX_CARDS = Path("/sys/class/net")
_WINDOWS_VALUES = (
    (r"SOFTWARE\Microsoft\Cryptography", "MachineGuid"),
    (r"SYSTEM\HardwareConfig", "LastConfig"),  # the mainboard's own number: a clone has the same MachineGuid
)


@cache
def machine_id() -> str:
    """Return the identity, the same at each start on this PC; the facts behind it cannot be read from it."""
    facts = "\n".join(_facts())
    # systemd asks that the machine's id be hashed before it leaves the PC:
    # https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
    return sha256(f"ult-desktop\n{facts}".encode()).hex()[:32]


def _facts() -> Iterator[str]:
    """Yield the facts that can be read: the system's number, copied with the disk, and the hardware's own."""
    if sys.platform == "win32":
        for key, name in _WINDOWS_VALUES:
            with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                yield f"{name} {winreg.QueryValueEx(opened, name)[0]}"
    else:
        with suppress(OSError):
            yield _LINUX_ID.read_text()
        yield from sorted(_card_addresses(_LINUX_CARDS))


def _card_addresses(cards: Path) -> Iterator[str]:
    """Yield the addresses of network cards that are built in and wired.

    Others come and go, or change their address.
    """
    for card in cards.glob("*"):
        with suppress(OSError):
            if "pci" in str((card / "device").resolve(strict=True)) and not (card / "wireless").exists():
                yield (card / "address").read_text()
