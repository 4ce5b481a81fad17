"""A maker's desk with a key, a share's folder and a PC's own."""

import sys
from dataclasses import dataclass
from pathlib import Path

from nacl.signing import SigningKey, VerifyKey

from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.operations.updates import packages
from ult_desktop.operations.updates.packages import Offer

PLATFORM = "win32" if sys.platform == "win32" else "linux"
KIND = "exe" if PLATFORM == "win32" else "deb"


def package(
    folder: Path, held: bytes, version: str, secret: SigningKey, level: int = MIGRATIONS.level
) -> Offer:
    installer = folder / f"pemasang.{KIND}"
    installer.write_bytes(held)
    try:
        return packages.build(installer, secret, folder, version, level)
    finally:
        installer.unlink()


@dataclass(frozen=True)
class UpdateKit:
    secret: SigningKey
    share: Path
    own: Path

    @property
    def public(self) -> VerifyKey:
        return self.secret.verify_key

    def build(self, held: bytes, version: str = "9.9.9", level: int = MIGRATIONS.level) -> Offer:
        return package(self.share, held, version, self.secret, level)
