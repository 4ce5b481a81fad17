"""Drafts of forms, kept on this PC's own disk by a thread of its own, without the share."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from PySide6.QtCore import QObject

from ult_desktop.base import UserError
from ult_desktop.core.access.sealing import Keyring, Seal, UnsealError
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.store import drafts as store_drafts, errors
from ult_desktop.ui.kit.widgets import Now
from ult_desktop.ui.office_link.tasks import Tasks

log = logging.getLogger(__name__)
Kept = TypeVar("Kept")
DraftFields = dict[str, Any]
FieldsReceiver = Callable[[DraftFields], object]
Unseal = Callable[[str, FieldsReceiver], None]


class DraftKeeper(QObject):
    """The keeper of a station's drafts, and of choices that officers made here.

    It has a thread of its own, because a thread that waits for the share would save no draft. It seals drafts
    before it writes them: `seals` has a seal by officer id; the one under 0 is for all others.

    Args:
        path: the file of the drafts.
        now: the injected clock.
    """

    def __init__(self, path: Path, now: Now) -> None:
        super().__init__()
        self.seals: dict[int, Seal] = {}
        self._now = now
        self._tasks: Tasks[store_drafts.Drafts] = Tasks(partial(store_drafts.Drafts, path), self)

    def load(self, key: store_drafts.DraftKey, then: Callable[[DraftFields | str], object]) -> None:
        """Call `then` with the draft: what was typed, by field, or a sealed text; {} if there is none."""
        self._tasks.run(partial(_load, key), then, _log_failure)

    def keep(self, key: store_drafts.DraftKey, fields: DraftFields) -> None:
        text = msgspec.json.encode(fields).decode()
        seal = self.seals.get(key.officer_id) or self.seals.get(0)
        if seal is not None:
            text = msgspec.json.encode(seal.seal_text(text)).decode()
        at = to_stamp(self._now())
        self._tasks.run(lambda drafts: drafts.keep(key, text, at), None, _log_failure)

    def forget(self, key: store_drafts.DraftKey) -> None:
        self._tasks.run(lambda drafts: drafts.forget(key), None, _log_failure)

    def forget_old(self, time: TimeWitnesses) -> None:
        self._tasks.run(lambda drafts: drafts.forget_old(time), None, _log_failure)

    def load_look(self, officer_id: int, then: Callable[[store_drafts.KeptLook], object]) -> None:
        """Call `then` with the look that this officer chose here, if they chose one."""
        self._tasks.run(
            lambda drafts: drafts.load_look(officer_id), partial(_call_if_kept, then), _log_failure
        )

    def keep_look(self, officer_id: int, look: store_drafts.KeptLook) -> None:
        self._tasks.run(lambda drafts: drafts.keep_look(officer_id, look), None, _log_failure)

    def load_calls_on(self, officer_id: int, then: Callable[[bool], object]) -> None:
        """Call `then` with whether to call the next number after each, if this officer chose that here."""
        self._tasks.run(
            lambda drafts: drafts.calls_on(officer_id), partial(_call_if_kept, then), _log_failure
        )

    def keep_calls_on(self, officer_id: int, calls_on: bool) -> None:
        self._tasks.run(lambda drafts: drafts.keep_calls_on(officer_id, calls_on), None, _log_failure)

    def load_seat(self, then: Callable[[store_drafts.KeptSeat], object]) -> None:
        """Call `then` with who signed in last, if anybody has."""
        self._tasks.run(store_drafts.Drafts.load_seat, partial(_call_if_kept, then), _log_failure)

    def keep_seat(self, seat: store_drafts.KeptSeat) -> None:
        self._tasks.run(lambda drafts: drafts.keep_seat(seat), None, _log_failure)

    def load_paper(self, kind: str, then: Callable[[str], object]) -> None:
        """Call `then` with the way that a kind of paper went last from here, if one did."""
        self._tasks.run(
            lambda drafts: drafts.load_paper_way(kind), partial(_call_if_kept, then), _log_failure
        )

    def keep_paper(self, kind: str, way: str) -> None:
        self._tasks.run(lambda drafts: drafts.keep_paper_way(kind, way), None, _log_failure)

    def close(self) -> None:
        """Close the keeper. Everything given to it is on the disk when this returns."""
        self._tasks.close()


class DraftPlace(Protocol):
    """A place that keeps the draft of one form."""

    def load(self, then: FieldsReceiver) -> None: ...

    def keep(self, fields: DraftFields) -> None: ...

    def forget(self) -> None: ...


class Draft:
    """The draft of one form, kept by the keeper. `unseal` reads a sealed draft, and calls with its fields."""

    def __init__(self, keeper: DraftKeeper, key: store_drafts.DraftKey, unseal: Unseal) -> None:
        self._keeper, self._key, self._unseal = keeper, key, unseal

    def load(self, then: FieldsReceiver) -> None:
        def receive(kept: DraftFields | str) -> None:
            if isinstance(kept, str):
                self._unseal(kept, then)
            else:
                then(kept)

        self._keeper.load(self._key, receive)

    def keep(self, fields: DraftFields) -> None:
        self._keeper.keep(self._key, fields)

    def forget(self) -> None:
        self._keeper.forget(self._key)


def _load(key: store_drafts.DraftKey, drafts: store_drafts.Drafts) -> DraftFields | str:
    text = drafts.load(key)
    if not text:
        return {}
    try:
        return msgspec.json.decode(text, type=dict[str, Any] | str)
    except errors.UNREADABLE as error:  # valid JSON for SQLite, but no draft: somebody altered the file
        copy = drafts.set_aside(key)
        log.warning("an altered draft of %s is kept as %s: %s", key.form, copy, error)
        return {}


def fields_of(sealed: str, keyring: Keyring | None) -> DraftFields:
    """Unseal a draft; {} without the key for it."""
    try:
        return {} if keyring is None else msgspec.json.decode(keyring.open(sealed), type=dict[str, Any])
    except UnsealError:
        return {}


def _call_if_kept(then: Callable[[Kept], object], kept: Kept | None) -> None:
    if kept is not None:
        then(kept)


def _log_failure(error: UserError) -> None:
    """Log the failure: a form works without its draft, and a full disk must not stop its user."""
    log.warning("%s", error)
