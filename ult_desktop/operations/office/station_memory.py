"""What a station remembers of its office, on its own disk: its requests, and how far the log had come.

The office file can be exchanged for an older copy of itself while nobody looks; this memory cannot
(docs/store.md, rule 9).
"""

from functools import partial
from pathlib import Path

from ult_desktop.core.event import Anchor, Event
from ult_desktop.core.office_time import may_forget
from ult_desktop.db.backup import anchors, journals
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.journal import Journal
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import OlderCopy, Witness
from ult_desktop.operations.dispatch import encode_result


class StationMemory:
    """The station's journal and witness, of one office. Belongs to the worker thread."""

    def __init__(self, path: Path, journal: Path) -> None:
        self.journal = Journal(journal)
        self.witness = Witness(path)
        self._path = path
        self._in_doubt: list[str] = []
        self._disproved: list[str] = []
        self._result = ""
        self._reached: Anchor | None = None

    def require_newest(self, tx: Transaction) -> None:
        """Of a file that is about to be migrated. Raises OlderCopy."""
        known = self.journal.known(office.uid_of(tx))
        Witness(self._path, () if known is None else (known,)).require(tx)

    def meet(self, store: Store, uid: str) -> None:
        """The office of `uid` was opened: hold it against what is known, and learn how far it has come.

        An older copy is left to be read; whoever wants to write is told.
        """
        self.witness.office = uid
        for known in (self.journal.known(uid), *anchors.on_share(journals.folder_of(self._path), uid)):
            self.witness.learn(known)
        try:
            self.saw(store.read(self._newest))
        except OlderCopy:
            return

    def _newest(self, tx: Transaction) -> Anchor | None:
        self.witness.meet(tx)
        self.witness.require(tx)
        return self.end_of_log(tx)

    def end_of_log(self, tx: Transaction) -> Anchor | None:
        return events.last_anchor(tx, self.witness.restores)

    def saw(self, anchor: Anchor | None) -> None:
        """It is on disk for certain."""
        if anchor is not None and self.witness.learn(anchor):
            self.journal.saw(self.witness.office, anchor)

    def note(self, tx: Transaction, event: Event, *, new: bool) -> None:
        """How a request ends, if its transaction is committed; then comes `done`.

        A `new` one was begun after all that is in doubt: what a log that has it does not know never happened.
        """
        self._disproved = [each for each in self._in_doubt if new and events.subject_of(tx, each) is None]
        self._reached = events.anchor_of(tx, event, self.witness.restores)
        self._result = encode_result(event, self._reached)

    def done(self, request: str) -> None:
        """Its transaction is committed."""
        self.journal.done(request, self._result)
        self.saw(self._reached)
        for other in self._disproved:
            self.journal.never_happened(other)
            self._in_doubt.remove(other)

    def settle(self, store: Store, now: int) -> None:
        """Find out what became of requests that an earlier run or an outage left open.

        One that is not in the log is not carried out behind people's backs. Whether it never happened, or the
        file is older than it, shows when the log has run on from here past it.
        """
        self.journal.flush()
        if self.journal.has_settled_before(now) and may_forget(now, store.read(events.last_at)):
            self.journal.forget_before(now)
        self._in_doubt = []
        for request in self.journal.open_requests(self.witness.office):
            result = store.read(partial(_recorded, request=request))
            if result:
                self.journal.close_entry(request, "done", result)
            else:
                self._in_doubt.append(request)


def _recorded(tx: Transaction, request: str) -> str:
    """What the log says of a request, for the journal; "" when it does not know it."""
    event = events.of_request(tx, request)
    return encode_result(event, events.anchor_of(tx, event, events.restores(tx))) if event else ""
