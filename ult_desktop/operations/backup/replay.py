"""The replay of the requests that a lost office file had acknowledged: each exactly once.

The backup ends at some point; the stations' journals have the requests that came after. They are carried out
in the order of the old log, so that every row gets its old id and every paper its number. A request whose
result would differ from the old one is not done, but reported: a wrong row is worse than a missing one.

Entries of the journals *in doubt* have no place in the old log: it is unknown whether they were acknowledged.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import dropwhile, islice
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core import recorded_requests, stamps
from ult_desktop.core.access.roles import Actor, roles_from
from ult_desktop.core.command import Command
from ult_desktop.core.event import Event
from ult_desktop.core.office_time import LONGEST_SILENCE_MS
from ult_desktop.core.queue.ticket import is_twin
from ult_desktop.db.access import officers
from ult_desktop.db.office import office
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.store import OfficeAccess, OneTransaction, write_or_refuse
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import dispatch, register
from ult_desktop.operations.access.delegated_roles import effective_roles
from ult_desktop.operations.operation import Context, Replay, refuse, require_found

PROGRESS_EVERY_S = 3.0
# The reason of an entry that waits. Nobody reads it: the last round tries each such entry without waiting.
_TOO_EARLY = "waits for an earlier act: on its ticket, at its counter, whose row has its id, or that it ended"
_LONGEST_REQUEST_MS = stamps.MINUTE_MS
"""A request takes less, differences of clocks included: it waits for others that write, or for the share."""
_COMPARED_ACTS = 20
"""The number of the log's next acts that show which of several acts in doubt had happened."""
_ISSUED = "ticket.issued"
_NEW_TICKET_KINDS = (_ISSUED, "ticket.walked_in")
_TICKET_KIND_PREFIXES = ("ticket.", "paper.")


class ReplayedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request of the replay, without its arguments. `at` is UTC ms; `why` says why it was not done.

    `twin`: another visitor's paper has the same number.
    """

    request: str
    at: int
    station: str
    name: str
    label: str = ""
    doubtful: bool = False
    twin: bool = False
    why: str = ""


class ReplayReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a replay.

    Of the requests that were `done`, it is unknown whether the `doubtful` ones had been acknowledged: the
    program died in the middle. Those `left_out` were not acknowledged: a person was shown that they failed,
    they are older than the backup, which does not have them, or no office writes at their time. `known`
    counts those that the backup's log had already, `lost` the entries of the old log that no journal has.
    """

    done: tuple[ReplayedRequest, ...] = ()
    refused: tuple[ReplayedRequest, ...] = ()
    left_out: tuple[ReplayedRequest, ...] = ()
    known: int = 0
    lost: int = 0


