"""The description of an update package, by the package itself (docs/updates.md, "The package")."""

import re
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

ENDING = ".ultupdate"
MOST_BYTES = 300_000_000
_VERSION = r"^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$"
Version = Annotated[str, Meta(pattern=_VERSION)]


class InstallerKind(StrEnum):
    """The kind of installer in the package, by the ending of its name; each belongs to one system."""

    EXE = "exe"
    MSI = "msi"
    DEB = "deb"

    @property
    def platform(self) -> str:
        """The platform, named like `sys.platform`."""
        return "linux" if self is InstallerKind.DEB else "win32"


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The signed part. `level` is the schema that the program writes, `digest` BLAKE2b of the installer."""

    version: Version
    level: Annotated[int, Meta(ge=1)]
    kind: InstallerKind
    bytes: Annotated[int, Meta(ge=1, le=MOST_BYTES)]
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]

    @property
    def installer_name(self) -> str:
        """The name of the unpacked installer: no free text, and nothing of the package's own name."""
        return f"ult-desktop-{self.version}.{self.kind}"

    @property
    def package_name(self) -> str:
        return f"ult-desktop-{self.version}-{self.kind.platform}{ENDING}"


def is_version(text: str) -> bool:
    return re.fullmatch(_VERSION, text) is not None


def version_order(version: str) -> tuple[int, ...]:
    """Return a key to sort versions by; what is none (a developer's build) comes before all."""
    return tuple(int(part) for part in version.split(".")) if is_version(version) else ()
