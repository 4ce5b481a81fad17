"""The staging of an update: a station copies the package to its own disk, and puts it ready in its turn.

Nothing is installed here: the station runs as the person who signed in to the PC, who may not install.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from nacl.signing import VerifyKey

from ult_desktop import __version__
from ult_desktop.base import UserError, paths
from ult_desktop.base.policy import policy_or_nothing
from ult_desktop.core.updates.rollout import UpdateMark, version_order
from ult_desktop.db import station_updates
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.journal import Journal
from ult_desktop.db.store.store import Store
from ult_desktop.operations.updates import packages
from ult_desktop.operations.updates.installing import state_of
from ult_desktop.operations.updates.rollout import read_rollout

SHARE_FOLDER = "program"
KEY_NAME = "pembaruan.pub"


class UpdatePlaces(NamedTuple):
    """The folders in which a PC keeps updates.

    `own` is the stations' folder. `kept` (installed packages) and `key` (the public key) are the
    administrators' alone.
    """

    own: Path
    kept: Path
    key: Path

    @classmethod
    def of_this_pc(cls) -> "UpdatePlaces":
        program = paths.program_folder()
        return cls(paths.updates_folder(), program / "pembaruan", program / KEY_NAME)

    @property
    def waiting(self) -> Path:
        return self.own / "menunggu"

    @property
    def ready(self) -> Path:
        return self.own / "siap"


def offered_in(office_file: Path) -> Path:
    """Return the folder on the share in which the IT person puts packages."""
    return office_file.parent / SHARE_FOLDER


class Stager:
    """The staging of updates by one station.

    It copies tens of megabytes, so it must not run on a thread for which a person waits.
    """

    def __init__(self, office_file: Path, journal: Path, places: UpdatePlaces) -> None:
        self._offered = offered_in(office_file)
        self._journal = journal
        self._places = places
        self._identity = ""

    def stage_newest(self, store: Store, now: int) -> Iterator[UserError]:
        """Stage the newest package on the share, if it is wanted; yield the bad packages. `now` is UTC ms.

        Raises:
            UserError: this disk is full, or the key cannot be read.
            ShareUnreachable: the share is gone.
        """
        # A program without the key takes no updates (docs/updates.md, "The package").
        if not (self._places.key.exists() and policy_or_nothing().updates):
            return
        key = packages.public_key(self._places.key)
        with closing(Journal(self._journal)) as journal:
            self._identity = journal.identity()
        if store.read(read_rollout).has_mark(__version__, self._identity, UpdateMark.STAGED):
            self._add_mark(store, __version__, UpdateMark.INSTALLED, now)
        good, bad = packages.offers(self._offered, key, sys.platform)
        yield from bad
        newest = next((offer for offer in good if self._is_wanted(offer)), None)
        if newest is not None:
            self._stage(store, newest, key, now)

    def _is_wanted(self, offer: packages.Offer) -> bool:
        """Return whether the package is wanted.

        It must be newer than this program, its schema no older than this program's, and this PC must not have
        gone back from it.
        """
        version = offer.manifest.version
        return (
            version_order(version) > version_order(__version__)
            and offer.manifest.level >= MIGRATIONS.level
            # Otherwise the PC would install again, at its next start, the version from which it went back.
            and version != state_of(self._places.kept).left
        )

    def _stage(self, store: Store, offer: packages.Offer, key: VerifyKey, now: int) -> None:
        """Copy the package to this PC, and mark that. Put it ready for installation in the PC's turn."""
        name, version = offer.manifest.package_name, offer.manifest.version
        if (self._places.ready / name).exists():
            return
        if not (self._places.waiting / name).exists():
            packages.copy_checked(offer, self._places.waiting, key)
        self._add_mark(store, version, UpdateMark.STAGED, now)
        if store.read(read_rollout).turn(self._identity, offer.manifest, now).may:
            self._places.ready.mkdir(exist_ok=True)
            (self._places.waiting / name).replace(self._places.ready / name)

    def _add_mark(self, store: Store, version: str, mark: UpdateMark, now: int) -> None:
        if not store.read(read_rollout).has_mark(version, self._identity, mark):
            store.write(lambda tx: station_updates.add(tx, version, self._identity, mark, now, None))