def replay(
    store: OfficeAccess,
    entries: Sequence[recorded_requests.JournalRecord],
    report_progress: Callable[[str], object] = lambda _words: None,
) -> ReplayReport:
    """Carry out `entries`, merged and in order, on the restored office in `store`.

    An acknowledged act that is refused may need an older one that is, or was once, in doubt: those are tried
    before it, and stay if it then comes out as it did. Any refused entry is tried again as long as others
    succeed: it may need a row that a later entry makes, and its own row can get its old id only while that id
    is the next one. So the first refused entry is tried again after each success, and all of them before each
    entry in doubt, which would take the next id. An entry in doubt waits if it gets the id of a refused one.

    An act on a ticket waits for the earlier acts on it, because an arrival makes the visit that a guest book
    would have made. An act at a counter waits for the earlier ones there, because a call keeps the counter
    from an earlier call that is tried again. When all were tried, a call ends the unanswered call that is in
    its way: it was acknowledged, so something that no journal knows had ended that one. The last round does
    not wait. `report_progress` gets a sentence every few seconds.

    Raises:
        ShareUnreachable, WritesBlocked: `store` does not take any entry.
    """
    left_out = store.read(partial(_list_left_out, entries=entries))
    left_out_requests = {line.request for line in left_out}
    replayable = [
        entry for entry in entries if is_replayable(entry) and entry.request not in left_out_requests
    ]
    zone = store.read(office.zone)
    forked_seq = store.read(partial(_find_fork, entries=entries))
    # What was shown as failed is done only if an acknowledged act needs it: then it had happened.
    perhaps = [entry for entry in entries if entry.shown_as_failed and entry.request in left_out_requests]
    attempts = _Attempts(store, forked_seq, zone, (*replayable, *perhaps))
    for entry in _with_progress(replayable, report_progress):
        if entry.is_in_doubt:
            attempts.retry_all()
        if attempts.carry_out(entry) or attempts.carry_out_after_older(entry):
            attempts.retry_first()
    attempts.retry_all()
    attempts.ends_calls = True
    attempts.retry_all()
    attempts.in_order = False
    attempts.retry_all()
    carried_out = {line.request for line in attempts.done}
    refused = tuple(line for _entry, line in attempts.refused.values())
    return ReplayReport(
        done=tuple(attempts.done),
        refused=refused,
        left_out=tuple(line for line in left_out if line.request not in carried_out),
        known=attempts.known,
        lost=store.read(partial(_count_lost, entries=replayable, refused=refused)),
    )


