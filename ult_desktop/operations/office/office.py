"""The office as a station opens it: every change and every query of the station pass through here."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import PERMISSIONS, Actor, Permission, Role, roles_from
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.event import Anchor, AnchorCheck, Event
from ult_desktop.core.merging import ChangedMeanwhile, Edit
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import office_day
from ult_desktop.db.access import officers
from ult_desktop.db.backup import anchors, journals
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store import events
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.engines import clock_of, engine_at
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.journal import Journal, JournalEntry
from ult_desktop.db.store.stations import OwnRow, Presence
from ult_desktop.db.store.store import RETRY_LIMIT_S, Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import OlderCopy, Witness
from ult_desktop.operations import edits, sealing
from ult_desktop.operations.access.delegated_roles import with_lent_roles
from ult_desktop.operations.access.key_holder import KeyHolder, StaleKeys
from ult_desktop.operations.access.officers import require_still_allowed
from ult_desktop.operations.access.sign_in import SignInCheck
from ult_desktop.operations.boards import BoardReader
from ult_desktop.operations.dispatch import encode_arguments, encode_result, execute
from ult_desktop.operations.lookup import find_ticket, today
from ult_desktop.operations.office.station_replacing import require_in_place, station_replaced
from ult_desktop.operations.operation import Context
from ult_desktop.operations.register import operation_of
from ult_desktop.operations.request_ids import new_id
from ult_desktop.operations.time_watch import TimeDoubt, TimeWatch, turn_to_another_clock

if TYPE_CHECKING:
    from ult_desktop.core.access.sealing import Keyring, Seal
    from ult_desktop.db.backup import future_stamps
    from ult_desktop.db.verification import VerificationResult
    from ult_desktop.operations.backup import quiet_hours, witnessing
else:
    future_stamps = late("ult_desktop.db.backup.future_stamps")
    quiet_hours = late("ult_desktop.operations.backup.quiet_hours")
    witnessing = late("ult_desktop.operations.backup.witnessing")


class StationMemory:
    """The station's journal, and its witness: the newest log entry that it knows.

    It belongs to the worker thread. A request is *in doubt* when the journal does not know whether its
    transaction was committed, as after an outage.
    """

    def __init__(self, path: Path, journal: Path) -> None:
        self.journal = Journal(journal)
        self.witness = Witness(path)
        self._path = path
        self._in_doubt: list[str] = []
        # `note_outcome` sets these three within a transaction; `note_committed` uses them after its commit.
        self._results_in_doubt: dict[str, str] = {}
        self._result = ""
        self._event_anchor: Anchor | None = None
        # The entry that `lay_anchor` last wrote next to the office file.
        self._laid_anchor: Anchor | None = None

    def require_newest(self, tx: Transaction) -> None:
        """Raise OlderCopy if a file that is about to be migrated lacks the newest entry in the journal."""
        newest = self.journal.newest_event(office_rows.uid_of(tx))
        Witness(self._path, () if newest is None else (newest,)).require_in_log(tx)

    def compare_office(self, store: Store, uid: str) -> None:
        """Compare the opened office of `uid` with the newest known event, and note how far its log has come.

        An older copy may still be read; a write to it is refused later. The office is compared first with
        this station's own entry, then with those that other stations laid on the share: they may have worked
        with an older copy without noticing.
        """
        self.witness.office = uid
        own_anchor = self.journal.newest_event(uid)
        shared_anchors = anchors.read_on_share(journals.folder_of(self._path), uid)

        def require_newest_and_read_followed(tx: Transaction) -> Anchor | None:
            self.witness.read_restores(tx)
            self.witness.note_newest(own_anchor)
            self.witness.require_in_log(tx)
            for anchor in shared_anchors:
                self.witness.note_newest(anchor)
            self.witness.require_in_log(tx)
            return self.followed_event(tx)

        try:
            self.note_entry(store.read(require_newest_and_read_followed))
        except OlderCopy:
            return

    def end_of_log(self, tx: Transaction) -> Anchor | None:
        """Return the last event of the log; it is on disk for certain once `tx` has committed a change."""
        return events.last_anchor(tx, self.witness.restores)

    def followed_event(self, tx: Transaction) -> Anchor | None:
        """Return the newest event that a reader knows to be on disk."""
        return events.followed_anchor(tx, self.witness.restores)

    def is_behind(self, tx: Transaction) -> bool:
        """Return whether the log ends before what this station knows of it."""
        newest, end = self.witness.newest, self.end_of_log(tx)
        return newest is not None and (end is None or end.age < newest.age)

    def note_entry(self, anchor: Anchor | None) -> None:
        """Remember an entry that is on disk for certain."""
        if anchor is not None and self.witness.note_newest(anchor):
            self.journal.note_newest_event(self.witness.office, anchor)

    def lay_anchor(self) -> None:
        """Write the newest event that this station knows next to the office file, if it has changed.

        A station that was off meanwhile recognises an older copy by it. On a server nothing is written.
        """
        newest = self.witness.newest
        if newest == self._laid_anchor or not engine_at(self._path).has_file:
            return
        self.journal.flush()
        folder = journals.folder_of(self._path)
        if journals.lay_anchor(self.journal.path, self.witness.office, folder):
            self._laid_anchor = newest

    def note_outcome(self, tx: Transaction, event: Event, *, new: bool) -> None:
        """Note how a request ends if its transaction is committed; `note_committed` is called after that.

        Requests in doubt were begun before a `new` one. What the log says of them when it has the new one is
        true: those that it still lacks never happened.
        """
        in_doubt = self._in_doubt if new else ()
        self._results_in_doubt = {request: _result_in_log(tx, request) for request in in_doubt}
        self._event_anchor = events.anchor_of(tx, event, self.witness.restores)
        self._result = encode_result(event, self._event_anchor)

    def note_committed(self, request: str) -> None:
        """Note that the request's transaction is committed."""
        self.journal.note_done(request, self._result)
        self.note_entry(self._event_anchor)
        for other, result in self._results_in_doubt.items():
            if result:
                self.journal.note_done(other, result)
            else:
                self.journal.note_abandoned(other)
            self._in_doubt.remove(other)

    def tidy(self, store: Store, watch: TimeWatch, clock: ShareClock) -> None:
        """Forget old requests, and look which ones an earlier run or an outage left open."""
        self.journal.flush()
        if self.journal.has_settled_before(clock()):
            time = store.read(partial(watch.look, clock=clock))
            if time.may_forget():
                self.journal.forget_before(time.now)
        self._in_doubt = self.journal.open_requests(self.witness.office)

    def settle(self, store: Store) -> None:
        """Close the requests in doubt that are in the log, after a commit of this station.

        A request that is not in the log stays in doubt, and is not carried out. When this station's next new
        request is in the log, the doubtful one is known never to have happened (`note_outcome`).
        """
        for request in tuple(self._in_doubt):
            if result := store.read(partial(_result_in_log, request=request)):
                self.journal.close_entry(request, "done", result)
                self._in_doubt.remove(request)


