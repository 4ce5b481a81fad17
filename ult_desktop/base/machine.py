"""The identity of this PC, different from that of every other PC, even of one with a copy of its disk."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from ult_desktop.base import paths
from ult_desktop.base.digests import sha256

if sys.platform == "win32":
    import ctypes
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
    """Yield the facts that can be read.

    They are the system's number, copied with the disk, the hardware's own, and what each PC made for itself.
    """
    if sys.platform == "win32":
        for key, name in _WINDOWS_VALUES:
            with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                yield f"{name} {winreg.QueryValueEx(opened, name)[0]}"
        yield f"volume {_volume_number()}"
    else:
        with suppress(OSError):
            yield _LINUX_ID.read_text()
        yield from sorted(_card_addresses(_LINUX_CARDS))
    # Cheap mainboards have one number for all, and many PCs have no card that counts.
    yield own_part(paths.data_folder())


if sys.platform == "win32":

    def _volume_number() -> int:
        """Return the number that the system's disk got when it was formatted; 0: Windows does not say."""
        number = ctypes.c_ulong(0)
        root = os.environ.get("SYSTEMDRIVE", "C:") + "\\"
        # https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-getvolumeinformationw
        ctypes.windll.kernel32.GetVolumeInformationW(root, None, 0, ctypes.byref(number), None, None, None, 0)
        return number.value


def own_part(folder: Path) -> str:
    """Return the random part of this PC's number, made at the first call; "" while it cannot be kept."""
    file = folder / "machine-part"
    with suppress(OSError):
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_text(os.urandom(16).hex(), encoding="ascii")
            with suppress(FileExistsError):  # of two that start at once the first one's counts
                file.hardlink_to(draft)
            draft.unlink()
        return file.read_text(encoding="ascii")
    return ""


def _card_addresses(cards: Path) -> Iterator[str]:
    """Yield the addresses of network cards that are built in and wired.

    Others come and go, or change their address.
    """
    for card in cards.glob("*"):
        with suppress(OSError):
            if "pci" in str((card / "device").resolve(strict=True)) and not (card / "wireless").exists():
                yield (card / "address").read_text()