class _Attempts:
    """The attempts to carry out the entries: those that succeeded, and those that were refused until now.

    `forked_seq` is the number of `_find_fork`. `known` counts the entries that the log had already.
    """

    def __init__(
        self,
        store: OfficeAccess,
        forked_seq: int,
        zone: ZoneInfo,
        entries: Sequence[recorded_requests.JournalRecord],
    ) -> None:
        self._store, self._forked_seq, self._zone = store, forked_seq, zone
        self._pending = {entry.request: entry for entry in entries}
        self._old_ids = _old_ids_by_label(entries, zone)
        self._new_ids: dict[int, int] = {}  # of tickets, by the ids that they had in the old log
        self._last_act_at: dict[int, int] = {}  # by counter: the time of its newest act on a ticket (UTC ms)
        self.in_order = True  # an act waits for earlier ones on its ticket and at its counter
        self.ends_calls = False  # a call ends the unanswered call that is in its way
        self._subjects: dict[str, frozenset[tuple[str, int]]] = {}  # by request
        self.done: list[ReplayedRequest] = []
        self.refused: dict[str, tuple[recorded_requests.JournalRecord, ReplayedRequest]] = {}
        self.known = 0

    def carry_out(self, entry: recorded_requests.JournalRecord) -> bool:
        """Try an entry; return whether it was carried out now."""
        if entry.request not in self._pending:  # one that is refused without it needed it earlier
            return False
        if self.in_order and self._comes_too_early(entry):
            waiting = msgspec.structs.replace(_report_line(entry), why=_TOO_EARLY)
            self.refused.setdefault(entry.request, (entry, waiting))
            return False
        line = self._attempt(entry)
        if line is not None and line.why:
            self.refused[entry.request] = entry, line
            return False
        self._forget(entry)
        if line is None:
            self.known += 1
            return False
        self.done.append(line)
        return True

    def carry_out_after_older(self, entry: recorded_requests.JournalRecord) -> bool:
        """Try a refused entry again after older ones; return whether all these were carried out now.

        An older entry that comes later in the order of the log is in doubt, or was when the office was
        rebuilt before; its station may have tried it again since. It may have begun after `entry`, which
        waited for the lock. If `entry` is refused after them, none is carried out.
        """
        if entry.journal_result is None or entry.request not in self.refused or self._comes_too_early(entry):
            return False
        restores = entry.journal_result.restores
        older = [
            other
            for other in self._pending.values()
            if other.first_tried_at <= entry.at + _LONGEST_REQUEST_MS
            and (other.journal_result is None or other.journal_result.restores > restores)
        ]
        if not older:
            return False
        older.sort(key=lambda other: other.first_tried_at)
        try:
            performed = self._store.write(partial(self._perform_after_needed, older=older, entry=entry))
        except (ShareUnreachable, WritesBlocked):
            raise
        except UserError:
            return False
        for each, event in performed:
            self._forget(each)
            self.done.append(self._note(each, event))
        return True

    def _forget(self, entry: recorded_requests.JournalRecord) -> None:
        self.refused.pop(entry.request, None)
        self._pending.pop(entry.request)

    def _comes_too_early(self, entry: recorded_requests.JournalRecord) -> bool:
        """Return whether an earlier act on the same ticket, or at the same counter, is refused until now.

        What is in doubt waits only for acts that are older: it may be what a later one needs.
        """
        subjects = self._subjects_of(entry)
        for earlier, _refusal in self.refused.values():
            if earlier is entry:
                return False
            is_earlier = not entry.is_in_doubt or (earlier.at, earlier.request) < (entry.at, entry.request)
            if is_earlier and not earlier.is_in_doubt and subjects & self._subjects_of(earlier):
                return True
        return False

    def _subjects_of(self, entry: recorded_requests.JournalRecord) -> frozenset[tuple[str, int]]:
        if entry.request not in self._subjects:
            self._subjects[entry.request] = _subjects_of(entry)
        return self._subjects[entry.request]

    def retry_first(self) -> None:
        """Try the first refused entry again, and the next one as long as each succeeds."""
        while self.refused and self.carry_out(next(iter(self.refused.values()))[0]):
            pass

    def retry_all(self) -> None:
        """Try all refused entries again, in their order, as long as one of them succeeds."""
        has_succeeded = True
        while has_succeeded:
            has_succeeded = False
            for entry, _refusal in tuple(self.refused.values()):
                has_succeeded = self.carry_out(entry) or has_succeeded

    def _attempt(self, entry: recorded_requests.JournalRecord) -> ReplayedRequest | None:
        """Carry out one entry in one transaction. Returns None when the log knows it already.

        Raises ShareUnreachable or WritesBlocked: that is no refusal, and the next entry would meet it too.
        """
        try:
            event = write_or_refuse(self._store, partial(self._perform, entry=entry))
        except (ShareUnreachable, WritesBlocked):
            raise
        except UserError as error:
            return msgspec.structs.replace(_report_line(entry), why=error.what)
        return None if event is None else self._note(entry, event)

    def _note(self, entry: recorded_requests.JournalRecord, event: Event) -> ReplayedRequest:
        """Note that an entry was carried out; return its line of the report."""
        old_result, label = entry.journal_result, dispatch.journal_result(event).label
        old_id = (
            self._old_ids_of_day(entry).get(label, event.subject)
            if old_result is None
            else old_result.subject
        )
        if event.kind == _ISSUED and event.subject != old_id:
            self._new_ids[old_id] = event.subject
        counter = _counter_of(_command_of(entry))
        if counter and event.kind.startswith(_TICKET_KIND_PREFIXES):
            self._last_act_at[counter] = max(entry.at, self._last_act_at.get(counter, 0))
        has_twin = event.kind == _ISSUED and self._store.read(
            lambda tx: is_twin(tickets.get(tx, event.subject).series)
        )
        return msgspec.structs.replace(_report_line(entry), label=label, twin=has_twin)

    def _old_ids_of_day(self, entry: recorded_requests.JournalRecord) -> Mapping[str, int]:
        """Return the ids of `_old_ids_by_label` of an entry's day, by label."""
        return self._old_ids.get(stamps.office_day(entry.at, self._zone), {})

    def _perform_after_needed(
        self,
        tx: Transaction,
        older: Sequence[recorded_requests.JournalRecord],
        entry: recorded_requests.JournalRecord,
    ) -> list[tuple[recorded_requests.JournalRecord, Event]]:
        """Carry out `entry` after those `older` ones that it needs; return what was, with the events.

        These are one, the likeliest, or what is left of all without each one that is not needed: what was
        shown as failed may not have happened, and what is in doubt would take the id of a later row.

        Raises UserError if `entry` cannot be carried out.
        """
        alone = [other for other in older if self._helps(tx, [other], entry)]
        if alone:
            return self._perform_after(tx, [self._likeliest(tx, alone, entry)], entry)
        # Most refused entries need none: an outage may have left hundreds, and to leave out each takes long.
        if not self._helps(tx, older, entry):
            raise refuse(_TOO_EARLY)
        needed = list(older)
        for other in older:
            fewer = [each for each in needed if each is not other]
            if self._helps(tx, fewer, entry):
                needed = fewer
        return self._perform_after(tx, needed, entry)

    def _likeliest(
        self,
        tx: Transaction,
        older: Sequence[recorded_requests.JournalRecord],
        entry: recorded_requests.JournalRecord,
    ) -> recorded_requests.JournalRecord:
        """Return that of the `older` entries after which most of the log's next acts come out as they did."""
        in_log = (each for each in self._pending.values() if each.journal_result is not None)
        following = tuple(islice(dropwhile(lambda each: each is not entry, in_log), 1, 1 + _COMPARED_ACTS))

        def count_performed(other: recorded_requests.JournalRecord) -> int:
            entries = (other, entry, *following)
            return len(OneTransaction(tx).try_out(partial(self._perform_those_possible, entries=entries)))

        return older[0] if len(older) == 1 else max(older, key=count_performed)

    def _helps(
        self,
        tx: Transaction,
        older: Iterable[recorded_requests.JournalRecord],
        entry: recorded_requests.JournalRecord,
    ) -> bool:
        """Return whether `entry` can be carried out after `older` ones; nothing of it stays."""
        try:
            OneTransaction(tx).try_out(partial(self._perform_after, older=older, entry=entry))
        except (ShareUnreachable, WritesBlocked):
            raise
        except UserError:
            return False
        return True

    def _perform_after(
        self,
        tx: Transaction,
        older: Iterable[recorded_requests.JournalRecord],
        entry: recorded_requests.JournalRecord,
    ) -> list[tuple[recorded_requests.JournalRecord, Event]]:
        """Carry out those of the `older` entries that can be, then `entry`; return these, with the events.

        Raises UserError if `entry` cannot be carried out.
        """
        performed = self._perform_those_possible(tx, older)
        event = write_or_refuse(OneTransaction(tx), partial(self._perform, entry=entry))
        return performed if event is None else [*performed, (entry, event)]

    def _perform_those_possible(
        self, tx: Transaction, entries: Iterable[recorded_requests.JournalRecord]
    ) -> list[tuple[recorded_requests.JournalRecord, Event]]:
        """Carry out those of the entries that can be; return these, with the events."""
        part, performed = OneTransaction(tx), list[tuple[recorded_requests.JournalRecord, Event]]()
        for entry in entries:
            try:
                event = write_or_refuse(part, partial(self._perform, entry=entry))
            except (ShareUnreachable, WritesBlocked):
                raise
            except UserError:
                continue
            if event is not None:
                performed.append((entry, event))
        return performed

    def _perform(self, tx: Transaction, entry: recorded_requests.JournalRecord) -> Event | None:
        """Carry out an entry as it was. Returns None if the log knows it."""
        if events.result_of(tx, entry.request) is not None:
            return None
        command, old_result = _command_of(entry), entry.journal_result
        if entry.is_in_doubt and self._last_act_at.get(_counter_of(command), 0) > entry.at:
            raise refuse(_("Loket itu sudah melayani orang lain sesudahnya."))
        if self._forked_seq and (old_result is None or old_result.seq >= self._forked_seq):
            command = _with_ids_of_this_log(tx, command, entry.at, self._new_ids)
            old_result = None if old_result is None else _with_free_id(tx, old_result, self._new_ids)
        by = _actor_of(tx, entry)
        by.require(register.operation_of(type(command)).needs)
        row = office.load(tx)
        if old_result:
            freed = old_result.freed
            if self.ends_calls and old_result.kind == "ticket.called":
                freed += _calls_in_the_way(tx, _counter_of(command), old_result.subject)
            past = Replay(label=old_result.label, subject=old_result.subject or None, freed=freed)
        else:
            old_ids = self._old_ids_of_day(entry).items()
            missing = {label: old_id for label, old_id in old_ids if tickets.find(tx, old_id) is None}
            past = Replay(missing=missing)
        context = Context(
            at=entry.at,
            day=stamps.office_day(entry.at, row.settings.office.zone),
            by=by,
            request=entry.request,
            office=row,
            replay=past,
        )
        event = dispatch.execute(tx, command, context)
        result = dispatch.journal_result(event)
        if old_result is not None:
            _require_same_outcome(old_result, result)
            is_complete = {*old_result.freed} <= {*result.freed} and old_result.visits == result.visits
            if self.in_order and not is_complete:
                raise refuse(_TOO_EARLY)
        elif self.in_order and self._takes_id_of_refused(result):
            raise refuse(_TOO_EARLY)
        return event

    def _takes_id_of_refused(self, result: recorded_requests.JournalResult) -> bool:
        """Return whether a row that was now made has the id of one that a refused entry made."""
        kind = result.kind
        is_no_new_row = kind.startswith(_TICKET_KIND_PREFIXES) and kind not in _NEW_TICKET_KINDS
        return any(
            {*result.visits} & {*old.visits}
            or (not is_no_new_row and (old.kind, old.subject) == (kind, result.subject))
            for old in (refused.journal_result for refused, _refusal in self.refused.values())
            if old is not None
        )