def _result_in_log(tx: Transaction, request: str) -> str:
    """Return the result of a request as the journal keeps it; "" if the log does not have the request."""
    event = events.find_by_request(tx, request)
    return encode_result(event, events.anchor_of(tx, event, events.count_restores(tx))) if event else ""


T = TypeVar("T")


class _PreparedCommand(NamedTuple, Generic[Answer]):
    """A command, merged and sealed. An edit is carried out only while its record is still `base`."""

    command: Command[Answer]
    base: dict[str, Any] | None = None


class OfficerSummary(msgspec.Struct, frozen=True):
    """An officer who can sign in: the login, the name people know, the roles, and their usual counter."""

    login: str
    name: str
    roles: frozenset[Role] = frozenset()
    usual_counter: int | None = None

    @property
    def serves(self) -> bool:
        """Whether this officer may serve at a counter."""
        return any(Permission.SERVE in PERMISSIONS[role] for role in self.roles)


class AnotherOffice(UserError):
    """The error that another office's file lies at the same path now. Nothing is written to it."""


def _require_same_office(row: office_rows.OfficeRow, uid: str, path: Path) -> None:
    if row.uid != uid:
        raise AnotherOffice(
            _("{path} sekarang berkas kantor lain: {name}.").format(path=path, name=row.settings.office.name),
            _("Tidak ada yang ditulis ke berkas itu."),
            _("Kembalikan berkas yang benar, atau mulai ulang program untuk kantor itu."),
        )


class Office(BoardReader):
    """An open office file. It belongs to one thread; opening may wait for the share.

    `taken` are the names of the fields that the last edit took over from others: they had changed them since
    its writer read the record. `committed` is called after each commit of this station.

    Raises:
        UserError: the file is missing, not an office, too new, damaged, or in use in an older version.
    """

    def __init__(self, path: Path, station: str, journal: Path, timeout_s: float = RETRY_LIMIT_S) -> None:
        self.path = path
        self.station = station
        self.clock = clock_of(path, station)
        self.clock.measure()
        self.committed: Callable[[], None] = lambda: None
        self.taken: tuple[str, ...] = ()
        self.seal: Seal | None = None
        self.keyring: Keyring | None = None
        self.keys = KeyHolder(self)
        self._untried = ""  # the request that is tried for the first time: the log cannot have it
        self._has_news = False  # another station wrote since the last `read`
        self._has_written = False
        self._time = TimeWatch(station)
        with ExitStack() as half_open:
            self._memory = StationMemory(path, journal)
            self._journal = self._memory.journal
            half_open.callback(self._journal.close)
            migrate_file(path, self.clock(), station, timeout_s, self._memory.require_newest)
            self._store = Store(path, timeout_s, station, self._memory.witness)
            half_open.callback(self._store.close)
            self.patience = self._store.patience
            self.own = OwnRow(self._journal)
            self.uid = self._store.read(office_rows.load).uid
            self._memory.compare_office(self._store, self.uid)
            self._tidy()
            self.keys.reload()
            half_open.pop_all()

    def perform(self, command: Command[Answer], by: Actor, request: str = "") -> Answer:
        """Carry out a command: the only way to a change of the office.

        Permission → personal text sealed → local journal → one transaction with its event → journal closed →
        `committed`. `request` is the id of an earlier try. If that try was carried out, its answer is
        returned, and nothing is done twice.

        Raises:
            UserError: refused; nothing changed.
            ShareUnreachable: the share is gone and the outcome unknown; `settle` finds out.
        """
        needs = operation_of(type(command)).needs  # imports the handler here, not within the transaction
        if by.officer_id is None:  # an officer's roles, lent ones too, are read from the file in `execute`
            by.require(needs)
        prepared = self._prepare(command, by, request)
        entry = JournalEntry(
            request or new_id(),
            self.uid,
            type(prepared.command).__name__,
            encode_arguments(prepared.command),
            self.clock(),
            by.station,
            by.officer_id,
        )
        self._untried = "" if request else entry.request
        self._journal.begin(entry)
        try:
            answer = self._write(command, prepared, by, entry)
        except (ShareUnreachable, WritesBlocked, AnotherOffice) as error:
            self._journal.note_unclear(entry.request)
            # By another clock the time may be right: the same request is tried again.
            if isinstance(error, TimeDoubt) and turn_to_another_clock(self.clock, error.witnesses):
                return self.perform(command, by, entry.request)
            raise
        except Exception as error:
            self._journal.close_entry(entry.request, "refused", str(error))
            raise
        self._memory.note_committed(entry.request)
        self._has_written = True
        self._time.note_written(entry.at)
        self.committed()
        if command.moves_keys:
            self.keys.reload_and_maintain()
        return sealing.mask_answer(command, answer, self.keyring)

    def _prepare(self, command: Command[Answer], by: Actor, request: str) -> "_PreparedCommand[Answer]":
        """Merge an edit with what others saved meanwhile, and seal the command."""
        if not isinstance(command, Edit) or command.seen is None:
            return _PreparedCommand(self._seal(command, by))
        record, is_merged = self._store.read(
            lambda tx: edits.read_record(tx, command, by, request, self.clock())
        )
        if is_merged:
            merged = edits.merge_edit(command, record, self.keyring)
        else:
            merged = edits.MergedEdit(msgspec.structs.replace(command, seen=None))
        self.taken = merged.taken
        return _PreparedCommand(self._seal(merged.edit, by), merged.base)

    def _seal(self, command: Command[Answer], by: Actor) -> Command[Answer]:
        try:
            return sealing.seal_command(command, self.seal, self.keyring)
        except UserError:
            # An officer who may not give the command at all is refused for that reason.
            self._store.read(
                lambda tx: require_still_allowed(tx, by, operation_of(type(command)).needs, self.clock())
            )
            raise

    def _write(
        self, command: Command[Answer], prepared: "_PreparedCommand[Answer]", by: Actor, entry: JournalEntry
    ) -> Answer:
        """Write the command's transaction.

        The command is prepared again, and its journal entry amended, when the office's keys were made or
        renewed since, or when somebody else changed the record that it was merged with.
        """
        for _try in range(edits.TRIES):
            try:
                return self._store.write(partial(self._carry_out, prepared=prepared, by=by, entry=entry))
            except StaleKeys:
                self.keys.reload()
            except ChangedMeanwhile:
                pass
            prepared = self._prepare(command, by, "")
            self._journal.amend(entry.request, encode_arguments(prepared.command))
        return self._store.write(partial(self._carry_out, prepared=prepared, by=by, entry=entry))

    def _carry_out(
        self, tx: Transaction, prepared: "_PreparedCommand[Answer]", by: Actor, entry: JournalEntry
    ) -> Answer:
        """Carry the command out within `Store.write`, which may call this again.

        A request that was tried before may be in the log. Then it is only answered, and not done twice.
        """
        command, base = prepared
        event = None if self._untried == entry.request else events.find_by_request(tx, entry.request)
        self._untried = ""
        is_new = event is None
        if event is None:
            row, newest_key = office_rows.load_for_write(tx)
            _require_same_office(row, self.uid, self._store.path)
            if not command.done_alone:
                require_in_place(self.own, tx)
            self._time.require(tx, entry.at, self.clock, command)
            self.keys.require_newest(newest_key)
            if base is not None and isinstance(command, Edit):
                edits.require_base(tx, command, base)
            day = office_day(entry.at, row.settings.office.zone)
            context = Context(entry.at, day, by, entry.request, row, boot=self.own.boot)
            event = execute(tx, command, context)
        else:
            tx.on_connection(tx.engine.sync_earlier)  # its COMMIT failed, and may not have come to the end
        if command.opens:
            tx.reader = by.officer_id or 0
        self._memory.note_outcome(tx, event, new=is_new)
        return operation_of(type(command)).answer(tx, event.subject)

    def _tidy(self) -> None:
        self._memory.tidy(self._store, self._time, self.clock)

    def settle(self) -> None:
        """Find out whether requests that an earlier run or an outage left open were carried out."""
        self._tidy()
        self._memory.settle(self._store)

    def halt(self, reason: WritesBlocked | None) -> None:
        """Refuse every change with `reason` from now on; with None, allow changes again. Reading goes on."""
        self._store.halt(reason)

    def sign_in(self, login: str, password: str) -> Actor:
        """Sign an officer in with the roles lent to them, and open their keys.

        Raises:
            TooManyTries: wrong passwords before make this one wait.
            UserError: name or password is wrong.
        """
        actor = self.check_password(login, password)
        self.keys.open(actor, password)
        return actor

    def check_password(self, login: str, password: str) -> Actor:
        """Return the officer with that login and password, as `sign_in` does, without opening keys."""
        log_time = partial(self._time.log_time, clock=self.clock)
        actor = SignInCheck(self._store, self.station, self.clock, log_time).authenticate(login, password)
        return self.read(lambda tx: with_lent_roles(tx, actor, self.clock()))

    def sign_out(self) -> None:
        """Sign out, or lock the screen: forget the officer's keys."""
        self.keys.forget()

    def report_presence(self, presence: Presence) -> Presence | None:
        """Write this station's row, now and at each opening of a connection (docs/store.md, rule 14).

        Returns another PC at work under this station's name, or None.

        The newest log entry that this station knows is laid on the share before each report and after it.

        Raises AnotherOffice or OlderCopy when the file was exchanged, StationReplaced when another PC has
        taken this one's position, TimeDoubt when the time is contradicted.
        """

        def report_if_sure(tx: Transaction) -> None:
            # A doubtful date must not keep a new connection from opening: the office can still be read.
            if self._time.is_sure(tx, self.clock):
                self._report(tx, presence)

        self._memory.lay_anchor()
        try:
            self._store.on_open(report_if_sure)
            end, namesake = self._store.write(lambda tx: self._report(tx, presence))
        except (AnotherOffice, OlderCopy):
            self._store.close()  # the right file may be back by the next try
            raise
        except TimeDoubt as doubt:
            if not turn_to_another_clock(self.clock, doubt.witnesses):
                raise
            return self.report_presence(presence)
        self._memory.note_entry(end)
        self._memory.lay_anchor()
        self.own.boot = presence.boot
        if self.own.is_replaced:
            raise station_replaced()
        return namesake

    def _report(self, tx: Transaction, presence: Presence) -> tuple[Anchor | None, Presence | None]:
        """Write the row; return the end of the log, and another PC at work under this station's name or None.

        The log's end makes this station a witness of what others wrote. The row is stamped here: since the
        report was made, this station may have turned to another clock, and others trust the stamp.
        """
        _require_same_office(office_rows.load(tx), self.uid, self._store.path)
        now = self.clock()
        self._time.require(tx, now, self.clock)
        seen = msgspec.structs.replace(presence, seen_at=now)
        self.own.report(tx, seen)
        return self._memory.end_of_log(tx), self.own.find_namesake(tx, seen)

    def last_seq(self) -> int:
        return self.read(events.last_seq)

    def officers(self) -> tuple[OfficerSummary, ...]:
        """Return the officers who can sign in at a counter, by name."""
        return tuple(
            OfficerSummary(row.login, row.name, roles_from(row.roles), row.usual_counter)
            for row in self.read(officers.all_active)
            if row.password_hash
        )

    def find_ticket(self, text: str) -> Ticket | None:
        """Return a ticket by the code on its QR, or by today's number ("A012"). None if there is none."""
        return self.read(lambda tx: find_ticket(tx, text, self.clock()))

    def expect_news(self) -> None:
        """Let the next `read` note the end of the log in the journal, because another station wrote."""
        self._has_news = True

    @override
    def read(self, query: Callable[[Transaction], T]) -> T:
        """Answer a query from a snapshot. Personal text that the signed-in officer may not read is masked."""

        def query_as_reader(tx: Transaction) -> T:
            tx.reader = self.keys.reader
            return query(tx)

        self._journal.flush()  # no request is under way: time to write down how the last one ended
        if not self._has_news:
            return sealing.mask_fields(self._store.read(query_as_reader), self.keyring)
        memory = self._memory
        answer, is_behind, followed = self._store.read(
            lambda tx: (query_as_reader(tx), memory.is_behind(tx), memory.followed_event(tx))
        )
        self._has_news = False
        if is_behind:
            self._store.compare_again()
        memory.note_entry(followed)
        self._journal.flush()
        return sealing.mask_fields(answer, self.keyring)

    def verify(self, progress: Callable[[int], None] = lambda _done: None) -> "VerificationResult":
        alone = quiet_hours.alone_with(self.path, self.clock)
        own_folder = self._journal.path.parent
        verdict = witnessing.verify(self._store.read, alone, self.path, own_folder, progress)
        return verdict if verdict.has_damage else future_stamps.with_stamps(verdict, self.future_stamps())

    def future_stamps(self) -> "tuple[future_stamps.FutureStamp, ...]":
        """Return the stamps that a clock running ahead wrote into the file or next to it."""
        return future_stamps.all_of(self._store.read, self.clock())

    def compare_witnesses(self) -> tuple[AnchorCheck, ...]:
        """Compare the log with every journal and backup that can be reached."""
        return witnessing.compare_all_anchors(self._store.read, self.path, self._journal.path.parent)

    def close(self) -> None:
        self._store.close()
        if self._has_written:
            self._memory.lay_anchor()
        self._journal.close()


def today_of(office: Office) -> str:
    """Return the office's own date (ISO), whatever the zone of this PC."""
    return office.read(lambda tx: today(tx, office.clock()))