def _with_progress(
    entries: Sequence[recorded_requests.JournalRecord], report_progress: Callable[[str], object]
) -> Iterator[recorded_requests.JournalRecord]:
    """Yield the entries, and report every few seconds how many are done."""
    reported_at = time.monotonic()
    for nth, entry in enumerate(entries):
        if time.monotonic() - reported_at > PROGRESS_EVERY_S:
            reported_at = time.monotonic()
            report_progress(_("{n} dari {all} permintaan diulang …").format(n=nth, all=len(entries)))
        yield entry


def is_replayable(entry: recorded_requests.JournalRecord) -> bool:
    """Return whether the entry was acknowledged, is in doubt, or was done offline and not handed in yet."""
    return (
        entry.outcome == "done" or entry.is_in_doubt or (entry.happened_offline and entry.outcome == "open")
    )


def _list_left_out(
    tx: Transaction, entries: Sequence[recorded_requests.JournalRecord]
) -> tuple[ReplayedRequest, ...]:
    """Return the entries that the backup's log lacks and that must not be carried out, with their reasons."""
    backup_at = events.last_at(tx)
    newest_at = max([backup_at, *(entry.at for entry in entries if entry.journal_result is not None)])
    left_out = []
    for entry in entries:
        if entry.shown_as_failed:
            why = _("Peminta diberi tahu bahwa ini gagal atau belum pasti.")
        # The program died before it showed a success. An older one that the backup lacks never happened.
        elif entry.is_in_doubt and entry.at < backup_at - _LONGEST_REQUEST_MS:
            why = _("Cadangan dibuat sesudahnya dan tidak memuatnya.")
        # The office would have asked a person about that time first (docs/store.md, rule 19).
        elif entry.is_in_doubt and 0 < newest_at < entry.at - LONGEST_SILENCE_MS:
            why = _("Jam stasiun itu jauh mendahului catatan kantor.")
        else:
            continue
        if events.result_of(tx, entry.request) is None:
            left_out.append(msgspec.structs.replace(_report_line(entry), why=why))
    return tuple(left_out)


def _count_lost(
    tx: Transaction, entries: Iterable[recorded_requests.JournalRecord], refused: Iterable[ReplayedRequest]
) -> int:
    """Return how many events of the old log no journal has, in the log that the replay completed.

    The newest entry says how many events the old log had. The new one has those that came back; the `refused`
    ones are known, and the mark of a later rebuilding is nobody's work.
    """
    places = [(result.restores, result.seq) for entry in entries if (result := entry.journal_result)]
    old_restores, old_length = max(places, default=(0, 0))
    marks = max(0, old_restores - events.count_restores(tx))
    acknowledged = [line for line in refused if not line.doubtful]
    return max(0, old_length - marks - events.last_seq(tx) - len(acknowledged))


def _find_fork(tx: Transaction, entries: Iterable[recorded_requests.JournalRecord]) -> int:
    """Return the first number that the log gave to another event than the journals have for it, or 0.

    There is one if an older copy of the office was worked with for a while. From that number on, the log and
    the journals use the same ids for different rows. What was written before the office was rebuilt, or
    after, is not compared: a rebuilt log may have another order.
    """
    restores = events.count_restores(tx)
    in_journals = [
        (entry.journal_result.seq, entry.request)
        for entry in entries
        if entry.journal_result is not None and entry.journal_result.restores == restores
    ]
    if not in_journals:
        return 0
    first, _request = min(in_journals)
    # The log has no gap (`events.append`).
    in_log = dict(enumerate((request for _kind, request in events.requests_after(tx, first - 1)), first))
    return min((seq for seq, request in in_journals if in_log.get(seq, request) != request), default=0)


def _old_ids_by_label(
    entries: Iterable[recorded_requests.JournalRecord], zone: ZoneInfo
) -> Mapping[str, Mapping[str, int]]:
    """Return the old ids of tickets whose issue no journal has with its result, by day and label.

    Their station does not know whether its request was carried out. A later act, such as a call, has the
    ticket's label and id.
    """
    results = [
        (stamps.office_day(entry.at, zone), entry.journal_result) for entry in entries if entry.journal_result
    ]
    issued_ids = {result.subject for _day, result in results if result.kind in _NEW_TICKET_KINDS}
    old_ids: dict[str, dict[str, int]] = {}
    for day, result in results:
        if result.label and result.subject not in issued_ids and result.kind.startswith("ticket."):
            old_ids.setdefault(day, {})[result.label] = result.subject
    return old_ids


def _report_line(entry: recorded_requests.JournalRecord) -> ReplayedRequest:
    return ReplayedRequest(
        request=entry.request,
        at=entry.at,
        station=entry.station,
        name=entry.name,
        label=entry.journal_result.label if entry.journal_result else "",
        doubtful=entry.outcome != "done",
    )


def _calls_in_the_way(tx: Transaction, counter: int, ticket_id: int) -> tuple[int, ...]:
    """Return the tickets of unanswered calls at a counter, and of another call of the ticket."""
    open_servings = (servings.open_at_counter(tx, counter), servings.open_of_ticket(tx, ticket_id))
    unanswered = (each for each in open_servings if each is not None and each.arrived_at is None)
    return tuple({each.ticket_id: None for each in unanswered})  # both may be one


def _require_same_outcome(
    old_result: recorded_requests.JournalResult, result: recorded_requests.JournalResult
) -> None:
    """Raise UserError if an act came out otherwise than its station recorded."""
    # An issued number has the subject 0 if another ticket has its old id.
    has_new_id = old_result.kind == _ISSUED and not old_result.subject
    is_same_row = has_new_id or old_result.subject == result.subject
    if not is_same_row or (old_result.kind, old_result.label) != (result.kind, result.label):
        raise refuse(_("Hasilnya akan berbeda dari yang dulu; ada jurnal stasiun lain yang belum dibawa."))


def _with_ids_of_this_log(tx: Transaction, command: Command, at: int, new_ids: Mapping[int, int]) -> Command:
    """Return the command with the ids that its tickets have in this log.

    Raises UserError if the command is older than the row that it names: that id is another visitor's now.
    """
    ticket_id, visit_id = getattr(command, "ticket_id", None), getattr(command, "visit_id", None)
    if ticket_id is not None and ticket_id in new_ids:
        return msgspec.structs.replace(command, ticket_id=new_ids[ticket_id])
    ticket = None if ticket_id is None else tickets.find(tx, ticket_id)
    visit = None if visit_id is None else visits.find(tx, visit_id)
    if (ticket is not None and ticket.issued_at > at) or (visit is not None and visit.began_at > at):
        raise refuse(_("Nomor barisnya kini milik orang lain."))
    return command


def _with_free_id(
    tx: Transaction, old_result: recorded_requests.JournalResult, new_ids: Mapping[int, int]
) -> recorded_requests.JournalResult:
    """Return the result with the id that its ticket has in this log.

    For a ticket that is to be issued it is 0 if another ticket has the id.
    """
    if old_result.kind == _ISSUED:
        is_taken = tickets.find(tx, old_result.subject) is not None
        return msgspec.structs.replace(old_result, subject=0) if is_taken else old_result
    if old_result.kind.startswith(_TICKET_KIND_PREFIXES):
        new_id = new_ids.get(old_result.subject, old_result.subject)
        return msgspec.structs.replace(old_result, subject=new_id)
    return old_result


def _command_of(entry: recorded_requests.JournalRecord) -> Command:
    """Return the command of a journal's entry, without the parts that no journal keeps."""
    kind = require_found(
        register.kind_named(entry.name),
        _("Pekerjaan {name} tidak dikenal program ini.").format(name=entry.name),
    )
    try:
        # Another version of the program may have written the line, with other fields.
        return kind.read(entry.arguments)
    except msgspec.MsgspecError as error:
        raise refuse(_("Catatannya tidak terbaca ({error}).").format(error=error)) from error


def _subjects_of(entry: recorded_requests.JournalRecord) -> frozenset[tuple[str, int]]:
    """Return the old id of the ticket that an act is about, and the counter at which it is done, if any."""
    old_result = entry.journal_result
    try:
        arguments = msgspec.json.decode(entry.arguments)
        named = [(name, int(arguments.get(name) or 0)) for name in ("counter", "ticket_id")]
    except (msgspec.MsgspecError, AttributeError, TypeError, ValueError):
        named = []  # reported when the entry is tried
    if old_result is not None and old_result.kind.startswith(_TICKET_KIND_PREFIXES):
        named.append(("ticket_id", old_result.subject))
    return frozenset(subject for subject in named if subject[1])


def _counter_of(command: Command) -> int:
    """Return the counter whose present visitor the command is about; 0 if it names none."""
    return int(getattr(command, "counter", 0))


def is_half_journalled(line: ReplayedRequest) -> bool:
    """Return whether the command has parts that no journal keeps, such as the answers of a survey."""
    return require_found(register.kind_named(line.name), line.name).journalled is not Command.journalled


def _actor_of(tx: Transaction, entry: recorded_requests.JournalRecord) -> Actor:
    """Return the actor of the request, with the roles that they had then."""
    if entry.officer_id is None:
        return Actor(station=entry.station)
    officer = require_found(officers.by_id(tx, entry.officer_id), _("Petugasnya tidak ada di cadangan."))
    own_roles = (role.value for role in roles_from(officer.roles))
    return Actor(
        station=entry.station,
        officer_id=officer.id,
        name=officer.name,
        # Lent roles are those of that moment: the delegation may have ended since.
        roles=effective_roles(tx, officer.id, own_roles, entry.at),
    )
